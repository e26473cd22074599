"""Keys: what survives which difference, and what has no key at all."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.dedupe.forms import forms
from assets.dedupe.keys import KEYS, blocking_keys, each_kind
from assets.dedupe.records import ID_COLUMNS
from schemas.match_vocabulary import BlockingKind
from tests.assets.dedupe.references import ROWS, Row, records

TITLE = "Adaptive mapping of tidal gulls under heavy rain"
ABSTRACT = "We counted the gulls of three harbours by night and by day, and found fewer than the year before."


def shared(*cases: tuple[Row, Row]) -> list[set[str]]:
    """Kinds of which the two records of each case have a key in common."""
    rows = [
        {**row, "listing_id": f"{at} {side}"}
        for at, both in enumerate(cases)
        for side, row in zip("ab", both, strict=True)
    ]
    keys = blocking_keys(forms(records(rows))).with_columns(case=pl.col("listing_id").str.split(" ").list.first())
    both = keys.filter(pl.col("listing_id").n_unique().over("case", "kind", "key") > 1)
    return [set(both.filter(case=str(at))["kind"]) for at in range(len(cases))]


CASES = [
    pytest.param({"doi": "10.5555/a"}, {"doi": "10.5555/a"}, BlockingKind.IDENTIFIER, id="one DOI"),
    pytest.param({"title": TITLE}, {"title": "ADAPTIVE Mapping of tidal-gulls under heavy rain."}, BlockingKind.TITLE,
                 id="one title"),
    pytest.param({"title": TITLE}, {"title": "Heavy rain: mapping tidal gulls that are adaptive"},
                 BlockingKind.TITLE_WORDS, id="words in another order"),
    pytest.param({"title": TITLE}, {"title": "Adaptive mapping of tides"}, BlockingKind.TITLE_START, id="a start"),
    pytest.param({"title": TITLE}, {"title": "Gulls under heavy rain"}, BlockingKind.TITLE_END, id="an end"),
    pytest.param({"title": TITLE, "authors": ["Anker, A.", "Li, B."], "year": 2015},
                 {"title": "Gulls", "authors": ["Bo Li", "Ada Anker"], "year": 2015}, None, id="given names"),
    pytest.param({"title": TITLE, "authors": ["Anker, A.", "Li, B."], "year": 2015},
                 {"title": "Gulls", "authors": ["B. Li", "A. Anker"], "year": 2015}, BlockingKind.AUTHOR_YEAR,
                 id="two authors and the year"),
    pytest.param({"title": TITLE, "authors": ["Anker, A."], "year": 2015},
                 {"title": "Ada", "authors": ["A. Anker", "C. Zu"], "year": 2015}, BlockingKind.AUTHOR_YEAR,
                 id="the first author, the year and three letters"),
    pytest.param({"volume": "7", "pages": "101-110", "year": 2015}, {"volume": "7", "pages": "101", "year": 2015},
                 BlockingKind.PAGES, id="volume, page, year"),
    pytest.param({"pages": "101-110", "year": 2015}, {"pages": "101-10", "year": 2015}, BlockingKind.PAGES,
                 id="both pages and year"),
    pytest.param({"volume": "7", "pages": "101-110"}, {"volume": "7", "pages": "101-10", "year": 2015},
                 BlockingKind.PAGES, id="both pages and volume"),
    pytest.param({"pages": "101"}, {"pages": "101"}, None, id="one page alone"),
    pytest.param({"rendered": "0" * 32}, {"rendered": "0" * 32}, BlockingKind.RENDERED, id="one rendered text"),
    pytest.param({"abstract": ABSTRACT}, {"abstract": ABSTRACT[:70]}, BlockingKind.ABSTRACT, id="a cut abstract"),
    pytest.param({"abstract": ABSTRACT}, {"abstract": f"Abstract. {ABSTRACT}"}, BlockingKind.SIGNATURE,
                 id="a word before the abstract"),
]  # fmt: skip


@pytest.fixture(scope="module")
def kinds() -> list[set[str]]:
    """What the two records of each of CASES share."""
    return shared(*(case.values[:2] for case in CASES))


@pytest.mark.parametrize("at", [pytest.param(at, id=str(case.id)) for at, case in enumerate(CASES)])
def test_what_two_records_share(kinds: list[set[str]], at: int) -> None:
    kind = CASES[at].values[2]
    assert kind in kinds[at] if kind else not kinds[at]


def test_every_kind_has_its_case() -> None:
    kinds = {kind for kind, _ in each_kind(forms(records([])))}
    assert kinds == set(BlockingKind) - {BlockingKind.JUDGEMENT}
    assert kinds == {case.values[2] for case in CASES} - {None}
    assert {kind for kind, _ in KEYS} == kinds - {BlockingKind.SIGNATURE}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param({}, {}, id="nothing at all"),
        pytest.param({"title": "  ", "abstract": "", "venue": ""}, {"title": "?", "abstract": "-"}, id="empty texts"),
        pytest.param({"title": "AI"}, {"title": "AI"}, id="titles of two letters"),
        pytest.param({"year": 2015, "venue": "Tides"}, {"year": 2015, "venue": "Tides"}, id="year and venue"),
        pytest.param({"authors": ["A. Anker"]}, {"authors": ["A. Anker"]}, id="an author without a year"),
        pytest.param(
            {"abstract": "[No abstract available]"}, {"abstract": "[No abstract available]"}, id="no abstract"
        ),
        pytest.param({"arxiv_id": "7"}, {"pmid": "7"}, id="one number, two kinds of identifiers"),
    ],
)
def test_what_brings_nobody_together(one: Row, other: Row) -> None:
    assert shared((one, other)) == [set()]


def test_every_identifier_is_a_key() -> None:
    same, other = ([({name: "7"}, {name: number}) for name in ID_COLUMNS] for number in "78")
    found = shared(*same, *other)
    assert found == [{"identifier"}] * len(same) + [set()] * len(other)


@given(rows=st.lists(ROWS, min_size=1, max_size=5))
@settings(max_examples=8, deadline=None)
def test_keys_of_a_record_depend_on_it_alone(rows: list[Row]) -> None:
    made = forms(records(rows))
    alone = pl.concat([blocking_keys(made[at]) for at in range(len(rows))])
    together = blocking_keys(made)
    common = together.filter(pl.col("kind") != BlockingKind.SIGNATURE)  # of bands, the shared ones are enough
    assert common.equals(alone.filter(pl.col("kind") != BlockingKind.SIGNATURE).sort("listing_id", "kind", "key"))
    assert together.join(alone, on=together.columns, how="anti").is_empty()
    assert together.null_count().sum_horizontal().item() == 0
