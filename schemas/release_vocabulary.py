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


class ReleaseCheck(StrEnum):
    """What is verified of a release."""

    MANIFEST = "manifest"
    """The manifest can be read, says when and what, and is the one that the list of releases knows."""
    FILES = "files"
    """Every file is there with its bytes, SHA-256 and media type, and no other is."""
    ROWS = "rows"
    """Every file holds as many records as the manifest says."""
    SCHEMAS = "schemas"
    """Every Parquet file has the columns that it describes, and the fingerprint that the manifest gives."""
    KEYS = "keys"
    """Every table is in the order of its key, no key occurs twice, and no required value is missing."""
    REFERENCES = "references"
    """What a table points at is in the table that it points at, where both are released."""
    FORMATS = "formats"
    """The other formats hold the papers of the Parquet files, in the same order; the database holds the same rows."""
    FUNNEL = "funnel"
    """Nothing disappeared: what was found is what was published, merged, left unused or rejected."""
    DUMPS = "dumps"
    """The dumps of the manifest are those of the tables."""
    SAMPLES = "samples"
    """Every sample is part of the next, and the largest of the whole."""
    DELTA = "delta"
    """The release before and the delta give this release, byte for byte."""


class Severity(StrEnum):
    """How grave it is what is known to be wrong with a release, the gravest first."""

    LOST = "lost"
    """Something that was given is not in the data."""
    DAMAGED = "damaged"
    """A text is there and damaged."""
    DOUBTFUL = "doubtful"
    """A value or a merge may be wrong, or could not be decided."""
    MISSING = "missing"
    """Nothing is stated, or nothing that was understood."""
    ODD = "odd"
    """Far from what is usual; it may well be right."""


class TableChange(StrEnum):
    """What became of a table from one release to another."""

    EQUAL = "equal"
    """It has the same rows."""
    CHANGED = "changed"
    """Rows were added, changed or removed."""
    SCHEMA = "schema"
    """Its columns, their types or its key are others."""
    ADDED = "added"
    """Only the later release has it."""
    REMOVED = "removed"
    """Only the earlier release has it."""


class RowChange(StrEnum):
    """What became of a row, known by its key, from one release to another."""

    ADDED = "added"
    """Only the later release has it."""
    CHANGED = "changed"
    """Both have it, with other values."""
    REMOVED = "removed"
    """Only the earlier release has it."""


class PaperFate(StrEnum):
    """What became of an identifier of a paper that no longer is one."""

    MERGED = "merged"
    """It leads to another paper, of which its own is now a part."""
    SPLIT = "split"
    """Its listings belong to other papers, and it leads to none of them."""
    GONE = "gone"
    """The later release has none of its listings."""


class Measure(StrEnum):
    """What is measured of a release before it is published; a percentage, but for `rows`."""

    ROWS = "rows"
    """Rows of a table."""
    FILLED = "filled"
    """Papers that have a value in a column, of all papers."""
    GROWTH = "growth"
    """Rows of a table, of those in the last release of the same selection."""
    KEPT = "kept"
    """Papers that have a value in a column, of those that had one in the last release of the same selection."""
    THINNED = "thinned"
    """Percentage points by which the share of papers with a value in a column fell since that release."""
    SAME = "same"
    """Papers with the identifier of a paper of that release that are still the same work, as far as can be told."""
    READ = "read"
    """Dumps of a role that could be read, of all of that role."""
    TURNED_AWAY = "turned_away"
    """Dumps of a role that could not be read, of all of that role."""
    ACCEPTED = "accepted"
    """Records of the dumps of a role that passed every check, of all that were found."""
    REJECTED = "rejected"
    """Records of the dumps of a role that were turned away, of all that were found."""
    AGREEING = "agreeing"
    """Papers of which several listings state a field, or any, and do not contradict each other, of all such papers."""
    CONFLICTING = "conflicting"
    """Those that do contradict each other, of all such papers."""
    BALANCED = "balanced"
    """Records, or rows of the ledger, that are accounted for, of all."""
    UNIQUE = "unique"
    """Rows of a table that have a key of their own, of all."""
    KNOWN = "known"
    """Values of a column that are in its closed vocabulary, of all."""
    POINTING = "pointing"
    """Values of a column that lead to a row of the table that they point at, of all."""
    RESOLVED = "resolved"
    """Identifiers that were merged away and lead, in one step, to one that was not, of all."""
    DANGLING = "dangling"
    """Identifiers that were merged away and lead to a paper that is not there, of all."""
