"""What the run before compared is used again, and gives what comparing everything anew would give."""

import json
from pathlib import Path

import polars as pl
import pytest

from assets.dedupe import reuse
from assets.dedupe.reuse import Before, describe
from assets.spill import SpillWriter
from schemas.listings import CleanListings
from schemas.matches import MatchPairs
from tests.frames import dump_id, listing_id, table

RULES = "rules 1"
RECORDS = pl.DataFrame(
    [
        {"listing_id": listing_id(f"{dump}{at}"), "source": dump_id(dump), "text": f"{at} {'even' if at % 2 else ''}"}
        for dump in "abc"
        for at in range(4)
    ]
)


def of_dumps(names: str) -> pl.DataFrame:
    return RECORDS.filter(pl.col("source").is_in([dump_id(name) for name in names]))


def make_forms(records: pl.DataFrame) -> pl.DataFrame:
    """The words of the text."""
    return records.select("listing_id", words=pl.col("text").str.strip_chars().str.split(" "))


def candidates(forms: pl.DataFrame) -> pl.DataFrame:
    """Every pair of records with a word in common, and how many records have it: that depends on all records."""
    sized = forms.select("listing_id", key="words").explode("key")
    sized = sized.with_columns(size=pl.len().over("key").cast(pl.String))
    both = sized.join(sized, on=["key", "size"], suffix="_b").filter(pl.col("listing_id") < pl.col("listing_id_b"))
    ends = both.rename({"listing_id": "listing_a", "listing_id_b": "listing_b"}).group_by("listing_a", "listing_b")
    return ends.agg(blocked_by=pl.col("size").sort()).sort("listing_a", "listing_b")


FILLER = {pl.Boolean: True, pl.String: "", pl.List: [], pl.Float64: 0.5, pl.Int64: 1}
"""What stands in columns that this test has no interest in."""


def compare(pairs: pl.DataFrame) -> pl.DataFrame:
    """A score that depends on the two listings alone."""
    schema = table("match_pairs", []).schema
    score = pl.col("listing_a").str.head(6).str.to_integer(base=16) % 1000 / 1000
    made = pairs.with_columns(
        score=score, decision=pl.lit("unsure"), reason=pl.lit("unclear_evidence"), rule_version=pl.lit("1")
    )
    rest = [name for name in schema if name not in made.columns]
    filled = [pl.lit(FILLER.get(type(schema[name])), dtype=schema[name]).alias(name) for name in rest]
    return made.with_columns(filled).select(schema.names()).cast(schema)


class Run:
    """One home, and the runs in it."""

    def __init__(self, folder: Path) -> None:
        self.stage, self.cache = folder / "stage", folder / "cache"

    def made_of(self, names: str, rules: str, readers: str) -> str:
        """What a run would be made of; the file of clean listings is written as it would be."""
        told = {"made_by": "cleaning 1", "dumps": sorted((dump_id(name), readers) for name in names)}
        path = self.stage / "clean_listings.parquet"
        with SpillWriter(path, CleanListings, json.dumps(told)):
            pass
        return describe(rules, path)

    def __call__(
        self, names: str, *, rules: str = RULES, readers: str = "1", pairs: pl.DataFrame | None = None
    ) -> Before:
        """Runs, keeps what came out in `found`, and writes what the next run reads."""
        records = of_dumps(names)
        now = self.made_of(names, rules, readers)
        before = Before.load(self.stage, self.cache, now)
        found = before.pairs_of(candidates(before.forms_of(records, make_forms)), records, compare)
        before.save(self.cache)
        self.found = found if pairs is None else pairs
        with SpillWriter(self.stage / "match_pairs.parquet", MatchPairs, now) as writer:
            writer.write(self.found)
        return before


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return Run(tmp_path / "home")


@pytest.fixture
def fresh(tmp_path: Path) -> Run:
    return Run(tmp_path / "fresh")


@pytest.mark.parametrize(
    ("then", "now"),
    [("ab", "abc"), ("abc", "ab"), ("abc", "abc"), ("ab", "bc"), ("a", "bc"), ("", "abc"), ("abc", "")],
)
def test_what_comes_out_is_what_a_fresh_home_gives(run: Run, fresh: Run, then: str, now: str) -> None:
    run(then)
    before = run(now)
    fresh(now)
    assert run.found.equals(fresh.found)
    for file in ("match_pairs.parquet", "forms.parquet"):
        one, other = (next(home.stage.parent.rglob(file)).read_bytes() for home in (run, fresh))
        assert one == other, file
    new = sorted(dump_id(name) for name in set(now) - set(then))
    assert before.fresh_records == of_dumps("".join(set(now) - set(then))).height == 4 * len(new)


def test_only_pairs_with_a_new_record_are_compared(run: Run) -> None:
    assert run("ab").fresh_pairs == (then := run.found.height)
    before = run("abc")
    assert before.fresh_pairs == run.found.height - then
    assert run("abc").fresh_pairs == 0
    assert run("bc").fresh_pairs == 0


def test_what_brought_a_pair_together_is_told_anew(run: Run) -> None:
    run("ab")
    old = run.found
    run("abc")
    kept = run.found.join(old.select("listing_a", "listing_b"), on=["listing_a", "listing_b"], how="semi")
    assert not kept["blocked_by"].equals(old["blocked_by"])


@pytest.mark.parametrize(
    "change", [{"rules": "rules 2"}, {"readers": "2"}], ids=["other rules", "another reader of the dumps"]
)
def test_other_rules_and_readers_begin_anew(run: Run, change: dict[str, str]) -> None:
    run("ab")
    before = run("ab", **change)
    assert (before.fresh_records, before.fresh_pairs) == (8, run.found.height)


@pytest.mark.parametrize("reason", ["judged_same", "judged_different"])
def test_what_people_judged_is_compared_anew(run: Run, reason: str) -> None:
    run("ab")
    by_rules = run.found
    run("ab", pairs=by_rules.with_columns(reason=pl.lit(reason)))
    assert run("ab").fresh_pairs == by_rules.height
    assert run.found.equals(by_rules)


def test_what_is_lost_is_made_anew(run: Run) -> None:
    run("ab")
    (run.cache / "forms.parquet").unlink()
    before = run("ab")
    assert (before.fresh_records, before.fresh_pairs) == (8, 0)
    (run.stage / "match_pairs.parquet").write_bytes(b"no parquet")
    before = run("ab")
    assert (before.fresh_records, before.fresh_pairs) == (0, run.found.height)


def test_nothing_before() -> None:
    before = Before()
    forms = before.forms_of(RECORDS, make_forms)
    assert forms.equals(make_forms(RECORDS).sort("listing_id"))
    assert before.pairs_of(candidates(forms), RECORDS, compare).height == before.fresh_pairs


def test_the_code_is_told_by_its_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reuse, "__file__", str(tmp_path / "reuse.py"))
    (tmp_path / "forms").mkdir()
    rule = tmp_path / "forms" / "titles.py"
    told = []
    for code in ("FROM = 1", "FROM = 2", "FROM = 1"):
        rule.write_text(code)
        told.append(reuse.code_version())
    assert told[0] == told[2] != told[1]
    rule.rename(tmp_path / "titles.py")
    assert reuse.code_version() not in told
