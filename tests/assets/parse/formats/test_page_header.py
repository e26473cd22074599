"""The header of a page: its lines, its stray lines, and titles that read like them."""

import re

import numpy as np
import polars as pl
import pytest

from assets.parse.formats.page_header import HEADER_LINE, HEADER_PARAGRAPH, Line, find_blocks, find_sections, is_certain
from tests.assets.parse.pages import BADGE, BOX, CREDIT, HEADER, SUBSCRIBE, body, papers

PAPERS = papers(6)
FIRST, SECOND, THIRD = ([title, abstract] for title, abstract in PAPERS[:3])


def sections_of(*parts: str | list[str] | tuple[str, ...]) -> list[tuple[int, int, str | None, bool]]:
    paragraphs = [one for part in parts for one in ([part] if isinstance(part, str) else part)]
    lengths = np.array([len(one.encode()) for one in paragraphs], dtype=np.int64)
    blocks = find_blocks(pl.Series(paragraphs, dtype=pl.String), lengths)
    headers = {row for block in blocks for row in range(block.start, block.stop)}
    rows = np.array([row for row in range(len(paragraphs)) if row not in headers], dtype=np.int64)
    return [(one.start, one.page, one.date_raw, one.is_loose) for one in find_sections(blocks, rows, lengths)]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("new", Line.BADGE),
        ("New", Line.BADGE),
        (BOX, Line.MAILING_LIST),
        ("Get trending papers\nin your email inbox!", Line.MAILING_LIST),
        ("Subscribe", Line.SUBSCRIBE),
        ("byAK and the research community", Line.CREDIT),
        ("by AK and the research community", Line.CREDIT),
        ("by @someone_1 and the research community", Line.CREDIT),
        ("Mar 14", Line.DATE),
        ("March 14, 2024", Line.DATE),
        ("Mar 4 2024", Line.DATE),
        ("14 March 2024", Line.DATE),
        ("14th Mar", Line.DATE),
        ("2024-03-14", Line.DATE),
        ("14.03.2024", Line.DATE),
        ("Thursday, March 14", Line.DATE),
        ("Thu, Mar 14, 2024", Line.DATE),
        ("Sept. 1st", Line.DATE),
    ],
)
def test_header_lines(line: str, kind: Line) -> None:
    assert pl.select(pl.lit(line).str.contains(HEADER_PARAGRAPH)).item()
    found = HEADER_LINE.fullmatch(line)
    assert found
    assert found.lastgroup == kind.name


@pytest.mark.parametrize(
    "line",
    [
        "",
        "news",
        "New Methods for Counting Otters",
        "Subscribe to our channel",
        "Get trending papers",
        "March of the Lanterns",
        "Mar 32",
        "May 1968",
        "March 14 revisited",
        "2024",
        "2024-3-14-2",
        "by hand and the research community said so",
        "newSubscribe",
    ],
)
def test_other_lines(line: str) -> None:
    assert not pl.select(pl.lit(line).str.contains(HEADER_PARAGRAPH)).item()


def test_both_forms_of_the_grammar_agree() -> None:
    joined = "new Get trending papers in your email inbox!\nSubscribe  byAK and the research community Mar 14"
    assert re.search(HEADER_PARAGRAPH, joined)
    assert [found.lastgroup for found in HEADER_LINE.finditer(joined)] == [line.name for line in Line]


@pytest.mark.parametrize(
    ("parts", "sections"),
    [
        pytest.param([], [(0, 1, None, False)], id="nothing"),
        pytest.param([FIRST], [(0, 1, None, False)], id="no header"),
        pytest.param([HEADER, FIRST], [(5, 1, "Mar 14", False)], id="full header"),
        pytest.param([HEADER, HEADER, FIRST], [(10, 1, "Mar 14", False)], id="header twice is one header"),
        pytest.param(["Mar 14", FIRST], [(1, 1, "Mar 14", False)], id="date only"),
        pytest.param([SUBSCRIBE, FIRST], [(1, 1, None, False)], id="one line only"),
        pytest.param(
            [HEADER, FIRST, HEADER[:4], "Mar 15", SECOND],
            [(5, 1, "Mar 14", False), (12, 2, "Mar 15", False)],
            id="two pages",
        ),
        pytest.param(
            [HEADER, FIRST, HEADER, SECOND],
            [(5, 1, "Mar 14", False), (12, 2, "Mar 14", False)],
            id="two pages of one day",
        ),
        pytest.param(
            [HEADER, FIRST, "Mar 15", SECOND],
            [(5, 1, "Mar 14", False), (8, 2, "Mar 15", False)],
            id="another date begins a page",
        ),
        pytest.param(
            [HEADER, FIRST, BOX, CREDIT, SECOND],
            [(5, 1, "Mar 14", False), (9, 2, None, False)],
            id="two lines begin a page, of unknown date",
        ),
        pytest.param([HEADER, FIRST, "Mar 14", SECOND], [(5, 1, "Mar 14", False)], id="the same date is a stray line"),
        pytest.param([HEADER, FIRST, SUBSCRIBE, SECOND], [(5, 1, "Mar 14", False)], id="stray line"),
        pytest.param([HEADER, FIRST, CREDIT, SECOND], [(5, 1, "Mar 14", False)], id="stray credit"),
        pytest.param(
            [HEADER[:3], "Trending Papers", HEADER[3:], FIRST],
            [(3, 1, None, True), (6, 1, "Mar 14", False)],
            id="something else within the header",
        ),
        pytest.param(
            ["Daily Papers", HEADER, FIRST], [(0, 1, None, True), (6, 1, "Mar 14", False)], id="something before it"
        ),
        pytest.param(
            [HEADER, FIRST[:1], HEADER, SECOND],
            [(5, 1, "Mar 14", False), (11, 2, "Mar 14", False)],
            id="a page of one title is a page",
        ),
        pytest.param(
            [FIRST, HEADER, SECOND], [(0, 1, None, False), (7, 2, "Mar 14", False)], id="records before the header"
        ),
    ],
)
def test_sections(parts: list[str | list[str]], sections: list[tuple[int, int, str | None, bool]]) -> None:
    assert sections_of(*parts) == sections


def blocks_of(*parts: str | list[str] | tuple[str, ...]) -> list[tuple[int, int]]:
    paragraphs = [one for part in parts for one in ([part] if isinstance(part, str) else part)]
    lengths = np.array([len(one.encode()) for one in paragraphs], dtype=np.int64)
    return [(block.start, block.stop) for block in find_blocks(pl.Series(paragraphs), lengths)]


@pytest.mark.parametrize(
    ("parts", "blocks"),
    [
        pytest.param([HEADER, FIRST, SUBSCRIBE, SECOND[1], THIRD], [(0, 5)], id="title among records"),
        pytest.param([HEADER, FIRST, SUBSCRIBE, SECOND], [(0, 5), (7, 8)], id="stray line before a title"),
        pytest.param([HEADER, FIRST[0], SUBSCRIBE, FIRST[1]], [(0, 5), (6, 7)], id="stray line within a record"),
        pytest.param([HEADER, "New", "A new idea. " * 30, FIRST], [(0, 5)], id="title after the header"),
        pytest.param([HEADER, BADGE, FIRST], [(0, 6)], id="repeated line after the header"),
        pytest.param([HEADER, FIRST[1], SECOND], [(0, 5)], id="date before an abstract that lost its title"),
        pytest.param([HEADER, BADGE, FIRST[1], SECOND], [(0, 6)], id="repeated line before such an abstract"),
        pytest.param(
            [HEADER, FIRST, "July 4", "On July 4 every lantern was lit. " * 20, SECOND],
            [(0, 5)],
            id="title with a date",
        ),
        pytest.param([HEADER, FIRST, "July 4", SECOND[1], THIRD], [(0, 5), (7, 8)], id="date before a lost title"),
    ],
)
def test_titles_that_read_like_header_lines(parts: list[str | list[str]], blocks: list[tuple[int, int]]) -> None:
    assert blocks_of(*parts) == blocks


@pytest.mark.parametrize(
    ("parts", "certain"),
    [
        pytest.param([HEADER], True, id="full header"),
        pytest.param([BOX], True, id="unmistakable line"),
        pytest.param([BADGE, SUBSCRIBE], True, id="two in a row"),
        pytest.param([SUBSCRIBE], False, id="one that stands on many pages"),
        pytest.param(["Mar 14"], False, id="a date"),
        pytest.param([SUBSCRIBE, FIRST, "Mar 14"], False, id="two apart"),
        pytest.param([body(PAPERS)], False, id="none"),
    ],
)
def test_what_proves_page_text(parts: list[str | list[str]], *, certain: bool) -> None:
    paragraphs = [one for part in parts for one in ([part] if isinstance(part, str) else part)]
    lengths = np.array([len(one) for one in paragraphs], dtype=np.int64)
    assert is_certain(find_blocks(pl.Series(paragraphs), lengths)) is certain
