"""Write: all documents of a release, into its folder."""

from collections.abc import Callable, Mapping

from assets.release.documents import card, citation, croissant, datapackage, dictionary, issues, schema_org, statistics
from assets.release.draft import Draft
from assets.release.manifest import Written
from schemas.release_vocabulary import FileRole

DOCUMENTS: Mapping[str, Callable[[Draft], str]] = {
    "statistics.json": statistics.render,
    "issues.json": issues.render,
    "README.md": card.render,
    "CITATION.cff": citation.render,
    "croissant.json": croissant.render,
    "datapackage.json": datapackage.render,
    "dataset.jsonld": schema_org.render,
    "dictionary.md": dictionary.render,
}
"""Name of a file -> what gives its text."""


def write_documents(draft: Draft) -> list[Written]:
    """Writes every document.

    Args:
        draft: The release, whose data and deltas are written and counted.

    Returns:
        What was written.

    Raises:
        OSError: If a file cannot be written.
    """
    for name, render in DOCUMENTS.items():
        (draft.folder / name).write_text(render(draft), encoding="utf-8", newline="\n")
    return [Written(name, FileRole.DOCUMENTATION) for name in DOCUMENTS]
