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
        What `clean_folder` returns, of all packs; a listing that is in several, once.
    """
    kept = cache / KEPT
    if not kept.exists():
        cache.mkdir(parents=True, exist_ok=True)
        frames = [clean_folder(folder / name, cache / name) for name in names]
        pl.concat(frames).unique("listing_id", keep="first", maintain_order=True).write_parquet(kept)
    return pl.scan_parquet(kept)


def clean_folder(folder: Path, cache: Path) -> pl.DataFrame:
    """Reads and validates a folder of dumps.

    Args:
        folder: The dumps.
        cache: Folder for what was read.

    Returns:
        Rows of `clean_listings` with `pack` (the folder's name), and `format`, `uri` and `position` of the listing.
    """
    found = survey(find_files([folder]), cache / "cache", cache / "scratch")
    dumps = found.dumps.select("dump_id", "format", "uri", pack=pl.lit(folder.name))
    listings = pl.read_parquet(list(found.paths), glob=False).filter(pl.col("defect").is_null())
    passed = [
        rejects.split(clean_listings(batch, RULES, DETECTORS), CleanListings)[0]
        for batch in listings.iter_slices(BATCH)
    ]
    places = listings.select("listing_id", "position")
    clean = pl.concat(passed).join(dumps, on="dump_id", how="left", maintain_order="left")
    return clean.join(places, on="listing_id", how="left", maintain_order="left")
