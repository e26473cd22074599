"""Agreement: every degree of every field is reached by a small example, and its neighbour by one that is near it."""

from enum import StrEnum

import polars as pl
import pytest
from hypothesis import given, settings

from assets.dedupe.agreement import agree
from assets.dedupe.features import compare
from assets.dedupe.forms import forms
from assets.dedupe.weights import WEIGHTS
from schemas.agreement import (
    AbstractAgreement,
    Agreement,
    AuthorAgreement,
    NumbersAgreement,
    PlaceAgreement,
    TitleAgreement,
    VenueAgreement,
    YearAgreement,
)
from schemas.matches import MatchPairs
from schemas.render import polars_schema
from tests.assets.dedupe.references import ROWS, Row, features, records

T, A, Y, V, P = TitleAgreement, AuthorAgreement, YearAgreement, VenueAgreement, PlaceAgreement
B, N = AbstractAgreement, NumbersAgreement
GREY = "Small Grey Gulls in Rain and Snow"

TITLES = [
    (
        T.EQUAL_LONG,
        "Adaptive Mapping of Northern Gulls by Candlelight in Winter",
        "Adaptive mapping of northern gulls by candlelight in winter.",
    ),
    (T.EQUAL, GREY, GREY.upper()),
    (T.EQUAL_SHORT, "Counting Gulls", "Counting gulls"),
    (T.EQUAL_TINY, "Gulls", "Gulls [Review]"),
    (T.GENERIC_EQUAL, "Editorial", "Editorial"),
    (T.GENERIC, "Editorial", "Counting Gulls"),
    (T.NEAR, f"Mapping {GREY}", f"Maping {GREY}"),
    (T.NEAR, f"Mapping {GREY}", f"{GREY}: Mapping"),
    (T.BEGINS, f"Mapping {GREY}", f"Mapping {GREY}: A Survey of Three Harbours"),
    (T.BEGINS_SHORT, "Counting of Gulls", "Counting of Gulls in Rain and Much Other Weather"),
    (T.EXPLAINED, "Counting Gulls by Candlelight", "Candlelight: Gulls by Counting"),
    (T.ENDS, "Gulls under Candlelight", "On the Counting of Gulls under Candlelight"),
    (T.SIMILAR, "Counting Gulls Rainy", "Counting Bulls Raine"),
    (T.INSIDE, GREY, f"On the Counting of {GREY} by Lanterns"),
    (T.INSIDE_LOOSE, GREY, "Small Grey Gulls in Grey Rain and Snow by Candlelight"),
    (T.WITHIN, "Small Grey Gulls", "Grey Counted Gulls: Smalltime Small"),
    (T.LOOSE, "Counting Gulls in Autumn", "Courting Girls in Autumns"),
    (T.NAMED, "GullNet: Counting Birds", "GullNet: A Survey of the Weather in all Harbours"),
    (T.WITHIN_FAR, "Small Grey Gulls", "Grey Weather over Harbours where Small Boats and Gulls are"),
    (T.WEAK, "Counting Gulls in Autumn", "Counting Bulls in a Tavern"),
    (T.DIFFERENT, "Counting Gulls in Autumn", "Ringing Bells"),
]
AUTHORS = [
    (A.ALL, ["Ada Anker", "Bo Brandt", "Carla Castell"], ["Anker, A.", "Brandt, B.", "Castell, C."]),
    (A.ALL, ["Anker A", "Brandt B", "Castell C"], ["Anker A", "Brandt B", "Castell C", "Ekholm D"]),
    (A.ALL_TWO, ["Ada Anker", "Bo Brandt"], ["Anker, Ada", "Brandt, Bo"]),
    (A.ALL_ONE, ["A. Anker"], ["A. Anker", "B. Brandt"]),
    (A.FEW, ["B. Brandt"], ["A. Anker", "B. Brandt"]),
    (A.INITIALS_DIFFER, ["A. Anker"], ["C. Anker"]),
    (A.MOST, ["Anker A", "Brandt B", "Castell C", "Ekholm D"], ["Anker A", "Brandt B", "Castell C", "Nagy N"]),
    (A.HALF, ["Anker A", "Brandt B"], ["Anker A", "Nagy N"]),
    (A.ALIKE, ["Lindtner A"], ["Lindqvist A"]),
    (A.FEW, ["Anker A", "Brandt B", "Castell C", "Ekholm D"], ["Anker A", "Nagy N", "Ibsen I", "Jansen J"]),
    (A.NONE, ["A. Anker"], ["N. Nagy"]),
    (A.OTHERS, ["Ada Anker"], ["Noé Nagy"]),
    (A.UNKNOWN, ["Ada Anker"], []),
]
VENUES = [
    (V.EQUAL, "Journal of Harbour Engineering", "J. Harb. Eng."),
    (V.EQUAL, "SPTS", "Symposium on Principles of Tidal Systems"),
    (V.WITHIN, "Tidal Systems", "IEEE Transactions on Tidal Systems and Sails"),
    (V.NEAR, "Journal of Harbour Engineering", "Journal of Harbour Medicine"),
    (V.DIFFER, "Journal of Harbour Engineering", "The Lighthouse Quarterly"),
    (V.PREPRINT, "Journal of Harbour Engineering", "arXiv"),
    (V.UNKNOWN, "Journal of Harbour Engineering", None),
]
YEARS = [
    (Y.EQUAL, {}, {"year": 2015}),
    (Y.NEXT, {}, {"year": 2016}),
    (Y.NEAR, {}, {"year": 2013}),
    (Y.DIFFER, {}, {"year": 2018}),
    (Y.PREPRINT, {}, {"year": 2013, "venue": "arXiv"}),
    (Y.NEXT_ALONE, {"volume": None, "pages": None}, {"year": 2014}),
    (Y.DIFFER_ALONE, {"volume": None, "pages": None}, {"year": 2013}),
    (Y.UNKNOWN, {}, {"year": None}),
]
PLACES = [
    (P.RANGE, {}, {}),
    (P.RANGE, {}, {"venue": "Annals of Small Weather"}),
    (P.CITATION, {}, {"pages": "101"}),
    (P.VOLUME_AND_PAGE, {}, {"year": 2016}),
    (P.PAGE, {}, {"volume": "13"}),
    (P.PAGE, {}, {"volume": None, "venue": None}),
    (P.PAGE_ELSEWHERE, {}, {"volume": "13", "venue": "Annals of Small Weather"}),
    (P.PREPRINT, {}, {"venue": "arXiv", "volume": "abs/2401", "pages": "1"}),
    (P.NEAR_PAGE, {}, {"pages": "103-112"}),
    (P.OTHER_PAGE, {}, {"pages": "104-112"}),
    (P.OTHER_VOLUME_AND_PAGE, {}, {"volume": "13", "pages": "104-112"}),
    (P.ONLY_OTHER_PAGE_THERE, {}, {"volume": None, "pages": "104-112"}),
    (P.ONLY_OTHER_PAGE, {}, {"volume": None, "pages": "104-112", "year": 2016}),
    (P.VOLUME, {}, {"pages": None}),
    (P.OTHER_VOLUME, {}, {"pages": None, "volume": "13"}),
    (P.ONE_SIDE, {}, {"pages": None, "volume": None}),
    (P.ONE_SIDE, {}, {"pages": None, "volume": None, "authors": [], "venue": None}),
    (P.BARE, {}, {"pages": None, "volume": None, "authors": [], "venue": None, "year": None}),
    (P.INCOMPARABLE, {"pages": None}, {"volume": None}),
    (P.UNKNOWN, {"pages": None, "volume": None}, {"pages": "iv", "volume": None}),
]
WORDS = [f"word{n}" for n in range(100)]
ABSTRACTS = [
    (B.EQUAL, WORDS, WORDS),
    (B.NEAR, WORDS, WORDS[:70]),
    (B.LOOSE, WORDS, WORDS[:35]),
    (B.LITTLE, WORDS, WORDS[:14]),
    (B.DIFFER, WORDS, ["other", *WORDS[50::-1]]),
    (B.UNKNOWN, WORDS, WORDS[:2]),
]
NUMBERS = [
    (N.EQUAL, "Gulls", "Bells"),
    (N.EQUAL, "Gulls, Part II", "Gulls: part 2"),
    (N.YEAR, "Gulls", "Gulls 2015"),
    (N.ONE, "Gulls", "Gulls 2"),
    (N.ONE, "GullNet", "GullNet++"),
    (N.DIFFER, "Gulls 1", "Gulls 2"),
    (N.DIFFER, "Gulls 2014", "Gulls 2015"),
]
KINDS = [
    (Agreement.EQUAL, "Gulls", "Bells"),
    (Agreement.EQUAL, "Erratum: Gulls", "Correction: Gulls"),
    (Agreement.DIFFER, "Gulls", "Erratum: Gulls"),
]
DOIS = [
    (Agreement.EQUAL, "10.5555/a", "10.5555/a"),
    (Agreement.DIFFER, "10.5555/a", "10.5555/b"),
    (Agreement.UNKNOWN, "10.5555/a", None),
    (Agreement.UNKNOWN, "10.5555/a", "10.48550/arxiv.2401.00001"),
]
FIRST_AUTHORS = [
    (Agreement.EQUAL, ["Ada Anker", "Bo Brandt"], ["Anker, A.", "Nagy, N."]),
    (Agreement.DIFFER, ["Ada Anker", "Bo Brandt"], ["Brandt, B.", "Anker, A."]),
    (Agreement.UNKNOWN, ["Ada Anker"], []),
]
ARTICLE: Row = {"venue": "Journal of Harbour Engineering", "year": 2015, "volume": "12", "pages": "101-110"}

Case = tuple[StrEnum, Row, Row]


def in_field(name: str, cases: list[tuple[StrEnum, object, object]]) -> list[Case]:
    return [(degree, {name: one}, {name: other}) for degree, one, other in cases]


CASES: dict[str, list[Case]] = {
    "title": in_field("title", TITLES),
    "authors": in_field("authors", AUTHORS),
    "first_author": in_field("authors", FIRST_AUTHORS),
    "venue": in_field("venue", VENUES),
    "year": [(degree, ARTICLE | one, ARTICLE | one | other) for degree, one, other in YEARS],
    "place": [(degree, ARTICLE | one, ARTICLE | other) for degree, one, other in PLACES],
    "abstract": in_field("abstract", [(degree, " ".join(one), " ".join(other)) for degree, one, other in ABSTRACTS]),
    "numbers": in_field("title", NUMBERS),
    "kind": in_field("title", KINDS),
    "doi": in_field("doi", DOIS),
}
"""Field -> degree and the two records that have it."""


@pytest.fixture(scope="module")
def told() -> dict[tuple[str, int], tuple[str, ...]]:
    """Field and number of a case -> the degree from either side, all compared at once."""
    rows, pairs = list[Row](), list[tuple[str, str]]()
    for field, cases in CASES.items():
        for at, (_, one, other) in enumerate(cases):
            names = f"{field} {at} a", f"{field} {at} b"
            rows += [{**one, "listing_id": names[0]}, {**other, "listing_id": names[1]}]
            pairs += [names, names[::-1]]
    degrees = agree(compare(pl.DataFrame(pairs, schema=["listing_a", "listing_b"], orient="row"), forms(records(rows))))
    found = {name: dict(zip(pairs, degrees[f"{name}_agreement"], strict=True)) for name in CASES}
    return {
        (field, at): tuple(found[field][f"{field} {at} {one}", f"{field} {at} {other}"] for one, other in ("ab", "ba"))
        for field, cases in CASES.items()
        for at in range(len(cases))
    }


@pytest.mark.parametrize(
    ("field", "at", "degree"),
    [
        pytest.param(field, at, degree, id=f"{field} {degree} {at}")
        for field, cases in CASES.items()
        for at, (degree, *_) in enumerate(cases)
    ],
)
def test_degrees(told: dict[tuple[str, int], tuple[str, ...]], field: str, at: int, degree: StrEnum) -> None:
    assert told[field, at] == (degree, degree)


VOCABULARIES = {
    "title": TitleAgreement,
    "authors": AuthorAgreement,
    "year": YearAgreement,
    "venue": VenueAgreement,
    "place": PlaceAgreement,
    "abstract": AbstractAgreement,
    "numbers": NumbersAgreement,
    "doi": Agreement,
    "kind": Agreement,
    "first_author": Agreement,
}


@pytest.mark.parametrize("field", [pytest.param(field, id=field) for field in WEIGHTS])
def test_every_degree_has_a_weight_and_an_example(field: str) -> None:
    degrees = set(VOCABULARIES[field])
    if field == "kind":
        degrees -= {Agreement.UNKNOWN}  # a title says what it is, or is that of a paper
    assert set(WEIGHTS[field]) == degrees
    assert {degree for degree, *_ in CASES[field]} == degrees


def test_every_field_is_published() -> None:
    published = {name.removesuffix("_agreement") for name in polars_schema(MatchPairs) if name.endswith("_agreement")}
    assert published == set(WEIGHTS) == set(CASES) == set(VOCABULARIES)


@pytest.mark.parametrize(
    ("field", "falling"),
    [
        pytest.param("title", (T.EQUAL_LONG, T.EQUAL, T.EQUAL_SHORT, T.EQUAL_TINY, T.GENERIC_EQUAL, T.GENERIC),
                     id="shorter titles"),
        pytest.param("title", (T.EQUAL, T.NEAR, T.SIMILAR, T.LOOSE, T.WEAK, T.DIFFERENT), id="fewer letters"),
        pytest.param("title", (T.BEGINS, T.BEGINS_SHORT), id="shorter beginnings"),
        pytest.param("title", (T.INSIDE, T.INSIDE_LOOSE, T.WITHIN, T.WITHIN_FAR), id="more left over"),
        pytest.param("authors", (A.ALL, A.ALL_TWO, A.ALL_ONE), id="fewer people"),
        pytest.param("authors", (A.ALL, A.MOST, A.HALF, A.ALIKE, A.FEW, A.NONE, A.OTHERS), id="fewer names"),
        pytest.param("year", (Y.EQUAL, Y.NEXT, Y.NEAR, Y.DIFFER, Y.DIFFER_ALONE), id="further apart"),
        pytest.param("year", (Y.NEXT, Y.NEXT_ALONE, Y.DIFFER_ALONE), id="nothing but a year"),
        pytest.param("venue", (V.EQUAL, V.WITHIN, V.NEAR, V.DIFFER), id="fewer words"),
        pytest.param("place", (P.RANGE, P.CITATION, P.VOLUME_AND_PAGE, P.PAGE, P.PAGE_ELSEWHERE, P.OTHER_PAGE),
                     id="less of a place"),
        pytest.param("place", (P.VOLUME, P.ONE_SIDE, P.OTHER_VOLUME, P.OTHER_VOLUME_AND_PAGE), id="other volumes"),
        pytest.param("abstract", (B.EQUAL, B.NEAR, B.LOOSE, B.LITTLE, B.DIFFER), id="less of an abstract"),
        pytest.param("numbers", (N.EQUAL, N.YEAR, N.ONE, N.DIFFER), id="numbers"),
        *(
            pytest.param(field, (Agreement.EQUAL, Agreement.UNKNOWN, Agreement.DIFFER), id=field)
            for field in ("doi", "first_author")
        ),
        pytest.param("kind", (Agreement.EQUAL, Agreement.DIFFER), id="kind"),
    ],
)  # fmt: skip
def test_what_agrees_less_weighs_no_more(field: str, falling: tuple[StrEnum, ...]) -> None:
    weights = [WEIGHTS[field][degree] for degree in falling]
    assert weights == sorted(weights, reverse=True)
    assert weights[0] > weights[-1]


@given(one=ROWS, other=ROWS)
@settings(max_examples=8, deadline=None)
def test_whatever_is_compared_has_a_degree(one: Row, other: Row) -> None:
    told = agree(features((one, other))).select(pl.col(r"^.*_agreement$")).row(0, named=True)
    assert all(value in set(WEIGHTS[name.removesuffix("_agreement")]) for name, value in told.items())
    assert len(told) == len(WEIGHTS)
