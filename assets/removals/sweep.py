"""Sweep: the listings that were read from dumps before, in HOME/cache, without those of removed papers.

What is found is taken out of the file itself, so that the text of a removed paper is nowhere. A removal that is taken
back throws the files away that it left gaps in: their dumps are read again. `HOME/cache/withheld.json` says which
removals were looked for, and in which files; without it, everything is looked through again.
"""

import json
import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from assets.parse.cache import Cache
from assets.parse.read import READERS_LABEL
from assets.removals.lines import Removal
from assets.removals.recognise import Register
from assets.removals.store import ids_in_force, in_force, label, labelled
from assets.removals.withhold import blank, withheld
from assets.spill import SpillWriter, batches, made_of
from schemas.listings import Listings
from schemas.vocabulary import RejectReason

STATE = "withheld.json"


@dataclass
class Sweep:
    """What was looked for in the files of a cache."""

    folder: Path
    """The cache's."""
    applied: frozenset[str] = frozenset()
    """The removals that were looked for, by their ids."""
    clean: dict[str, str] = field(default_factory=dict)
    """Name of a file -> its stamp when it had been looked through."""
    is_noted: bool = False
    """Whether there is a note of it."""

    @classmethod
    def load(cls, folder: Path) -> "Sweep":
        """Reads what was noted; a missing or damaged note says that nothing was looked through."""
        with suppress(OSError, ValueError, KeyError, TypeError):
            told = json.loads((folder / STATE).read_text())
            return cls(folder, frozenset(told["applied"]), dict(told["clean"]), is_noted=True)
        return cls(folder)

    def save(self) -> None:
        """Notes what was looked through."""
        self.folder.mkdir(parents=True, exist_ok=True)
        aside = self.folder / f"{STATE}.{os.getpid()}.tmp"
        aside.write_text(json.dumps({"applied": sorted(self.applied), "clean": self.clean}))
        aside.replace(self.folder / STATE)

    def is_done(self, path: Path) -> bool:
        """Whether a file is as it was when it had been looked through."""
        return self.clean.get(path.name) == _stamp(path)


def give_back(cache: Path, removals: Sequence[Removal]) -> None:
    """Throws away the files with gaps of removals that no longer stand, before dumps are read.

    Args:
        cache: The cache's folder.
        removals: All removals, those that were taken back included.
    """
    if not removals:
        return
    sweep = Sweep.load(cache)
    if sweep.is_noted and sweep.applied <= ids_in_force(removals):
        return
    for path in sorted((cache / "listings").glob("*.parquet")):
        if _has_gaps(path):
            path.unlink()


def look_through(paths: Iterable[Path], cache: Path, removals: Sequence[Removal]) -> int:
    """Takes the listings of removed papers out of files of the cache, after dumps were read.

    Args:
        paths: The files of this run.
        cache: The cache's folder.
        removals: All removals.

    Returns:
        How many listings were found now.
    """
    standing = in_force(removals)
    if not removals:
        return 0
    sweep, found = Sweep.load(cache), 0
    everything = Register(tuple(standing))
    new = Register(tuple(one for one in standing if one.removal_id not in sweep.applied))
    done = {}
    for path in paths:
        register = new if sweep.is_done(path) else everything
        if register.removals:
            found += strike(path, _found(path, register))
        done[path.name] = _stamp(path)
    Sweep(cache, ids_in_force(removals), done).save()
    return found


def strike_known(cache: Path, listing_ids: pl.Series, removal: Removal, dumps: pl.DataFrame) -> None:
    """Takes listings that are known to be of a removed paper out of the cache, without looking for others.

    Args:
        cache: The cache's folder.
        listing_ids: The listings.
        removal: The removal.
        dumps: Columns dump_id, reader_version of the dumps in which they were looked for; the files of all others are
            thrown away, and their dumps read again.
    """
    folder = cache / "listings"
    if not folder.is_dir():
        return
    looked = set(dumps.select("dump_id", "reader_version").iter_rows())
    facts = Cache.load(cache, READERS_LABEL).facts
    known = {f"{key}.parquet" for key, one in facts.items() if (one.dump_id, one.reader_version) in looked}
    sweep = Sweep.load(cache)
    for path in sorted(folder.iterdir()):
        if path.name not in known:
            path.unlink()
            continue
        was_done = sweep.is_done(path)
        strike(path, listing_ids)
        if was_done or not sweep.is_noted:
            sweep.clean[path.name] = _stamp(path)
    sweep.applied |= {removal.removal_id}
    sweep.save()


def strike_table(path: Path, removals: Sequence[Removal]) -> None:
    """Takes the listings of removed papers out of a table of listings, as far as it does not say that it is done.

    Args:
        path: The table's file.
        removals: All removals.
    """
    applied = labelled(made_of(path))
    new = [one for one in in_force(removals) if one.removal_id not in applied]
    if new:
        now = label(applied | {one.removal_id for one in new})
        _rewrite(path, _found(path, Register(tuple(new))), now)


def strike(path: Path, listing_ids: pl.Series) -> int:
    """Takes listings out of a file, which is replaced in one step; returns how many it had."""
    rows = pl.scan_parquet(path, glob=False)
    is_meant = pl.col("listing_id").is_in(listing_ids.implode()) & pl.col("defect").ne_missing(
        pl.lit(str(RejectReason.REMOVED))
    )
    count: int = rows.filter(is_meant).select(pl.len()).collect().item() if len(listing_ids) else 0
    if count:
        _rewrite(path, listing_ids)
    return count


def _rewrite(path: Path, listing_ids: pl.Series, told: str = "") -> None:
    """Writes a file anew without some listings, and with what it says of itself."""
    aside = path.with_suffix(f".{os.getpid()}.tmp")
    with SpillWriter(aside, Listings, told) as writer:
        for batch in batches(pl.scan_parquet(path, glob=False)):
            writer.write(blank(batch, listing_ids))
    aside.replace(path)


def _found(path: Path, register: Register) -> pl.Series:
    """The listings of removed papers in a file."""
    found = [withheld(batch, register) for batch in batches(pl.scan_parquet(path, glob=False))]
    return pl.concat(found).unique().sort()


def _has_gaps(path: Path) -> bool:
    rows = pl.scan_parquet(path, glob=False).filter(pl.col("defect") == RejectReason.REMOVED)
    return bool(rows.select(pl.len()).collect().item())


def _stamp(path: Path) -> str:
    """By what a file is known to be as it was."""
    stat = path.stat()
    return f"{stat.st_ino}-{stat.st_size}-{stat.st_mtime_ns}"
