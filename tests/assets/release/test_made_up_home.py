"""The made-up homes of the release bench satisfy the models, and are the same every time."""

import polars as pl
import pytest

from assets.contracts import broken_rules, strange_items
from schemas.catalog import TABLES, metadata
from tests.bench import release_corpus
from tests.bench.release_papers import filled

EMPTY = {"judgements", "rejected_listings", "cluster_cuts", "paper_splits"}
"""Tables that have no made-up rows."""


def made(total: int) -> dict[str, pl.DataFrame]:
    pieces: dict[str, list[pl.DataFrame]] = {}
    for frames in release_corpus.tables_of(total):
        for name, rows in frames.items():
            pieces.setdefault(name, []).append(filled(name, rows))
    return {name: pl.concat(some) for name, some in pieces.items()}


def test_rows_are_as_the_models_want_them_in_the_order_of_their_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(release_corpus, "PIECE", 150)
    tables = made(300)
    assert {*tables} == {*TABLES} - EMPTY
    for name, rows in tables.items():
        keys = rows.select(metadata(TABLES[name])["primary_key"])
        assert broken_rules(rows, TABLES[name]).to_dicts() == [], name
        assert strange_items(rows, TABLES[name]) == [], name
        assert keys.is_duplicated().sum() == 0, name
        if name not in {"ledger", "runs"}:
            assert keys.equals(keys.sort(pl.all())), name
        for column, target in metadata(TABLES[name])["foreign_keys"].items():
            other, key = target.split(".")
            known = tables[other][key]
            assert rows[column].drop_nulls().is_in(known.implode()).all() or other in EMPTY, (name, column)


def test_abstracts_are_as_long_as_real_ones() -> None:
    lengths = made(200)["papers"]["abstract"].str.len_chars().to_numpy()
    assert lengths.min() > 800
    assert lengths.max() < 2500
    assert 1_000 < lengths.mean() < 2_000
