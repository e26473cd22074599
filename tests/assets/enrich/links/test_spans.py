import polars as pl
import pytest

from assets.enrich.links.extract import links
from assets.enrich.links.spans import LONGEST, find_spans
from tests.assets.enrich.abstracts import papers

LAMP = "https://github.com/lumen/lamp"
WIKI = "https://en.wikipedia.org/wiki/Lamp_(oil)"


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        pytest.param(f"at {LAMP}.", LAMP, id="full stop"),
        pytest.param(f"at {LAMP} .", LAMP, id="space before the stop"),
        pytest.param(f"at {LAMP}, and", LAMP, id="comma"),
        pytest.param(f"at {LAMP}; and", LAMP, id="semicolon"),
        pytest.param(f"at {LAMP}...", LAMP, id="ellipsis"),
        pytest.param(f"(see {LAMP}), a", LAMP, id="bracket and comma"),
        pytest.param(f"(see {LAMP}.)", LAMP, id="stop and bracket"),
        pytest.param(f'"{LAMP}"', LAMP, id="quotes"),
        pytest.param(f"\u201c{LAMP}\u201d", LAMP, id="curved quotes"),
        pytest.param(f"{LAMP}\u2019s code", LAMP, id="apostrophe"),
        pytest.param(f"{LAMP}* Documentation", LAMP, id="star"),
        pytest.param(f"<{LAMP}>", LAMP, id="angle brackets"),
        pytest.param(f"[code]({LAMP}) and", LAMP, id="Markdown"),
        pytest.param(f"\\url{{{LAMP}}}.", LAMP, id="TeX url"),
        pytest.param(f"{LAMP}{{here}}.", LAMP, id="label"),
        pytest.param(f"({LAMP}{{Lamp GitHub Repository}}) caution", LAMP, id="label with spaces"),
        pytest.param(f"{LAMP}(code)", LAMP, id="glued bracket"),
        pytest.param(f"{LAMP}~\\cite{{x}}", LAMP, id="TeX tie"),
        pytest.param(f"{LAMP}\u2014a lamp", LAMP, id="em dash"),
        pytest.param(f"{LAMP}---a lamp", LAMP, id="TeX em dash"),
        pytest.param(f"{LAMP}.Code is available", LAMP, id="sentence glued"),
        pytest.param(f"{LAMP}.We show", LAMP, id="pronoun glued"),
        pytest.param(f"{LAMP}.Lanterns are", LAMP, id="any subject glued"),
        pytest.param(f"{LAMP}We merged it", LAMP, id="pronoun glued without a stop"),
        pytest.param("https://lamp.github.ioCode: none", "https://lamp.github.io", id="word glued to the host"),
        pytest.param("at https://github.com/lumen/HitWe.", "https://github.com/lumen/HitWe", id="name like a pronoun"),
        pytest.param(f"{LAMP}上公开。", LAMP, id="Chinese prose glued"),
        pytest.param(f"{LAMP}\u202edetroba", LAMP, id="text turned round"),
        pytest.param(f"{LAMP}\x00x", LAMP, id="NUL"),
        pytest.param(f"{LAMP}|x", LAMP, id="bar"),
        pytest.param("at https://lamp.org/.", "https://lamp.org/", id="slash stays"),
        pytest.param("at https://lamp.org/Lamp.Core and", "https://lamp.org/Lamp.Core", id="dot inside"),
        pytest.param("at https://lamp.org/oil.jl is", "https://lamp.org/oil.jl", id="extension"),
        pytest.param(f"{WIKI}.", WIKI, id="balanced bracket"),
        pytest.param(f"(see {WIKI})", WIKI, id="balanced bracket in brackets"),
        pytest.param("https://doi.org/10.1/S01(20)30.", "https://doi.org/10.1/S01(20)30", id="bracketed number"),
        pytest.param("https://lamp.edu/~ada/x", "https://lamp.edu/~ada/x", id="tilde"),
        pytest.param("https://lamp.org/100%25 more", "https://lamp.org/100%25", id="percent escape"),
        pytest.param("https://lamp.org/a,1,2.html,", "https://lamp.org/a,1,2.html", id="comma in a number"),
        pytest.param("https://lamp.org:8080/x.", "https://lamp.org:8080/x", id="port"),
        pytest.param("http://[2001:db8::1]:80/x.", "http://[2001:db8::1]:80/x", id="IPv6"),
        pytest.param("https://bücher.example/straße.", "https://bücher.example/straße", id="letters beyond ASCII"),
        pytest.param("https://例え.jp/パス は", "https://例え.jp/パス", id="Japanese host"),
        pytest.param("https://lamp.org/?a=1&b=2#top,", "https://lamp.org/?a=1&b=2#top", id="parameters"),
    ],
)
def test_extent(link_of, text: str, raw: str) -> None:
    link = link_of(text)
    assert link["url_raw"] == raw
    assert text[link["span_start"] : link["span_end"]] == raw


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        pytest.param("https://a.org/x, https://b.org/y", ["https://a.org/x", "https://b.org/y"], id="comma"),
        pytest.param("https://a.org/x,https://b.org/y", ["https://a.org/x", "https://b.org/y"], id="comma alone"),
        pytest.param("https://a.org/xhttps://b.org/y", ["https://a.org/x", "https://b.org/y"], id="glued"),
        pytest.param("(github.com/a/b)(www.b.org)", ["https://github.com/a/b", "https://www.b.org"], id="brackets"),
    ],
)
def test_neighbours_are_two_links(urls_of, text: str, urls: list[str]) -> None:
    assert urls_of(text) == urls


def test_endless_links_are_none() -> None:
    long, endless = ("https://lamp.org/" + "x" * characters for characters in (LONGEST - 20, LONGEST + 1))
    assert links(papers(long, endless))["url"].to_list() == [long]


def test_spans_count_characters_not_bytes() -> None:
    text = "Ünïcödé 灯台 😀: https://lamp.org/x"
    (span,) = find_spans(pl.DataFrame({"row": [7], "text": [text]})).to_dicts()
    assert span == {"row": 7, "head": "https://", "body": "lamp.org/x", "span_start": 14, "span_end": len(text)}
