"""Description: what is kept of a paper that is taken down, so that it is known again and can come back as it was."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import polars as pl

from assets.dedupe.papers.identity import Known
from assets.dedupe.papers.identity_keys import ID_KINDS, LISTING
from assets.dedupe.signatures.minhash import matrix
from assets.removals.lines import Removal, Split, checked_words
from assets.removals.marks import SHORT_TITLE, TITLE, abstract_signatures, detail_marks, id_marks, of_keys, title_marks

MOST_SIGNATURES = 32
"""Abstracts that are kept the signatures of; a paper hardly has as many that differ."""


def describe(
    paper_id: str, listings: pl.DataFrame, known: Known, *, reason: str, author: str, now: datetime
) -> Removal:
    """Makes the removal of a paper.

    Args:
        paper_id: The paper.
        listings: Rows of `listings`: those that make it up.
        known: What was published of the ids of papers.
        reason: Why, in the words of who removes it.
        author: Who does.
        now: The moment, with its zone.

    Raises:
        RemovalError: If reason or author cannot be one.
    """
    why, who = checked_words(reason, author)
    aliases = known.aliases.filter(pl.col("paper_id") == paper_id).sort("old_paper_id")
    splits = known.splits.filter((pl.col("paper_id") == paper_id) | (pl.col("from_paper_id") == paper_id))
    keys = known.keys.filter(pl.col("paper_id") == paper_id)["key"]
    is_place = keys.str.starts_with(f"{LISTING}:")
    places = pl.concat([listings["listing_id"], keys.filter(is_place).str.strip_prefix(f"{LISTING}:")])
    stated = of_keys(keys.filter(~is_place))
    marks = [id_marks(listings)["mark"], title_marks(listings)["mark"], detail_marks(listings)["mark"], stated]
    signed = abstract_signatures(listings).drop_nulls()
    return Removal(
        paper_id=paper_id,
        reason=why,
        author=who,
        removed_at=now,
        listing_ids=tuple(places.unique().sort()),
        marks=tuple(pl.concat(marks).unique().sort()),
        signatures=tuple(sorted({row.astype("<u4").tobytes() for row in matrix(signed)})[:MOST_SIGNATURES]),
        aliases=tuple(aliases.select("old_paper_id", "since").iter_rows()),
        splits=tuple(
            Split(*row)
            for row in splits.select("from_paper_id", "paper_id", "since", "listing_count").sort(pl.all()).iter_rows()
        ),
    )


def told_apart(removal: Removal, hits: pl.DataFrame) -> Removal:
    """Drops by what the listings of other papers would be taken for those of the removed one.

    A mark that another paper states tells nothing about either, as with the keys of their ids.

    Args:
        removal: The removal.
        hits: As `recognise` returns them: the listings of other papers that it found.

    Returns:
        The removal that does not find them.
    """
    shared = set(hits["mark"].drop_nulls())
    signatures = () if (hits["because"] == "abstract").any() else removal.signatures
    return replace(removal, marks=tuple(mark for mark in removal.marks if mark not in shared), signatures=signatures)


def is_recognisable(removal: Removal) -> bool:
    """Whether a listing of the paper in a new dump would be known: by an identifier, a title or an abstract."""
    kinds = {mark.split(":")[0] for mark in removal.marks}
    return bool(removal.signatures) or not kinds.isdisjoint({*ID_KINDS, TITLE, SHORT_TITLE})


def remember(known: Known, keys: pl.DataFrame, removals: Sequence[Removal]) -> Known:
    """Leaves removed papers out of what is remembered of ids, and puts those back that were taken back since.

    Args:
        known: What was published last.
        keys: Identity keys of the listings of this run: column key.
        removals: All removals, those that were taken back included.

    Returns:
        What the ids of this run are resolved against. No id of a removed paper can be given to another.
    """
    if not removals:
        return known
    gone = {one for removal in removals if removal.undone_at is None for one in removal.ids}
    published = {*known.listings["paper_id"], *known.keys["paper_id"], *known.aliases["old_paper_id"]}
    latest = {removal.paper_id: removal for removal in removals if removal.undone_at is not None}
    back = [one for one in latest.values() if one.paper_id not in gone | published]
    seen = keys.select("key").unique()
    marked = seen.with_columns(mark=of_keys(seen["key"])) if back else seen
    parts = [_without(known, gone), *(_restored(one, marked) for one in back)]
    return Known(
        keys=pl.concat([part.keys for part in parts]).unique("key", keep="first", maintain_order=True),
        aliases=pl.concat([part.aliases for part in parts]).unique("old_paper_id", keep="first", maintain_order=True),
        splits=pl.concat([part.splits for part in parts]).unique(maintain_order=True),
        listings=pl.concat([part.listings for part in parts]).unique("listing_id", keep="first", maintain_order=True),
        reserved=frozenset(one for removal in removals for one in removal.ids),
    )


def _without(known: Known, gone: set[str]) -> Known:
    """What is known of the other papers."""
    return Known(
        keys=known.keys.filter(~pl.col("paper_id").is_in(gone)),
        aliases=known.aliases.filter(~pl.col("paper_id").is_in(gone) & ~pl.col("old_paper_id").is_in(gone)),
        splits=known.splits.filter(~pl.col("paper_id").is_in(gone) & ~pl.col("from_paper_id").is_in(gone)),
        listings=known.listings.filter(~pl.col("paper_id").is_in(gone)),
    )


def _restored(removal: Removal, marked: pl.DataFrame) -> Known:
    """What was known of a paper when it was removed, as far as the listings of this run state it again."""
    nothing = Known.nothing()
    paper_id = pl.lit(removal.paper_id).alias("paper_id")
    splits = [(one.from_paper_id, one.paper_id, one.since, one.listing_count) for one in removal.splits]
    aliases = [(old, removal.paper_id, since) for old, since in removal.aliases]
    names = ["from_paper_id", "paper_id", "since", "listing_count"]
    return Known(
        keys=marked.filter(pl.col("mark").is_in(removal.marks)).select("key", paper_id),
        aliases=_rows(aliases, ["old_paper_id", "paper_id", "since"], nothing.aliases),
        splits=_rows(splits, names, nothing.splits),
        listings=pl.DataFrame({"listing_id": removal.listing_ids}, schema={"listing_id": pl.String}).select(
            paper_id, "listing_id"
        ),
    )


def _rows(rows: Sequence[tuple[object, ...]], names: Sequence[str], like: pl.DataFrame) -> pl.DataFrame:
    """Rows of a register, in the order of its columns."""
    schema = {name: like.schema[name] for name in names}
    return pl.DataFrame(rows, schema=schema, orient="row").select(like.columns)
