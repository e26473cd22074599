"""Ids that last: resolved before minted, merged with an alias, split with a new id, never used again."""

from datetime import date

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.dedupe.papers import identity
from assets.dedupe.papers.identity import Identities, Known
from assets.dedupe.papers.identity_keys import identity_keys
from schemas.papers import PaperAliases, PaperKeys, PaperSplits
from tests.frames import clean, listing_id

TODAY, LATER = date(2026, 5, 1), date(2026, 6, 1)
NOTHING = Known.nothing()


def grouped(rows: pl.DataFrame, groups: list[str]) -> pl.DataFrame:
    """Groups are strings of one-letter listing names, such as ["ab", "c"]."""
    cluster = {listing_id(name): min(map(listing_id, group)) for group in groups for name in group}
    kept = rows.filter(pl.col("listing_id").is_in(list(cluster)))
    return kept.select("listing_id", cluster=pl.col("listing_id").replace_strict(cluster, return_dtype=pl.String))


def resolve(rows: pl.DataFrame, groups: list[str], known: Known = NOTHING, today: date = TODAY) -> Identities:
    found = grouped(rows, groups)
    return identity.resolve(found, identity_keys(rows.join(found, on="listing_id", how="semi")), known, today)


def published(who: Identities, rows: pl.DataFrame, groups: list[str]) -> Known:
    """What the next run remembers."""
    for model, register in ((PaperKeys, who.keys), (PaperAliases, who.aliases), (PaperSplits, who.splits)):
        model.validate(register, lazy=True)
    listings = grouped(rows, groups).join(who.paper_ids, on="cluster").select("paper_id", "listing_id")
    return Known(who.keys, who.aliases, who.splits, listings)


def run(rows: pl.DataFrame, groups: list[str], known: Known = NOTHING) -> tuple[Identities, Known]:
    who = resolve(rows, groups, known)
    return who, published(who, rows, groups)


NAMES = "abcd"
ROWS = clean(*({"id": name, "title": f"Paper {name}", "arxiv_id": f"2401.0000{n}"} for n, name in enumerate(NAMES)))
BARE = clean(*({"id": name, "title": f"Paper {name}", "abstract": None} for name in NAMES))


def paper(who: Identities, group: str) -> str:
    cluster = min(map(listing_id, group))
    (found,) = who.paper_ids.filter(pl.col("cluster") == cluster)["paper_id"]
    return found


def test_ids_come_from_the_keys_alone() -> None:
    first, again = resolve(ROWS, ["a", "b"]), resolve(ROWS.reverse(), ["d", "c"])
    assert paper(first, "a") != paper(first, "b")
    assert resolve(ROWS, ["b", "a"]).paper_ids.equals(first.paper_ids)
    assert again.minted_count == 2


def test_adding_listings_changes_no_id() -> None:
    first, known = run(ROWS, ["a", "b"])
    later = resolve(ROWS, ["ac", "b", "d"], known)
    assert (paper(later, "ac"), paper(later, "b")) == (paper(first, "a"), paper(first, "b"))
    assert (later.minted_count, later.merged_count, later.new_splits.height) == (1, 0, 0)


def test_a_merge_leaves_an_alias() -> None:
    first, known = run(ROWS, ["a", "bc"])
    later = resolve(ROWS, ["abc"], known)
    assert paper(later, "abc") == paper(first, "bc"), "the larger part keeps its id"
    assert later.aliases.rows() == [(paper(first, "a"), paper(first, "bc"), TODAY)]
    assert set(later.keys["paper_id"]) == {paper(first, "bc")}
    assert (later.merged_count, later.new_splits.height) == (1, 0)


def test_aliases_lead_on_to_the_paper_that_is_there_now() -> None:
    first, known = run(ROWS, ["a", "bc", "d"])
    _, known = run(ROWS, ["abc", "d"], known)
    third = resolve(ROWS, ["abcd"], known)
    assert set(third.aliases["paper_id"]) == {paper(third, "abcd")}
    assert set(third.aliases["old_paper_id"]) == {paper(first, "a"), paper(first, "d")}


def test_a_split_keeps_one_id_mints_another_and_says_so() -> None:
    first, known = run(ROWS, ["abc"])
    split, known = run(ROWS, ["a", "bc"], known)
    assert paper(split, "bc") == paper(first, "abc")
    assert paper(split, "a") != paper(first, "abc")
    assert split.splits.rows() == [(paper(first, "abc"), paper(split, "a"), TODAY, 1)]
    assert (split.new_splits.height, split.minted_count) == (1, 1)
    later = resolve(ROWS, ["a", "bc"], known, LATER)
    assert (later.new_splits.height, later.minted_count) == (0, 0)
    assert later.splits.equals(split.splits), "a split stays told"


def test_a_merge_that_is_taken_back_gives_the_ids_back() -> None:
    first, known = run(ROWS, ["a", "bc"])
    _, known = run(ROWS, ["abc"], known)
    split, _ = run(ROWS, ["a", "bc"], known)
    assert (paper(split, "a"), paper(split, "bc")) == (paper(first, "a"), paper(first, "bc"))
    assert split.aliases.is_empty(), "an id in use is no alias"
    assert split.splits.rows() == [(paper(first, "bc"), paper(first, "a"), TODAY, 1)]
    assert split.minted_count == 0


def test_a_listing_that_goes_to_a_known_paper_is_told_too() -> None:
    first, known = run(ROWS, ["abc", "d"])
    later = resolve(ROWS, ["ab", "cd"], known)
    assert (paper(later, "ab"), paper(later, "cd")) == (paper(first, "abc"), paper(first, "d"))
    assert later.splits.rows() == [(paper(first, "abc"), paper(first, "d"), TODAY, 1)]
    assert later.aliases.is_empty()


def test_a_split_that_is_taken_back_leaves_its_id_as_an_alias() -> None:
    for group, parts in (("abc", ["a", "bc"]), ("ab", ["a", "b"])):
        first, known = run(BARE, [group])
        split, known = run(BARE, parts, known)
        again = resolve(BARE, [group], known)
        new = set(split.paper_ids["paper_id"]) - {paper(first, group)}
        assert paper(again, group) == paper(first, group), "also when both parts are of one size"
        assert again.aliases.rows() == [(*new, paper(first, group), TODAY)]


def test_an_id_is_remembered_while_its_dump_is_gone() -> None:
    first, known = run(ROWS, ["a", "b"])
    without, known = run(ROWS, ["b"], known)
    assert without.paper_ids.height == 1
    assert resolve(ROWS, ["a", "b"], known).paper_ids.equals(first.paper_ids)


def test_a_dump_that_comes_back_does_not_take_the_id_of_what_stayed() -> None:
    first, known = run(BARE, ["abc"])
    _, known = run(BARE, ["a"], known)
    later = resolve(BARE, ["a", "bc"], known)
    assert paper(later, "a") == paper(first, "abc"), "it is in use"
    assert later.splits.rows() == [(paper(first, "abc"), paper(later, "bc"), TODAY, 2)]


def test_a_listing_without_any_other_key_keeps_its_id() -> None:
    first, known = run(BARE, ["a", "b"])
    assert first.paper_ids["paper_id"].n_unique() == 2
    assert resolve(BARE, ["a", "b"], known).paper_ids.equals(first.paper_ids)


def test_a_text_that_other_rules_clean_differently_keeps_its_id() -> None:
    texts = clean(*({"id": name, "title": f"Paper {name}"} for name in NAMES))
    first, known = run(texts, ["ab", "c"])
    other = texts.with_columns(title_search=pl.col("title_search") + " cleaned otherwise")
    assert resolve(other, ["ab", "c"], known).paper_ids.equals(first.paper_ids)


def test_a_dump_that_is_captured_anew_keeps_its_ids() -> None:
    old = clean({"id": "a", "doi": "10.1/a"}, {"id": "b", "title": "No id"}, work("c"))
    new = clean({"id": "x", "doi": "10.1/a", "title": "New title"}, {"id": "y", "title": "No id"}, work("z"))
    first, known = run(old, ["a", "b", "c"])
    later = resolve(new, ["x", "y", "z"], known)
    assert [paper(later, name) for name in "xyz"] == [paper(first, name) for name in "abc"]
    assert later.minted_count == 0


def work(name: str, **row: object) -> dict[str, object]:
    told = {"title": "Counting Gulls from the Harbour", "abstract": None, "authors": ["A. Lee"], "year": 2020}
    return {"id": name, **told, **row}


def test_title_author_and_year_merge_nothing() -> None:
    first, known = run(clean(work("a")), ["a"])
    both, known = run(clean(work("a"), work("b")), ["a", "b"], known)
    assert paper(both, "a") == paper(first, "a") != paper(both, "b")
    assert resolve(clean(work("b")), ["b"], known).paper_ids["paper_id"][0] == paper(both, "b")
    mixed = clean(work("a"), {"id": "c", "doi": "10.1/c"}, work("d"))
    _, known = run(mixed, ["c"])
    _, known = run(mixed, ["a"], known)
    later = resolve(mixed, ["cd"], known)
    assert later.aliases.is_empty(), "the work alone is no proof that the two papers are one"


def test_a_key_that_two_papers_state_names_neither() -> None:
    rows = clean({"id": "a", "doi": "10.1/volume"}, {"id": "b", "doi": "10.1/volume", "title": "Other"})
    first, known = run(rows, ["a"])
    both, known = run(rows, ["a", "b"], known)
    assert paper(both, "a") == paper(first, "a")
    assert "doi:10.1/volume" not in set(both.keys["key"])
    alone = resolve(rows, ["b"], known)
    assert paper(alone, "b") == paper(both, "b")
    assert alone.aliases.is_empty()


def test_the_text_of_a_paper_that_is_gone_does_not_outweigh_another_identifier() -> None:
    rows = clean({"id": "a", "arxiv_id": "2401.00001"}, {"id": "b", "arxiv_id": "2401.00002"})
    first, known = run(rows, ["a"])
    later = resolve(rows, ["b"], known)
    assert paper(later, "b") != paper(first, "a")


def test_a_taken_id_is_salted() -> None:
    plain = paper(resolve(ROWS, ["a"]), "a")
    taken = pl.DataFrame({"key": ["arxiv:9901.00001"], "paper_id": [plain]})
    known = Known(taken, NOTHING.aliases, NOTHING.splits, NOTHING.listings)
    assert paper(resolve(ROWS, ["a"], known), "a") != plain


def test_a_home_that_was_published_before_listings_were_keys() -> None:
    first, known = run(ROWS, ["ab", "c"])
    keys = known.keys.filter(~pl.col("key").str.starts_with("listing:"))
    later = resolve(ROWS, ["ab", "c"], Known(keys, known.aliases, known.splits, known.listings))
    assert later.paper_ids.equals(first.paper_ids)
    assert later.keys.equals(first.keys)


def test_no_listings_is_no_error() -> None:
    who = resolve(ROWS, [])
    assert (who.paper_ids.height, who.keys.height, who.aliases.height, who.splits.height) == (0, 0, 0, 0)


LISTINGS = "abcdefgh"
STATED = clean(  # two share an id, two a text, two a work, and two say nothing that another could say
    {"id": "a", "arxiv_id": "2401.00001"},
    {"id": "b", "arxiv_id": "2401.00001", "title": "Second version"},
    {"id": "c", "title": "Twice"},
    {"id": "d", "title": "Twice"},
    work("e"),
    work("f"),
    {"id": "g", "abstract": None},
    {"id": "h", "title": "Twice", "doi": "10.1/h"},
)
GROUPINGS = st.lists(st.integers(0, 3), min_size=len(LISTINGS), max_size=len(LISTINGS))
"""The group of each listing; -1, drawn apart, that its dump is not there."""


def groups_of(labels: list[int], present: set[str]) -> list[str]:
    members: dict[int, str] = {}
    for name, label in zip(LISTINGS, labels, strict=True):
        if name in present:
            members[label] = members.get(label, "") + name
    return list(members.values())


def of_listings(known: Known) -> dict[str, str]:
    return dict(known.listings.select("listing_id", "paper_id").iter_rows())


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(GROUPINGS, st.sets(st.sampled_from(LISTINGS))), min_size=1, max_size=6))
def test_whatever_comes_goes_and_is_judged(runs: list[tuple[list[int], set[str]]]) -> None:
    known, given_ids, minted = NOTHING, set(), 0
    for labels, present in runs:
        groups = groups_of(labels, present)
        who, known = run(STATED, groups, known)
        ids = set(who.paper_ids["paper_id"])
        assert who.paper_ids.height == len(groups) == len(ids), "every paper has an id of its own"
        minted += who.minted_count
        given_ids |= ids
        assert len(given_ids) == minted, "a new id was never given before, and none comes back from elsewhere"
        retired, targets = set(who.aliases["old_paper_id"]), set(who.aliases["paper_id"])
        assert not retired & ids
        assert not retired & targets, "an alias leads to its paper at once: no chains, no cycles"
        assert targets <= ids | set(who.keys["paper_id"]), "which is there or remembered"
        assert given_ids == retired | set(who.keys["paper_id"]), "no id is ever forgotten"


@settings(max_examples=25, deadline=None)
@given(GROUPINGS, st.sets(st.sampled_from(LISTINGS)), st.sets(st.sampled_from(LISTINGS)))
def test_adding_changes_no_id(labels: list[int], before: set[str], gone: set[str]) -> None:
    groups = groups_of(labels, before | gone)
    _, known = run(STATED, groups, NOTHING)
    _, known = run(STATED, groups_of(labels, before), known)
    for everything in (groups, groups_of(labels, set(LISTINGS))):
        ids = of_listings(known)
        _, later = run(STATED, everything, known)
        assert ids.items() <= of_listings(later).items()
        known = later
