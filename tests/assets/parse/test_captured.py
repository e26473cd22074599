"""When a dump was captured."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.parse.captured import capture_moment, moment_in_name
from assets.parse.folder import RawFile
from assets.parse.manifest import Settings
from schemas.vocabulary import CapturedFrom

DAY = datetime(2024, 5, 3, tzinfo=UTC)
MORNING = datetime(2024, 5, 3, 10, 15, tzinfo=UTC)


def file(uri: str, mtime: float | None = 0.0, captured_at: datetime | None = None) -> RawFile:
    return RawFile(uri, Path(uri), mtime=mtime, settings=Settings(captured_at=captured_at))


@pytest.mark.parametrize(
    ("name", "moment"),
    [
        pytest.param("2024-05-03.txt", DAY, id="date"),
        pytest.param("pages-20240503.txt.gz", DAY, id="compact date"),
        pytest.param("2024_05_03-page-1.txt", DAY, id="underscores"),
        pytest.param("daily.2024.05.03", DAY, id="dots"),
        pytest.param("20240503T101500Z.txt", MORNING, id="compact moment"),
        pytest.param("2024-05-03T10:15.txt", MORNING, id="moment to the minute"),
        pytest.param("dump_2024-05-03_10-15-00.txt", MORNING, id="moment with hyphens"),
        pytest.param("20240503_101500.txt", MORNING, id="moment with underscore"),
        pytest.param("20240503_1015.txt", DAY, id="four digits may be a running number"),
        pytest.param("20240503-001.txt", DAY, id="running number"),
        pytest.param("2024-05-03-run.txt", DAY, id="word after the date"),
        pytest.param("2023-02-30_2024-05-03.txt", DAY, id="a day that does not exist is passed over"),
    ],
)
def test_date_in_the_name(name: str, moment: datetime) -> None:
    assert moment_in_name(name) == moment
    assert capture_moment(file(f"2001-01-01/{name}")) == (moment, CapturedFrom.FILE_NAME)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("000_f9bbfb3ab38ea9eb.txt", id="hash"),
        pytest.param("ab20240503cd.txt", id="digits within a hash"),
        pytest.param("120240503.txt", id="longer number"),
        pytest.param("20240503Team.txt", id="glued to a word"),
        pytest.param("2024-05.txt", id="month only"),
        pytest.param("2024-13-03.txt", id="month 13"),
        pytest.param("1703-05-03.txt", id="before there were dumps"),
        pytest.param("2024-0503.txt", id="half a separator"),
    ],
)
def test_no_date_in_the_name(name: str) -> None:
    assert moment_in_name(name) is None
    assert capture_moment(file(name, 86_400.9)) == (datetime(1970, 1, 2, tzinfo=UTC), CapturedFrom.MTIME)


@pytest.mark.parametrize("mtime", [None, 1e18, -1e18], ids=["unknown", "far future", "far past"])
def test_unknown(mtime: float | None) -> None:
    assert capture_moment(file("page.txt", mtime)) == (None, None)


@given(st.text(), st.floats(allow_nan=False, allow_infinity=False))
def test_no_name_is_too_odd(name: str, mtime: float) -> None:
    moment, told_by = capture_moment(file(name, mtime))
    assert (moment is None) == (told_by is None)


@given(st.datetimes(datetime(1900, 1, 1), datetime(2099, 12, 31)))  # noqa: DTZ001 - hypothesis wants them naive
def test_every_moment_is_found_again(moment: datetime) -> None:
    moment = moment.replace(microsecond=0, tzinfo=UTC)
    assert moment_in_name(f"page_{moment:%Y-%m-%dT%H-%M-%S}.txt") == moment
    assert moment_in_name(f"page_{moment:%Y%m%d-%H%M%S}.txt") == moment


def test_the_manifest_comes_before_the_name() -> None:
    assert capture_moment(file("2024-05-04.txt", captured_at=MORNING)) == (MORNING, CapturedFrom.MANIFEST)


@pytest.mark.parametrize(
    ("uri", "member"),
    [
        ("2024-05-04.zip", "a/2024-05-03.txt"),
        ("2024-05-03.tar.gz", "a/b.txt"),
        ("year.zip", "2024-05-03.yaml!/1"),
        ("2024-05-04.zip", "2024-05-03.zip!/2024-05-05/b.txt"),
    ],
    ids=["its own name", "the archive's", "the recording's", "the inner archive's"],
)
def test_the_name_of_a_member_comes_before_that_of_the_archive(uri: str, member: str) -> None:
    assert capture_moment(file(uri), member) == (DAY, CapturedFrom.FILE_NAME)
