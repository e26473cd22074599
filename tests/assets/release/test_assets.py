"""The release as an asset: what was asserted of it is a check that Dagster shows, kept or broken."""

import dagster as dg
import pytest

from assets.home import Home
from assets.release.assets import release
from tests import releases


@pytest.mark.parametrize(
    ("minimum", "passed"),
    [pytest.param(3, True, marks=pytest.mark.slow, id="kept"), pytest.param(4, False, id="broken")],
)
def test_the_assertions_are_a_check_of_the_asset(tmp_path, minimum, passed) -> None:
    home = releases.make_home(tmp_path)
    (home / "thresholds.toml").write_text(f'[rows.papers]\nminimum = {minimum}\nreason = "so many"\n')
    config = {"ops": {"release": {"config": {"formats": ["parquet"], "tables": ["papers", "dumps"]}}}}
    run = dg.materialize([release], resources={"home": Home(path=str(home))}, run_config=config, raise_on_error=False)
    (check,) = run.get_asset_check_evaluations()
    assert (run.success, check.check_name, check.passed) == (passed, "assertions", passed)
    assert len(run.get_asset_materialization_events()) == int(passed)
    if not passed:
        assert check.metadata["faults"].value == ["rows papers is 3, at least 4 is needed: so many"]
        assert check.metadata["report"].value == str(home / "releases" / "failed.json")
