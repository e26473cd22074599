"""Citation: `CITATION.cff`, how a release is cited, in the Citation File Format."""

import yaml

from assets.release.documents.statements import CREATOR, KEYWORDS, TITLE, description
from assets.release.draft import Draft

CFF_VERSION = "1.2.0"
MESSAGE = "If you use this data, please cite the release that you used, and the sources of the records that you show."


def render(draft: Draft) -> str:
    """Writes `CITATION.cff`.

    Args:
        draft: The release.

    Returns:
        A YAML mapping as version 1.2.0 of the format has it; no licence is named, since the format knows only licences
        of a list, and the data is under none of them.
    """
    told = {
        "cff-version": CFF_VERSION,
        "message": MESSAGE,
        "type": "dataset",
        "title": TITLE,
        "version": draft.version,
        "date-released": f"{draft.released_at:%Y-%m-%d}",
        "authors": [{"name": CREATOR}],
        "abstract": description(draft),
        "keywords": list(KEYWORDS),
        "identifiers": [
            {
                "type": "other",
                "value": f"sha256:{draft.manifest().data_fingerprint}",
                "description": "Fingerprint of the data files: equal for releases of equal data.",
            }
        ],
    }
    return yaml.safe_dump(told, sort_keys=False, allow_unicode=False, width=120)
