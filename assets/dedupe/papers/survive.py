"""Survive: which of the values that listings state becomes the value of the paper.

One written order for every field: the precedence of the source, then a text that was proved to be the one that a page
damaged, then a value without damage before a damaged one, then the value that most listings state, then the longest,
then the first in sorted order. The losing values are kept. A text that lost mathematics or its end comes after all
others, whatever its source, where the paper has a text that was proved. A date that leaves out its day or month gives
way to the best one that states it.
"""

import polars as pl

from assets.addresses import repository_root
from assets.jsontext import as_json
from assets.validate.search_form import search_form
from schemas.formats import Format
from schemas.match_vocabulary import SurvivalRule
from schemas.vocabulary import DatePrecision, Flag, RecordType

ID_FIELDS = ("arxiv_id", "doi", "acl_id", "openreview_id", "pmid", "dblp_key", "s2_id", "openalex_id")
"""Identifiers of a paper, each of one kind."""
DERIVED = ("first_author", "code_url")
"""Fields that `derived` makes of what the listings state."""
TEXTS = ("title", "abstract")
TEXT_FIELDS = (*TEXTS, *ID_FIELDS, "venue", "volume", "issue", "pages", "language", "record_type", *DERIVED)
LIST_FIELDS = ("authors", "categories")
FIELDS = (*TEXT_FIELDS, *LIST_FIELDS, "year", "published_on")
"""Columns of `papers` that listings state."""

PRECEDENCE: dict[str, int] = {
    Format.ACL_ANTHOLOGY: 10,  # curated: people keep every record right
    Format.DBLP_XML: 10,
    Format.CROSSREF: 20,  # the publisher's own word
    Format.VENUE_JSON: 20,
    Format.OPENALEX: 25,  # gathered from publishers and others by machine
    Format.SEMANTIC_SCHOLAR: 25,
    Format.ARXIV_SNAPSHOT: 30,  # the authors' own word
    Format.ARXIV_HARVEST: 30,
    Format.ARXIV_DOCUMENT: 30,
    Format.ARXIV_ATOM: 30,
    Format.ARXIV_RSS: 30,
    Format.OAI_ARXIV: 30,
    Format.OAI_ARXIV_RAW: 30,
    Format.OAI_DC: 30,
    Format.ARXIV_YEARLY_XML: 30,
    Format.PAGE_TEXT: 40,  # a feed shows what it took from elsewhere
    Format.DAILY_PAPERS_JSON: 40,
    Format.WEEKLY_TEXT: 40,
    Format.PAPER_TABLES: 40,
}
"""Format of the dump -> rank of what it states; the lowest wins."""
PRECEDENCE_OF_OTHERS = 35
"""Rank of exports and tables: what somebody collected, from sources that are not told."""

NAME_FIRST_AUTHOR_ALONE = (Format.PAPER_TABLES,)
"""Formats whose list of authors ends after the first."""
LOSSES = (Flag.MATH_LOSS, Flag.TRUNCATED_END, Flag.TRUNCATED_START)
"""Damage that took something out of a text."""

DATE_CHARACTERS = {DatePrecision.YEAR: 4, DatePrecision.MONTH: 7, DatePrecision.DAY: 10}
"""Characters of an ISO date that say what is known of it."""

CRITERIA: tuple[tuple[str, bool, SurvivalRule], ...] = (
    ("is_default", False, SurvivalRule.TOLD),
    ("is_last", False, SurvivalRule.PROVED),
    ("precedence", False, SurvivalRule.PRECEDENCE),
    ("is_proved", True, SurvivalRule.PROVED),
    ("damage", False, SurvivalRule.UNDAMAGED),
    ("stated", True, SurvivalRule.MOST_STATED),
    ("length", True, SurvivalRule.LONGEST),
    ("value", False, SurvivalRule.FIRST),
)
"""What values are ranked by: column, descending, and the rule that is named when it decides."""


def derived(members: pl.DataFrame) -> pl.DataFrame:
    """Adds the fields that follow from what listings state.

    Args:
        members: Columns format, authors, urls, and any others, one row per listing.

    Returns:
        The same rows, with first_author and code_url; authors is empty where only the first is named.
    """
    authors, urls = pl.col("authors"), pl.col("urls")
    is_partial = pl.col("format").is_in(NAME_FIRST_AUTHOR_ALONE)
    return members.with_columns(
        authors=pl.when(is_partial).then(pl.lit([], dtype=pl.List(pl.String))).otherwise(authors),
        first_author=authors.list.first(),
        code_url=urls.list.eval(repository_root(pl.element())).list.drop_nulls().list.first(),
    )


NOTHING_PROVED = pl.DataFrame(schema={"listing_id": pl.String, "field": pl.String})


def stated_values(members: pl.DataFrame, proved: pl.DataFrame = NOTHING_PROVED) -> pl.DataFrame:
    """Lists every value that a listing states, as text.

    Args:
        members: Columns paper_id, listing_id, format, flags, title_search, abstract_search and FIELDS, one row per
            listing.
        proved: Columns listing_id, field: the texts that were proved to be what a page damaged.

    Returns:
        Columns paper_id, field, value, listing_id, precedence, is_proved, is_last (whether it comes after all others),
        damage (number of flags of the listing), folded (what two spellings of one value have in common).
    """
    as_text = [pl.col(name) for name in TEXT_FIELDS] + [
        *(pl.when(pl.col(name).list.len() > 0).then(as_json(name)).alias(name) for name in LIST_FIELDS),
        pl.col("year").cast(pl.String),
        partial_date(pl.col("published_on"), pl.col("published_precision")).alias("published_on"),
    ]
    ranked = members.select(
        "paper_id",
        "listing_id",
        *as_text,
        precedence=pl.col("format").replace_strict(PRECEDENCE, default=PRECEDENCE_OF_OTHERS, return_dtype=pl.Int64),
        damage=pl.col("flags").list.len().cast(pl.Int64),
        has_loss=pl.any_horizontal(pl.col("flags").list.contains(str(flag)) for flag in LOSSES),
    )
    kept = ["paper_id", "listing_id", "precedence", "damage", "has_loss"]
    values = ranked.unpivot(FIELDS, index=kept, variable_name="field", value_name="value")
    folded = members.select(_folded(name, ranked[name]).alias(name) for name in FIELDS).unpivot(FIELDS)
    stated = values.with_columns(folded=folded["value"]).drop_nulls("value")
    return _with_proofs(stated, proved)


def _with_proofs(stated: pl.DataFrame, proved: pl.DataFrame) -> pl.DataFrame:
    """Says which texts were proved, and puts those that lost something after all others where one was."""
    marked = stated.join(
        proved.select("listing_id", "field", is_proved=pl.lit(value=True)).unique(),
        on=["listing_id", "field"],
        how="left",
        maintain_order="left",
    ).with_columns(pl.col("is_proved").fill_null(value=False))
    is_loss = (pl.col("field") == "abstract") & pl.col("has_loss") & ~pl.col("is_proved")
    return marked.with_columns(is_last=is_loss & pl.col("is_proved").any().over("paper_id", "field")).drop("has_loss")


def _folded(name: str, value: pl.Series) -> pl.Expr:
    """What two spellings of one value of a field have in common."""
    if name in ("title", "abstract"):
        return pl.col(f"{name}_search")
    if name in ("venue", "volume", "issue", "pages"):
        return search_form(pl.col(name))
    if name == "first_author":
        return _folded_name(pl.col(name))
    if name == "authors":
        return pl.col(name).list.eval(_folded_name(pl.element())).list.join("; ")
    if name == "categories":
        return pl.lit("")
    return pl.lit(value)


def _folded_name(name: pl.Expr) -> pl.Expr:
    """`Łucja K. Nagy` -> `nagy l`."""
    words = search_form(name)
    return words.str.extract(r"(\S+)$").fill_null("") + pl.when(words.str.contains(" ")).then(
        pl.lit(" ") + words.str.head(1)
    ).otherwise(pl.lit(""))


def partial_date(day: pl.Expr, precision: pl.Expr) -> pl.Expr:
    """A date as far as it is stated: `2020`, `2020-05` or `2020-05-17`; what is not stated cannot conflict."""
    text = day.dt.to_string("%Y-%m-%d")
    characters = precision.replace_strict(DATE_CHARACTERS, default=10, return_dtype=pl.UInt32)
    return text.str.head(characters)


def choose(stated: pl.DataFrame) -> pl.DataFrame:
    """Chooses one value per paper and field, and says by which rule.

    Args:
        stated: As `stated_values` returns it.

    Returns:
        Columns paper_id, field, value, folded, rule; one row per paper and field, sorted.
    """
    names = [name for name, _, _ in CRITERIA]
    values = (
        stated.group_by("paper_id", "field", "value")
        .agg(
            pl.col("precedence", "damage", "folded", "is_last").min(),
            pl.col("is_proved").any(),
            is_default=((pl.col("field") == "record_type") & (pl.col("value") == RecordType.ARTICLE)).all(),
            stated=pl.len(),
        )
        .with_columns(length=pl.col("value").str.len_chars())
        .sort("paper_id", "field", *names, descending=[False, False, *(down for _, down, _ in CRITERIA)])
    )
    first, second = pl.col(names).first(), pl.col(names).get(1, null_on_oob=True).name.suffix("_second")
    best = values.group_by("paper_id", "field", maintain_order=True).agg(
        first, second, pl.col("folded").first(), candidates=pl.len()
    )
    decided_by = [
        pl.when(pl.col(name) != pl.col(f"{name}_second")).then(pl.lit(str(rule))) for name, _, rule in CRITERIA
    ]
    only = pl.when(pl.col("candidates") == 1).then(pl.lit(str(SurvivalRule.ONLY_VALUE)))
    chosen = best.select("paper_id", "field", "value", "folded", rule=pl.coalesce(only, *decided_by))
    return _first_of_authors(_in_full(chosen, values), stated)


def _in_full(chosen: pl.DataFrame, values: pl.DataFrame) -> pl.DataFrame:
    """Puts the best of the full dates in the place of one that leaves out its day or month.

    Args:
        chosen: Columns paper_id, field, value, folded, rule.
        values: The candidates of each paper and field, the best first.
    """
    full = (
        chosen.filter(pl.col("field") == "published_on")
        .select("paper_id", "field", vague="value")
        .join(values.select("paper_id", "field", "value", "folded"), on=["paper_id", "field"], maintain_order="right")
        .filter(pl.col("value").str.starts_with(pl.col("vague")) & (pl.col("value") != pl.col("vague")))
        .sort("paper_id", -pl.col("value").str.len_chars().cast(pl.Int64), maintain_order=True)
        .unique("paper_id", keep="first", maintain_order=True)
        .select("paper_id", "field", full="value", folded_full="folded")
    )
    both = chosen.join(full, on=["paper_id", "field"], how="left", maintain_order="left")
    in_full = pl.col("full").is_not_null()
    return both.select(
        "paper_id",
        "field",
        value=pl.coalesce("full", "value"),
        folded=pl.coalesce("folded_full", "folded"),
        rule=pl.when(in_full).then(pl.lit(str(SurvivalRule.IN_FULL))).otherwise("rule"),
    )


def _first_of_authors(chosen: pl.DataFrame, stated: pl.DataFrame) -> pl.DataFrame:
    """Makes the first author the first of the chosen authors: they may be of another source than its best one."""
    first = (
        chosen.filter(pl.col("field") == "authors")
        .select(
            "paper_id",
            pl.col("rule").alias("rule_of_authors"),
            field=pl.lit("first_author"),
            value=pl.col("value").str.json_decode(pl.List(pl.String)).list.first(),
        )
        .join(
            stated.group_by("paper_id", "field", "value").agg(folded_first=pl.col("folded").min()),
            on=["paper_id", "field", "value"],
        )
    )
    both = chosen.join(first, on=["paper_id", "field"], how="left", maintain_order="left", suffix="_first")
    return both.select(
        "paper_id",
        "field",
        value=pl.coalesce("value_first", "value"),
        folded=pl.coalesce("folded_first", "folded"),
        rule=pl.coalesce("rule_of_authors", "rule"),
    )
