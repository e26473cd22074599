"""Runs: what each published run was given, how it was set, and what it cost."""

import json
import platform
import resource
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import polars as pl

from assets import enrich
from assets.dedupe.decide import RULE_VERSION
from assets.fingerprint import fingerprint
from assets.parse.read import READERS_LABEL
from assets.publish.ledger import funnel
from assets.validate.catalogue import DETECTORS, rules_fingerprint, select_rules
from schemas.audit import Runs
from schemas.enrich_vocabulary import VectorMethod
from schemas.render import polars_schema
from schemas.vocabulary import Role

ENRICH = Path(enrich.__file__).parent
SOFTWARE = ("papersheaf", "dagster", "duckdb", "pandera", "polars", "scikit-learn")


@dataclass(frozen=True)
class Settings:
    """What a data set depends on beside its dumps."""

    without_rules: Sequence[str] = ()
    """Names of cleaning rules that are switched off."""
    vectors: str = VectorMethod.TFIDF
    """How papers become vectors."""

    def versions(self) -> dict[str, str]:
        """Software and rules -> version.

        Raises:
            ValueError: If a rule that is switched off does not exist.
        """
        software = {name: version(name) for name in SOFTWARE}
        return {
            **software,
            "python": platform.python_version(),
            "cleaning_rules": rules_fingerprint(select_rules(self.without_rules), DETECTORS),
            "match_rules": RULE_VERSION,
            "enrichment": fingerprint(ENRICH),
            "vectors": self.vectors,
            "readers": READERS_LABEL,
        }

    def fingerprint(self) -> str:
        """SHA-256 over everything here: two runs on the same dumps with equal fingerprints give equal data sets."""
        return sha256(json.dumps(self.versions(), sort_keys=True).encode()).hexdigest()


def run_row(
    run_id: str,
    started_at: datetime,
    given: Mapping[str, Sequence[str]],
    settings: Settings,
    dump_count: int,
    ledger: pl.DataFrame,
    removals: str = "",
) -> pl.DataFrame:
    """The row of the run under way.

    Args:
        run_id: Identifier of the run in Dagster.
        started_at: When it started, in UTC.
        given: Paths that it was given: those of `raw` dumps, and of each `reference`.
        settings: What else it was given.
        dump_count: Dumps that it found.
        ledger: Rows of `ledger`.
        removals: Digest of the removals that it applied; empty where there were none.

    Returns:
        One row of `runs`.
    """
    counts = funnel(ledger)
    applied = {"removals": removals} if removals else {}
    row = {
        "run_id": run_id,
        "started_at": started_at,
        "seconds": round((datetime.now(UTC) - started_at).total_seconds(), 3),
        "peak_memory_bytes": peak_memory_bytes(),
        "fingerprint": settings.fingerprint(),
        "parameters": json.dumps({**given, **applied, "without_rules": sorted(settings.without_rules)}),
        "versions": json.dumps(settings.versions(), sort_keys=True),
        "dump_count": dump_count,
        "found_count": counts["found"],
        "parsed_count": counts["parsed"],
        "valid_count": counts["valid"],
        "merged_count": counts["merged"],
        "rejected_count": counts["rejected"],
        "reference_count": funnel(ledger, Role.REFERENCE)["merged"],
        "paper_count": counts["papers"],
    }
    return pl.DataFrame([row], schema=polars_schema(Runs))


def peak_memory_bytes() -> int:
    """The largest resident memory that this process has had."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024  # macOS counts bytes, Linux kibibytes
