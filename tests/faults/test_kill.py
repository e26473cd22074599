"""A crash at any moment: what was published stays readable, and the next run completes."""

import signal
import subprocess
import time
from pathlib import Path

import duckdb
import pytest

from assets.home import Home
from tests.pages import TITLES, page
from tests.pipeline.conftest import SHEAF, call

MOMENTS = (0.8, 1.6, 2.4, 3.2)
"""Seconds after the start: from start-up to publication."""


def papers(home: Path) -> int:
    with duckdb.connect(str(home / "papers.duckdb"), read_only=True) as connection:
        return connection.sql("SELECT count(*) FROM papers").fetchall()[0][0]


@pytest.mark.slow
def test_kill_leaves_the_old_file_and_the_next_run_completes(tmp_path: Path) -> None:
    raw, home = tmp_path / "raw", tmp_path / "home"
    raw.mkdir()
    (raw / "one.txt").write_text(page(*TITLES[:3]))
    command = ["run", "--raw", str(raw), "--home", str(home)]
    assert call(*command).returncode == 0
    (raw / "two.txt").write_text(page(*TITLES[3:]))
    for moment in MOMENTS:
        run = subprocess.Popen([str(SHEAF), *command, "--force"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(moment)
        run.send_signal(signal.SIGKILL)
        run.wait()
        assert papers(home) in (3, len(TITLES)), "never half a data set"
    done = call(*command, "--force")
    assert done.returncode == 0, done.stderr
    assert papers(home) == len(TITLES)
    assert not list(home.glob("*.building*"))


@pytest.mark.slow
def test_readers_keep_working_during_a_run(tmp_path: Path) -> None:
    raw, home = tmp_path / "one.txt", tmp_path / "home"
    raw.write_text(page(*TITLES[:3]))
    assert call("run", "--raw", raw, "--home", home).returncode == 0
    raw.write_text(page(*TITLES))
    with duckdb.connect(str(home / "papers.duckdb"), read_only=True) as reader:
        run = subprocess.Popen([str(SHEAF), "run", "--raw", str(raw), "--home", str(home)], stdout=subprocess.PIPE)
        seen = set()
        while run.poll() is None:
            seen.add(reader.sql("SELECT count(*) FROM papers").fetchall()[0][0])
            time.sleep(0.05)
        assert run.returncode == 0
        assert seen == {3}, "an open reader keeps the data set it has opened"
    assert papers(home) == len(TITLES)


@pytest.mark.slow
def test_a_reader_of_the_output_who_leaves_does_not_stop_the_run(tmp_path: Path) -> None:
    raw, home = tmp_path / "one.txt", tmp_path / "home"
    raw.write_text(page(*TITLES[:3]))
    run = subprocess.Popen([str(SHEAF), "run", "--raw", str(raw), "--home", str(home)], stdout=subprocess.PIPE)
    assert run.stdout is not None
    run.stdout.close()
    run.wait()
    assert papers(home) == 3


@pytest.mark.slow
def test_two_runs_in_one_home_do_not_meet(tmp_path: Path) -> None:
    raw, home = tmp_path / "one.txt", tmp_path / "home"
    raw.write_text(page(*TITLES[:3]))
    with Home(path=str(home)).locked():
        done = call("run", "--raw", raw, "--home", home)
    assert done.returncode == 1
    assert "another run is at work" in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("name", ["papers.duckdb.building-1", "papers.duckdb.building-1.wal"])
def test_leftovers_of_a_crash_are_removed(tmp_path: Path, name: str) -> None:
    raw = tmp_path / "one.txt"
    raw.write_text(page(*TITLES[:3]))
    home = tmp_path / "home"
    home.mkdir()
    (home / name).write_text("half a file")
    assert call("run", "--raw", raw, "--home", home).returncode == 0
    assert not (home / name).exists()
