"""What Dagster is told: a change of these names changes what operators see."""

import os
import subprocess
import sys
from pathlib import Path

import dagster as dg
import pytest

from pipeline.definitions import build_definitions, defs
from pipeline.engine import AFTER_PARSE
from schemas.catalog import TABLES
from tests.pipeline.conftest import ROOT

GROUPS = {
    "parse": {"dumps", "listings"},
    "validate": {"clean_listings", "rejected_listings"},
    "dedupe": {
        "judgements",
        "match_pairs",
        "blocking_keys",
        "papers",
        "paper_listings",
        "paper_values",
        "text_repairs",
        "pages",
        "paper_aliases",
        "paper_splits",
        "paper_keys",
        "cluster_cuts",
    },
    "enrich": {
        "links",
        "source_links",
        "release_claims",
        "terms",
        "quantities",
        "paper_vectors",
        "neighbors",
        "topics",
        "paper_topics",
        "category_suggestions",
        "category_model",
        "showings",
        "trending",
        "missing_values",
        "coverage",
        "quality",
        "outliers",
        "quality_bounds",
    },
    "publish": {"search_terms", "search_postings", "ledger", "runs", "warehouse"},
    "release": {"release"},
}


@pytest.fixture(scope="module")
def graph() -> object:
    return defs.resolve_asset_graph()


def test_assets_and_their_groups(graph: object) -> None:
    found: dict[str, set[str]] = {}
    for node in graph.asset_nodes:
        found.setdefault(node.group_name, set()).add(node.key.to_user_string())
    assert found == GROUPS


def test_every_table_is_an_asset_with_description_and_columns(graph: object) -> None:
    nodes = {node.key.to_user_string(): node for node in graph.asset_nodes}
    assert set(TABLES) == set(nodes) - {"warehouse", "release"}
    for name in TABLES:
        assert nodes[name].description == TABLES[name].__doc__
        columns = nodes[name].metadata["dagster/column_schema"].columns
        assert all(column.description for column in columns)


def test_every_table_has_a_blocking_contract(graph: object) -> None:
    checks = {(key.asset_key.to_user_string(), key.name) for key in graph.asset_check_keys}
    assert {(name, "contract") for name in TABLES} <= checks
    assert {
        ("ledger", "conservation"),
        ("ledger", "reject_share"),
        ("ledger", "row_counts"),
        ("links", "spans"),
        ("release_claims", "spans"),
        ("terms", "spans"),
        ("quantities", "spans"),
    } <= checks
    for key in graph.asset_check_keys:
        assert graph.get_check_spec(key).blocking == (key.name != "row_counts")


def test_the_jobs_the_schedule_and_the_sensor() -> None:
    jobs = [job.name for job in defs.resolve_all_job_defs() if not job.name.startswith("__")]
    assert jobs == ["papersheaf", "papersheaf_release"]
    assert defs.resolve_schedule_def("daily").cron_schedule == "0 5 * * *"
    assert defs.resolve_sensor_def("raw_files").job_name == "papersheaf"


def test_a_replay_makes_every_table_but_those_of_parse() -> None:
    made = {key.to_user_string() for key in AFTER_PARSE}
    assert made == set().union(*GROUPS.values()) - GROUPS["parse"] - GROUPS["release"]


def test_definitions_can_be_loaded() -> None:
    dg.Definitions.validate_loadable(build_definitions())


@pytest.mark.slow
def test_the_workspace_can_be_loaded(tmp_path: Path) -> None:
    dagster = Path(sys.executable).with_name("dagster")
    settings = "telemetry:\n  enabled: false\n"
    (tmp_path / "dagster.yaml").write_text(settings)
    done = subprocess.run(
        [str(dagster), "definitions", "validate", "-w", "workspace.yaml"],
        cwd=ROOT,
        env={**os.environ, "DAGSTER_HOME": str(tmp_path)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
