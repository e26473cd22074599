"""`dataset.jsonld`: the release for search engines, in the vocabulary of schema.org.

It can be pasted into a `<script type="application/ld+json">` of a page as it is.
"""

from typing import Any

from assets.release.documents import scope
from assets.release.documents.plain_json import to_json
from assets.release.documents.statements import (
    CREATOR,
    KEYWORDS,
    LICENCE,
    LICENCE_TITLE,
    NAME,
    PROCESSING,
    TITLE,
    citation,
    description,
    without_secrets,
)
from assets.release.draft import Draft
from assets.release.layout import MANIFEST
from schemas.catalog import TABLES
from schemas.render.schema_org import measured_variables

CONTEXT = "https://schema.org/"


def render(draft: Draft) -> str:
    """Writes the document.

    Args:
        draft: The release, whose data is written and counted.
    """
    maker = {"@type": "Organization", "name": CREATOR}
    rows = draft.snapshot.rows
    told: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "Dataset",
        "name": TITLE,
        "description": description(draft),
        "identifier": [
            f"{NAME}-{draft.version}",
            {"@type": "PropertyValue", "propertyID": "sha256", "value": draft.manifest().data_fingerprint},
        ],
        "version": draft.version,
        "datePublished": f"{draft.released_at:%Y-%m-%d}",
        "license": {"@type": "CreativeWork", "name": LICENCE_TITLE, "description": LICENCE},
        "creditText": citation(draft),
        "creator": maker,
        "publisher": maker,
        "keywords": list(KEYWORDS),
        "inLanguage": scope.languages(draft),
        "isAccessibleForFree": True,
        "temporalCoverage": scope.interval(draft),
        "size": {"@type": "QuantitativeValue", "value": rows["papers"], "unitText": "papers"}
        if "papers" in rows
        else None,
        "measurementTechnique": list(PROCESSING),
        "variableMeasured": measured_variables(TABLES["papers"]) if "papers" in rows else [],
        "isBasedOn": _inputs(draft),
        "distribution": _downloads(draft),
    }
    return to_json({key: value for key, value in told.items() if value not in ([], None)})


def _downloads(draft: Draft) -> list[dict[str, Any]]:
    return [
        {
            "@type": "DataDownload",
            "name": file.path,
            "contentUrl": file.path,
            "encodingFormat": file.media_type,
            "contentSize": f"{file.bytes} B",
            "sha256": file.sha256,
        }
        for file in scope.data_files(draft)
    ]


def _inputs(draft: Draft) -> list[dict[str, Any]]:
    """The dumps, as far as they are named here, and where the others are."""
    named = scope.named_dumps(draft)
    inputs: list[dict[str, Any]] = [
        {
            "@type": "CreativeWork",
            "name": without_secrets(dump["uri"]),
            "identifier": f"sha256:{dump['dump_id']}",
            "description": f"{dump['role']}, {dump['format']}, {dump['size_bytes']} B, {dump['listing_count']} records",
        }
        for dump in named
    ]
    if more := len(draft.origin.dumps) - len(named):
        inputs.append({"@type": "CreativeWork", "name": f"{more:,} more dumps, all named in {MANIFEST}"})
    return inputs
