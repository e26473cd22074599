"""Dagster's records: kept where its UI is used, and never in the way of a run."""

from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

from pipeline import history
from pipeline.history import HistoryError, open_history, prepare
from tests.pages import TITLES, page
from tests.pipeline.conftest import Sheaf


@pytest.mark.slow
def test_runs_are_recorded_from_the_first_dev_on(sheaf: Sheaf, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(page(*TITLES[:2]))
    run = ("run", "--raw", tmp_path / "one.txt", "--home", tmp_path, "--force")
    assert sheaf(*run).returncode == 0
    assert not (tmp_path / "dagster").exists()
    prepare(tmp_path)
    assert sheaf(*run).returncode == 0
    with open_history(tmp_path) as instance:
        assert [record.dagster_run.job_name for record in instance.get_run_records()] == ["papersheaf"]


def test_settings_of_an_operator_are_left_alone(tmp_path: Path) -> None:
    settings = prepare(tmp_path) / "dagster.yaml"
    settings.write_text("telemetry:\n  enabled: false\n# mine\n")
    prepare(tmp_path)
    assert settings.read_text().endswith("# mine\n")


def test_records_that_cannot_be_written_are_named(tmp_path: Path) -> None:
    with pytest.raises(HistoryError, match="disk is full"), open_history(tmp_path):
        raise OperationalError("COMMIT", None, Exception("disk is full"))


def test_other_databases_are_left_alone_afterwards(tmp_path: Path) -> None:
    with open_history(tmp_path):
        pass
    assert not event.contains(Engine, "connect", history._do_not_wait)
