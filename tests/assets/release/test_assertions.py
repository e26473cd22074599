"""Assertions: each bites where the tables are damaged, none where they are not; a failed release leaves a report."""

import json
from dataclasses import replace
from datetime import date
from itertools import count

import polars as pl
import pytest

from assets.release.assertions import AssertionsError, Examination, examine, last_like
from assets.release.build import Released
from assets.release.manifest import Manifest, ReleaseError, SelectionError
from assets.release.store import Releases
from assets.release.thresholds import Thresholds, load
from assets.release.versions import Versions
from tests import releases
from tests.drafts import COUNTS, draft_of
from tests.frames import dump_id, listing_id, table

SIXTY = [
    {
        "title": f"Tides of harbour {number}",
        "abstract": f"We count tides in harbour {number}.",
        "arxiv_id": f"2403.{number:05}",
    }
    for number in range(60)
]


@pytest.fixture(scope="module")
def sound():
    return releases.frames(SIXTY)


@pytest.fixture(scope="module")
def thresholds(tmp_path_factory) -> Thresholds:
    return load(tmp_path_factory.mktemp("home"))


def test_sound_tables_keep_every_assertion(tmp_path, sound, thresholds) -> None:
    found = examine(draft_of(tmp_path, sound), thresholds, None)
    assert (found.faults, found.warnings) == ((), ())
    assert {one["verdict"] for one in found.report["assertions"]} == {"holds"}
    assert all(one["reason"] and one["meaning"] for one in found.report["assertions"])


def emptied(name):
    return lambda tables: {**tables, name: tables[name].clear()}


def changed(name, **columns):
    return lambda tables: {**tables, name: tables[name].with_columns(**columns)}


def doubled(name):
    return lambda tables: {**tables, name: pl.concat([tables[name], tables[name].head(1)])}


def without_first(name):
    return lambda tables: {**tables, name: tables[name].tail(-1)}


def added(name, **row):
    return lambda tables: {**tables, name: pl.concat([tables[name], table(name, [row])])}


ALIAS = {"old_paper_id": "p" + "a" * 16, "paper_id": releases.paper_id(1), "since": date(2025, 1, 1)}
CLASHES = table(
    "paper_values",
    [
        {"paper_id": releases.paper_id(number), "field": "venue", "value": listing, "listing_id": listing * 32}
        for number in range(1, 61)
        for listing in "ab"
    ],
    chosen=False,
    differs=True,
    rule="first",
)


DAMAGES = (
    (emptied("papers"), "rows papers is 0, at least 1 is needed"),
    (emptied("dumps"), "rows dumps is 0, at least 1 is needed"),
    (changed("papers", title=pl.lit("")), "filled title is 0 % (0 of 60), at least 100 % is needed"),
    (changed("papers", listing_count=2, conflict_count=1), "agreeing papers is 0 % (0 of 60)"),
    (changed("papers", record_type=pl.lit("novel")), "known papers.record_type is 0 % (0 of 60)"),
    (changed("papers", flags=pl.lit(["odd"])), "known papers.flags is 0 % (0 of 60)"),
    (doubled("papers"), "unique papers is 98.36 % (60 of 61)"),
    (doubled("neighbors"), "unique neighbors is 98.36 % (60 of 61)"),
    (without_first("papers"), "pointing paper_listings.paper_id is 98.33 % (59 of 60)"),
    (changed("neighbors", neighbor_id=pl.lit("p" + "f" * 16)), "pointing neighbors.neighbor_id is 0 % (0 of 60)"),
    (changed("ledger", rows_merged=pl.col("rows_merged") + 1), "balanced ledger is 0 % (0 of 4)"),
    (without_first("clean_listings"), "balanced listings is 98.33 % (59 of 60)"),
    (without_first("paper_listings"), "balanced papers is 98.33 % (59 of 60)"),
    (changed("dumps", status=pl.lit("rejected")), "read feed is 0 % (0 of 1)"),
    (
        added("paper_aliases", **{**ALIAS, "old_paper_id": releases.paper_id(2)}),
        "resolved paper_aliases is 0 % (0 of 1)",
    ),
)
"""What is done to the tables -> how the fault begins that stops the release."""


@pytest.mark.slow
@pytest.mark.parametrize(("damage", "fault"), DAMAGES, ids=[fault.split(" is ")[0] for _, fault in DAMAGES])
def test_damage_stops_the_release(tmp_path, sound, thresholds, damage, fault) -> None:
    found = examine(draft_of(tmp_path, damage(sound)), thresholds, None)
    assert any(one.startswith(fault) for one in found.faults), found.faults
    assert all("\n" not in one for one in found.faults)


def test_all_that_is_damaged_is_told_at_once(tmp_path, sound, thresholds) -> None:
    apart = [one for one in DAMAGES if one[0].__qualname__.startswith(("changed", "added"))]
    tables = sound
    for damage, _ in apart:
        tables = damage(tables)
    found = examine(draft_of(tmp_path, tables), thresholds, None)
    assert len(found.faults) >= len(apart) > 6
    assert all(any(one.startswith(fault) for one in found.faults) for _, fault in apart)


@pytest.mark.parametrize(
    ("damage", "warning"),
    [
        (changed("papers", listing_count=2, conflict_count=pl.lit(0)), None),
        (
            lambda tables: {**tables, "paper_values": CLASHES.sort("listing_id")},
            "conflicting venue is 100 % (60 of 60)",
        ),
        (added("paper_aliases", **{**ALIAS, "paper_id": "p" + "c" * 16}), "dangling paper_aliases is 100 % (1 of 1)"),
    ],
)
def test_what_is_odd_is_a_warning(tmp_path, sound, thresholds, damage, warning) -> None:
    found = examine(draft_of(tmp_path, damage(sound)), thresholds, None)
    assert [one.split(", up to")[0] for one in found.warnings] == ([warning] if warning else [])


@pytest.mark.parametrize(
    ("rejected", "papers", "faults", "warnings"),
    [
        (0, 60, [], []),
        (10, 50, [], ["rejected feed"]),
        (60, 0, ["accepted feed"], ["rejected feed"]),
        (0, 59, ["balanced feed"], []),
    ],
)
def test_what_became_of_the_records(tmp_path, sound, thresholds, rejected, papers, faults, warnings) -> None:
    feed = {**COUNTS, "rejected": rejected, "papers": papers}
    found = examine(draft_of(tmp_path, sound, feed=feed), thresholds, None)
    assert [" ".join(one.split()[:2]) for one in found.faults] == faults
    assert [" ".join(one.split()[:2]) for one in found.warnings] == warnings


@pytest.fixture(scope="module")
def before(tmp_path_factory, sound) -> Released:
    """A release of sound tables."""
    return releases.release_of(releases.publish(tmp_path_factory.mktemp("before"), sound), formats=["parquet"])


@pytest.fixture
def compared(before, thresholds, tmp_path):
    """What is found of tables that come after a release."""

    def found(after) -> Examination:
        folder = before.folder.parent / f".{tmp_path.name}-{next(NUMBERS)}"
        return examine(draft_of(folder, after), thresholds, before.manifest)

    return found


NUMBERS = count()


def test_the_same_again_is_no_change(compared, sound) -> None:
    found = compared(sound)
    assert (found.faults, found.warnings) == ((), ())
    assert {"growth", "kept", "thinned", "same"} <= {one["measure"] for one in found.report["assertions"]}
    assert found.report["compared_with"] == "2025.03.01.1"


def test_papers_that_go_away_stop_it_and_many_new_ones_are_told(compared) -> None:
    fewer = compared(releases.frames(SIXTY[:50]))
    assert any(one.startswith("growth papers is 83.33 % (50 of 60), at least 90 %") for one in fewer.faults)
    many = compared(releases.frames([*SIXTY, *({**one, "arxiv_id": None} for one in SIXTY * 3)]))
    assert many.faults == ()
    assert any(one.startswith("growth papers is 400 % (240 of 60), up to 300 %") for one in many.warnings)


def test_a_column_that_is_lost_stops_it_and_new_papers_without_a_value_do_not(compared, sound) -> None:
    found = compared({**sound, "papers": sound["papers"].with_columns(arxiv_id=pl.lit(None, pl.String))})
    assert [one.split(",")[0] for one in found.faults] == ["kept arxiv_id is 0 % (0 of 60)"]
    thinned = compared(releases.frames([*SIXTY, *({"title": f"Bare {number}"} for number in range(60))]))
    assert thinned.faults == ()
    assert any(one.startswith("thinned arxiv_id is 50 points") for one in thinned.warnings)


def test_papers_that_were_taken_down_are_not_missed(compared, sound) -> None:
    """A takedown is no loss: neither its papers nor what was known of them counts."""
    gone = [releases.paper_id(number) for number in range(1, 21)]
    listings = [listing_id(name) for name in gone]
    kept = {
        name: rows.filter(~pl.col("paper_id").is_in(gone)) for name, rows in sound.items() if "paper_id" in rows.columns
    }
    removed = pl.when(pl.col("listing_id").is_in(listings)).then(pl.lit("removed")).otherwise(pl.lit(None, pl.String))
    after = {
        **sound,
        **kept,
        "neighbors": sound["neighbors"].filter(~pl.col("paper_id").is_in(gone), ~pl.col("neighbor_id").is_in(gone)),
        "listings": sound["listings"].with_columns(defect=removed),
        "clean_listings": sound["clean_listings"].filter(~pl.col("listing_id").is_in(listings)),
        "rejected_listings": table(
            "rejected_listings",
            [{"listing_id": one} for one in listings],
            dump_id=dump_id("d"),
            stage="parse",
            reason="removed",
            rule_version="1",
        ),
    }
    found = compared(after)
    told = {(one["measure"], one["subject"]): one["value"] for one in found.report["assertions"]}
    assert found.faults == ()
    assert (told["growth", "papers"], told["growth", "clean_listings"], told["kept", "arxiv_id"]) == (100, 100, 100)


def test_an_identifier_of_another_paper_stops_it(compared) -> None:
    other = {"title": "Nothing of the kind", "abstract": "No.", "arxiv_id": "2501.99999"}
    found = compared(releases.frames([other, *SIXTY[1:]]))
    assert [one.split(",")[0] for one in found.faults] == ["same papers is 98.33 % (59 of 60)"]
    corrected = [{**SIXTY[0], "arxiv_id": "2501.99999"}, {**SIXTY[1], "title": "A new title"}, *SIXTY[2:]]
    assert compared(releases.frames(corrected)).faults == ()


@pytest.mark.parametrize("damage", ["{}", "not json", '{"statistics": {"fill": {"rows": 3}}}'])
def test_statistics_of_the_release_before_that_cannot_be_read_are_told(
    tmp_path, sound, thresholds, before, damage
) -> None:
    folder = tmp_path / before.version
    folder.mkdir()
    (folder / "statistics.json").write_text(damage)
    manifest = replace(
        before.manifest, files=tuple(one for one in before.manifest.files if one.path == "statistics.json")
    )
    with pytest.raises(ReleaseError, match=r"statistics\.json cannot be read"):
        examine(draft_of(tmp_path / ".new", sound), thresholds, manifest)


@pytest.mark.parametrize(
    ("where", "expected"), [(None, "2025.03.03.1"), ("year = 2024", "2025.03.02.1"), ("year = 2023", None)]
)
def test_a_part_is_compared_with_the_last_release_of_the_same_papers(tmp_path, before, sound, where, expected) -> None:
    made = {"2025.03.01.1": None, "2025.03.02.1": "year = 2024", "2025.03.03.1": None, "2025.03.04.1": "year = 2025"}

    class Earlier(Releases):
        def versions(self) -> Versions:
            return Versions(tuple(made))

        def manifest(self, version: str) -> Manifest:
            return replace(before.manifest, version=version, parameters={"where": made[version]})

    found = last_like(Earlier(tmp_path), draft_of(tmp_path / ".new", sound, where=where))
    assert (found.version if found else None) == expected


@pytest.fixture
def home(tmp_path, before):
    """A home of sixty papers that has not released anything."""
    (tmp_path / "papers.duckdb").symlink_to(before.folder.parent.parent / "papers.duckdb")
    return tmp_path


def test_a_failed_release_leaves_a_report_and_nothing_else(home) -> None:
    (home / "thresholds.toml").write_text('[rows.papers]\nminimum = 61\nreason = "There are more."\n')
    with pytest.raises(AssertionsError, match="rows papers is 60, at least 61 is needed: There are more"):
        releases.release_of(home, formats=["parquet"], force=True)
    assert [entry.name for entry in (home / "releases").iterdir()] == ["failed.json"]
    told = json.loads((home / "releases" / "failed.json").read_text(encoding="utf-8"))
    assert told["faults"] == ["rows papers is 60, at least 61 is needed: There are more."]
    assert {"measure", "subject", "value", "minimum", "maximum", "reason", "verdict"} <= set(told["assertions"][0])


def test_a_warning_is_told_in_the_release(home) -> None:
    (home / "thresholds.toml").write_text('[rows.papers]\nmaximum = 2\nreason = "A *small* [x](y) set."\n')
    made = releases.release_of(home, formats=["parquet"])
    assert made.warnings == ("rows papers is 60, up to 2 is usual: A *small* [x](y) set.",)
    assert json.loads((made.folder / "issues.json").read_text(encoding="utf-8"))["warnings"] == list(made.warnings)
    assert "up to 2 is usual: A &#42;small&#42; &#91;x&#93;(y) set." in (made.folder / "README.md").read_text(
        encoding="utf-8"
    )


def test_thresholds_that_are_wrong_stop_it_before_anything_is_written(home) -> None:
    (home / "thresholds.toml").write_text("[rows.papers]\nminimum = 4\n")
    with pytest.raises(SelectionError, match="needs a reason"):
        releases.release_of(home, formats=["parquet"])
    assert not (home / "releases").exists()
