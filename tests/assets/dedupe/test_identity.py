"""Ids that last: resolved before minted, merged with an alias, split with a new id, never used again."""

from datetime import date

import polars as pl

from assets.dedupe import identity
from assets.dedupe.keys import listing_keys
from tests.frames import clean, table

TODAY = date(2026, 5, 1)
NOTHING = (table("paper_keys", []), table("paper_aliases", []))


def resolve(rows: pl.DataFrame, groups: list[str], known: pl.DataFrame, aliases: pl.DataFrame) -> identity.Identities:
    """Groups are strings of one-letter listing names, such as ["ab", "c"]."""
    ids = dict(zip(NAMES, rows["listing_id"], strict=False))
    cluster = {ids[name]: min(ids[other] for other in group) for group in groups for name in group}
    kept = rows.filter(pl.col("listing_id").is_in(list(cluster)))
    frame = kept.select("listing_id", cluster=pl.col("listing_id").replace_strict(cluster))
    return identity.resolve(frame, listing_keys(kept), known, aliases, TODAY)


NAMES = "abcd"
ROWS = clean(*({"id": name, "title": f"Paper {name}", "arxiv_id": f"2401.0000{n}"} for n, name in enumerate(NAMES)))
IDS = dict(zip(NAMES, ROWS["listing_id"], strict=True))


def paper(who: identity.Identities, group: str) -> str:
    cluster = min(IDS[name] for name in group)
    found = who.paper_ids.filter(pl.col("cluster") == cluster)["paper_id"]
    assert len(found) == 1
    return found[0]


def test_ids_come_from_the_keys_alone() -> None:
    first, again = resolve(ROWS, ["a", "b"], *NOTHING), resolve(ROWS.reverse(), ["d", "c"], *NOTHING)
    assert paper(first, "a") != paper(first, "b")
    assert resolve(ROWS, ["b", "a"], *NOTHING).paper_ids.equals(first.paper_ids)
    assert again.minted_count == 2


def test_adding_listings_changes_no_id() -> None:
    first = resolve(ROWS, ["a", "b"], *NOTHING)
    later = resolve(ROWS, ["ac", "b", "d"], first.keys, first.aliases)
    assert (paper(later, "ac"), paper(later, "b")) == (paper(first, "a"), paper(first, "b"))
    assert (later.minted_count, later.split_count, later.aliases.height) == (1, 0, 0)


def test_a_merge_leaves_an_alias() -> None:
    first = resolve(ROWS, ["a", "bc"], *NOTHING)
    later = resolve(ROWS, ["abc"], first.keys, first.aliases)
    assert paper(later, "abc") == paper(first, "bc"), "the larger part keeps its id"
    assert later.aliases.rows() == [(paper(first, "a"), paper(first, "bc"), TODAY)]
    assert set(later.keys["paper_id"]) == {paper(first, "bc")}


def test_aliases_lead_on_to_the_paper_that_is_there_now() -> None:
    first = resolve(ROWS, ["a", "bc", "d"], *NOTHING)
    second = resolve(ROWS, ["abc", "d"], first.keys, first.aliases)
    third = resolve(ROWS, ["abcd"], second.keys, second.aliases)
    assert set(third.aliases["paper_id"]) == {paper(third, "abcd")}
    assert set(third.aliases["old_paper_id"]) == {paper(first, "a"), paper(first, "d")}


def test_a_split_keeps_one_id_and_mints_another_that_was_never_used() -> None:
    first = resolve(ROWS, ["a", "bc"], *NOTHING)
    merged = resolve(ROWS, ["abc"], first.keys, first.aliases)
    split = resolve(ROWS, ["a", "bc"], merged.keys, merged.aliases)
    assert paper(split, "bc") == paper(first, "bc")
    assert paper(split, "a") not in {paper(first, "a"), paper(first, "bc")}
    assert (split.minted_count, split.split_count) == (1, 1)


def test_an_id_is_remembered_while_its_dump_is_gone() -> None:
    first = resolve(ROWS, ["a", "b"], *NOTHING)
    without = resolve(ROWS, ["b"], first.keys, first.aliases)
    assert without.paper_ids.height == 1
    back = resolve(ROWS, ["a", "b"], without.keys, without.aliases)
    assert back.paper_ids.equals(first.paper_ids)


def test_a_listing_without_any_key_has_an_id_too() -> None:
    rows = clean({"id": "a", "abstract": None}, {"id": "b", "abstract": None})
    who = resolve(rows, ["a", "b"], *NOTHING)
    assert who.paper_ids["paper_id"].n_unique() == 2
    assert resolve(rows, ["a", "b"], who.keys, who.aliases).paper_ids.equals(who.paper_ids)


def test_a_taken_id_is_salted() -> None:
    plain = resolve(ROWS, ["a"], *NOTHING)
    taken = pl.DataFrame({"key": ["arxiv:9901.00001"], "paper_id": [paper(plain, "a")]})
    assert paper(resolve(ROWS, ["a"], taken, NOTHING[1]), "a") != paper(plain, "a")


def test_no_listings_is_no_error() -> None:
    who = resolve(ROWS, [], *NOTHING)
    assert (who.paper_ids.height, who.keys.height, who.aliases.height) == (0, 0, 0)
