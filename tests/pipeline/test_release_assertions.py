"""`sheaf release` where something is asserted that does not hold: what it says, and how it ends."""

import pytest

from tests import releases
from tests.pipeline.linked import call_here as sheaf


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    return releases.make_home(tmp_path_factory.mktemp("home"))


@pytest.fixture
def home(published, tmp_path):
    (tmp_path / "papers.duckdb").symlink_to(published / "papers.duckdb")
    return tmp_path


def test_every_fault_has_its_line_and_the_last_one_names_the_report(home) -> None:
    (home / "thresholds.toml").write_text(
        '[rows.papers]\nminimum = 4\nreason = "There are \\u202e four."\n[rows.links]\nminimum = 9\nreason = "Nine."\n'
    )
    done = sheaf("release", "--home", home, "--formats", "parquet", "--force")
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        "sheaf: rows papers is 3, at least 4 is needed: There are \\u202e four.",
        "sheaf: rows links is 1, at least 9 is needed: Nine.",
        f"sheaf: nothing was released; everything that was measured is in {home}/releases/failed.json",
    ]
    assert [entry.name for entry in (home / "releases").iterdir()] == ["failed.json"]


def test_a_file_of_thresholds_that_is_wrong_is_a_wrong_command(home) -> None:
    (home / "thresholds.toml").write_text("[rows.papers]\nminimum = 4\n")
    done = sheaf("release", "--home", home)
    assert done.returncode == 2
    assert done.stderr == f"sheaf: {home}/thresholds.toml: [rows.papers] needs a reason\n"
