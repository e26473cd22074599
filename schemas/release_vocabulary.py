"""The closed vocabularies of releases: how a data set is written for those who download it.

A member is the stored value, its docstring the published definition, as in `vocabulary.py`. Nothing here is computed.
"""

from enum import StrEnum


class ReleaseFormat(StrEnum):
    """How the data of a release is written."""

    PARQUET = "parquet"
    """Every table as `<table>.parquet`: compressed with zstd, sorted by its key, with what its columns mean."""
    JSONL = "jsonl"
    """`papers.jsonl.zst`: one JSON object a line, with the columns of `papers`."""
    NESTED = "nested"
    """`papers-nested.jsonl.zst`: one JSON object a paper, with all that other tables have of it inside, and samples."""
    CSV = "csv"
    """`papers.csv.gz`: the columns of `papers` as RFC 4180 has it, safe to open in a spreadsheet."""
    BIBTEX = "bibtex"
    """`papers.bib`: one BibTeX entry a paper, whose citation key is the identifier of the paper."""
    DUCKDB = "duckdb"
    """`papers.duckdb`: the tables, views, macros and search of the published file."""


class FileRole(StrEnum):
    """What a file of a release is for."""

    DATA = "data"
    """The data: the same for the same dumps, rules and parameters, whenever and wherever it is built."""
    SAMPLE = "sample"
    """A part of the data, to look at first; the same in the same way."""
    DELTA = "delta"
    """What has changed since an earlier release."""
    DOCUMENTATION = "documentation"
    """What the data is, for people and for programs; names the version and the day."""
