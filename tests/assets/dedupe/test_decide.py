"""Decide: what each rule decides, and what it leaves to the next."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.dedupe.agreement import agree
from assets.dedupe.decide import MATCH_FROM, RULES, UNSURE_FROM, WEIGHED, decide, evidence, overrule
from assets.dedupe.features import compare
from assets.dedupe.forms import forms
from assets.dedupe.weights import PRIOR, WEIGHTS
from schemas.match_vocabulary import Decision, MatchReason
from schemas.matches import MatchPairs
from schemas.render import polars_schema
from tests.assets.dedupe.references import FIRST, ROWS, SECOND, Row, features, records

TITLE = "Adaptive Mapping of Northern Gulls under Heavy Rain"
OTHER = "Ringing Bells"
AUTHORS = ["Ada Anker", "Bo Brandt", "Carla Castell"]
ABSTRACT = "The gulls of three harbours were counted by night and by day in two winters."
ARTICLE: Row = {
    "title": TITLE,
    "authors": AUTHORS,
    "venue": "Journal of Harbour Engineering",
    "year": 2015,
    "volume": "12",
    "pages": "101-110",
}
ELSEWHERE: Row = {**ARTICLE, "venue": "The Lighthouse Quarterly", "volume": "3", "pages": "7-9"}
SHORT: Row = {"title": "Counting Gulls", "year": 2015}
LOOSE: Row = {"title": "Counting Gulls in Autumn", "authors": ["Ada Anker"], "year": 2015}


def case(
    rule: int, one: Row, other: Row, near: int, changed: Row, name: str, *, group: tuple[object, ...] = RULES
) -> object:
    """One record and another that a rule decides, and what to change in the other so that rule `near` decides."""
    first = 0 if group is RULES else len(RULES)
    return pytest.param(first + rule, one, other, near, {**other, **changed}, id=name)


def weighed(rule: int, one: Row, other: Row, near: int, changed: Row, name: str) -> object:
    return case(rule, one, other, near, changed, name, group=WEIGHED)


W = len(RULES)
CASES = [
    case(0, {"arxiv_id": "1", "title": TITLE}, {"arxiv_id": "1", "title": OTHER}, 1, {"arxiv_id": "2"}, "arXiv id"),
    case(1, {"pmid": "1", **ARTICLE}, {"pmid": "2", **ARTICLE}, W + 2, {"pmid": None}, "other PubMed ids"),
    case(1, {"acl_id": "1", **ARTICLE}, {"acl_id": "2", **ARTICLE}, 2, {"acl_id": "1"}, "other ACL ids"),
    case(2, {"s2_id": "1", "title": TITLE}, {"s2_id": "1", "title": TITLE}, 3, {"title": OTHER}, "an id, one title"),
    case(3, {"pmid": "1", "title": TITLE}, {"pmid": "1", "title": OTHER}, 2, {"title": TITLE}, "an id, two titles"),
    case(4, {"doi": "1", "title": TITLE}, {"doi": "1", "title": TITLE}, 5, {"doi": "2"}, "a DOI"),
    case(4, {"doi": "1", **ARTICLE}, {"doi": "1", **ARTICLE}, W + 3,
         {"title": OTHER, "pages": "300"}, "a DOI, a title"),
    case(5, {"doi": "1", "title": TITLE}, {"doi": "2", "title": TITLE}, W + 2, {"doi": "10.48550/arxiv.1"}, "DOIs"),
    case(5, {"doi": "1", **ARTICLE}, {"doi": "2", **ARTICLE, "pages": "1"}, W + 2, ARTICLE, "DOIs, and no place"),
    case(6, ARTICLE, ELSEWHERE, W + 6, {"venue": ARTICLE["venue"]}, "two venues"),
    case(7, {"title": OTHER, "abstract": ABSTRACT}, {"title": OTHER, "abstract": ABSTRACT}, W + 7,
         {"abstract": "No bells were heard here."}, "one text"),
    weighed(0, ARTICLE, {**ARTICLE, "title": OTHER, "pages": "101"}, W + 2, {"pages": "101-110"}, "a page, two titles"),
    weighed(1, SHORT, SHORT, W + 7, {"year": 2001}, "a short title without a witness"),
    weighed(1, LOOSE, {**LOOSE, "title": "Courting Girls in Autumns"}, W + 2, {"title": "Counting Gull in Autumn"},
            "half a title and one author"),
    weighed(2, ARTICLE, ARTICLE, W + 7, {"authors": ["Noé Nagy"], "pages": None, "volume": None}, "all fields"),
    weighed(3, {"doi": "1", **ARTICLE},
            {"doi": "1", **ELSEWHERE, "venue": ARTICLE["venue"], "title": OTHER, "year": 2001}, 5, {"doi": "2"},
            "a DOI against all else"),
    weighed(4, {"title": "Counting Gulls 1"}, {"title": "Counting Gulls 2"}, W + 6,
            {"title": "Counting Gulls"}, "numbers"),
    weighed(5, {"title": "Erratum: Counting Gulls"}, {"title": "Counting Gulls"}, W + 6,
            {"title": "Erratum: Counting Gulls."}, "kinds"),
    weighed(6, {"title": "Counting Gulls"}, {"title": "Counting Gulls"}, W + 7, {"title": OTHER}, "a short title"),
    weighed(7, ARTICLE, {"title": OTHER, "authors": AUTHORS}, W + 2, ARTICLE, "nothing but authors"),
]  # fmt: skip


@pytest.fixture(scope="module")
def deciding() -> dict[tuple[int, str], int]:
    """Number of a case and pair of its records (1 and 2, 2 and 1, 1 and the changed 3) -> the place of the rule."""
    rows, pairs = list[Row](), list[tuple[str, str]]()
    for at, one in enumerate(CASES):
        first, second, changed = one.values[1], one.values[2], one.values[4]
        rows += [
            {**row, "listing_id": f"{at} {name}"} for name, row in zip("123", (first, second, changed), strict=True)
        ]
        pairs += [(f"{at} {left}", f"{at} {right}") for left, right in ("12", "21", "13")]
    named = pl.DataFrame(pairs, schema=["listing_a", "listing_b"], orient="row")
    compared = compare(named.with_columns(blocked_by=pl.lit([], dtype=pl.List(pl.String))), forms(records(rows)))
    rules = [*RULES, *WEIGHED]
    holds = agree(compared).with_columns(bits=evidence())
    holds = holds.select(rule.condition.fill_null(value=False).alias(str(at)) for at, rule in enumerate(rules))
    numbers = [row.index(True) for row in holds.rows()]
    decided = {(row["listing_a"], row["listing_b"]): row for row in decide(compared).rows(named=True)}
    for pair, number in zip(pairs, numbers, strict=True):
        told = decided[pair]["decision"], decided[pair]["reason"]
        assert told == (rules[number].decision, rules[number].reason)
    keys = [(int(left.split()[0]), left[-1] + right[-1]) for left, right in pairs]
    return dict(zip(keys, numbers, strict=True))


@pytest.mark.parametrize("at", [pytest.param(at, id=str(one.id)) for at, one in enumerate(CASES)])
def test_rules(deciding: dict[tuple[int, str], int], at: int) -> None:
    rule, _, _, near, _ = CASES[at].values
    assert deciding[at, "12"] == rule
    assert deciding[at, "21"] == rule
    assert deciding[at, "13"] == near


def test_every_rule_has_an_example() -> None:
    assert {one.values[0] for one in CASES} == set(range(len(RULES) + len(WEIGHED)))


@given(rows=st.lists(ROWS, min_size=2, max_size=5))
@settings(max_examples=8, deadline=None)
def test_scores_are_on_the_side_of_the_decision(rows: list[Row]) -> None:
    made = forms(records(rows))
    ids = made["listing_id"].to_list()
    pairs = pl.DataFrame(
        [(one, other, ["title"]) for one in ids for other in ids if one < other],
        schema={"listing_a": pl.String, "listing_b": pl.String, "blocked_by": pl.List(pl.String)},
        orient="row",
    )
    decided = decide(compare(pairs, made))
    assert decided.schema == polars_schema(MatchPairs)
    assert decided.height == pairs.height
    score, least = pl.col("score"), 1 / (1 + 2**-UNSURE_FROM)
    sides = {
        "match": score >= 0.5,
        "no_match": score <= round(least, 6),
        "unsure": score.is_between(round(least, 6), 0.5),
    }
    for decision, is_there in sides.items():
        assert decided.filter(decision=decision).select(is_there.all()).item()


@pytest.mark.parametrize(
    ("one", "other", "score"),
    [
        pytest.param({"arxiv_id": "1"}, {"arxiv_id": "1"}, 0.999999, id="a rule for it"),
        pytest.param({"arxiv_id": "1"}, {"arxiv_id": "2"}, 0.000001, id="a rule against it"),
        pytest.param(SHORT, SHORT, 0.5, id="unsure for all its evidence"),
    ],
)
def test_scores(one: Row, other: Row, score: float) -> None:
    assert decide(features((one, other)))["score"].item() == pytest.approx(score, abs=1e-6)


def test_evidence_is_the_sum_of_the_weights() -> None:
    row = decide(features((ARTICLE, ELSEWHERE))).row(0, named=True)
    assert row["bits"] == PRIOR + sum(weights[row[f"{field}_agreement"]] for field, weights in WEIGHTS.items())


def test_the_points_of_decision_are_in_order() -> None:
    assert UNSURE_FROM < MATCH_FROM
    assert WEIGHED[-1].decision == Decision.NO_MATCH
    assert all(rule.summary.endswith(".") for rule in (*RULES, *WEIGHED))


def test_pairs_come_sorted_and_none_gives_none() -> None:
    made = forms(records([SHORT, SHORT, ARTICLE]))
    pairs = pl.DataFrame({"listing_a": ["b", "a", "a"], "listing_b": ["c", "c", "b"], "blocked_by": [["title"]] * 3})
    decided = decide(compare(pairs, made))
    assert decided.select("listing_a", "listing_b").rows() == [("a", "b"), ("a", "c"), ("b", "c")]
    assert decide(compare(pairs.clear(), made)).schema == decided.schema


@pytest.mark.parametrize(
    ("judged", "expected"),
    [
        pytest.param([], ("no_match", "weak_evidence"), id="nobody"),
        pytest.param([(FIRST, SECOND, "same")], ("match", MatchReason.JUDGED_SAME), id="the same"),
        pytest.param([(FIRST, SECOND, "different")], ("no_match", MatchReason.JUDGED_DIFFERENT), id="different"),
        pytest.param([(FIRST, "elsewhere", "same")], ("no_match", "weak_evidence"), id="another pair"),
    ],
)
def test_a_person_overrules(judged: list[tuple[str, str, str]], expected: tuple[str, str]) -> None:
    decided = decide(features((ARTICLE, {"title": OTHER})))
    verdicts = pl.DataFrame(
        judged, schema=dict.fromkeys(("listing_a", "listing_b", "verdict"), pl.String), orient="row"
    )
    ruled = overrule(decided, verdicts)
    assert ruled.select("decision", "reason").rows() == [expected]
    assert ruled["score"].item() == (
        expected[0] == "match" if judged and SECOND in judged[0] else decided["score"].item()
    )
    kept = pl.exclude("decision", "reason", "score")
    assert ruled.select(kept).equals(decided.select(kept))
