"""Survey: all files of a run, read or known, and the dumps in them in one order.

The order of files, their names and how often the same bytes occur change nothing in the listings.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import polars as pl

from assets.parse.cache import Cache, Facts, Part
from assets.parse.captured import capture_moment
from assets.parse.folder import RawFile
from assets.parse.intake import Intake
from assets.parse.read import READERS_LABEL, content_ids, read_file
from assets.parse.unpack import LIMITS, Limits
from assets.spill import BATCH, batches
from schemas.dumps import Dumps
from schemas.render import polars_schema
from schemas.vocabulary import Role


@dataclass(frozen=True)
class Survey:
    """What the files of a run hold."""

    dumps: pl.DataFrame
    """Rows of `dumps`, sorted by dump_id; files with the same bytes in one row."""
    paths: tuple[Path, ...]
    """Parquet files with the listings of these dumps, in the same order; none for a dump without listings."""
    opened: int
    """Files that had to be opened; the others are as they were."""

    def listings(self) -> Iterator[pl.DataFrame]:
        """Rows of `listings`, by dump and place, in batches of a size that does not depend on the dumps."""
        held, count = list[pl.DataFrame](), 0
        for path in self.paths:
            for piece in batches(pl.scan_parquet(path, glob=False), BATCH):
                held.append(piece)
                count += piece.height
                if count >= BATCH:
                    yield pl.concat(held)
                    held, count = [], 0
        if held:
            yield pl.concat(held)


def survey(files: Sequence[RawFile], folder: Path, scratch: Path, limits: Limits = LIMITS) -> Survey:
    """Reads files one after the other, those that are new.

    Args:
        files: What to read.
        folder: The cache's.
        scratch: Folder for unpacked content, which is removed again.
        limits: How much content a dump may have.

    Returns:
        The dumps, and where their listings are.
    """
    cache = Cache.load(folder, READERS_LABEL)
    intake = Intake(cache)
    opened = 0
    rows, keys = [], dict[str, str]()
    for file in sorted(files):
        opened += cache.parts(file.stamp) is None
        for part in read_file(file, intake, scratch, limits):
            facts = cache.facts[part.key]
            rows.append(_row(file, part, facts))
            keys.setdefault(facts.dump_id, part.key)
    intake.flush()
    cache.save((file.stamp for file in files), keys.values())
    counted = [key for _, key in sorted(keys.items()) if cache.facts[key].listing_count]
    return Survey(_dumps(rows), tuple(cache.path(key) for key in counted), opened)


def places(files: Sequence[RawFile], folder: Path, scratch: Path) -> set[tuple[str, str, str]]:
    """Says which dump lies where and in which role, without reading any record; opens only files that have changed.

    Args:
        files: The files of a run.
        folder: The cache's.
        scratch: Folder for unpacked content.

    Returns:
        (uri, dump_id, role) of every dump; a dump that is a feed at one of its places is a feed at all.

    Raises:
        OSError: If a file cannot be read.
    """
    cache = Cache.load(folder, READERS_LABEL)
    found = [
        (member_uri(file, member), dump_id, file.settings.role_of(member))
        for file in files
        for member, dump_id in content_ids(file, cache, scratch).items()
    ]
    feeds = {dump_id for _, dump_id, role in found if role is Role.FEED}
    return {(uri, dump_id, Role.FEED if dump_id in feeds else Role.REFERENCE) for uri, dump_id, _ in found}


def member_uri(file: RawFile, member: str) -> str:
    """The place of a dump: that of its file, with the path in the archive behind `!/`."""
    return f"{file.uri}!/{member}" if member else file.uri


def _row(file: RawFile, part: Part, facts: Facts) -> dict[str, object]:
    """The row of `dumps` for a dump at one place."""
    captured_at, captured_from = capture_moment(file, part.member)
    return {
        **asdict(facts),
        "uri": member_uri(file, part.member),
        "also_at": [],
        "role": str(file.settings.role_of(part.member)),
        "captured_at": captured_at,
        "captured_from": captured_from and str(captured_from),
    }


def _dumps(rows: Sequence[dict[str, object]]) -> pl.DataFrame:
    """One row per dump: what is said of it at the first of its places, and the others beside it.

    A dump that is a feed at one of its places is a feed.
    """
    found = pl.DataFrame(rows, schema=polars_schema(Dumps)).sort("dump_id", pl.col("role") != Role.FEED, "uri")
    copies = found.group_by("dump_id").agg(
        first=pl.col("uri").first(), also_at=pl.col("uri").slice(1).sort(), role=pl.col("role").first()
    )
    return (
        found.unique("dump_id", keep="first", maintain_order=True)
        .drop("also_at")
        .join(copies.select("dump_id", "also_at"), on="dump_id", maintain_order="left")
        .select(polars_schema(Dumps).names())
    )
