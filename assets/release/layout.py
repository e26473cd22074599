"""Layout: which tables and files a release has, and what they are called. Nothing here is computed."""

from collections.abc import Mapping

from schemas.catalog import TABLES, metadata
from schemas.release_vocabulary import ReleaseFormat

RELEASES = "releases"
"""Folder of the releases in a home."""
MANIFEST = "manifest.json"
VERSIONS = "versions.json"
FAILED = "failed.json"
"""The report of the last release that did not come about; gone after the next that does."""
DELTA = "delta"
"""Folder of the deltas in a release: one folder for each release that it is compared with, named by its version."""
SAMPLES = "samples"
"""Folder of the samples in a release."""

WITHHELD = ("runs", "judgements")
"""Tables that stay at home: they hold times and paths of a machine, and the names and notes of people."""
INNER = tuple(name for name in TABLES if name not in WITHHELD)
"""Every table that the released database may hold."""
MAIN = tuple(name for name, model in TABLES.items() if metadata(model)["schema"] == "main")
"""The tables that are released as files of their own."""

MEDIA_TYPES: Mapping[str, str] = {
    ".parquet": "application/vnd.apache.parquet",
    ".jsonl.zst": "application/jsonl+zstd",
    ".csv.gz": "text/csv+gzip",
    ".bib": "application/x-bibtex",
    ".duckdb": "application/vnd.duckdb",
    ".jsonld": "application/ld+json",
    ".json": "application/json",
    ".md": "text/markdown",
    ".cff": "application/yaml",
    ".sql": "application/sql",
}
"""Ending of a file's name -> its media type; the first that fits."""

FORMAT_FILES: Mapping[ReleaseFormat, str] = {
    ReleaseFormat.JSONL: "papers.jsonl.zst",
    ReleaseFormat.NESTED: "papers-nested.jsonl.zst",
    ReleaseFormat.CSV: "papers.csv.gz",
    ReleaseFormat.BIBTEX: "papers.bib",
    ReleaseFormat.DUCKDB: "papers.duckdb",
}
"""The file of every format that has one only."""

SAMPLE_SIZES: Mapping[str, int] = {"1k": 1_000, "10k": 10_000}
"""Name of a sample -> papers in it; each is part of the next."""

ROWS_OF_TEXT, ROWS = 30_720, 122_880
"""Rows of a row group, in tables with long texts and in others: 20 to 80 MB before compression."""
LONG_TEXTS = ("listings", "clean_listings", "papers", "paper_values", "paper_vectors", "text_repairs")


def media_type(name: str) -> str:
    """The media type of a file, from its name.

    Raises:
        KeyError: If no ending fits.
    """
    for ending, found in MEDIA_TYPES.items():
        if name.endswith(ending):
            return found
    raise KeyError(name)


def row_group_rows(table: str) -> int:
    """Rows of a row group of a table's Parquet file."""
    return ROWS_OF_TEXT if table in LONG_TEXTS else ROWS
