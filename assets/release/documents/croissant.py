"""`croissant.json`: the release for machine-learning tools, which find its files, tables and columns there.

Records can be read of the Parquet files alone: the tools know no other format of the release in full.
"""

from typing import Any

from assets.release.documents import scope
from assets.release.documents.plain_json import to_json
from assets.release.documents.statements import (
    BIASES,
    COLLECTION,
    CREATOR,
    KEYWORDS,
    LICENCE,
    LICENCE_TITLE,
    NAME,
    PERSONAL,
    PROCESSING,
    TITLE,
    citation,
    description,
)
from assets.release.draft import Draft
from assets.release.manifest import ReleasedFile
from assets.release.versions import version_key
from schemas.catalog import TABLES
from schemas.render.croissant import CONFORMS_TO, CONTEXT, croissant_record_set

ENCODINGS = {
    "application/vnd.apache.parquet": ["application/x-parquet"],
    "text/csv+gzip": ["text/csv", "application/gzip"],
    "application/jsonl+zstd": ["application/jsonlines", "application/zstd"],
}
"""Media type of a file -> what Croissant's tools call its format and its packing; others keep their own."""


def render(draft: Draft) -> str:
    """Writes the document.

    Args:
        draft: The release, whose data is written and counted.
    """
    maker = {"@type": "sc:Organization", "name": CREATOR}
    files = scope.table_files(draft)
    told: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "name": TITLE,
        "description": f"{description(draft)} This is release {draft.version}; `version` says it in three numbers: the "
        "year, month and day, and which release of the day it is.",
        "conformsTo": CONFORMS_TO,
        "identifier": f"{NAME}-{draft.version}",
        "url": "README.md",
        "version": three_numbers(draft.version),
        "datePublished": f"{draft.released_at:%Y-%m-%d}",
        "license": {"@type": "sc:CreativeWork", "name": LICENCE_TITLE, "description": LICENCE},
        "citeAs": citation(draft),
        "creator": maker,
        "publisher": maker,
        "keywords": list(KEYWORDS),
        "inLanguage": scope.languages(draft),
        "isLiveDataset": False,
        "rai:dataCollection": COLLECTION,
        "rai:dataPreprocessingProtocol": list(PROCESSING),
        "rai:dataBiases": list(BIASES),
        "rai:personalSensitiveInformation": PERSONAL,
        "distribution": [_file_object(file) for file in scope.data_files(draft)],
        "recordSet": [croissant_record_set(name, TABLES[name], file.path, files) for name, file in files.items()],
    }
    return to_json({key: value for key, value in told.items() if value not in ([], None)})


def three_numbers(version: str) -> str:
    """A version as Croissant asks for it: `2026.01.02.10` becomes `2026.102.10`, in the same order as before."""
    year, month, day, number = version_key(version)
    return f"{year}.{100 * month + day}.{number}"


def _file_object(file: ReleasedFile) -> dict[str, Any]:
    formats = ENCODINGS.get(file.media_type, [file.media_type])
    return {
        "@type": "cr:FileObject",
        "@id": file.path,
        "name": file.path,
        "contentUrl": file.path,
        "contentSize": f"{file.bytes} B",
        "encodingFormat": formats[0] if len(formats) == 1 else formats,
        "sha256": file.sha256,
    }
