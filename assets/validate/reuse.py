"""Reuse: what was made of a dump in the run before, where rules and readers are the same.

Cleaning looks at one listing at a time, so the clean listings and the rejects of a dump depend on its bytes and on the
rules alone, and on which of its listings are withheld because their paper was removed. The tables of the last run say
in their files what they were made of.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import polars as pl

from assets.spill import made_of
from schemas.audit import RejectedListings
from schemas.listings import CleanListings
from schemas.render import polars_schema

TABLES = {"clean_listings": CleanListings, "rejected_listings": RejectedListings}

Pair = tuple[pl.DataFrame, pl.DataFrame]
"""Clean listings and rejects."""


def describe(version: str, dumps: pl.DataFrame, withheld: Sequence[str] = ()) -> str:
    """What the tables of this run are made of: rules, columns, dumps with their readers, and what is withheld of them.

    Args:
        version: Fingerprint of the rules.
        dumps: Rows of `dumps`.
        withheld: The listings of which nothing but their place is left.
    """
    return json.dumps({"made_by": _made_by(version), "dumps": _readings(dumps), "withheld": sorted(withheld)})


def withheld_since(now: str, then: str) -> list[str]:
    """The listings that are withheld now and were not, or the other way round.

    Args:
        now: What tables are made of, as `describe` says it.
        then: What earlier ones were made of.
    """
    before, after = (set(json.loads(told).get("withheld", [])) for told in (then, now))
    return sorted(before ^ after)


def _readings(dumps: pl.DataFrame) -> list[tuple[str, str]]:
    """Each dump with the version of its reader."""
    return dumps.select("dump_id", "reader_version").drop_nulls().sort("dump_id").rows()


def _made_by(version: str) -> str:
    columns = str([polars_schema(model) for model in TABLES.values()])
    return f"{version} {sha256(columns.encode()).hexdigest()[:16]}"


@dataclass(frozen=True)
class Before:
    """The tables of the run before, as far as they can be used again."""

    dump_ids: frozenset[str] = frozenset()
    """Dumps whose rows are in both tables."""
    changed: tuple[str, ...] = ()
    """Listings of these dumps that are not what they were."""
    clean: pl.LazyFrame | None = None
    rejected: pl.LazyFrame | None = None

    @classmethod
    def load(cls, stage: Path, version: str, dumps: pl.DataFrame, withheld: Sequence[str] = ()) -> "Before":
        """Looks at the tables in the stage folder.

        Args:
            stage: The folder.
            version: Fingerprint of the rules.
            dumps: Rows of `dumps`, as they are now.
            withheld: The listings of which nothing but their place is left now.

        Returns:
            Nothing to be used, where a table is missing, the two are not of one run, or rules or columns differ.
        """
        paths = [stage / f"{name}.parquet" for name in TABLES]
        told = {made_of(path) for path in paths}
        (first, *others) = told
        if others or not first or json.loads(first)["made_by"] != _made_by(version):
            return cls()
        same = set(_readings(dumps)) & {(dump_id, reader) for dump_id, reader in json.loads(first)["dumps"]}
        dump_ids = frozenset(dump_id for dump_id, _ in same)
        changed = tuple(withheld_since(describe(version, dumps, withheld), first))
        clean, rejected = (pl.scan_parquet(path, glob=False) for path in paths)
        return cls(dump_ids, changed, clean, rejected)

    def complete(self, listings: pl.DataFrame, make: Callable[[pl.DataFrame], Pair]) -> Pair:
        """Makes what is new and takes the rest from the run before.

        Args:
            listings: Rows of `listings`, sorted by dump.
            make: Makes clean listings and rejects of such rows.

        Returns:
            Clean listings in the order of the listings, and rejects sorted by listing_id: the same as `make` would
            give of all rows.
        """
        is_known = pl.col("dump_id").is_in(self.dump_ids) & ~pl.col("listing_id").is_in(self.changed)
        known = listings.filter(is_known).select("listing_id", "dump_id")
        if self.clean is None or self.rejected is None or known.is_empty():
            return make(listings)
        clean, rejected = (_rows_of(rows, known) for rows in (self.clean, self.rejected))
        if known.height < listings.height:
            new_clean, new_rejected = make(listings.filter(~is_known))
            clean, rejected = pl.concat([clean, new_clean]), pl.concat([rejected, new_rejected])
        order = listings.select("listing_id").with_row_index("at")
        in_order = clean.join(order, on="listing_id").sort("at").drop("at")
        return in_order, rejected.sort("listing_id")


def _rows_of(rows: pl.LazyFrame, known: pl.DataFrame) -> pl.DataFrame:
    """The rows of some listings; the range of their dumps lets most of the file unread."""
    dump_id = known["dump_id"]
    near = rows.filter(pl.col("dump_id").is_between(pl.lit(dump_id.min()), pl.lit(dump_id.max())))
    return near.join(known.lazy().select("listing_id"), on="listing_id", how="semi").collect()
