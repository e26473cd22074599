"""The table of terms: its columns, its order, its spans, whatever is given."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.enrich.extraction import span_faults
from assets.enrich.terms.extract import terms
from schemas.render.frames import polars_schema
from schemas.terms import Terms
from tests.assets.enrich.abstracts import papers

ABSTRACT = (
    "We propose HarborNet, a network. Large language models (LLMs) such as Llama-2-7B and GPT-4 are tested on MMLU and "
    "ImageNet; accuracy and F1 rise in question answering. "
    "\u041c\u043e\u0440\u0435: Qwen2.5\u2011VL (\u03b1\u03b2\u03b3) on CIFAR\u201310."
)


def test_every_kind_in_its_order() -> None:
    found = terms(papers(ABSTRACT, None, "", title="HarborNet: For All"))
    assert found.schema == pl.Schema(polars_schema(Terms))
    assert found["span_start"].is_sorted()
    assert found["kind"].to_list() == [
        "method", "acronym", "model", "model", "benchmark", "dataset", "metric", "metric", "task", "model", "dataset",
    ]  # fmt: skip
    Terms.validate(found)


@pytest.mark.parametrize("abstracts", [[], [None], [""]], ids=["no papers", "no abstract", "empty abstract"])
def test_nothing_to_find(abstracts: list[str | None]) -> None:
    found = terms(papers(*abstracts))
    assert found.schema == pl.Schema(polars_schema(Terms))
    assert found.is_empty()


def test_order_of_papers_changes_nothing() -> None:
    table = papers(ABSTRACT, "RAG (retrieval-augmented generation) with BERT.", "We use SAM to segment masks.")
    assert terms(table).equals(terms(table.reverse()))


PARTS = st.sampled_from(
    ["GPT-4", "Llama 2", "accuracy", "we propose ", "ABC", "(", ")", " ", "é", "\u2011", "\x00", "question answering",
     "🙂", "LLMs (large language models)", ", called XyZ ", "://", "s", "-", "7B", ". ", "ImageNet", "\\", "'", "%"]
)  # fmt: skip


@settings(max_examples=6)
@given(st.lists(st.lists(PARTS, max_size=16).map("".join), min_size=3, max_size=9))
def test_spans_hold_what_was_found(texts: list[str]) -> None:
    table = papers(*texts, title="ABC: Of All")
    found = terms(table)
    assert span_faults(found, table) == 0
    assert not found.select("paper_id", "span_start", "kind").is_duplicated().any()
    assert found.filter(pl.col("span_end") - pl.col("span_start") != pl.col("surface").str.len_chars()).is_empty()
