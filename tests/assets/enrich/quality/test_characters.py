# ruff: noqa: RUF001  letters of other alphabets and typographic marks are what is tested
"""Sentences, shares of characters, remains of markup."""

import polars as pl
import pytest

from assets.enrich.quality.characters import characters


def measured(abstract: str | None, title: str = "A Title") -> dict[str, float]:
    row = pl.DataFrame({"title": [title], "abstract": [abstract]}, schema={"title": pl.String, "abstract": pl.String})
    return row.select(**characters()).row(0, named=True)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param("First. Second! Third?", 3, id="three"),
        pytest.param("No stop at all", 1, id="none"),
        pytest.param("By J. Gull et al. The ropes, e.g. Manila, hold.", 1, id="initials and abbreviations"),
        pytest.param("As in Phys. Rev. A 58, 4975 we see it.", 1, id="a journal"),
        pytest.param("It gains 3.5 points. See v1.2 too.", 2, id="points within numbers"),
        pytest.param('He said "no." They left. (So it ends.) Then he slept.', 4, id="quotation marks and brackets"),
        pytest.param("潮の表。手で写す。毎年だ。", 3, id="Japanese"),
        pytest.param("潮の表。手で写す", 2, id="Japanese without the last stop"),
        pytest.param("...", 1, id="stops alone"),
        pytest.param("", 1, id="empty"),
        pytest.param(None, None, id="no abstract"),
    ],
)
def test_sentences(text: str | None, count: int | None) -> None:
    assert measured(text)["abstract_sentences"] == count


@pytest.mark.parametrize(
    ("text", "column", "share"),
    [
        pytest.param("ab12", "digit_share", 0.5, id="digits"),
        pytest.param("ABcd é", "upper_share", 2 / 6, id="capitals"),
        pytest.param("ÄÖab", "upper_share", 0.5, id="capitals with accents"),
        pytest.param("é潮ab", "non_ascii_share", 0.5, id="beyond ASCII"),
        pytest.param("a=b+", "symbol_share", 0.5, id="signs"),
        pytest.param("a–b, (c): 'd' “e” 20 f/g!", "symbol_share", 0.0, id="ordinary punctuation"),
        pytest.param("", "digit_share", 0.0, id="empty"),
        pytest.param(None, "digit_share", None, id="no abstract"),
    ],
)
def test_shares(text: str | None, column: str, share: float | None) -> None:
    assert measured(text)[column] == (share if share is None else pytest.approx(share))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param("<p>Tides</p>", 2, id="HTML"),
        pytest.param('<jats:italic toggle="yes">E. gull</jats:italic>', 2, id="JATS"),
        pytest.param("salt &amp; rope &#233; &#x2014;", 3, id="entities"),
        pytest.param(r"a \gull on \textbf{rope} 5\%", 3, id="commands and escapes"),
        pytest.param("where $x_1+y$ and $n$ hold", 2, id="formulas in dollars"),
        pytest.param("**Gull** is [here](https://gull.example)", 2, id="Markdown"),
        pytest.param(r"na\u00efve ropes\n", 2, id="escapes of JSON"),
        pytest.param("naÃ¯ve sailorâ€™s \ufffd", 3, id="garbled"),
        pytest.param("a\x00b\x07", 2, id="control characters"),
        pytest.param("costs $15 per paper, $20 for two", 0, id="money"),
        pytest.param("US$5, A$6 or $7", 0, id="money of several kinds"),
        pytest.param("<kernel> + <model>, <think> and <MASK>", 0, id="words in angle brackets"),
        pytest.param("a < b and c > d, n<p and q>r", 0, id="comparisons"),
        pytest.param("R&D; AT&T, x^{n+1}, 2**3 and f(x)", 0, id="signs of authors"),
        pytest.param("line one\nline two\tend", 0, id="ends of lines"),
    ],
)
def test_residue(text: str, count: int) -> None:
    assert measured(text)["residue_count"] == count


def test_residue_of_a_title_counts_where_there_is_no_abstract() -> None:
    assert measured(None, r"On <i>gulls</i> &amp; \rope")["residue_count"] == 4
