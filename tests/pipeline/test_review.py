"""`sheaf review`: which pairs are asked about, in which order, and what becomes of the answers."""

import json
import os
import pty
import re
import select
import subprocess
import sys
from pathlib import Path

import pytest

from assets.dedupe.judgements import store as judgements
from tests.frames import listing_id
from tests.pipeline.conftest import SHEAF
from tests.pipeline.linked import call_here as sheaf
from tests.pipeline.linked import pair, publish_home


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish_home(
        tmp_path_factory.mktemp("reviewed"),
        {"1": ["a", "a2"], "2": ["b"], "3": ["c"], "4": ["d"], "5": ["e", "f"]},
        [
            pair("a", "b", "unsure", 0.7, "unclear_evidence"),
            pair("a2", "b", "unsure", 0.6, "unclear_evidence"),
            pair("b", "c", "unsure", 0.8, "unclear_evidence"),
            pair("a", "c", "unsure", 0.5, "unclear_evidence"),
            pair("a", "a2", "unsure", 0.9, "unclear_evidence"),
            pair("c", "d", "no_match", 0.4, "weak_evidence"),
            pair("d", "e", "no_match", 0.0, "id_conflict"),
            pair("e", "f", "match", 0.92),
            pair("b", "d", "no_match", 0.3, "judged_different"),
        ],
        facts={
            "b": {"title": "On \x1b[31mred\u202e", "authors": ["Ada", "Bo"], "abstract": "An abstract.", "year": 2020}
        },
    )


@pytest.fixture
def home(data: Path) -> Path:
    (data / judgements.FILE).unlink(missing_ok=True)
    return data


def named(one: str, other: str) -> tuple[str, str]:
    first, second = sorted((listing_id(one), listing_id(other)))
    return first, second


def listed(home: Path, *options: object) -> list[tuple[str, str]]:
    done = sheaf("review", "--json", "--home", home, *options)
    assert done.returncode == 0, done.stderr
    return [(one["listing_a"], one["listing_b"]) for one in json.loads(done.stdout)]


def kept(home: Path) -> dict[tuple[str, str], str]:
    return {one.pair: one.verdict for one in judgements.stored(home) if one.deleted_at is None}


def test_the_most_likely_comes_first_and_two_papers_are_asked_about_once(home: Path) -> None:
    assert listed(home) == [named("b", "c"), named("a", "b"), named("a", "c")]
    assert listed(home, "--limit", 1) == [named("b", "c")]


def test_then_what_was_decided_most_narrowly(home: Path) -> None:
    assert listed(home, "--decided")[3:] == [named("c", "d"), named("e", "f")]


def test_what_was_judged_is_not_asked_again(home: Path) -> None:
    judgements.record(home, *named("a2", "b"), "different", author="Ada")
    assert listed(home) == [named("b", "c"), named("a", "c")], "a2 speaks for its whole paper"
    judgements.undo(home)
    assert len(listed(home)) == 3


def test_listings_of_references_that_no_paper_has_are_asked_about_too(tmp_path: Path) -> None:
    home = publish_home(
        tmp_path,
        {"1": ["a", "a2"], "2": ["b"]},
        [
            pair("a", "r", "unsure", 0.7, "unclear_evidence"),
            pair("a2", "r", "unsure", 0.6, "unclear_evidence"),
            pair("b", "r", "unsure", 0.5, "unclear_evidence"),
            pair("r", "s", "unsure", 0.9, "unclear_evidence"),
        ],
        loose=["r", "s"],
    )
    assert listed(home) == [named("a", "r"), named("b", "r")], "of two references no paper would come"
    done = sheaf("review", "--home", home, "--author", "Ada", answers="n\ny\n")
    assert "of no paper" in done.stdout
    assert kept(home) == {named("a", "r"): "different", named("b", "r"): "same"}
    assert listed(home) == []


def test_the_list(home: Path) -> None:
    lines = [line.split("\t") for line in sheaf("review", "--list", "--home", home).stdout.splitlines()]
    assert lines[0] == ["decision", "score", "reason", "listing_a", "listing_b", "title_a", "title_b"]
    assert [line[1] for line in lines[1:]] == ["0.800", "0.700", "0.500"]
    assert not any(re.search("[\x1b\u202e]", cell) for line in lines for cell in line)


@pytest.mark.parametrize(
    ("answers", "verdicts", "told"),
    [
        pytest.param(
            "y\nn\n", ["same", "different"], "2 judged (1 same, 1 different), 0 skipped, 1 left", id="y and n"
        ),
        pytest.param("YES\nsame\n", ["same", "same"], "2 judged (2 same", id="words"),
        pytest.param("s\ny\n", [None, "same"], "1 judged (1 same, 0 different), 1 skipped, 2 left", id="skip"),
        pytest.param("y\nq\nn\n", ["same", None], "1 judged", id="quit"),
        pytest.param("huh\n\n\ty \nq\n", ["same", None], "Answer y, n, s, u or q.", id="asked again"),
        pytest.param("n\nu\ny\n", ["same", None], "Taken back.", id="undo"),
        pytest.param("s\nu\nu\ny\nskip\nq\n", ["same", None], "1 judged", id="undo a skip, and nothing"),
        pytest.param("y", ["same", None], "1 judged", id="no line end"),
    ],
)
def test_answers_are_kept_at_once(home: Path, answers: str, verdicts: list[str | None], told: str) -> None:
    done = sheaf("review", "--home", home, "--author", "Ada", answers=answers)
    assert done.returncode == 0, done.stderr
    expected = dict(zip((named("b", "c"), named("a", "b")), verdicts, strict=True))
    assert {pair: kept(home).get(pair) for pair in expected} == expected
    assert told in done.stdout
    assert not re.search("[\x1b\u202e]", done.stdout)


def test_what_follows_from_the_answers_is_not_asked(home: Path) -> None:
    done = sheaf("review", "--home", home, "--author", "Ada", answers="y\ny\ny\n")
    assert len(kept(home)) == 2, "a is b and b is c: nobody asks about a and c"
    assert "3/3" not in done.stdout
    (home / judgements.FILE).unlink()
    sheaf("review", "--home", home, "--author", "Ada", answers="y\nn\ny\n")
    assert len(kept(home)) == 2, "b is c and a is not b: nobody asks about a and c"


def test_both_records_are_shown(home: Path) -> None:
    shown = sheaf("review", "--home", home, "--author", "Ada", answers="q\n").stdout
    assert "1/3  unsure, score 0.800, unclear_evidence (title)" in shown
    for part in ("On c", "Ada, Bo · 2020", "An abstract.", "dump.txt", listing_id("b")):
        assert part in shown


def test_without_answers_it_says_what_to_do(home: Path) -> None:
    done = sheaf("review", "--home", home)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert "--list" in done.stderr


def test_when_nothing_is_left_it_says_so(home: Path) -> None:
    sheaf("review", "--home", home, "--author", "Ada", answers="y\ny\n")
    for option in ("--list", "--limit=1"):
        assert "No pair is left to judge" in sheaf("review", option, "--home", home).stdout
    assert listed(home) == []


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are Unix's")
def test_single_keys_in_a_terminal(home: Path) -> None:
    leader, follower = pty.openpty()
    words = [str(SHEAF), "review", "--home", str(home), "--author", "Ada"]
    environment = {**os.environ, "TERM": "dumb", "NO_COLOR": "1"}
    with subprocess.Popen(words, stdin=follower, stdout=follower, stderr=follower, env=environment) as process:
        os.close(follower)
        shown, chunk = b"", b"anything"
        while chunk:
            if select.select([leader], [], [], 0.2)[0]:
                chunk = _read(leader)
                shown += chunk
            elif shown.rstrip(b"y \r\n").endswith(b"q quit:"):
                os.write(leader, b"y")  # again, where the terminal was not ready for it: it echoes the key and drops it
        assert process.wait(60) == 0
    os.close(leader)
    assert kept(home) == {named("b", "c"): "same", named("a", "b"): "same"}
    assert b"2 judged (2 same, 0 different)" in shown


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # how a terminal ends on Linux
        return b""
