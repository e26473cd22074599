"""Groups of verified pairs: what joins, what keeps apart, and what is told about it."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.dedupe.groups import cluster as clustering
from assets.dedupe.groups.cluster import cluster
from schemas.matches import ClusterCuts
from tests.assets.dedupe.graphs import IDS, cuts, groups, judged, pairs, records


@pytest.mark.parametrize(
    ("matches", "no_matches", "expected"),
    [
        pytest.param("", "", "a b c d e f", id="nothing matches"),
        pytest.param("ab bc", "", "abc d e f", id="a chain without a word against it"),
        pytest.param("ab bc", "ac", "abc d e f", id="three with one missing pair stay together"),
        pytest.param("ab bc cd ad", "ac bd", "abcd e f", id="four with two missing pairs stay together"),
        pytest.param("ab ac ad ae bc bd be cd ce", "de", "abcde f", id="five with one missing pair stay together"),
        pytest.param("ab bc ac de ef df cd", "", "abcdef", id="two triangles and nothing compared across"),
        pytest.param("ab bc ac de ef df cd", "ad ae af bd be bf ce cf", "abc def", id="one bridge against eight"),
        pytest.param("ab bc ac de ef df cd ce cf bd be", "ad ae af bf", "abcdef", id="five against four"),
        pytest.param("ab cd", "ac ad bc bd", "ab cd e f", id="no bridge at all"),
    ],
)
def test_evidence(matches: str, no_matches: str, expected: str) -> None:
    found = cluster(records("abcdef"), pairs(matches, no_matches), judged())
    assert groups(found) == expected


def test_unsure_pairs_join_nothing_and_hardly_speak_against() -> None:
    assert groups(cluster(records("abc"), pairs(unsure="ab bc"), judged())) == "a b c"
    assert groups(cluster(records("abc"), pairs("ab bc", unsure="ac"), judged())) == "abc"
    assert cluster(records("abc"), pairs("ab bc", unsure="ac"), judged()).cuts.is_empty()


def test_a_bridge_and_an_outvoted_pair_are_told() -> None:
    bridged = cluster(records("abcdef"), pairs("ab bc ac de ef df cd", "ad ae af bd be bf ce cf"), judged())
    assert cuts(bridged) == {("cd", "bridge")}
    assert "Of 9 compared pairs between the two groups 1 match" in bridged.cuts["detail"].item()
    assert cuts(cluster(records("abc"), pairs("ab bc", "ac"), judged())) == {("ac", "outvoted")}
    ClusterCuts.validate(bridged.cuts, lazy=True)


@pytest.mark.parametrize(
    ("stated", "matches", "expected", "cut"),
    [
        pytest.param({"arxiv_id": {"a": "1", "c": "2"}}, "ab bc", "ab c", {"bc"}, id="a chain between two arXiv ids"),
        pytest.param({"arxiv_id": {"a": "1", "b": "2"}}, "ab", "a b", {"ab"}, id="a match of two arXiv ids"),
        pytest.param({"doi": {"a": "10.1/a", "c": "10.1/c"}}, "ab bc", "ab c", {"bc"}, id="a chain between two DOIs"),
        pytest.param({"doi": {"a": "10.1/a", "b": "10.1/b"}}, "ab", "ab", set(), id="a direct match excuses two DOIs"),
        pytest.param(
            {"doi": {"a": "10.1/a", "b": "10.1/b", "c": "10.1/a", "d": "10.1/b"}},
            "ab ac bd",
            "abcd",
            set(),
            id="and all records that state these two",
        ),
        pytest.param({"doi": {"a": "10.1/A", "c": "10.1/a"}}, "ab bc", "abc", set(), id="DOIs that differ in case"),
        pytest.param(
            {"doi": {"a": "10.48550/arXiv.2401.00001", "c": "10.1/c"}}, "ab bc", "abc", set(), id="preprint DOI"
        ),
        pytest.param(
            {"doi": {"a": "10.1101/2020.01.02.123456", "c": "10.1101/gr.123"}}, "ab bc", "abc", set(), id="bioRxiv DOI"
        ),
        pytest.param(
            {"doi": {"a": "10.48550/arXiv.2401.00001v2"}, "arxiv_id": {"c": "2401.00002"}},
            "ab bc",
            "ab c",
            {"bc"},
            id="the arXiv id in a DOI counts",
        ),
        pytest.param({"arxiv_id": {"a": "2401.00001v1", "c": "2401.00001v2"}}, "ab bc", "abc", set(), id="versions"),
        pytest.param({"s2_id": {"a": "1", "c": "2"}}, "ab bc", "abc", set(), id="a kind that may differ"),
    ],
)
def test_identifiers(stated: dict[str, dict[str, str]], matches: str, expected: str, cut: set[str]) -> None:
    names = sorted(set(matches) - {" "})
    found = cluster(records("".join(names), **stated), pairs(matches, ab=0.99), judged())
    assert groups(found) == expected
    assert cuts(found) == {(pair, "id_conflict") for pair in cut}


def test_the_weaker_link_gives_way() -> None:
    ids = {"a": "1", "c": "2"}
    assert groups(cluster(records("abc", arxiv_id=ids), pairs("ab bc", ab=0.8, bc=0.99), judged())) == "a bc"


def test_what_is_told_of_an_identifier_is_plain_and_short() -> None:
    hostile = {"a": "10.1/\x1b[31m\n" + "x" * 500, "c": "10.1/c"}
    (detail,) = cluster(records("abc", doi=hostile), pairs("ab bc"), judged()).cuts["detail"]
    assert detail.isprintable()
    assert len(detail) < 300


@pytest.mark.parametrize(
    ("same", "different", "expected", "told"),
    [
        pytest.param("ad", "", "abd c", set(), id="joins what the model does not"),
        pytest.param("ac cd", "", "abcd", {("bc", "outvoted")}, id="transitively"),
        pytest.param("", "ab", "a b c d", {("ab", "judged_different")}, id="separates what the model joins"),
        pytest.param("ac", "bc", "ac b d", {("ab", "judged_different")}, id="separates by way of a third"),
        pytest.param("", "cd", "ab c d", set(), id="separates what is apart anyway"),
    ],
)
def test_judgements(same: str, different: str, expected: str, told: set[tuple[str, str]]) -> None:
    found = cluster(records("abcd"), pairs("ab", "bc cd ac"), judged(same, different))
    assert groups(found) == expected
    assert cuts(found) == told


def test_a_judgement_joins_two_identifiers_and_excuses_them() -> None:
    ids = {"a": "1", "b": "2", "c": "1", "d": "2"}
    found = cluster(records("abcd", arxiv_id=ids), pairs("ac bd"), judged("ab"))
    assert groups(found) == "abcd"


def test_a_judgement_splits_a_chain_at_its_weaker_end() -> None:
    found = cluster(records("abcd"), pairs("ab bc cd", bc=0.7), judged(different="ad"))
    assert groups(found) == "ab cd"
    assert cuts(found) == {("bc", "judged_different")}
    assert IDS["d"] in found.cuts["detail"].item()


def test_contradicting_judgements_are_told() -> None:
    found = cluster(records("abc"), pairs("ab bc ac"), judged("ab bc", "ac"))
    assert groups(found) == "ab c"
    assert ("ac", "judgement_conflict") in cuts(found)


def test_a_judgement_may_go_by_way_of_a_listing_that_is_gone() -> None:
    assert groups(cluster(records("abc"), pairs(), judged("ax cx"))) == "ac b"
    assert groups(cluster(records("abc"), pairs("ac"), judged("ax", "cx"))) == "a b c"
    assert groups(cluster(records("abc"), pairs("ab az"), judged("yz", "xz"))) == "ab c"


LONG = "abcdefghijklmnopqrst"


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        pytest.param("same_title_and_abstract", 1, id="equal texts are equal along a chain"),
        pytest.param("same_arxiv_id", 1, id="so are equal identifiers"),
        pytest.param("strong_evidence", 0, id="a chain of likenesses is taken apart"),
    ],
)
def test_the_size_cap(monkeypatch: pytest.MonkeyPatch, reason: str, expected: int) -> None:
    monkeypatch.setattr(clustering, "SIZE_CAP", 8)
    chain = " ".join(LONG[n : n + 2] for n in range(len(LONG) - 1))
    found = cluster(records(LONG), pairs(chain).with_columns(reason=pl.lit(reason)), judged())
    assert (found.groups["cluster"].n_unique() == 1) == bool(expected)
    assert {reason for _, reason in cuts(found)} == (set() if expected else {"size_cap"})


def test_dense_agreement_is_not_capped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clustering, "SIZE_CAP", 8)
    everyone = " ".join(a + b for a in LONG for b in LONG if a < b)
    assert cluster(records(LONG), pairs(everyone), judged()).groups["cluster"].n_unique() == 1


@pytest.mark.parametrize("one_to_one", [False, True], ids=["free", "one to one"])
def test_nothing_in_nothing_out(*, one_to_one: bool) -> None:
    found = cluster(records(""), pairs(), judged(), one_to_one=one_to_one)
    assert found.groups.schema == {"listing_id": pl.String, "cluster": pl.String}
    assert found.groups.is_empty()
    assert found.cuts.columns == list(ClusterCuts.to_schema().columns)


LETTERS = "abcdefgh"
PAIR = st.tuples(st.sampled_from(LETTERS), st.sampled_from(LETTERS)).filter(lambda pair: pair[0] < pair[1])
GRAPHS = st.fixed_dictionaries(
    {
        "pairs": st.dictionaries(
            PAIR, st.tuples(st.sampled_from(["match", "match", "no_match", "unsure"]), st.floats(0, 1)), max_size=20
        ),
        "arxiv_id": st.dictionaries(st.sampled_from(LETTERS), st.sampled_from("12"), max_size=3),
        "doi": st.dictionaries(st.sampled_from(LETTERS), st.sampled_from(["10.1/a", "10.1/b", "10.1/c"]), max_size=4),
        "source": st.fixed_dictionaries({name: st.sampled_from(["one", "two", "three"]) for name in LETTERS}),
        "judged": st.dictionaries(PAIR, st.sampled_from(["same", "different"]), max_size=3),
        "one_to_one": st.booleans(),
        "size_cap": st.sampled_from([2, 4, 1000]),
    }
)


def drawn(graph: dict[str, object]) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    decided = [
        (IDS[a], IDS[b], decision, "strong_evidence" if decision == "match" else "weak_evidence", score)
        for (a, b), (decision, score) in graph["pairs"].items()
    ]
    told = [(IDS[a], IDS[b], verdict) for (a, b), verdict in graph["judged"].items()]
    return (
        records(LETTERS, arxiv_id=graph["arxiv_id"], doi=graph["doi"], source=graph["source"]),
        pl.DataFrame(decided, schema=pairs().schema, orient="row"),
        pl.DataFrame(told, schema=judged().schema, orient="row"),
    )


@settings(max_examples=60)
@given(GRAPHS, st.integers(0, 2**32 - 1))
def test_the_order_of_rows_changes_nothing(graph: dict[str, object], seed: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clustering, "SIZE_CAP", graph["size_cap"])
        given_rows = drawn(graph)
        shuffled = [rows.sample(fraction=1, shuffle=True, seed=seed) for rows in given_rows]
        one, other = (cluster(*rows, one_to_one=graph["one_to_one"]) for rows in (given_rows, shuffled))
    assert one.groups.equals(other.groups)
    assert one.cuts.equals(other.cuts)


@settings(max_examples=60)
@given(GRAPHS)
def test_groups_part_the_records_and_keep_the_rules(graph: dict[str, object]) -> None:
    rows, decided, told = drawn(graph)
    found = cluster(rows, decided, told, one_to_one=graph["one_to_one"])
    ClusterCuts.validate(found.cuts, lazy=True)
    assert found.groups["listing_id"].to_list() == sorted(rows["listing_id"])
    assert found.groups.select(first=pl.col("listing_id").min().over("cluster"))["first"].equals(
        found.groups["cluster"].rename("first")
    )
    group = dict(found.groups.iter_rows())
    in_dispute = {reason for _, reason in cuts(found)} >= {"judgement_conflict"}
    for a, b, verdict in told.iter_rows():
        assert in_dispute or (group[a] == group[b]) == (verdict == "same")
    if told.is_empty():
        sides = rows.join(found.groups, on="listing_id").group_by("cluster")
        assert sides.agg(pl.col("arxiv_id").drop_nulls().n_unique())["arxiv_id"].max() <= 1
        if graph["one_to_one"]:
            assert not sides.agg(pl.col("source").is_duplicated().any())["source"].any()
    departed = {(a, b) for a, b, *_ in found.cuts.iter_rows()}
    for a, b, decision, *_ in decided.iter_rows():
        assert (
            (group[a] == group[b]) == (decision == "match")
            or decision == "unsure"
            or (a, b) in departed
            or ("same" in told["verdict"])
        )


@settings(max_examples=40)
@given(GRAPHS)
def test_a_component_is_grouped_without_a_look_at_the_others(graph: dict[str, object]) -> None:
    rows, decided, told = drawn(graph)
    beside = records("ijklm"), pairs("ij jk kl lm", "ik jl")
    alone = cluster(rows, decided, told)
    among = cluster(pl.concat([beside[0], rows]), pl.concat([beside[1], decided]), told)
    assert among.groups.filter(pl.col("listing_id").is_in(rows["listing_id"].implode())).equals(alone.groups)
