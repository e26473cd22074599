"""Judgements: kept line by line, taken back by a mark, and never lost to a crash, a neighbour or a wrong clock."""

import json
import multiprocessing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.contracts import broken_rules
from assets.dedupe.judgements import store as judgements
from assets.dedupe.judgements.lines import Judgement, JudgementError, fold, line_of, mark_of
from assets.dedupe.judgements.store import FILE, TORN, NothingToUndoError
from schemas.judgements import Judgements
from schemas.render import polars_schema
from tests.frames import listing_id

A, B, C, D = sorted(listing_id(name) for name in "abcd")
NOON = datetime(2025, 3, 1, 12, tzinfo=UTC)


def judged(one: str = A, other: str = B, verdict: str = "same", *, hours: int = 0, **told: object) -> Judgement:
    first, second = sorted((one, other))
    said = {"author": "Ada", "note": None, **told}
    return Judgement(first, second, verdict, judged_at=NOON + timedelta(hours=hours), **said)


def verdicts(folder: Path) -> dict[tuple[str, str], str]:
    return {(a, b): verdict for a, b, verdict, _ in judgements.active(judgements.read(folder)).iter_rows()}


def test_without_a_file_there_are_none(tmp_path: Path) -> None:
    rows = judgements.read(tmp_path)
    assert rows.schema == polars_schema(Judgements)
    assert judgements.active(rows).is_empty()


def test_a_judgement_is_kept_as_it_was_made(tmp_path: Path) -> None:
    judgements.record(tmp_path, B, A.upper(), "same", author=" Ada ", note="One is\nthe preprint.", now=NOON)
    rows = judgements.read(tmp_path)
    assert broken_rules(rows, Judgements).is_empty()
    assert rows.drop("judgement_id").rows() == [(A, B, "same", "Ada", "One is\nthe preprint.", NOON, None)]
    assert rows.schema == polars_schema(Judgements)


def test_the_later_judgement_wins_and_undo_brings_the_earlier_back(tmp_path: Path) -> None:
    judgements.record(tmp_path, A, B, "same", author="Ada", now=NOON)
    judgements.record(tmp_path, A, B, "different", author="Bo", now=NOON + timedelta(hours=1))
    assert verdicts(tmp_path) == {(A, B): "different"}
    undone = judgements.undo(tmp_path, (B, A))
    assert (undone.taken_back.author, undone.holds.author if undone.holds else None) == ("Bo", "Ada")
    assert verdicts(tmp_path) == {(A, B): "same"}
    assert judgements.undo(tmp_path).holds is None
    assert verdicts(tmp_path) == {}
    assert judgements.read(tmp_path).height == 2, "taking back marks, and erases nothing"
    with pytest.raises(NothingToUndoError):
        judgements.undo(tmp_path)


def test_undo_alone_takes_back_the_last_of_all(tmp_path: Path) -> None:
    judgements.record(tmp_path, A, B, "same", author="Ada", now=NOON)
    judgements.record(tmp_path, C, D, "same", author="Ada", now=NOON + timedelta(hours=1))
    assert judgements.undo(tmp_path).taken_back.pair == (C, D)
    with pytest.raises(NothingToUndoError):
        judgements.undo(tmp_path, (C, D))
    assert verdicts(tmp_path) == {(A, B): "same"}


def test_a_clock_that_goes_back_does_not_make_the_old_judgement_win(tmp_path: Path) -> None:
    judgements.record(tmp_path, A, B, "same", author="Ada", now=NOON)
    judgements.record(tmp_path, A, B, "different", author="Ada", now=NOON - timedelta(days=400))
    assert verdicts(tmp_path) == {(A, B): "different"}


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        pytest.param({"listing_a": "xyz"}, "'xyz' is no listing id", id="no listing"),
        pytest.param({"listing_a": B}, "both are the same listing", id="with itself"),
        pytest.param({"verdict": "maybe"}, "say same or different", id="no verdict"),
        pytest.param({"author": " "}, "the author must be", id="nobody"),
        pytest.param({"author": "Ada\nBo"}, "the author must be", id="two lines of author"),
        pytest.param({"author": "A" * 201}, "the author must be", id="long name"),
        pytest.param({"note": "\x1b[31mred"}, "the note must be", id="terminal escape"),
        pytest.param({"note": "\ud800"}, "the note must be", id="half a character"),
        pytest.param({"note": "x" * 10_001}, "the note must be", id="long note"),
    ],
)
def test_what_is_no_judgement_is_not_kept(tmp_path: Path, wrong: dict[str, str], says: str) -> None:
    told = {"listing_a": A, "listing_b": B, "verdict": "same", "author": "Ada", **wrong}
    with pytest.raises(JudgementError, match=says):
        judgements.record(tmp_path, **told)
    assert not judgements.stored(tmp_path)


GOOD = line_of(judged())


@pytest.mark.parametrize(
    ("line", "says"),
    [
        pytest.param(b"not json", "it is not JSON", id="no JSON"),
        pytest.param(b"[" * 100_000, "it is not JSON", id="deeply nested"),
        pytest.param(b"\xff\xfe", "it is not JSON", id="no UTF-8"),
        pytest.param(b"[1]", "no JSON object", id="a list"),
        pytest.param(b"{}", "no JSON object", id="nothing"),
        pytest.param(b'{"judgement_id": "x"}', "listing_a is missing", id="half a mark"),
        pytest.param(mark_of("0" * 32, NOON), "there is no judgement '0000", id="mark of nothing"),
        pytest.param(GOOD.replace(b'"same"', b'"different"'), "changed after it was made", id="changed by hand"),
        pytest.param(GOOD.replace(b'"Ada"', b"7"), "'author' is no field", id="a number"),
        pytest.param(GOOD.replace(b'"author"', b'"\\u001b[31m"'), r"'\\x1b\[31m' is no field", id="hostile field"),
        pytest.param(GOOD.replace(b"}", b', "note": "x"}'), "otherwise than line 1", id="another note"),
        pytest.param(GOOD.replace(b"2025-03-01T", b"2025-13-01T"), "is no moment", id="no such day"),
    ],
)
def test_a_malformed_line_is_named_by_file_and_line(tmp_path: Path, line: bytes, says: str) -> None:
    (tmp_path / FILE).write_bytes(GOOD + b"\n" + line.strip() + b"\n" + line_of(judged(C, D)))
    with pytest.raises(JudgementError, match=says) as found:
        judgements.read(tmp_path)
    assert str(found.value).startswith(f"{tmp_path / FILE}:3: ")
    assert len(str(found.value).splitlines()) == 1
    with pytest.raises(JudgementError):
        judgements.record(tmp_path, A, C, "same", author="Ada")


def test_a_line_that_a_crash_cut_short_is_put_aside_by_the_next_writer(tmp_path: Path) -> None:
    whole, torn = GOOD, line_of(judged(C, D, note="a } b"))
    for end in range(1, len(torn) - 1):
        (tmp_path / FILE).write_bytes(whole + torn[:end])
        assert [one.pair for one in judgements.stored(tmp_path)] == [(A, B)]
    judgements.record(tmp_path, A, C, "same", author="Ada")
    assert {one.pair for one in judgements.stored(tmp_path)} == {(A, B), (A, C)}
    assert (tmp_path / TORN).read_bytes() == torn[:-2] + b"\n"


def test_a_last_line_without_its_end_counts_and_is_ended(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(GOOD.rstrip())
    assert len(judgements.stored(tmp_path)) == 1
    judgements.record(tmp_path, C, D, "same", author="Ada")
    assert len(judgements.stored(tmp_path)) == 2


def test_nothing_is_kept_when_the_disk_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    judgements.record(tmp_path, A, B, "same", author="Ada")
    before = (tmp_path / FILE).read_bytes()

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("assets.journal.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        judgements.record(tmp_path, C, D, "same", author="Ada")
    assert (tmp_path / FILE).read_bytes() == before


def _judge_many(folder: Path, name: str) -> None:
    for number in range(25):
        judgements.record(folder, listing_id(name), listing_id(f"{name}{number}"), "same", author=name)


def test_writers_wait_for_each_other(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    writers = [context.Process(target=_judge_many, args=(tmp_path, name)) for name in ("Ada", "Bo", "Cy")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    assert len(judgements.stored(tmp_path)) == 75


def test_the_file_is_readable_and_safe_to_show(tmp_path: Path) -> None:
    judgements.record(tmp_path, A, B, "same", author="Łucja", note="né à la mer \u202ehidden\u2028 {}")
    text = (tmp_path / FILE).read_text(encoding="utf-8")
    assert "Łucja" in text
    assert "\\u202e" in text
    assert len(text.splitlines()) == 1
    assert judgements.stored(tmp_path)[0].note == "né à la mer \u202ehidden\u2028 {}"


moments = st.integers(0, 40).map(lambda hours: NOON + timedelta(hours=hours))
anyone = st.builds(
    judged,
    one=st.sampled_from([A, B]),
    other=st.sampled_from([C, D]),
    verdict=st.sampled_from(["same", "different"]),
    hours=st.integers(0, 3),
    author=st.sampled_from(["Ada", "Bo"]),
)


@given(st.lists(anyone, unique_by=lambda one: one.judgement_id), st.randoms(), st.data())
def test_lines_may_come_in_any_order_and_twice(made: list[Judgement], chance: object, data: st.DataObject) -> None:
    marked = data.draw(st.lists(st.sampled_from(made))) if made else []
    lines = [line_of(one) for one in made] + [mark_of(one.judgement_id, data.draw(moments)) for one in marked]
    straight = fold(enumerate(lines))
    shuffled = lines + data.draw(st.lists(st.sampled_from(lines)) if lines else st.just([]))
    chance.shuffle(shuffled)
    assert fold(enumerate(shuffled)) == straight
    assert {one.judgement_id for one in straight if one.deleted_at} == {one.judgement_id for one in marked}
    rows = judgements.as_rows(straight)
    held = {
        (a, b): verdict for a, b, verdict, _ in judgements.active(rows.sample(fraction=1, shuffle=True)).iter_rows()
    }
    for pair in {one.pair for one in made}:
        one = judgements.holding(straight, pair)
        assert held.get(pair) == (one.verdict if one else None)


@given(st.text(max_size=60), st.text(min_size=1, max_size=20))
def test_any_text_that_is_kept_comes_back(note: str, author: str) -> None:
    try:
        one = judgements.judgement(A, B, "same", author, note, NOON)
    except JudgementError:
        return
    line = line_of(one)
    assert line.count(b"\n") == 1
    assert fold([(1, line)]) == [one]
    json.loads(line)
