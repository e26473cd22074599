"""What the readers make of real dumps: files, dumps, records and rejects of each folder.

    python -m tests.bench.packs_report FOLDER...

Each folder is surveyed by itself, as `sheaf run --raw FOLDER` would do it, into a cache that is thrown away. `records`
are those of different dumps, `with copies` counts a dump as often as it occurs.
"""

import sys
import tempfile
import time
from pathlib import Path

import polars as pl

from assets.parse.folder import find_files
from assets.parse.survey import Survey, survey

E_MAIL = r"[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}"


def report(folder: Path, found: Survey, files: int, seconds: float) -> None:
    """Prints what one folder holds."""
    dumps = found.dumps
    copied = dumps.select((pl.col("listing_count") * (1 + pl.col("also_at").list.len())).sum()).item()
    megabytes = dumps["size_bytes"].sum() / 1e6
    print(
        f"{folder.name}: {files:,} files, {dumps.height:,} dumps, {dumps['listing_count'].sum():,} records "
        f"({copied:,} with copies), {megabytes:.1f} MB in {seconds:.1f} s"
    )
    told = dumps.group_by("format", "reason").agg(pl.len(), pl.col("listing_count").sum()).sort("format", "reason")
    for name, reason, count, records in told.iter_rows():
        print(f"  {name:20} {reason or 'read':22} {count:6,} dumps {records:8,} records")
    if not found.paths:
        return
    rows = pl.scan_parquet(list(found.paths), glob=False)
    for defect, count in rows.group_by("defect").len().sort("defect").collect().drop_nulls().iter_rows():
        print(f"  {'':20} {defect:22} {count:8,} records turned away")
    addresses = rows.filter(pl.col("source_fields").str.contains(E_MAIL)).select(pl.len()).collect().item()
    if addresses:
        print(f"  {addresses:,} records with an e-mail address left in source_fields")


def main() -> None:
    """Prints all folders."""
    for name in sys.argv[1:]:
        with tempfile.TemporaryDirectory() as scratch:
            begin = time.perf_counter()
            files = find_files([name])
            found = survey(files, Path(scratch, "cache"), Path(scratch))
            report(Path(name), found, len(files), time.perf_counter() - begin)


if __name__ == "__main__":
    main()
