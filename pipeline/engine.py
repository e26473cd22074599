"""Engine: one run of the pipeline in this process, and what came of it.

The same Dagster job as in the UI, recorded in the same place (HOME/dagster), so that a run from the command line is
seen there too.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import dagster as dg

from assets.dedupe.judgements import store as judgements
from assets.home import Home
from assets.parse.folder import find_files
from assets.parse.survey import places
from assets.publish.runs import Settings
from assets.removals import store as removals
from assets.removals.sweep import strike_table
from pipeline.definitions import ASSETS, build_definitions, home_resources
from pipeline.history import open_history
from pipeline.jobs import JOB, RELEASE
from pipeline.progress import LISTENER
from schemas.vocabulary import Stage

STEPS: Mapping[Stage, tuple[str, ...]] = {
    Stage.PARSE: ("parse",),
    Stage.VALIDATE: ("validate",),
    Stage.DEDUPE: ("judgements", "match", "resolve"),
    Stage.ENRICH: (
        "links",
        "source_links",
        "release_claims",
        "terms",
        "quantities",
        "paper_vectors",
        "neighbors",
        "topics",
        "category_suggestions",
        "trending",
        "coverage",
        "quality",
    ),
    Stage.PUBLISH: ("search_index", "ledger", "runs", "warehouse"),
}
"""The steps of each stage, by their names in Dagster."""

AFTER_PARSE = [
    key for step in ASSETS for key in step.keys if step.group_names_by_key[key] not in {Stage.PARSE, RELEASE}
]
"""The tables that a replay makes anew, from the listings of the last run."""

Counts = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class StageDone:
    """A stage has ended."""

    stage: Stage
    """Which one."""
    seconds: float
    """How long its steps took."""
    counts: Counts
    """Table -> the metadata of its materialization."""


@dataclass(frozen=True)
class Outcome:
    """What came of a run."""

    success: bool
    """Whether a data set was published."""
    faults: list[str] = field(default_factory=list)
    """Why not, one sentence each: the checks that failed, or the error."""
    warnings: list[str] = field(default_factory=list)
    """Checks that failed and stop nothing."""
    counts: Counts = field(default_factory=dict)
    """Table -> the metadata of its materialization."""
    missing: list[str] = field(default_factory=list)
    """Places of dumps that were published last time and are not there now."""


def is_unchanged(home: Home) -> bool:
    """Whether a run would publish what is published already: the same dumps, settings, versions and judgements.

    Raises:
        NothingToReadError: If a path does not exist, or all are of references.
        ValueError: If a rule that is to be switched off does not exist.
        JudgementError: If the judgements cannot be read.
        RemovalError: If the removals cannot be read.
    """
    runs = home.published("runs").sort("started_at")
    if runs.is_empty() or runs["fingerprint"][-1] != Settings(tuple(home.without_rules), home.vectors).fingerprint():
        return False
    applied = removals.digest(removals.label(removals.ids_in_force(removals.read(home.folder))))
    if json.loads(runs["parameters"][-1]).get("removals", "") != applied:
        return False
    now, then = (judgements.active(rows) for rows in (judgements.read(home.folder), home.published("judgements")))
    if not now.equals(then):
        return False
    dumps = home.published("dumps")
    published = set(dumps.select("uri", "dump_id", "role").iter_rows())
    published |= set(dumps.select("also_at", "dump_id", "role").explode("also_at").drop_nulls().iter_rows())
    try:
        return published == places(find_files(home.raw_paths, home.reference_paths), home.cache, home.scratch)
    except OSError:  # the run tells which file cannot be read
        return False


def run(home: Home, on_stage: Callable[[StageDone], None], *, replay: bool = False) -> Outcome:
    """Runs the pipeline once.

    Args:
        home: Where, and with which settings.
        on_stage: Called when a stage has ended.
        replay: Whether to begin with the listings of the last run instead of the raw files.

    Returns:
        What came of it; a data set is published if and only if it says success.

    Raises:
        HomeBusyError: If another run is at work in the same home.
        HistoryError: If Dagster's records cannot be written.
        RemovalError: If the removals cannot be read.
    """
    with home.locked():
        before = home.published("dumps")
        if replay:
            strike_table(home.stage / "listings.parquet", removals.read(home.folder))
    watcher = _Watcher(on_stage)
    definitions = build_definitions(resources=home_resources(home))
    listening = LISTENER.set(watcher.see)
    try:
        with open_history(home.folder) as instance:
            result = definitions.resolve_job_def(JOB).execute_in_process(
                instance=instance,
                raise_on_error=False,
                run_config={"loggers": {"progress": {}}},
                asset_selection=AFTER_PARSE if replay else None,
            )
    finally:
        LISTENER.reset(listening)
    missing: list[str] = []
    if result.success:
        gone = before.join(home.published("dumps"), on="dump_id", how="anti")
        missing = gone["uri"].sort().to_list()
    return Outcome(result.success, watcher.faults, watcher.warnings, watcher.counts, missing)


class _Watcher:
    """Follows the events of a run: which stage has ended, which check has failed."""

    def __init__(self, on_stage: Callable[[StageDone], None]) -> None:
        self.on_stage = on_stage
        self.counts: dict[str, dict[str, Any]] = {}
        self.seconds: dict[str, float] = {}
        self.faults: list[str] = []
        self.warnings: list[str] = []

    def see(self, event: dg.DagsterEvent) -> None:
        """Takes in one event."""
        if event.is_step_materialization and event.asset_key is not None:
            told = event.step_materialization_data.materialization.metadata
            self.counts[event.asset_key.path[-1]] = {name: value.value for name, value in told.items()}
        elif event.event_type_value == "ASSET_CHECK_EVALUATION":
            self._judge(event.asset_check_evaluation_data)
        elif event.is_step_failure and not self.faults:
            error = event.step_failure_data.error
            cause = error.cause if error is not None and error.cause is not None else error
            self.faults.append(cause.message.strip() if cause is not None else f"step {event.step_key} failed")
        elif event.is_step_success and event.step_key is not None:
            self.seconds[event.step_key] = (event.step_success_data.duration_ms or 0) / 1000
            self._finish(event.step_key)

    def _judge(self, check: dg.AssetCheckEvaluation) -> None:
        if check.passed:
            return
        reasons = check.metadata["faults"].value if "faults" in check.metadata else []
        told = f"check {check.check_name} of {check.asset_key.path[-1]} failed"
        told += f": {'; '.join(map(str, reasons))}" if isinstance(reasons, list) and reasons else ""
        serious = check.severity == dg.AssetCheckSeverity.ERROR
        (self.faults if serious else self.warnings).append(told)

    def _finish(self, step: str) -> None:
        for stage, steps in STEPS.items():
            if step in steps and self.seconds.keys() >= set(steps):
                self.on_stage(StageDone(stage, sum(self.seconds[one] for one in steps), self.counts))
