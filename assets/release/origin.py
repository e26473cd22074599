"""Origin: what the published file tells of the run that made it, for the manifest of a release."""

import json
from pathlib import Path

from assets.publish.ledger import funnel
from assets.publish.warehouse import open_private
from assets.release.draft import Origin
from assets.release.manifest import ReleaseError
from schemas.vocabulary import Role

PATHS = ("raw", "reference", "removals")
"""Parameters of a run that name folders of a machine, or what was taken down; they stay at home."""
DUMP = "dump_id, uri, format, role, status, size_bytes, listing_count"


def read_origin(warehouse: Path) -> Origin:
    """Reads where the data of a published file comes from.

    Args:
        warehouse: The published file.

    Raises:
        ReleaseError: If it holds no run.
    """
    with open_private(warehouse) as connection:
        runs = connection.execute(
            "SELECT fingerprint, parameters, versions FROM audit.runs ORDER BY started_at DESC, run_id LIMIT 1"
        ).fetchall()
        if not runs:
            raise ReleaseError(f"{warehouse} holds no run; publish it anew with: sheaf run")
        dumps = connection.sql(f"SELECT {DUMP} FROM dumps ORDER BY uri, dump_id").pl().to_dicts()
        ledger = connection.sql("FROM audit.ledger").pl()
    fingerprint, parameters, versions = runs[0]
    settings = {name: value for name, value in json.loads(parameters).items() if name not in PATHS}
    counts = {str(role): funnel(ledger, role) for role in Role}
    return Origin(fingerprint, json.loads(versions), settings, dumps, counts)
