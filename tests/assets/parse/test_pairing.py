"""Shifted pairs are found; odd but sound ones are left alone."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.parse import pairing
from assets.parse.pairing import resemblance, sound_pairs
from tests.assets.parse.pages import body, papers

PAPERS = papers(12)
TERSE = ("We show it.", "Withdrawn.", "No abstract.")


def judge(paragraphs: list[str]) -> list[bool]:
    lengths = np.array([len(one.encode()) for one in paragraphs], dtype=np.int64)
    return sound_pairs(lengths, lambda at: paragraphs[at].lower()).tolist()


def expected(kept: list[int]) -> list[bool]:
    """Which pairs are sound, from the places that the paragraphs had before the damage; -1 for one that had none."""
    return [
        title >= 0 and title % 2 == 0 and abstract == title + 1
        for title, abstract in zip(kept[0::2], kept[1::2], strict=False)
    ]


@pytest.mark.parametrize("count", [0, 1, 2, 12])
def test_sound_page(count: int) -> None:
    assert judge(body(PAPERS[:count])) == [True] * count


@pytest.mark.parametrize("at", range(2 * len(PAPERS)))
def test_missing_paragraph(at: int) -> None:
    kept = [place for place in range(2 * len(PAPERS)) if place != at]
    paragraphs = body(PAPERS)
    assert judge([paragraphs[place] for place in kept]) == expected(kept)


@pytest.mark.parametrize(
    "extra",
    [
        pytest.param("Upvote", id="short"),
        pytest.param("Knitted Barometers for Predicting Hail in Narrow Valleys", id="like a title"),
        pytest.param("Every summer the ferry company asks us for advice on ropes. " * 9, id="like an abstract"),
        pytest.param("2024", id="number"),
    ],
)
@pytest.mark.parametrize("at", range(2 * len(PAPERS) + 1))
def test_extra_paragraph(at: int, extra: str) -> None:
    kept = list(range(2 * len(PAPERS)))
    kept.insert(at, -1)
    paragraphs = [*body(PAPERS), extra]
    assert judge([paragraphs[place] for place in kept]) == expected(kept)


def test_shift_that_is_made_good_later() -> None:
    kept = [place for place in range(2 * len(PAPERS)) if place not in {6, 17}]
    paragraphs = body(PAPERS)
    sound = judge([paragraphs[place] for place in kept])
    assert sound == [True] * 3 + [False] * 5 + [True] * 3


@pytest.mark.parametrize("at", range(len(PAPERS)))
@pytest.mark.parametrize(
    "odd",
    [
        pytest.param(("A Very Long Title " * 15, "We show it."), id="title longer than the abstract"),
        pytest.param(("Otters", "Lanterns drift. " * 40), id="no word in common"),
        pytest.param((PAPERS[3][1], PAPERS[3][0]), id="title and abstract exchanged"),
        pytest.param(("On", "On."), id="next to nothing"),
        pytest.param(("Same", "Same"), id="abstract repeats the title"),
    ],
)
def test_one_odd_record_is_no_shift(at: int, odd: tuple[str, str]) -> None:
    records = list(PAPERS)
    records[at] = odd
    assert all(judge(body(records)))


@pytest.mark.parametrize("terse", TERSE)
@pytest.mark.parametrize("run", [2, 5, 12])
def test_records_without_an_abstract_to_speak_of(run: int, terse: str) -> None:
    assert all(judge(body([*PAPERS[:3], *((title, terse) for title, _ in papers(run, seed=5)), *PAPERS[3:6]])))


def test_scripts_without_spaces() -> None:
    records = [
        (f"{name}の観測", f"{name}の観測は難しい。本研究では{name}を安価な装置で測る方法を示す。" * 3)
        for name in ("河川", "港湾", "火山", "氷河", "湿原", "海流")
    ]
    assert all(judge(body(records)))
    assert judge(body(records)[1:]) == [False] * 5


def test_papers_that_share_all_their_words() -> None:
    records = [(f"Otters and Ferries {at}", "Otters and ferries. " * (20 + at)) for at in range(12)]
    assert all(judge(body(records)))
    assert not any(judge(body(records)[1:-1]))


def test_words_are_looked_at_only_in_doubt() -> None:
    asked: list[int] = []

    def text_of(at: int) -> str:
        asked.append(at)
        return paragraphs[at].lower()

    paragraphs = body(papers(200))
    lengths = np.array([len(one) for one in paragraphs])
    assert sound_pairs(lengths, text_of).all()
    assert not asked
    assert sound_pairs(lengths[:-1], text_of).all()
    assert min(asked) > 380


def test_page_of_any_length(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairing, "LONGEST_SEARCH", 8)
    paragraphs = body(PAPERS)
    assert all(judge(paragraphs))
    assert judge([*paragraphs[:10], *paragraphs[11:]]) == [True] * 5 + [False] * 6


@given(st.lists(st.text("ab cd\u00e9.", max_size=12), max_size=24))
def test_any_paragraphs(paragraphs: list[str]) -> None:
    sound = judge(paragraphs)
    assert len(sound) == len(paragraphs) // 2
    assert sound == judge(paragraphs)


@given(st.integers(0, 1000), st.integers(3, 30), st.data())
def test_any_single_damage(seed: int, count: int, data: st.DataObject) -> None:
    paragraphs = body(papers(count, seed))
    at = data.draw(st.integers(0, 2 * count - 1))
    kept = [place for place in range(2 * count) if place != at]
    sound = judge([paragraphs[place] for place in kept])
    # Made-up papers repeat themselves: the pair at the point itself may be taken for its neighbour's.
    certain = max(0, at // 2 - 1)
    assert sound[:certain] == expected(kept)[:certain]
    assert not any(sound[at // 2 + 2 :])


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        pytest.param("tide tables", "tables of the tide", 1.0, id="all words"),
        pytest.param("tables of the tide", "tide", 1.0, id="the shorter one counts"),
        pytest.param("tide tables and fog", "a table and a chair beside a window", 0.25, id="one of four"),
        pytest.param("to be", "to be or not", 0.0, id="no word of three letters"),
        pytest.param("same", "same", 0.0, id="a title is not its own abstract"),
    ],
)
def test_resemblance(one: str, other: str, share: float) -> None:
    assert resemblance(one, other) == share


@pytest.mark.real
@pytest.mark.parametrize("dump", range(5))
def test_real_pages_with_every_tenth_paragraph_missing(shared: Path, dump: int) -> None:
    path = sorted((shared / "dumps").glob("*.txt"))[dump]
    paragraphs = path.read_text(encoding="utf-8").split("\n\n")[5:]
    assert all(judge(paragraphs))
    for at in range(dump, len(paragraphs), 10):
        kept = [place for place in range(len(paragraphs)) if place != at]
        assert judge([paragraphs[place] for place in kept]) == expected(kept)
