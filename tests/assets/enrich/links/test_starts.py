import polars as pl
import pytest

from assets.enrich.links.starts import MARK, mark_starts


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        pytest.param("Code: https://github.com/lumen/lamp", ["https://github.com/lumen/lamp"], id="https"),
        pytest.param("Code: http://lamp.example.org/x", ["http://lamp.example.org/x"], id="http stays http"),
        pytest.param("Data: ftp://ftp.lamp.org/pub", ["ftp://ftp.lamp.org/pub"], id="ftp"),
        pytest.param("Code: HTTPS://GitHub.com/Lumen/Lamp", ["https://github.com/Lumen/Lamp"], id="capitals"),
        pytest.param("at https:// github.com/lumen/lamp.", ["https://github.com/lumen/lamp"], id="space after"),
        pytest.param("at https : //github.com/lumen/lamp", ["https://github.com/lumen/lamp"], id="spaces inside"),
        pytest.param("at https: //lumen.github.io/lamp", ["https://lumen.github.io/lamp"], id="space before slashes"),
        pytest.param("at http//github.com/lumen/lamp", ["http://github.com/lumen/lamp"], id="colon lost"),
        pytest.param("at https:/lumen.github.io/lamp", ["https://lumen.github.io/lamp"], id="slash lost"),
        pytest.param("at https$:$//github.com/lumen/lamp", ["https://github.com/lumen/lamp"], id="colon as formula"),
        pytest.param("at https://https://lamp.org/x", ["https://lamp.org/x"], id="scheme twice"),
        pytest.param("at https://github.com/https://github.com/a/b", ["https://github.com/a/b"], id="begun twice"),
        pytest.param("athttps://github.com/lumen/lamp", ["https://github.com/lumen/lamp"], id="glued to a word"),
        pytest.param("git@github.com:lumen/lamp.git", ["https://github.com/lumen/lamp"], id="ssh"),
        pytest.param("git://github.com/lumen/lamp.git", ["https://github.com/lumen/lamp"], id="git"),
        pytest.param("visit www.lamp.ai/v2.", ["https://www.lamp.ai/v2"], id="www"),
        pytest.param("(github.com/lumen/lamp).", ["https://github.com/lumen/lamp"], id="bare known host"),
        pytest.param("here:github.com/lumen/lamp", ["https://github.com/lumen/lamp"], id="bare after a colon"),
        pytest.param("Page: lamp.github.io.", ["https://lamp.github.io"], id="bare page host"),
        pytest.param("see lab.example.edu/~ada/lamp", ["https://lab.example.edu/~ada/lamp"], id="bare host, long path"),
        pytest.param("The demo is available at lamp.lumen.ai.", ["https://lamp.lumen.ai"], id="announced host"),
        pytest.param("We launch Lamp Hall (lamphall.org), a", ["https://lamphall.org"], id="host alone in brackets"),
        pytest.param(
            "see https://web.archive.org/web/2020/https://lamp.org/x now",
            ["https://web.archive.org/web/2020/https://lamp.org/x"],
            id="link inside a link",
        ),
    ],
)
def test_links_begin(urls_of, text: str, urls: list[str]) -> None:
    assert urls_of(text) == urls


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Prepending wikipedia.org to the text helps.", id="domain in prose"),
        pytest.param("Faster than llama.cpp, Node.js, numpy.array and CUDA.jl.", id="programs"),
        pytest.param("DALL.E 2 and ADE20K.Code is slow, U.S. and i.e. not.", id="names and abbreviations"),
        pytest.param("We crawl booking.com/expedia.com reviews.", id="two domains"),
        pytest.param("Models on Hugging Face (huggingface.co) vary.", id="name of a service"),
        pytest.param("Write to ada@lamp.github.io or ada@github.com/x.", id="mail"),
        pytest.param("HTTP/3 over TCP, http://, https://... and www.", id="schemes alone"),
        pytest.param("javascript:alert(1) data:text/html,x", id="scripts"),
        pytest.param("http://localhost:8080/x and https://intranet/x", id="local hosts"),
        pytest.param("arXiv:2101.00001, doi:10.1000/182", id="identifiers"),
    ],
)
def test_words_are_no_links(urls_of, text: str) -> None:
    assert urls_of(text) == []


def test_pieces_are_the_text() -> None:
    text = f"at https://lamp.org, {MARK} (github.com/a/b) and www.lamp.org"
    (pieces,) = mark_starts(pl.DataFrame({"row": [0], "text": [text]}))["pieces"].to_list()
    assert len(pieces) == 4
    assert "".join(pieces) == text.replace(MARK, "\ufffd")


def test_texts_without_a_beginning_are_left_out() -> None:
    texts = pl.DataFrame({"row": [0, 1], "text": ["A lamp.", None]})
    assert mark_starts(texts).is_empty()
