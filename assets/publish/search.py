"""Search: BM25 postings in plain tables, and the table macro that ranks papers by them.

A query is folded in SQL exactly as the papers were folded here: the search form, split at spaces, without plural
endings. No stop words: a word that every paper has weighs next to nothing. What is in a query is text and only text.
"""

import polars as pl

from assets.validate.search_form import (
    ACCENTS,
    NO_WORD,
    PLURALS,
    fold_plurals,
    search_form,
)
from schemas.render import polars_schema
from schemas.search import SearchPostings, SearchTerms

K1 = 1.2
"""How soon further occurrences of a term stop to count; the customary value."""
B = 0.75
"""How much a long text is held against a paper; the customary value."""
TITLE_WEIGHT = 3
"""A term in the title counts as so many in the abstract."""
LONGEST_TERM = 64
"""Longer terms, in characters, are left out: addresses and formulas run together, which nobody types."""
MOST_POSTINGS = 10_000
"""Papers kept for one term, the best: bounds the index where a word is in every paper."""
SLICE = 10_000
"""Papers whose words are in memory at a time, so that the memory stays bounded."""
DIGITS = 6
"""Scores are rounded, so that they do not depend on the order in which they are added up."""


def search_tables(papers: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Makes the index of all papers.

    Args:
        papers: Rows of `papers`, any order; `paper_id`, `title` and `abstract` are read.

    Returns:
        Rows of `search_terms`, sorted by term, and of `search_postings`, sorted by term and paper.
    """
    numbered = papers.sort("paper_id").with_row_index("row")
    counts = pl.concat([term_counts(some) for some in (numbered.clear(), *numbered.iter_slices(SLICE))])
    lengths = counts.group_by("row").agg(length=pl.col("count").sum())
    return postings_of(counts, lengths, numbered["paper_id"])


def postings_of(counts: pl.DataFrame, lengths: pl.DataFrame, paper_ids: pl.Series) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Makes the part of the index that some terms have.

    Args:
        counts: What `term_counts` gives: all papers that have one of the terms.
        lengths: Columns row, length: of every paper that has any term, the sum of its counts.
        paper_ids: The identifier of the paper of every row.

    Returns:
        Rows of `search_terms` and of `search_postings`, as `search_tables` gives them.
    """
    terms = counts.group_by("term").agg(document_count=pl.len().cast(pl.Int64))
    terms = terms.with_columns(weight=_weight(paper_ids.len()))
    mean_length = int(lengths["length"].sum()) / max(paper_ids.len(), 1)
    scored = counts.join(lengths, on="row").join(terms, on="term").select("term", "row", score=_score(mean_length))
    best_first = scored.sort("term", "score", "row", descending=[False, True, False])
    kept = best_first.filter(pl.int_range(pl.len()).over("term") < MOST_POSTINGS).sort("term", "row")
    postings = kept.with_columns(paper_id=paper_ids.gather(kept["row"]))
    return (
        terms.select(polars_schema(SearchTerms).names()).sort("term"),
        postings.select(polars_schema(SearchPostings).names()),
    )


def term_counts(papers: pl.DataFrame) -> pl.DataFrame:
    """Counts how often each paper has each term, an occurrence in the title counted as several.

    Args:
        papers: Columns row (place of the paper among all, sorted by `paper_id`), title, abstract.

    Returns:
        Columns row, term, count, any order.
    """
    counts = [
        papers.select("row", term=search_form(pl.col(field)).str.split(" "))
        .explode("term")
        .group_by("row", "term")
        .agg(count=pl.len().cast(pl.Int64) * weight)
        for field, weight in (("title", TITLE_WEIGHT), ("abstract", 1))
    ]
    folded = pl.concat(counts).with_columns(fold_plurals(pl.col("term")))  # after counting: far fewer words to fold
    known = folded.filter(pl.col("term").str.len_chars().is_between(1, LONGEST_TERM))
    return known.group_by("row", "term").agg(pl.col("count").sum())


def _weight(paper_count: int) -> pl.Expr:
    """Inverse document frequency; never negative, and zero only after rounding."""
    documents = pl.col("document_count")
    return (1 + (paper_count - documents + 0.5) / (documents + 0.5)).log().round(DIGITS)


def _score(mean_length: float) -> pl.Expr:
    """What a term adds to the score of a paper that has it."""
    length = 1 - B + B * pl.col("length") / mean_length
    return (pl.col("weight") * pl.col("count") * (K1 + 1) / (pl.col("count") + K1 * length)).round(DIGITS)


LETTERS = (
    range(0xA0, 0x530),  # Latin, Greek, Cyrillic, and the marks on them
    range(0x1D00, 0x2190),  # the same with more marks, raised and lowered, and signs made of letters
    range(0xFB00, 0xFB07),  # ligatures
    range(0xFF10, 0xFF5B),  # full width
    range(0x1D400, 0x1D800),  # letters of formulas
)
"""Characters that the search form may replace by plain letters, as code points."""


def query_terms_sql(query: str) -> str:
    """Writes the SQL that folds a query as papers are folded.

    DuckDB has no compatibility decomposition. What the search form makes of each letter is therefore written into the
    SQL: one for one, and letters that become a word, such as those of formulas, by way of one sign for each word.

    Args:
        query: SQL expression of the query, a string or null.

    Returns:
        A SELECT of the query's different terms, one a row in column `term`.
    """
    letters = pl.DataFrame({"letter": [chr(code) for codes in LETTERS for code in codes]})
    between = search_form(pl.format("0{}0", "letter")).str.strip_prefix("0").str.strip_suffix("0")  # keeps its spaces
    folded = letters.with_columns(plain=between).filter(pl.col("plain").str.contains(r"[^ ]"))
    signs = folded.filter(pl.col("plain").str.len_chars() > 1).unique("plain", keep="first", maintain_order=True)
    became = folded.join(signs.rename({"letter": "sign"}), on="plain", how="left", maintain_order="left")
    pairs = became.with_columns(to=pl.coalesce("sign", "plain")).filter(pl.col("to") != pl.col("letter"))
    whole = f"replace({query}, chr(0), ' ')"  # a NUL ends the text for nfc_normalize
    text = f"translate(nfc_normalize({whole}), '{''.join(pairs['letter'])}', '{''.join(pairs['to'])}')"
    for sign, word in signs.iter_rows():
        text = f"replace({text}, '{sign}', '{word}')"
    text = f"lower(regexp_replace({text}, '{_re2(ACCENTS)}', '', 'g'))"
    words = f"SELECT unnest(string_split(regexp_replace({text}, '{_re2(NO_WORD)}', ' ', 'g'), ' ')) AS word"
    term = "word"
    for pattern, replacement in PLURALS:
        back_reference = replacement.replace("${1}", r"\1")
        term = f"regexp_replace({term}, '{pattern}', '{back_reference}')"
    return f"SELECT DISTINCT {term} AS term FROM ({words}) WHERE word <> ''"  # noqa: S608 no part of it is input


def _re2(pattern: str) -> str:
    r"""A pattern of the search form in the syntax of DuckDB's regular expressions: `\u{300}` is `\x{300}` there."""
    return pattern.replace(r"\u{", r"\x{")


SEARCH_MACRO = f"""
CREATE MACRO search(query, results := 10) AS TABLE
WITH words AS ({query_terms_sql("query")}),
hits AS (
    SELECT paper_id, round(sum(score), {DIGITS}) AS score, list(term ORDER BY term) AS terms
    FROM search.search_postings JOIN words USING (term)
    GROUP BY paper_id
)
SELECT paper_id, score, title, year, terms
FROM hits JOIN papers USING (paper_id)
ORDER BY score DESC, paper_id
LIMIT results
"""  # noqa: S608 no part of it is input
"""Creates `search(query)`: the best papers for a query, with the terms of the query that each of them has."""
