"""Thresholds: the reviewed file of the package, what a home lays over it, and what is said of a file that is wrong."""

import pytest

from assets.release.layout import MAIN
from assets.release.measures.structure import BALANCES
from assets.release.thresholds import ANY, ThresholdsError, load
from schemas.catalog import TABLES
from schemas.release_vocabulary import Measure
from schemas.render import column_facts
from schemas.vocabulary import Role

SUBJECTS = {*MAIN, *Role, ANY, *(name for name, _, _ in BALANCES)}
COLUMNS = {facts.name for facts in column_facts(TABLES["papers"])}


def test_every_packaged_threshold_is_about_something_and_has_a_reason(tmp_path) -> None:
    entries = load(tmp_path).entries
    assert ("rows", "papers") in entries
    for (measure, subject), entry in entries.items():
        assert measure in set(Measure)
        assert subject in SUBJECTS | COLUMNS
        assert entry.reason.endswith(".")


def test_every_measure_has_a_threshold(tmp_path) -> None:
    assert {measure for measure, _ in load(tmp_path).entries} == set(Measure)


def test_a_subject_has_its_own_threshold_or_that_of_all(tmp_path) -> None:
    thresholds = load(tmp_path)
    assert thresholds.of(Measure.GROWTH, "papers").minimum == 90
    assert thresholds.of(Measure.GROWTH, "links") is thresholds.of(Measure.GROWTH, "terms")
    assert thresholds.of(Measure.ROWS, "links") is None


def test_a_home_lays_its_own_over_them(tmp_path) -> None:
    (tmp_path / "thresholds.toml").write_text('[growth.papers]\nminimum = 10\nreason = "a source\\n was dropped"\n')
    thresholds = load(tmp_path)
    own = thresholds.of(Measure.GROWTH, "papers")
    assert (own.minimum, own.maximum, own.least, own.reason) == (10, None, 0, "a source was dropped")
    assert thresholds.of(Measure.GROWTH, "listings").minimum == 90


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[growth.papers\n", "is not TOML"),
        ("\x00", "is not TOML"),
        ("[grwth.papers]\nreason = 'x'", "no measure 'grwth'; did you mean growth?"),
        ("[zzz.papers]\nreason = 'x'", "no measure 'zzz'; there are rows, filled"),
        ("growth = 3", "growth needs a subject, as in [growth.any]"),
        ("[growth]\npapers = 3", "[growth.papers] is not a table of minimum, maximum, least, reason"),
        ("[growth.papers]\nminimum = 1", "[growth.papers] needs a reason"),
        ("[growth.papers]\nminimum = 1\nreason = ' '", "needs a reason"),
        ("[growth.papers]\nminimum = 1\nreason = 3", "needs a reason"),
        ("[growth.papers]\nmin = 1\nreason = 'x'", "has 'min'; it may have minimum, maximum, least, reason"),
        ("[growth.papers]\nminimum = '1'\nreason = 'x'", "minimum is a number"),
        ("[growth.papers]\nminimum = true\nreason = 'x'", "minimum is a number"),
        ("[growth.papers]\nmaximum = nan\nreason = 'x'", "maximum is a number"),
        ("[growth.papers]\nminimum = 9\nmaximum = 1\nreason = 'x'", "the minimum 9 is above the maximum 1"),
        ("[growth.papers]\nleast = -1\nreason = 'x'", "least is a number of rows, from 0"),
        ("[growth.papers]\nleast = 1.5\nreason = 'x'", "least is a number of rows, from 0"),
    ],
)
def test_a_file_that_is_wrong_is_told_in_one_line(tmp_path, text, told) -> None:
    (tmp_path / "thresholds.toml").write_text(text)
    with pytest.raises(ThresholdsError) as wrong:
        load(tmp_path)
    assert told in str(wrong.value)
    assert "thresholds.toml" in str(wrong.value)
    assert "\n" not in str(wrong.value)


def test_a_file_that_cannot_be_read_is_told_in_one_line(tmp_path) -> None:
    (tmp_path / "thresholds.toml").mkdir()
    with pytest.raises(ThresholdsError, match="cannot be read: Is a directory"):
        load(tmp_path)
    (tmp_path / "thresholds.toml").rmdir()
    (tmp_path / "thresholds.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(ThresholdsError, match="is not TOML"):
        load(tmp_path)
