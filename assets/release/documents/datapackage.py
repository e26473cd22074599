"""`datapackage.json`: the release as a data package: every file with its size and hash, every table with its schema.

Programs that know data packages read `papers.csv.gz` as a table. Parquet files are described with their schemas all the
same, but as files: the Frictionless library takes empty numbers and lists in Parquet for errors.
"""

from collections.abc import Mapping
from typing import Any

from assets.release.documents import scope
from assets.release.documents.plain_json import to_json
from assets.release.documents.statements import (
    CREATOR,
    KEYWORDS,
    LICENCE,
    LICENCE_TITLE,
    NAME,
    TITLE,
    description,
    without_secrets,
)
from assets.release.draft import Draft
from assets.release.layout import FORMAT_FILES, media_type
from assets.release.manifest import ReleasedFile
from schemas.catalog import TABLES
from schemas.release_vocabulary import ReleaseFormat
from schemas.render.frictionless import table_schema

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
CSV = FORMAT_FILES[ReleaseFormat.CSV]
TABULAR: Mapping[str, Any] = {
    "type": "table",
    "format": "csv",
    "mediatype": "text/csv",
    "encoding": "utf-8",
    "compression": "gz",
    "dialect": {"delimiter": ",", "doubleQuote": True, "lineTerminator": "\r\n"},
}
"""How the CSV file is read."""
WITH_COLUMNS = tuple(media_type(ending) for ending in (".parquet", ".jsonl.zst", ".csv.gz"))
"""Media types of files that hold a table column by column."""
EMPTY_IN_CSV = [""]
"""What stands for an empty value in the CSV file."""
NOT_SPECIFIED = "notspecified"
"""What the list of the Open Definition calls a licence that is none of those it knows."""


def render(draft: Draft) -> str:
    """Writes the document.

    Args:
        draft: The release, whose data is written and counted.
    """
    manifest = draft.manifest()
    told: dict[str, Any] = {
        "$schema": PROFILE,
        "name": NAME,
        "id": f"{NAME}-{draft.version}",
        "title": TITLE,
        "description": description(draft),
        "version": draft.version,
        "created": manifest.released_at,
        "keywords": list(KEYWORDS),
        "licenses": [{"name": NOT_SPECIFIED, "title": f"{LICENCE_TITLE}. {LICENCE}"}],
        "contributors": [{"title": CREATOR, "roles": ["creator"]}],
        "sources": [
            {"title": without_secrets(dump["uri"]), "hash": f"sha256:{dump['dump_id']}", "bytes": dump["size_bytes"]}
            for dump in scope.named_dumps(draft)
        ],
        "resources": _resources(draft),
    }
    return to_json({key: value for key, value in told.items() if value not in ([], None)})


def _resources(draft: Draft) -> list[dict[str, Any]]:
    holders = {name: file.path for name, file in scope.table_files(draft).items()}
    resources = []
    for file in scope.data_files(draft):
        resource = _file(file)
        if file.path == CSV:
            resource |= TABULAR
        if file.table and file.media_type in WITH_COLUMNS:
            empty = EMPTY_IN_CSV if file.path == CSV else []
            resource |= {"schema": {**table_schema(TABLES[file.table], holders), "missingValues": empty}}
        resources.append(resource)
    return resources


def _file(file: ReleasedFile) -> dict[str, Any]:
    """A file as a resource, whose name is its path: no other resource has that."""
    return {
        "name": file.path,
        "type": "file",
        "path": file.path,
        "mediatype": file.media_type,
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
    }
