"""Recognition: which listings are of a paper that was removed, whatever dump they come from.

An identifier in common is proof. Without one, two different identifiers of a kind of which a paper has one are proof of
the opposite. Where neither is stated, an equal title tells, or an abstract that is nearly equal, unless the first
author is another; a title alone does not where both have an abstract and the two are unrelated. A listing that its
reader does not stand behind is in no paper anyway, and withheld on an equal title or abstract alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

from assets.dedupe.papers.identity_keys import EXCLUSIVE_KINDS, ID_KINDS
from assets.dedupe.signatures.bands import band_matrix
from assets.dedupe.signatures.minhash import SIGNATURE, matrix
from assets.dedupe.signatures.shingles import SIGNATURE_LENGTH
from assets.removals.lines import Removal
from assets.removals.marks import (
    AUTHOR,
    NUMBERS,
    SHORT_TITLE,
    TITLE,
    abstract_signatures,
    detail_marks,
    id_marks,
    title_marks,
)

NEAR = 0.5
"""Share of equal values of two signatures from which abstracts are nearly equal. Of 405 papers looked for among 360,000
real listings it brought six that nothing else told, all of them the paper under an earlier title; .7 brought none."""
UNRELATED = 0.04
"""Share up to which they are unrelated: so were two of three pairs of works with one title, and one of 9,000 pairs of
listings with one title and one arXiv identifier."""

PAIRS = {"listing_id": pl.String(), "removal": pl.UInt32()}
HITS = {**PAIRS, "because": pl.String(), "mark": pl.String()}


@dataclass(frozen=True)
class Register:
    """Removals, in the form in which listings are looked up in them."""

    removals: tuple[Removal, ...]

    @cached_property
    def listings(self) -> pl.DataFrame:
        """The listings that made up the papers: listing_id, removal."""
        rows = [(one, place) for place, removal in enumerate(self.removals) for one in removal.listing_ids]
        return pl.DataFrame(rows, schema=PAIRS, orient="row").unique("listing_id", keep="first", maintain_order=True)

    @cached_property
    def marks(self) -> pl.DataFrame:
        """All marks: mark, kind, removal."""
        rows = [(one, one.split(":")[0], place) for place, removal in enumerate(self.removals) for one in removal.marks]
        return pl.DataFrame(rows, schema={"mark": pl.String, "kind": pl.String, "removal": pl.UInt32}, orient="row")

    def of_kinds(self, kinds: Sequence[str]) -> pl.DataFrame:
        """The marks of some kinds: mark, removal."""
        return self.marks.filter(pl.col("kind").is_in(kinds)).select("mark", "removal")

    @cached_property
    def stated(self) -> pl.DataFrame:
        """Which exclusive identifiers each paper states, as bits: removal, bits."""
        bits = [sum(1 << at for at, kind in enumerate(EXCLUSIVE_KINDS) if kind in _kinds(one)) for one in self.removals]
        return pl.DataFrame(
            {"removal": range(len(bits)), "bits": bits}, schema={"removal": pl.UInt32, "bits": pl.Int64}
        )

    @cached_property
    def signatures(self) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
        """The signatures of the abstracts, shape (signatures, 128), and the removal of each."""
        pairs = [(one, place) for place, removal in enumerate(self.removals) for one in removal.signatures]
        values = np.frombuffer(b"".join(one for one, _ in pairs), "<u4").astype(np.uint32)
        return values.reshape(-1, SIGNATURE_LENGTH), np.array([place for _, place in pairs], np.int64)


def _kinds(removal: Removal) -> set[str]:
    return {mark.split(":")[0] for mark in removal.marks}


def recognise(listings: pl.DataFrame, register: Register) -> pl.DataFrame:
    """Finds the listings of removed papers.

    Args:
        listings: Columns `marks.NEEDED` of `listings`.
        register: The removals.

    Returns:
        Columns listing_id, removal (its place in the register), because (`listing`, a kind of identifier, `title` or
        `abstract`) and mark (that in common, or null); a listing may be found for several reasons, or for none.
    """
    if not register.removals or listings.is_empty():
        return pl.DataFrame(schema=HITS)
    itself = listings.select("listing_id").join(register.listings, on="listing_id")
    proven = id_marks(listings).join(register.of_kinds([*ID_KINDS]), on="mark")
    certain = pl.concat(
        [
            itself.select("listing_id", "removal", because=pl.lit("listing"), mark=pl.lit(None, dtype=pl.String)),
            proven.select("listing_id", "removal", because=pl.col("mark").str.extract("^([a-z0-9_]+)"), mark="mark"),
        ]
    )
    rest = _open(listings.join(certain, on="listing_id", how="anti", maintain_order="left"), register)
    return pl.concat([certain, _alike(rest, register)]).sort("listing_id", "removal", "because", "mark")


def _open(listings: pl.DataFrame, register: Register) -> pl.DataFrame:
    """The listings that no identifier tells from every removed paper, with their exclusive identifiers as bits."""
    columns = [ID_KINDS[kind] for kind in EXCLUSIVE_KINDS]
    bits = pl.sum_horizontal(pl.col(one).is_not_null().cast(pl.Int64) * (1 << at) for at, one in enumerate(columns))
    told = listings.with_columns(bits=bits)
    masks = set(register.stated["bits"])
    possible = [own for own in range(1 << len(columns)) if any(not own & mask for mask in masks)]
    return told.filter(pl.col("bits").is_in(possible) | pl.col("defect").is_not_null())


def _alike(listings: pl.DataFrame, register: Register) -> pl.DataFrame:
    """The listings that say what a removed paper says, as far as nothing tells them apart."""
    if listings.is_empty():
        return pl.DataFrame(schema=HITS)
    titled = title_marks(listings).join(register.of_kinds([TITLE, SHORT_TITLE]), on="mark")
    signed = pl.DataFrame({"listing_id": listings["listing_id"], "signature": abstract_signatures(listings)})
    pairs = pl.concat([titled.select(*PAIRS), _near(signed, register)]).unique()
    if pairs.is_empty():
        return pl.DataFrame(schema=HITS)
    met = listings.join(pairs, on="listing_id", how="semi")
    details = detail_marks(met)
    told = (
        pairs.join(met.select("listing_id", "bits", is_defect=pl.col("defect").is_not_null()), on="listing_id")
        .join(register.stated.rename({"bits": "others"}), on="removal")
        .join(_titles(titled), on=[*PAIRS], how="left")
        .join(_similarities(pairs, signed, register), on=[*PAIRS], how="left")
        .join(_agreement(pairs, details, register, AUTHOR), on=[*PAIRS], how="left")
        .join(_agreement(pairs, details, register, NUMBERS), on=[*PAIRS], how="left")
    )
    contradicted = ((pl.col("bits") & pl.col("others")) != 0) | pl.col(AUTHOR).not_().fill_null(value=False)
    by_title = pl.col(AUTHOR).fill_null(pl.col("is_long") & ~(pl.col("near") <= UNRELATED).fill_null(value=False))
    near = (pl.col("near") >= NEAR).fill_null(value=False)
    title = pl.col("mark").is_not_null() & (pl.col("is_defect") | (~contradicted & by_title))
    abstract = near & (pl.col("is_defect") | (~contradicted & pl.col(NUMBERS)))
    return pl.concat(
        [
            told.filter(title).select(*PAIRS, because=pl.lit("title"), mark="mark"),
            told.filter(abstract).select(*PAIRS, because=pl.lit("abstract"), mark=pl.lit(None, dtype=pl.String)),
        ]
    )


def _titles(titled: pl.DataFrame) -> pl.DataFrame:
    """The title that a listing and a removed paper have in common: listing_id, removal, mark, is_long."""
    return (
        titled.sort("mark", descending=True)  # `title` before `short_title`
        .unique([*PAIRS], keep="first", maintain_order=True)
        .with_columns(is_long=pl.col("mark").str.starts_with(f"{TITLE}:"))
    )


def _near(signed: pl.DataFrame, register: Register) -> pl.DataFrame:
    """Listings and removals whose abstracts may be nearly equal, by the keys of their bands: listing_id, removal."""
    values, places = register.signatures
    here = signed.drop_nulls()
    if not len(values) or here.is_empty():
        return pl.DataFrame(schema=PAIRS)
    pairs = []
    theirs = pl.Series("removal", places, dtype=pl.UInt32)
    for own, other in zip(band_matrix(matrix(here["signature"])), band_matrix(values), strict=True):
        known = pl.DataFrame({"key": other, "removal": theirs}).unique()
        found = pl.DataFrame({"listing_id": here["listing_id"], "key": own}).join(known, on="key")
        pairs.append(found.select(*PAIRS))
    return pl.concat(pairs).unique()


def _similarities(pairs: pl.DataFrame, signed: pl.DataFrame, register: Register) -> pl.DataFrame:
    """How far the abstracts of pairs agree, the most of all abstracts of the paper: listing_id, removal, near."""
    values, places = register.signatures
    numbered = pl.DataFrame({"removal": places, "at": range(len(places))}, schema_overrides={"removal": pl.UInt32})
    compared = pairs.join(signed.drop_nulls(), on="listing_id").join(numbered, on="removal")
    own, other = matrix(compared["signature"].cast(SIGNATURE)), values[compared["at"].to_numpy()]
    share = (own == other).mean(axis=1) if compared.height else np.empty(0)
    return compared.select(*PAIRS).with_columns(near=pl.Series(share)).group_by(*PAIRS).agg(pl.col("near").max())


def _agreement(pairs: pl.DataFrame, details: pl.DataFrame, register: Register, kind: str) -> pl.DataFrame:
    """Whether a listing and a removed paper share a mark of a kind; null where one of them has none.

    Columns listing_id, removal and one of the kind's name.
    """
    known = register.of_kinds([kind])
    own = details.filter(pl.col("mark").str.starts_with(f"{kind}:"))
    shared = pairs.join(own, on="listing_id").join(known, on=["removal", "mark"]).select(*PAIRS).unique()
    both = pairs.join(own, on="listing_id", how="semi").join(known, on="removal", how="semi")
    return both.join(shared.with_columns(pl.lit(value=True).alias(kind)), on=[*PAIRS], how="left").with_columns(
        pl.col(kind).fill_null(value=False)
    )
