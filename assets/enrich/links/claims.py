"""Releases that an abstract claims without a link, such as `code will be made publicly available`.

Precision comes first: a claim is a sentence in which the authors release something of their own, or in which something
that is theirs is said to be open. What other people released, what is only used, and what is conditional is none.
Claims with a link beside them are left to `links`.
"""

import polars as pl

from assets.enrich.links import claim_phrases, phrases
from assets.enrich.links.extract import links
from assets.enrich.links.sentences import split_sentences
from schemas.enrich_vocabulary import ClaimStatus, LinkKind
from schemas.enrichment import ReleaseClaims
from schemas.render.frames import polars_schema

BESIDE = r"(?i)^\W*(?:link|url|github|here|see|available(?: at)?|on github)?\W*$"
"""Between the sentence of a claim and a link that belongs to it."""
_FOUND = ("row", "title", "start", "sentence", "claim", "things")


def release_claims(papers: pl.DataFrame) -> pl.DataFrame:
    """Finds the releases that abstracts claim without a link of that kind.

    Args:
        papers: Columns paper_id (unique), title, abstract (null claims nothing), and any others.

    Returns:
        One row per claim and kind of thing, with the columns and types of `ReleaseClaims`, sorted by paper_id,
        span_start and kind. Spans count characters and hold `surface`.
    """
    texts = papers.select("paper_id", "title", text="abstract").sort("paper_id").with_row_index("row")
    sentences = _candidates(texts)
    by_us = [_claims(sentences, pattern) for pattern in claim_phrases.BY_US]
    of_things = [_last_clause(_claims(sentences, one)).filter(_is_theirs()) for one in claim_phrases.OF_THINGS]
    claims = pl.concat([*by_us, *of_things]).filter(_is_claim())
    found = _with_spans(_with_kinds(claims)).with_columns(status=_status())
    first = found.sort("row", "start", "kind", "span_start", "span_end").unique(
        ["row", "start", "kind"], keep="first", maintain_order=True
    )
    schema = polars_schema(ReleaseClaims)
    unlinked = _without_links(first, texts).join(texts.select("row", "paper_id"), on="row")
    return unlinked.select(list(schema)).cast(schema).sort("paper_id", "span_start", "kind")


def _candidates(texts: pl.DataFrame) -> pl.DataFrame:
    """The sentences that name something that can be released, and that it is."""
    look = texts.filter(pl.col("text").str.contains_any(claim_phrases.WORDS, ascii_case_insensitive=True))
    return split_sentences(look).filter(
        pl.col("sentence").str.contains_any(claim_phrases.WORDS, ascii_case_insensitive=True),
        pl.col("sentence").str.contains(claim_phrases.MAY_CLAIM),
    )


def _claims(sentences: pl.DataFrame, pattern: str) -> pl.DataFrame:
    """The sentences that a pattern is found in, with the claim and what it is said of."""
    groups = pl.col("sentence").str.extract_groups(pattern).struct
    return sentences.with_columns(claim=groups.field("1"), things=groups.field("2")).drop_nulls("claim")


def _last_clause(claims: pl.DataFrame) -> pl.DataFrame:
    """Claims that begin with a clause of something else, without it."""
    clause = pl.col("things").str.extract(claim_phrases.CLAUSE_BEFORE).fill_null("").str.len_chars()
    return claims.with_columns(pl.col("claim", "things").str.slice(clause))


def _is_theirs() -> pl.Expr:
    """Whether what is said to be open is the authors' own, or is introduced as such."""
    things, claim = pl.col("things"), pl.col("claim")
    own = things.str.contains(claim_phrases.OURS) | things.str.contains(claim_phrases.CODE_FIRST)
    introduced = things.str.contains(claim_phrases.INTRODUCED) & ~claim.str.contains(claim_phrases.OLDER)
    return (
        (own | introduced)
        & ~things.str.contains(claim_phrases.NOT_THEIRS)
        & ~pl.col("sentence").str.contains(claim_phrases.CONDITIONAL)
    )


def _is_claim() -> pl.Expr:
    """Whether nothing takes the claim back: a negation, an older paper, or what a thing is released from."""
    around = pl.col("sentence").str.splitn(pl.col("claim"), 2).struct
    available = pl.col("claim").str.contains(claim_phrases.ENDS_AVAILABLE)
    freed = around.field("field_1").fill_null("").str.contains(claim_phrases.FROM) & ~available
    older = around.field("field_0").str.contains(claim_phrases.BEFORE)
    return ~pl.col("claim").str.contains(claim_phrases.NEGATION) & ~freed & ~older


def _with_kinds(claims: pl.DataFrame) -> pl.DataFrame:
    """One row per claim and kind of thing."""
    things = pl.col("things").str.replace_all(claim_phrases.GROUP, "").str.replace(claim_phrases.ATTRIBUTE, "")
    named = [pl.when(things.str.contains(head)).then(pl.lit(str(kind))) for kind, head in claim_phrases.HEADS.items()]
    return claims.with_columns(kind=pl.concat_list(named).list.drop_nulls()).explode("kind").drop_nulls("kind")


def _with_spans(claims: pl.DataFrame) -> pl.DataFrame:
    before = pl.col("sentence").str.splitn(pl.col("claim"), 2).struct.field("field_0").str.len_chars().cast(pl.Int64)
    return claims.with_columns(surface=pl.col("claim").str.replace(claim_phrases.LOOSE_END, "")).with_columns(
        span_start=pl.col("start") + before,
        span_end=pl.col("start") + before + pl.col("surface").str.len_chars().cast(pl.Int64),
    )


def _status() -> pl.Expr:
    """What is said before the claim in its sentence counts, and what follows it up to the next clause."""
    parts = pl.col("sentence").str.splitn(pl.col("claim"), 2).struct
    clause = pl.concat_str("claim", parts.field("field_1").fill_null("").str.replace(claim_phrases.NEXT_CLAUSE, ""))
    without_things = pl.col("claim").str.splitn(pl.col("things"), 2).struct
    promised = (
        pl.concat_str(without_things.field("field_0"), without_things.field("field_1").fill_null("")).str.contains(
            claim_phrases.LATER
        )
        | clause.str.contains(phrases.CONDITION)
        | parts.field("field_0").str.contains(phrases.CONDITION)
        | clause.str.contains(claim_phrases.SOON)
    )
    return (
        pl.when(clause.str.contains(claim_phrases.ON_REQUEST))
        .then(pl.lit(str(ClaimStatus.ON_REQUEST)))
        .when(promised)
        .then(pl.lit(str(ClaimStatus.PROMISED)))
        .otherwise(pl.lit(str(ClaimStatus.STATED)))
    )


def _without_links(claims: pl.DataFrame, texts: pl.DataFrame) -> pl.DataFrame:
    """Drops the claims that have their link: one of their kind in the abstract, or any in or behind their sentence."""
    linked = texts.join(claims.select("row").unique(), on="row", how="semi")
    found = links(linked.select("paper_id", "title", abstract="text")).select(
        "paper_id", link_kind="kind", link_start="span_start"
    )
    both = (
        claims.with_row_index("claim_row")
        .join(texts.select("row", "paper_id", "text"), on="row")
        .join(found, on="paper_id")
        .with_columns(end=pl.col("start") + pl.col("sentence").str.len_chars().cast(pl.Int64))
    )
    gap = pl.col("text").str.slice(pl.col("end"), pl.max_horizontal(pl.col("link_start") - pl.col("end"), 0))
    is_paper = pl.col("link_kind") == str(LinkKind.PAPER)
    near = pl.col("link_start") >= pl.col("span_start")
    in_sentence = near & (pl.col("link_start") < pl.col("end"))
    behind = (pl.col("link_start") >= pl.col("end")) & gap.str.contains(BESIDE)
    has_link = both.filter((pl.col("link_kind") == pl.col("kind")) | ~is_paper & (in_sentence | behind))
    return claims.with_row_index("claim_row").join(has_link.select("claim_row"), on="claim_row", how="anti")
