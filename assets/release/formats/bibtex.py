"""BibTeX: one entry a paper, in the order of paper_id, for BibTeX, biber and bibliography managers.

The citation key is the paper_id, which is kept for good; one made of author and year would be another as soon as a
reference corrects either, and break what cites it. Identifiers that were merged away are its `ids`, by which biber
still finds it. The type of an entry claims no more than is known: a paper whose venue may be a journal or a conference
is `@misc`.
"""

from collections.abc import Mapping

import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]  # ships no types

from assets.parse.names import IS_BODY_WORD
from assets.release.formats.bibtex_latex import IN_LINKS, latex, one_line, range_of_pages, replaced
from assets.release.formats.stream import TextFile, batches
from assets.release.layout import FORMAT_FILES
from assets.release.manifest import Written
from assets.release.snapshot import Snapshot
from schemas.release_vocabulary import FileRole, ReleaseFormat
from schemas.vocabulary import DatePrecision, RecordType

HEAD = "% Encoding: UTF-8\n\n"
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NAME_WIDTH = 13
"""Characters of the longest name of a field; the signs of equality stand below one another."""

CONFERENCE = (
    r"(?i)\b(?:proceedings|proc|conference|conf|workshops?|symposium|symposia|congress|meeting|colloquium|"
    r"findings of|lecture notes|anais|actes|tagung|congreso|simp[oó]sio)\b"
)
JOURNAL = (
    r"(?i)\b(?:journal|transactions|letters|annals|archives?|bulletin|reviews?|magazine|quarterly|acta|revista|revue|"
    r"zeitschrift|volume|issue)\b"
)
"""Words by which a venue tells what it is; an issue tells it too, and where no word does, a volume."""
PREPRINTS = r"(?i)\barxiv\b|^corr\b"
"""Names that sources give as the venue of a preprint."""
ARXIV_CLASS = r"^(?:[a-z]+(?:-[a-z]+)?\.[A-Za-z]{2}(?:-?[a-z]+)*|(?:astro|gr|hep|math|nucl|quant)-[a-z]{2,3})$"
IS_BODY = rf"(?:^|\s){IS_BODY_WORD[1:-1]}(?:\s|$)"
"""Names of bodies, by a word that those of people do not have; they are not taken apart."""
IS_JOINED = r"(?i)(?:^|\s)and(?:\s|$)|,|^others$"
"""Names that BibTeX would take apart, or for no name."""

PAPERS = """
    SELECT paper_id, title, abstract, authors, first_author, year, published_on, published_precision, arxiv_id, doi,
        acl_id, openreview_id, pmid, categories, venue, volume, issue, pages, record_type
    FROM papers
"""
ALIASES = "SELECT paper_id, string_agg(old_paper_id, ',' ORDER BY old_paper_id) AS ids FROM paper_aliases GROUP BY ALL"
NO_ALIASES = "SELECT NULL::VARCHAR AS paper_id, NULL::VARCHAR AS ids WHERE false"


def write(snapshot: Snapshot) -> list[Written]:
    """Writes the papers as a bibliography.

    Args:
        snapshot: The release, with its table `papers`.

    Returns:
        The one file.

    Raises:
        duckdb.Error: If a table cannot be read.
        OSError: If the file cannot be written.
    """
    path = FORMAT_FILES[ReleaseFormat.BIBTEX]
    with snapshot.connect() as connection, TextFile(snapshot.folder / path) as file:
        file.write(HEAD.encode())
        has_aliases = "paper_aliases" in snapshot.selection.tables
        aliases = connection.sql(ALIASES if has_aliases else NO_ALIASES).pl()
        for batch in batches(connection, PAPERS):
            file.add(entries(pl.DataFrame(pl.from_arrow(batch)), aliases))
    return [Written(path, FileRole.DATA, file.rows, "papers")]


def entries(papers: pl.DataFrame, aliases: pl.DataFrame) -> pa.Array:
    """Papers as entries of BibTeX.

    Args:
        papers: Rows as PAPERS has them.
        aliases: `paper_id` and the `ids` that it had before, with commas between them.

    Returns:
        One text each, which ends with an empty line.
    """
    known = papers.join(aliases, on="paper_id", how="left", maintain_order="left")
    frame = known.with_columns(_kind().alias("kind"))
    fields = {**_who_and_what(), **_where(), **_when(), **_identifiers()}
    lines = [_line(name, value, bare=name == "month") for name, value in fields.items()]
    entry = pl.concat_str(pl.lit("@"), "kind", pl.lit("{"), "paper_id", pl.lit(",\n"), *lines, pl.lit("}\n\n"))
    return frame.select(entry).to_series().to_arrow(compat_level=pl.CompatLevel.oldest())


def _line(name: str, value: pl.Expr, *, bare: bool) -> pl.Expr:
    """A field on a line of its own; nothing where it has no value."""
    opening, closing = ("", "") if bare else ("{", "}")
    line = pl.concat_str(pl.lit(f"  {name.ljust(NAME_WIDTH)} = {opening}"), value, pl.lit(f"{closing},\n"))
    return pl.when(value != "").then(line).otherwise(pl.lit(""))


def _kind() -> pl.Expr:
    """The type of an entry."""
    venue, record_type = pl.col("venue"), pl.col("record_type")
    is_published = venue.is_not_null() & ~venue.str.contains(PREPRINTS)
    return (
        pl.when(record_type == RecordType.THESIS)
        .then(pl.lit("thesis"))
        .when(record_type == RecordType.PROCEEDINGS)
        .then(pl.lit("proceedings"))
        .when(~is_published)
        .then(pl.lit("misc"))
        .when(pl.col("issue").is_not_null())
        .then(pl.lit("article"))
        .when(venue.str.contains(CONFERENCE))
        .then(pl.lit("inproceedings"))
        .when(venue.str.contains(JOURNAL) | pl.col("volume").is_not_null())
        .then(pl.lit("article"))
        .when(pl.col("acl_id").is_not_null())
        .then(pl.lit("inproceedings"))
        .otherwise(pl.lit("misc"))
    )


def _who_and_what() -> Mapping[str, pl.Expr]:
    """Authors, title and what the paper is about."""
    name = pl.element()
    is_one = name.str.contains(IS_JOINED) | name.str.contains(IS_BODY)
    written = pl.when(is_one).then(pl.concat_str(pl.lit("{"), latex(name), pl.lit("}"))).otherwise(latex(name))
    alone = pl.concat_list("first_author").list.eval(written).list.first()
    has_several = pl.col("categories").list.eval(pl.element().str.contains(",", literal=True)).list.any()
    separator = pl.when(has_several).then(pl.lit("; ")).otherwise(pl.lit(", "))
    return {
        "author": pl.when(pl.col("authors").list.len() > 0)
        .then(pl.col("authors").list.eval(written).list.join(" and "))
        .otherwise(pl.concat_str(alone, pl.lit(" and others"))),
        "title": pl.concat_str(pl.lit("{"), latex(pl.col("title")), pl.lit("}")),
        "abstract": latex(pl.col("abstract")),
        "keywords": pl.col("categories").list.eval(latex(pl.element())).list.join(separator),
    }


def _where() -> Mapping[str, pl.Expr]:
    """Where the paper appeared, in the field that its type has for it."""
    venue, kind = latex(pl.col("venue")), pl.col("kind")
    is_told_by_eprint = pl.col("venue").str.contains(PREPRINTS) & pl.col("arxiv_id").is_not_null()
    return {
        "journal": pl.when(kind == "article").then(venue),
        "booktitle": pl.when(kind == "inproceedings").then(venue),
        "institution": pl.when(kind == "thesis").then(venue),
        "howpublished": pl.when(kind.is_in(["misc", "proceedings"]) & ~is_told_by_eprint).then(venue),
        "type": pl.when(kind == "thesis").then(pl.lit("Thesis")),
        "volume": latex(pl.col("volume")),
        "number": latex(pl.col("issue")),
        "pages": range_of_pages(pl.col("pages")),
    }


def _when() -> Mapping[str, pl.Expr]:
    """Year, month and day, as far as they are stated; the day of a preprint that appeared in another year is not."""
    day = pl.col("published_on")
    year = pl.coalesce("year", day.dt.year())
    precision = pl.when(year == day.dt.year()).then(pl.col("published_precision"))
    has_day = precision == DatePrecision.DAY
    month = day.dt.month().replace_strict(range(1, 13), MONTHS, return_dtype=pl.String)
    return {
        "year": year.cast(pl.String),
        "month": pl.when(has_day | (precision == DatePrecision.MONTH)).then(month),
        "day": pl.when(has_day).then(day.dt.day().cast(pl.String)),
    }


def _identifiers() -> Mapping[str, pl.Expr]:
    """Identifiers, the link that tells most, and the keys that the entry had before."""
    arxiv, doi, first = pl.col("arxiv_id"), pl.col("doi"), pl.col("categories").list.first()
    links = {
        "acl_id": "https://aclanthology.org/",
        "openreview_id": "https://openreview.net/forum?id=",
        "arxiv_id": "https://arxiv.org/abs/",
        "doi": "https://doi.org/",
        "pmid": "https://pubmed.ncbi.nlm.nih.gov/",
    }
    return {
        "doi": pl.when(~doi.str.contains(r"[{}\\]")).then(one_line(doi)),
        "eprint": latex(arxiv),
        "archiveprefix": pl.when(arxiv.is_not_null()).then(pl.lit("arXiv")),
        "primaryclass": pl.when(arxiv.is_not_null() & first.str.contains(ARXIV_CLASS)).then(latex(first)),
        "pmid": latex(pl.col("pmid")),
        "url": pl.coalesce(
            pl.concat_str(pl.lit(site), replaced(one_line(pl.col(name)), IN_LINKS)) for name, site in links.items()
        ),
        "ids": pl.col("ids"),
    }
