"""Definitions: everything Dagster needs to know, put together in one place.

`dagster dev -w workspace.yaml` loads `defs`. The home is the environment variable SHEAF_HOME (`data` without it), the
raw dumps are in SHEAF_RAW (paths separated by the path separator of the system) or in HOME/raw, the references in
SHEAF_REFERENCE or in HOME/reference.
"""

import os
from collections.abc import Mapping

import dagster as dg

from assets.dedupe import assets as dedupe
from assets.enrich.coverage import assets as coverage
from assets.enrich.links import assets as links
from assets.enrich.quality import assets as quality
from assets.enrich.quantities import assets as quantities
from assets.enrich.terms import assets as terms
from assets.enrich.topics import assets as topics
from assets.enrich.trending import assets as trending
from assets.home import Home, split_paths
from assets.parse import assets as parse
from assets.publish import assets as publish
from assets.release import assets as release
from assets.validate import assets as validate
from pipeline.io import StageIO
from pipeline.jobs import JOBS
from pipeline.progress import progress_logger
from pipeline.schedules import SCHEDULES
from pipeline.sensors import raw_files

HOME_VARIABLE, RAW_VARIABLE, REFERENCE_VARIABLE, DEFAULT_HOME = "SHEAF_HOME", "SHEAF_RAW", "SHEAF_REFERENCE", "data"

ASSETS = (
    parse.parse,
    validate.validate,
    dedupe.judgements,
    dedupe.match,
    dedupe.resolve,
    links.links,
    links.source_links,
    links.release_claims,
    terms.terms,
    quantities.quantities,
    topics.paper_vectors,
    topics.neighbors,
    topics.topics,
    topics.category_suggestions,
    trending.trending,
    coverage.coverage,
    quality.quality,
    publish.search_index,
    publish.ledger,
    publish.runs,
    publish.warehouse,
    release.release,
)
"""The steps, in the order the data flows."""


def home_resources(home: Home) -> dict[str, object]:
    """The resources of a run in one home."""
    return {"home": home, "io_manager": StageIO(home=home)}


def home_from_environment(environment: Mapping[str, str]) -> Home:
    """The home that the environment names."""
    raw, reference = (split_paths(environment.get(name, "")) for name in (RAW_VARIABLE, REFERENCE_VARIABLE))
    return Home(path=environment.get(HOME_VARIABLE, DEFAULT_HOME), raw=raw, reference=reference)


def build_definitions(*, resources: Mapping[str, object] | None = None) -> dg.Definitions:
    """Puts assets, checks, jobs, schedules and sensors together.

    Args:
        resources: The resources of a run; without them, those of the home that the environment names.
    """
    return dg.Definitions(
        assets=ASSETS,
        jobs=JOBS,
        schedules=SCHEDULES,
        sensors=[raw_files],
        resources=resources or home_resources(home_from_environment(os.environ)),
        executor=dg.in_process_executor,
        loggers={"progress": progress_logger},
    )


defs = build_definitions()
