"""Known issues: everything that tables say is wrong is counted, of every kind, with a query that lists where it is."""

import json

import pytest

from assets.release.documents.issues import Found, find
from assets.release.documents.known_issues import ANY, FAMILIES
from assets.release.layout import INNER
from assets.release.snapshot import Selection
from schemas.release_vocabulary import Severity
from schemas.vocabulary import DumpReason, Flag, RejectReason
from tests import releases
from tests.drafts import WHOLE, snapshot_of
from tests.frames import dump_id, listing_id, table


def found_in(folder, selection: Selection = WHOLE, **changed) -> Found:
    return find(snapshot_of(folder / "release", {**releases.frames(), **changed}, selection))


def counts(found: Found) -> dict[str, tuple[int, int]]:
    return {issue.id: (issue.count, issue.of) for issue in found.issues}


def test_what_is_wrong_is_counted_with_its_share_and_places(tmp_path) -> None:
    tables = releases.frames()
    first, second = (listing_id(releases.paper_id(number)) for number in (1, 2))
    found = found_in(
        tmp_path,
        dumps=table(
            "dumps",
            [
                *tables["dumps"].to_dicts(),
                {"dump_id": dump_id("x"), "uri": "x.bin", "format": "unknown", "compression": "none", "role": "feed"}
                | {"status": "rejected", "reason": DumpReason.BINARY_FILE, "size_bytes": 1, "page_count": 0}
                | {"listing_count": 0},
            ],
        ),
        rejected_listings=table(
            "rejected_listings",
            [{"listing_id": listing_id("gone"), "dump_id": dump_id("d"), "stage": "parse", "rule_version": "1"}],
            reason=RejectReason.DUPLICATE_KEYS,
        ),
        cluster_cuts=table(
            "cluster_cuts", [{"listing_a": first, "listing_b": second, "reason": "bridge", "detail": ""}]
        ),
        paper_values=table(
            "paper_values",
            [{"listing_id": one, "value": one, "chosen": one == first} for one in (first, second)],
            paper_id=releases.paper_id(1),
            field="venue",
            differs=True,
            rule="first",
        ),
        paper_aliases=table(
            "paper_aliases",
            [{"old_paper_id": "p" + "a" * 16, "paper_id": "p" + "b" * 16, "since": releases.date(2025, 1, 1)}],
        ),
    )
    told = counts(found)
    assert told["dump_turned_away:binary_file"] == (1, 2)
    assert told["record_rejected:duplicate_keys"] == (1, 3)
    assert told["flag:math_loss"] == (1, 3)
    assert told["conflict:venue"] == (1, 3)
    assert told["group:bridge"][0] == 1
    assert told["alias:leads_nowhere"] == (1, 1)
    assert told["empty:doi"] == (3, 3)
    assert told["empty:abstract"] == (1, 3)
    assert "page_without_day:ambiguous" in found.absent
    flag = next(issue for issue in found.issues if issue.id == "flag:math_loss")
    assert (flag.percent, flag.examples) == (33.3, (releases.paper_id(2),))
    grades = [list(Severity).index(issue.severity) for issue in found.issues]
    assert grades == sorted(grades)


def test_what_is_not_released_is_not_looked_for(tmp_path) -> None:
    found = found_in(tmp_path, Selection.of(["papers"], ["parquet"], None))
    assert {"record_rejected", "pair", "link", "conflict"} <= set(found.not_counted)
    assert all(issue.id.partition(":")[0] in {"flag", "empty"} for issue in found.issues)


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_every_kind_has_a_meaning(family) -> None:
    assert family.meanings
    assert all(meaning.strip().endswith(".") for meaning in family.meanings.values())


def test_vocabularies_are_looked_through_to_the_end() -> None:
    meanings = {family.name: set(family.meanings) - {ANY} for family in FAMILIES}
    assert meanings["flag"] == set(Flag)
    assert meanings["record_rejected"] == set(RejectReason)
    assert len({family.name for family in FAMILIES}) == len(FAMILIES)


def test_every_table_that_is_asked_is_in_the_catalog(tmp_path) -> None:
    assert found_in(tmp_path).not_counted == ()
    assert INNER


def test_the_file_says_what_was_odd(release_folder) -> None:
    told = json.loads((release_folder / "issues.json").read_text(encoding="utf-8"))
    assert set(told) == {"version", "note", "issues", "absent", "not_counted", "warnings"}
    assert told["warnings"] == []
