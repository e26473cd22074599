"""Texts of others in Markdown: shown as they are, and never read as markup."""

import html
import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assets.release.documents.markdown import block, code, escaped, sentence, table, visible

ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.text(
    "`|\\*_[]()<>!#&;~\n\r \x00a1:/@", max_size=20
)
PARSER = MarkdownIt("gfm-like", {"html": True, "linkify": False})


def read_back(rendered: str) -> str:
    return html.unescape(re.search(r"(?s)<code>(.*?)</code>", rendered).group(1))


@settings(max_examples=40)
@given(ANYTHING)
def test_code_in_a_cell_is_the_text_and_nothing_else(text: str) -> None:
    cell = code(text)
    rendered = PARSER.render(table(("what", "n"), [(cell, "1")], numbers=(1,)))
    assert rendered.count("<td") == 2
    if visible(text).strip():
        assert read_back(rendered) == visible(text)


@settings(max_examples=40)
@given(ANYTHING)
def test_a_sentence_has_no_markup(text: str) -> None:
    rendered = PARSER.render(f"It says: {escaped(text)}")
    assert set(re.findall(r"<(/?\w+)", rendered)) == {"p", "/p"}
    assert html.unescape(re.sub("</?p>", "", rendered)).strip() == f"It says: {visible(text)}".strip()


@settings(max_examples=40)
@given(st.dictionaries(ANYTHING, ANYTHING | st.integers() | st.lists(ANYTHING), max_size=4))
def test_a_block_holds_the_record(record: dict[str, object]) -> None:
    tokens = [token for token in PARSER.parse(block(record)) if token.type == "fence"]
    assert len(PARSER.parse(block(record))) == len(tokens) == 1
    assert json.loads(tokens[0].content) == record


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("cs.CL", "`cs.CL`"),
        ("pages/2025-02-21.txt", "`pages/2025-02-21.txt`"),
        ("", ""),
        ("  ", ""),
        (7, "`7`"),
        ("a|b", "<code>a&#124;b</code>"),
        ("a\nb", "<code>a&#92;nb</code>"),
    ],
)
def test_plain_names_stay_plain(value: object, shown: str) -> None:
    assert code(value) == shown


def test_our_own_sentences_keep_their_stops() -> None:
    assert sentence("One row: a_b, 2 < 3.") == "One row: a&#95;b, 2 &lt; 3."


def test_numbers_are_set_to_the_right() -> None:
    assert table(("a", "n"), [("x", "1"), ("yy", "1,000")], numbers=(1,)) == (
        "| a  |     n |\n| -- | ----: |\n| x  |     1 |\n| yy | 1,000 |\n"
    )
