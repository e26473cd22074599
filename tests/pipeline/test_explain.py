"""`sheaf explain`: what was seen and decided, what joins two listings or keeps them apart, and what never met."""

import json
import re
from pathlib import Path

import pytest

from assets.dedupe.decide import RULE_VERSION
from assets.dedupe.judgements import store as judgements
from assets.dedupe.weights import PRIOR, WEIGHTS
from schemas.matches import MatchPairs
from schemas.render import column_facts
from tests.frames import listing_id
from tests.pipeline.linked import call_here as sheaf
from tests.pipeline.linked import cut, pair, paper_id, publish_home

HOSTILE = "Escape \x1b[31mRed\x1b[0m [bold]Markup[/bold] \u202eReversed =1+1"
SAME_TEXT = {"title": "Sorting Letters by Candlelight", "abstract": "We sort letters by candlelight, and count them."}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = publish_home(
        tmp_path_factory.mktemp("explained"),
        {"one": ["red", "blue", "green"], "two": ["grey", "pink"], "three": ["teal"], "four": ["gold"]},
        [
            pair("red", "blue", "match", 0.99, "same_title_and_abstract", same_arxiv_id=True),
            pair("blue", "green", "match", 0.95),
            pair("red", "green", "no_match", 0.2, "weak_evidence"),
            pair("green", "grey", "match", 0.91),
            pair("grey", "pink", "match", 0.97, "same_doi", same_doi=True),
            pair("teal", "pink", "unsure", 0.61, "unclear_evidence"),
        ],
        cuts=[
            cut("green", "grey", "bridge", "Only this pair joins the two."),
            cut("loose", "teal", "id_conflict", "Two identifiers."),
            cut("source", "teal", "id_conflict", "Of another listing."),
        ],
        loose=["loose", "source"],
        facts={
            "red": {**SAME_TEXT, "authors": ["Ada Anker", "Bo Brandt"], "year": 2020, "doi": "10.5555/red"},
            "blue": {**SAME_TEXT, "authors": ["A. Anker"], "year": 2021},
            "teal": {"title": HOSTILE, "authors": ["\x9b31m"]},
            "gold": SAME_TEXT,
        },
    )
    judgements.record(home, listing_id("red"), listing_id("gold"), "same", author="Ada", note="Seen \u202eboth.")
    judgements.undo(home)
    judgements.record(home, listing_id("red"), listing_id("gold"), "different", author="Bo")
    return home


def explain(home: Path, one: str, other: str) -> str:
    done = sheaf("explain", listing_id(one), listing_id(other), "--home", home)
    assert done.returncode == 0, done.stderr
    return done.stdout


def as_json(home: Path, one: str, other: str) -> dict[str, object]:
    done = sheaf("explain", listing_id(one)[:10], listing_id(other), "--home", home, "--json")
    assert done.returncode == 0, done.stderr
    assert done.stdout.isascii()
    return json.loads(done.stdout)


def test_both_listings_side_by_side(home: Path) -> None:
    lines = explain(home, "red", "blue").splitlines()
    assert lines[0] == "field\t\tA\tB"
    assert "title\t=\tSorting Letters by Candlelight\tSorting Letters by Candlelight" in lines
    assert "authors\t≠\tAda Anker, Bo Brandt\tA. Anker" in lines
    assert "year\t≠\t2020\t2021" in lines
    assert "doi\t\t10.5555/red\t" in lines


def test_every_feature_is_shown_with_its_meaning(home: Path) -> None:
    shown = explain(home, "red", "blue")
    keys = {"listing_a", "listing_b", "decision", "reason", "score", "blocked_by", "rule_version"}
    features = [one for one in column_facts(MatchPairs) if one.name not in keys]
    for one in features:
        assert re.search(rf"^{one.name}\t[^\t]*\t\t{re.escape(one.description)}$", shown, re.MULTILINE)
    assert "same_arxiv_id\tyes\t" in shown
    told = as_json(home, "red", "blue")["pair"]["features"]
    assert [one["feature"] for one in told] == [one.name for one in features]


def test_the_weights_of_the_evidence_add_up(home: Path) -> None:
    shown = explain(home, "red", "teal")
    assert f"\t\t{PRIOR:+g}\tBefore anything is compared." in shown
    pair = as_json(home, "red", "teal")["would_be"]
    assert pair["prior_bits"] == PRIOR
    told = pair["features"]
    bits = next(one["value"] for one in told if one["feature"] == "bits")
    weighed = [one for one in told if one["bits"] is not None]
    assert {one["feature"] for one in weighed} == {f"{field}_agreement" for field in WEIGHTS}
    assert bits == PRIOR + sum(one["bits"] for one in weighed)


def test_a_pair_of_other_rules_is_shown_beside_what_the_rules_say_now(home: Path) -> None:
    shown = explain(home, "red", "blue")
    assert shown.index("What was decided") < shown.index("What the rules of this version say")
    found = as_json(home, "red", "blue")
    assert found["pair"]["rule_version"] == "test-1"
    assert found["would_be"]["rule_version"] == RULE_VERSION


def test_what_was_decided_and_by_which_rules(home: Path) -> None:
    shown = explain(home, "red", "blue")
    for line in ("decision +match", r"reason +same_title_and_abstract: Title and abstract are .*", "rules +test-1"):
        assert re.search(rf"^{line}$", shown, re.MULTILINE)
    assert f"Both belong to {paper_id('one')}. Their own pair joins them." in shown


def test_the_shortest_chain_within_a_paper(home: Path) -> None:
    shown = explain(home, "red", "green")
    assert re.search(r"^decision +no_match$", shown, re.MULTILINE)
    assert "A chain of 2 matching pairs joins them:" in shown
    steps = as_json(home, "red", "green")["chain"]
    assert [(step["from"], step["to"]) for step in steps] == [
        (listing_id("red"), listing_id("blue")),
        (listing_id("blue"), listing_id("green")),
    ]


def test_the_cut_between_two_papers(home: Path) -> None:
    shown = explain(home, "blue", "pink")
    assert f"A belongs to {paper_id('one')}, B to {paper_id('two')}. A chain of matching pairs joins them" in shown
    assert "Only this pair joins the two." in shown
    crossing = [step for step in as_json(home, "blue", "pink")["chain"] if len(set(step["papers"])) > 1]
    assert [(step["from"], step["to"]) for step in crossing] == [(listing_id("green"), listing_id("grey"))]
    assert re.search(rf"^{listing_id('green')}\t{listing_id('grey')}\t.*\tyes$", shown, re.MULTILINE)


def test_a_pair_that_was_never_compared(home: Path) -> None:
    shown = explain(home, "red", "teal")
    assert "No blocking key brought them together: they share none." in shown
    assert "What would have been decided" in shown
    found = as_json(home, "red", "teal")
    assert (found["compared"], found["keys"]["shared"]) == (False, [])
    assert found["keys"]["alone"][listing_id("red")]
    assert found["would_be"]["features"]
    assert "No chain of matching pairs joins them." in shown


def test_keys_that_both_have_and_that_did_not_bring_them_together(home: Path) -> None:
    shown = explain(home, "blue", "gold")
    assert "They share blocking keys" in shown
    found = as_json(home, "blue", "gold")
    assert found["keys"]["shared"]
    assert found["would_be"]["decision"] == "match"
    assert found["would_be"]["reason_meaning"]


def test_other_listings_of_the_two_papers_that_were_compared(home: Path) -> None:
    assert f"sheaf explain {' '.join(sorted((listing_id('pink'), listing_id('teal'))))}" in explain(
        home, "grey", "teal"
    )


def test_a_listing_of_a_reference_that_no_paper_has(home: Path) -> None:
    shown = explain(home, "teal", "loose")
    assert f"A belongs to {paper_id('three')}, B to no paper. No chain of matching pairs joins them." in shown
    found = as_json(home, "teal", "loose")
    assert found["same_paper"] is False
    assert [one["detail"] for one in found["cuts"]] == ["Two identifiers."]
    assert "A belongs to no paper, B to no paper." in explain(home, "source", "loose")


def test_a_pair_that_was_never_compared_is_rendered_as_in_a_run(tmp_path: Path) -> None:
    words = "sails that are folded twice keep their shape in rain, and those that are not lose it by noon; " * 2
    home = publish_home(
        tmp_path,
        {"page": ["shown"]},
        loose=["source"],
        facts={"shown": {"title": "Sails"}, "source": {"title": "Folding"}},
        raw={"shown": f"{words} sim1,400 of them", "source": rf"{words} $\sim$1,400 of \textbf{{them}}"},
    )
    assert [one["kind"] for one in as_json(home, "shown", "source")["keys"]["shared"]] == ["rendered"]


def test_judgements_on_the_pair(home: Path) -> None:
    shown = explain(home, "gold", "red")
    table = shown[shown.index("Judgements") :].splitlines()
    assert [line.split("\t")[:2] for line in table[2:]] == [["different", "Bo"], ["same", "Ada"]]
    assert table[3].split("\t")[3]
    assert len(as_json(home, "gold", "red")["judgements"]) == 2


def test_what_dumps_smuggle_in_never_reaches_the_terminal(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for other in ("red", "pink"):
        assert not re.search("[\x1b\x9b\u202e]", explain(home, "teal", other))
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "dumb")
    shown = explain(home, "gold", "red") + explain(home, "teal", "pink")
    assert "[bold]Markup[/bold]" in " ".join(shown.split())
    assert not re.search("[\x1b\x9b\u202e]", shown)


def test_papers_stand_for_their_first_listings(home: Path) -> None:
    done = sheaf("explain", paper_id("three"), paper_id("four")[:9], "--home", home, "--json")
    sides = json.loads(done.stdout)["listings"]
    assert [side["listing_id"] for side in sides] == [listing_id("teal"), listing_id("gold")]


@pytest.mark.parametrize(
    ("words", "says", "code"),
    [
        pytest.param([listing_id("red")], "missing", 2, id="one listing"),
        pytest.param([listing_id("red"), listing_id("red")], "both are the listing", 2, id="one listing twice"),
        pytest.param([listing_id("red"), "ffffffff"], "there is no listing", 1, id="unknown"),
    ],
)
def test_what_is_refused_is_one_line(home: Path, words: list[str], says: str, code: int) -> None:
    done = sheaf("explain", *words, "--home", home)
    assert (done.returncode, len(done.stderr.splitlines())) == (code, 1)
    assert says in done.stderr.lower()
