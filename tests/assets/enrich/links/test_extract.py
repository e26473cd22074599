import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.enrich.links.extract import links
from schemas.enrichment import Links
from tests.assets.enrich.abstracts import papers
from tests.bench.links_report import differences, read_gold, read_papers

LAMP = "https://github.com/lumen/lamp"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{LAMP}{{{LAMP}}}.", id="label is the address"),
        pytest.param(f"\\href{{{LAMP}}}{{{LAMP}}}.", id="TeX"),
        pytest.param(f"\\href{{{LAMP}}}{{\\textcolor{{blue}}{{\\texttt{{{LAMP}}}}}}}.", id="TeX with fonts"),
        pytest.param(f"{LAMP}{{blue{{{LAMP}}}}}.", id="rendered colour"),
        pytest.param(f"\\href{{{LAMP}}}{{github.com/lumen/lamp}}.", id="label without scheme"),
        pytest.param(f"$\\href{{{LAMP}}}{{\\text{{{LAMP}/}}}}$", id="label with a slash"),
        pytest.param(f"\\href{{{LAMP}}}{{https://lamp.org}}", id="label is another address"),
        pytest.param(f"[{LAMP}]({LAMP}).", id="Markdown"),
        pytest.param(f"[github.com/lumen/lamp]({LAMP}).", id="Markdown label without scheme"),
        pytest.param(f"{LAMP} ({LAMP})", id="again in brackets"),
        pytest.param(f"{LAMP}{LAMP}", id="glued twice"),
    ],
)
def test_address_and_label_are_one_link(urls_of, text: str) -> None:
    assert urls_of(text) == [LAMP]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param(f"Code: {LAMP}. We use {LAMP} throughout.", 2, id="the same link in two places"),
        pytest.param(f"{LAMP}\\footnote{{https://lamp.org}}", 2, id="footnote is no label"),
        pytest.param(f"{LAMP} (https://lamp.org)", 2, id="another link in brackets"),
    ],
)
def test_what_is_no_label_stays(urls_of, text: str, count: int) -> None:
    assert len(urls_of(text)) == count


def test_table_keeps_its_contract() -> None:
    found = links(papers(f"Code: {LAMP}", None, "", "www.lamp.org and http://1.2.3.4/ and ftp://lamp.org/x"))
    Links.validate(found)
    assert found.height == 4


@pytest.mark.parametrize("empty", [papers(), papers(None), papers("A lamp."), papers("https://x")])
def test_no_links_give_an_empty_table(empty: pl.DataFrame) -> None:
    found = links(empty)
    Links.validate(found)
    assert found.is_empty()


def test_more_columns_do_no_harm() -> None:
    table = papers(f"Code: {LAMP}")
    assert links(table.with_columns(year=pl.lit(2020), row=pl.lit(1), host=pl.lit("x"))).equals(links(table))


PARTS = ["https://", "http", "www.", "github.com", "huggingface.co", "1.2.3.4", ".git", "lamp", ".io", "?a=", "&amp;"]
PARTS += ["Code is at ", "é", "灯", "😀", " ", "\n", "\u200b", "\ufdd0", "\x00", "](", "\\_", *":/.,(){}[~%@-"]
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(PARTS), max_size=40).map("".join))
MANY_TEXTS = st.lists(TEXTS, min_size=1, max_size=30)


@settings(max_examples=60, deadline=None)
@given(MANY_TEXTS)
def test_spans_hold_the_links(texts: list[str]) -> None:
    table = papers(*texts)
    text_of = dict(zip(table["paper_id"], texts, strict=True))
    ends = dict.fromkeys(text_of, 0)
    for link in links(table).to_dicts():
        text, start, end = text_of[link["paper_id"]], link["span_start"], link["span_end"]
        assert ends[link["paper_id"]] <= start < end <= len(text)
        assert text[start:end] == link["url_raw"]
        assert link["url"].startswith(("http://", "https://", "ftp://"))
        assert not any(character.isspace() for character in link["url"])
        assert link["flags"] == sorted(link["flags"])
        ends[link["paper_id"]] = end


@settings(max_examples=20, deadline=None)
@given(MANY_TEXTS, st.integers())
def test_order_of_papers_does_not_matter(texts: list[str], seed: int) -> None:
    table = papers(*texts)
    shuffled = table.sample(fraction=1, shuffle=True, seed=seed % 2**32)
    assert links(shuffled).equals(links(table))


@settings(max_examples=20, deadline=None)
@given(MANY_TEXTS)
def test_papers_do_not_touch_each_other(texts: list[str]) -> None:
    table = papers(*texts)
    together = links(table)
    assert links(table[::2]).equals(together.filter(pl.col("paper_id").is_in(table["paper_id"][::2].to_list())))


@pytest.mark.real
def test_labelled_links_are_found(shared) -> None:
    gold = read_gold(shared / "gold" / "urls.tsv")
    labelled = {paper for paper, _, _ in gold}
    found = links(read_papers(shared / "dumps"))
    assert differences(found.filter(pl.col("paper_id").is_in(labelled)), gold) == []
