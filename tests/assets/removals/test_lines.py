"""Removal lines: what is kept is read back, what is none is told by its line, and the order of lines is no matter."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.removals import store
from assets.removals.lines import Removal, RemovalError, Split, checked_words, fold, is_torn, line_of, undo_of
from tests.frames import listing_id

NOON = datetime(2025, 3, 1, 12, tzinfo=UTC)
PAPER, OLD, OTHER = "p" + "a" * 16, "p" + "b" * 16, "p" + "c" * 16


def removal(**told: object) -> Removal:
    said = {
        "paper_id": PAPER,
        "reason": "asked for",
        "author": "Ada",
        "removed_at": NOON,
        "listing_ids": (listing_id("a"),),
        "marks": ("arxiv:" + "0" * 32,),
        "signatures": (bytes(512),),
        "aliases": ((OLD, date(2025, 1, 2)),),
        "splits": (Split(PAPER, OTHER, date(2025, 1, 3), 2),),
    }
    return Removal(**{**said, **told})  # type: ignore[arg-type]


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=80).filter(
    lambda text: text.strip() == text
)


@given(TEXTS, TEXTS, st.datetimes(NOON.replace(year=1990, tzinfo=None), NOON.replace(year=2100, tzinfo=None)))
def test_a_removal_is_read_back_as_it_was_kept(reason: str, author: str, moment: datetime) -> None:
    one = removal(reason=reason, author=author, removed_at=moment.replace(tzinfo=UTC))
    try:
        checked_words(reason, author)
    except RemovalError:
        return
    line = line_of(one)
    assert line.count(b"\n") == 1
    assert fold([(1, line)]) == [one]


def test_an_undo_may_stand_before_its_removal_and_lines_twice() -> None:
    one = removal()
    lines = [undo_of(one.removal_id, NOON), line_of(one), line_of(one), b"  "]
    assert fold(enumerate(lines, 1)) == [replace(one, undone_at=NOON)]


def without(name: str) -> bytes:
    told = json.loads(line_of(removal()))
    del told[name]
    return json.dumps(told).encode()


def changed(**told: object) -> bytes:
    return json.dumps({**json.loads(line_of(removal())), **told}).encode()


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(b"{}", id="empty object"),
        pytest.param(b"[]", id="list"),
        pytest.param(b"nonsense", id="no JSON"),
        pytest.param(b"[" * 100_000, id="deep"),
        pytest.param(without("marks"), id="without marks"),
        pytest.param(without("reason"), id="without a reason"),
        pytest.param(changed(paper_id=OTHER), id="another paper"),
        pytest.param(changed(paper_id="p1'; DROP TABLE papers"), id="no paper"),
        pytest.param(changed(paper_id=7), id="a number for a paper"),
        pytest.param(changed(listing_ids=["x"]), id="no listing"),
        pytest.param(changed(marks=["Title of a paper"]), id="a text for a mark"),
        pytest.param(changed(signatures=["AAAA"]), id="a short signature"),
        pytest.param(changed(signatures=["*"]), id="no base64"),
        pytest.param(changed(removed_at="soon"), id="no moment"),
        pytest.param(changed(splits=[[PAPER]]), id="a part of a split"),
        pytest.param(changed(reason="\x07"), id="a bell"),
        pytest.param(undo_of("f" * 32, NOON), id="an undo of nothing"),
    ],
)
def test_a_line_that_is_no_removal_is_told_by_its_number(line: bytes) -> None:
    with pytest.raises(RemovalError, match=r"^7: ") as told:
        fold([(3, line_of(removal(paper_id=OLD))), (7, line)])
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("reason", "author"),
    [
        pytest.param(" ", "Ada", id="no reason"),
        pytest.param("x" * 10_001, "Ada", id="long reason"),
        pytest.param("a\x00b", "Ada", id="NUL"),
        pytest.param("a\rb", "Ada", id="lone return"),
        pytest.param("why", "", id="nobody"),
        pytest.param("why", "A\nB", id="two lines"),
    ],
)
def test_words_that_cannot_be_kept_are_refused(reason: str, author: str) -> None:
    with pytest.raises(RemovalError):
        checked_words(reason, author)


def test_the_store_keeps_undoes_and_survives_a_torn_line(tmp_path: Path) -> None:
    assert store.read(tmp_path) == []
    one = store.record(tmp_path, removal())
    again = store.record(tmp_path, removal(removed_at=NOON.replace(hour=13), paper_id=OLD))
    assert again == one, "it is removed already, under an id that was merged into it"
    assert store.standing(store.read(tmp_path), OLD) == one
    path = tmp_path / store.FILE
    cut = line_of(removal(paper_id=OTHER))[:50]
    path.write_bytes(path.read_bytes() + cut)
    assert is_torn(cut)
    assert store.undo(tmp_path, OLD, now=NOON) == [one]
    assert store.undo(tmp_path, OLD) == []
    assert [one.undone_at for one in store.read(tmp_path)] == [NOON]
    assert (tmp_path / f"{store.FILE}.torn").read_bytes() == cut + b"\n"
    second = store.record(tmp_path, removal(removed_at=NOON.replace(hour=14)))
    assert store.in_force(store.read(tmp_path)) == [second]


def test_a_damaged_store_names_the_file_and_the_line(tmp_path: Path) -> None:
    (tmp_path / store.FILE).write_text("{}\n")
    with pytest.raises(RemovalError, match=r"removals\.jsonl:1: "):
        store.read(tmp_path)


def test_labels_tell_what_was_applied() -> None:
    assert store.label([]) == store.digest("") == ""
    assert store.labelled(store.label(["b", "a"])) == {"a", "b"}
    assert store.label(["b", "a"]) == store.label(["a", "b"])
