"""Statistics: `statistics.json`, every number that a release tells of itself, with the query that gives it."""

import json

from assets.release.documents.queries import answers, as_lines
from assets.release.draft import Draft


def render(draft: Draft) -> str:
    """Writes `statistics.json`.

    Args:
        draft: The release.

    Returns:
        A JSON object: the release, and under `statistics` each name with its meaning, unit, query and rows.
    """
    told = {
        "version": draft.version,
        "note": "Each query, asked of the tables of this release, gives its rows.",
        "statistics": {
            name: {
                "meaning": answer.question.meaning,
                "unit": answer.question.unit,
                "query": as_lines(answer.question.query),
                "rows": list(answer.rows),
            }
            for name, answer in answers(draft.snapshot).found.items()
        },
    }
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"
