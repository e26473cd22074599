"""Damaged abstracts of the real dumps against the sources that are at hand."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from assets.dedupe.papers.proofs import prove
from assets.dedupe.papers.repairs import TEXTS, text_repairs
from assets.parse.folder import find_files
from assets.parse.survey import survey
from assets.validate.catalogue import DETECTORS, RULES
from assets.validate.restore.render import render
from assets.validate.rules import apply_rules, detect_flags
from assets.validate.search_form import search_form

pytestmark = [pytest.mark.real, pytest.mark.slow]  # reads a large pack

REWRITTEN = 5
"""Papers of the dumps whose abstract in the pack is another version."""


def read(folder: Path, role: str, scratch: Path) -> pl.DataFrame:
    """The listings of a folder: listing_id, role, title_raw, abstract_raw, and the title as a key."""
    found = survey(find_files([folder]), scratch / f"{role} cache", scratch)
    rows = pl.scan_parquet([str(path) for path in found.paths], glob=False)
    key = search_form(render(pl.col("title_raw"))).str.replace_all(" ", "")
    stated = rows.filter(pl.col("defect").is_null()).select("listing_id", "title_raw", "abstract_raw", paper_id=key)
    return stated.drop_nulls("abstract_raw").with_columns(role=pl.lit(role)).collect()


@pytest.fixture(scope="module")
def members(shared: Path, packs: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> pl.DataFrame:
    """Listings of the dumps and of the pack that have the same title, cleaned."""
    scratch = tmp_path_factory.mktemp("repairs")
    feeds = read(shared / "dumps", "feed", scratch)
    sources = read(packs("arxiv-harvest-jsonl"), "reference", scratch).join(feeds, on="paper_id", how="semi")
    raw = pl.concat([feeds.join(sources, on="paper_id", how="semi"), sources])
    raw = raw.with_columns(title="title_raw", abstract="abstract_raw")
    clean = apply_rules(raw, RULES)
    return clean.with_columns(flags=detect_flags(raw, clean, DETECTORS))


def test_what_a_source_renders_to_is_proved(members: pl.DataFrame) -> None:
    proved = prove(members)
    assert set(proved["field"]) <= {"title", "abstract"}
    letters = pl.col("abstract_raw").str.replace_all(r"[^\pL\pN]+", "")
    shown = render(pl.col("abstract_raw")).str.replace_all(r"[^\pL\pN]+", "")
    sides = members.select("paper_id", "role", "abstract_raw", letters=letters, shown=shown)
    both = sides.filter(role="feed").join(sides.filter(role="reference"), on="paper_id", suffix="_source")
    equal = (pl.col("letters") == pl.col("shown_source")).any()
    by_paper = both.group_by("paper_id").agg(equal=equal)
    assert by_paper.filter(~pl.col("equal")).height == REWRITTEN
    rewritten = by_paper.filter(~pl.col("equal"))["paper_id"].to_list()
    assert proved.filter(pl.col("paper_id").is_in(rewritten)).is_empty()  # another version is no repair


def test_lost_mathematics_comes_back(members: pl.DataFrame) -> None:
    proved = prove(members)
    repairs = text_repairs(proved, members.select(TEXTS)).filter(pl.col("field") == "abstract")
    damaged = members.filter(pl.col("role") == "feed", pl.col("flags").list.contains("math_loss"))
    proven = proved.filter(pl.col("field") == "abstract")["listing_id"]
    at_hand = damaged.filter(pl.col("listing_id").is_in(proven.to_list()))
    assert not at_hand.is_empty()
    told = repairs.join(at_hand.select("listing_id"), on="listing_id", how="semi")
    assert told.height == at_hand.height
    assert told["resolved_flags"].list.contains("math_loss").all()
    assert (told["before"] != told["after"]).all()
    unproven = damaged.join(at_hand, on="listing_id", how="anti")["paper_id"].n_unique()
    assert unproven <= REWRITTEN
