"""Records of real dumps: read and validated as the pipeline does it, kept in a file for the next report."""

from pathlib import Path

import polars as pl

from assets.parse.folder import find_files
from assets.parse.survey import survey
from assets.validate import rejects
from assets.validate.catalogue import DETECTORS, RULES
from assets.validate.clean import clean_listings
from schemas.listings import CleanListings

BATCH = 20_000
"""Listings that are cleaned at a time."""
KEPT = "records.parquet"


def clean_packs(folder: Path, names: tuple[str, ...], cache: Path) -> pl.LazyFrame:
    """Reads and validates packs, once.

    Args:
        folder: Holds one folder a pack.
        names: The packs.
        cache: Folder in which the result of the last call is kept; it is used again as it is.

    Returns:
        Rows of `clean_listings` with `pack` and `format` beside them.
    """
    kept = cache / KEPT
    if not kept.exists():
        cache.mkdir(parents=True, exist_ok=True)
        frames = [_clean_pack(folder / name, cache / name) for name in names]
        pl.concat(frames).unique("listing_id", keep="first", maintain_order=True).write_parquet(kept)
    return pl.scan_parquet(kept)


def _clean_pack(folder: Path, cache: Path) -> pl.DataFrame:
    """The clean listings of one pack."""
    found = survey(find_files([folder]), cache / "cache", cache / "scratch")
    formats = found.dumps.select("dump_id", "format", pack=pl.lit(folder.name))
    listings = pl.read_parquet(list(found.paths), glob=False).filter(pl.col("defect").is_null())
    passed = [
        rejects.split(clean_listings(batch, RULES, DETECTORS), CleanListings)[0]
        for batch in listings.iter_slices(BATCH)
    ]
    return pl.concat(passed).join(formats, on="dump_id", how="left", maintain_order="left")
