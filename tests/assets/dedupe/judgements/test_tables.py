"""Judgement CSV: out and in again changes nothing, a spreadsheet runs nothing, a bad row is told by its line."""

import csv
import io
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.dedupe.judgements import store as judgements
from assets.dedupe.judgements.lines import JudgementError
from assets.dedupe.judgements.tables import COLUMNS, Imported, import_csv, to_csv
from tests.frames import listing_id

A, B, C, D = sorted(listing_id(name) for name in "abcd")
NOON = datetime(2025, 3, 1, 12, tzinfo=UTC)


def take(folder: Path, text: str, **options: object) -> Imported:
    return import_csv(folder, text.encode(), author="Ada", now=NOON, **options)


def counts(done: Imported) -> tuple[int, int, int, int]:
    return done.new, done.taken_back, done.known, len(done.refused)


def test_the_three_columns_are_enough(tmp_path: Path) -> None:
    done = take(tmp_path, f"listing_b,listing_a,verdict\n{A},{B},Same\n{C},{D},different\n")
    assert counts(done) == (2, 0, 0, 0)
    rows = judgements.read(tmp_path)
    assert set(rows.select("listing_a", "listing_b", "verdict", "author", "judged_at").rows()) == {
        (A, B, "same", "Ada", NOON),
        (C, D, "different", "Ada", NOON),
    }


def test_what_is_known_is_not_kept_twice(tmp_path: Path) -> None:
    text = f"listing_a,listing_b,verdict\n{A},{B},same\n{B},{A},same\n"
    assert counts(take(tmp_path, text)) == (1, 0, 1, 0)
    assert counts(take(tmp_path, text)) == (0, 0, 2, 0)
    assert judgements.read(tmp_path).height == 1


def test_out_and_in_again(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    judgements.record(here, A, B, "same", author="=Ada", note="line one\nline \"two\", 'three'", now=NOON)
    judgements.record(here, A, B, "different", author="Bo", note="'=1+1", now=NOON + timedelta(hours=1))
    judgements.record(here, C, D, "same", author="Bo", note="-", now=NOON)
    first = to_csv(judgements.read(here))
    assert counts(take(there, first)) == (3, 0, 0, 0)
    judgements.undo(here, (A, B), now=NOON + timedelta(hours=2))
    again = to_csv(judgements.read(here))
    assert counts(take(there, again)) == (0, 1, 2, 0)
    assert counts(take(there, first)) == (0, 0, 3, 0), "what was taken back stays so"
    assert judgements.read(there).equals(judgements.read(here))
    assert to_csv(judgements.read(there)) == again


@given(st.lists(st.tuples(st.text(max_size=30), st.text(min_size=1, max_size=10)), max_size=4))
def test_any_text_survives_a_spreadsheet(told: list[tuple[str, str]]) -> None:
    kept = []
    for number, (note, author) in enumerate(told):
        try:
            kept.append(judgements.judgement(A, listing_id(f"x{number}"), "same", author, note, NOON))
        except JudgementError:
            continue
    rows = judgements.as_rows(kept)
    text = to_csv(rows)
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert not [cell for cell in cells if cell.lstrip()[:1] in {*"=+-@", "\uff1d", "\uff0b", "\uff0d", "\uff20"}]
    with tempfile.TemporaryDirectory() as folder:
        assert import_csv(Path(folder), text.encode(), author="x", now=NOON).refused == []
        assert judgements.read(Path(folder)).sort("judgement_id").equals(rows.sort("judgement_id"))


BAD = [
    pytest.param(f"{A},{A},same", "both are the same listing", id="with itself"),
    pytest.param(f"{A[:8]},{B},same", "is no listing id", id="a prefix"),
    pytest.param(f"{A},{B},unsure", "is no verdict", id="no verdict"),
    pytest.param(f"{A},{B},", "is no verdict", id="nothing"),
]


@pytest.mark.parametrize(("row", "says"), BAD)
def test_one_bad_row_stops_all_unless_it_may_be_skipped(tmp_path: Path, row: str, says: str) -> None:
    text = f"listing_a,listing_b,verdict\n{C},{D},same\n\n{row}\n"
    done = take(tmp_path, text)
    assert counts(done) == (0, 0, 0, 1)
    assert done.refused[0].line == 4
    assert says in done.refused[0].reason
    assert not judgements.stored(tmp_path)
    assert counts(take(tmp_path, text, skip_bad=True)) == (1, 0, 0, 1)


HEAD = "judgement_id,listing_a,listing_b,verdict,judged_at,deleted_at"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param(f"{HEAD}\n,{A},{B},same,2025-04-01,", "has not come yet", id="tomorrow and later"),
        pytest.param(f"{HEAD}\n,{A},{B},same,yesterday,", "is no moment", id="no moment"),
        pytest.param(f"{HEAD}\n{'0' * 32},{A},{B},same,2025-01-01,", "another judgement", id="a foreign id"),
        pytest.param(f"{HEAD}\n{'0' * 32},{A},{B},same,,", "does not say when", id="an id without a moment"),
        pytest.param(f"{HEAD}\n,{A},{B},same,,2025-01-01", "does not say when", id="taken back, never made"),
        pytest.param(
            f"listing_a,listing_b,verdict\n{A},{B},same\n{B},{A},different", "line 2 judges", id="contradiction"
        ),
    ],
)
def test_refused(tmp_path: Path, text: str, says: str) -> None:
    done = take(tmp_path, text)
    assert [says in one.reason for one in done.refused] == [True]


def test_an_edited_export_is_refused_by_its_id(tmp_path: Path) -> None:
    judgements.record(tmp_path, A, B, "same", author="Ada", now=NOON)
    text = to_csv(judgements.read(tmp_path)).replace(",same,", ",different,")
    assert "another judgement" in take(tmp_path, text).refused[0].reason


@pytest.mark.parametrize(
    ("content", "says"),
    [
        pytest.param(b"", "has no column listing_a", id="empty"),
        pytest.param(b"a,b\n1,2\n", "has no column listing_a", id="another table"),
        pytest.param(b"listing_a,listing_b,verdict,mood\n", "has the column 'mood'", id="a column too many"),
        pytest.param(b"listing_a,listing_b,verdict,verdict\n", "names verdict twice", id="a column twice"),
        pytest.param(b"listing_a,listing_b,verdict\n1,2\n", "line 2 has not as many cells", id="a short row"),
        pytest.param(b'listing_a,listing_b,verdict\n"1"x,2,3\n', "line 2 is no CSV", id="broken quotes"),
        pytest.param("listing_a\n".encode("utf-16"), "not UTF-8", id="UTF-16"),
    ],
)
def test_what_is_no_such_table(tmp_path: Path, content: bytes, says: str) -> None:
    with pytest.raises(JudgementError, match=says):
        import_csv(tmp_path, content, author="Ada")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_spreadsheets_of_other_languages(tmp_path: Path, delimiter: str) -> None:
    lines = [delimiter.join(cells) for cells in (("listing_a", "listing_b", "verdict"), (A, B, "same"))]
    content = b"\xef\xbb\xbf" + "\r\n".join(lines).encode()
    assert counts(import_csv(tmp_path, content, author="Ada")) == (1, 0, 0, 0)


def test_the_heading_names_every_column() -> None:
    assert to_csv(judgements.as_rows([])) == ",".join(COLUMNS) + "\n"
