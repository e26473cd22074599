import polars as pl
import pytest

from assets.enrich.links.spans import find_spans
from assets.enrich.links.words import with_words

A, B = "https://a.org/x.y", "https://b.org"


def words(text: str) -> list[tuple[str, str]]:
    texts = pl.DataFrame({"row": [0], "text": [text]})
    said = with_words(find_spans(texts), texts)
    return [(link["before"].strip(), link["after"].strip()) for link in said.to_dicts()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(f"We shine. Code is at {A}. It glows.", [("Code is at", "")], id="its own sentence"),
        pytest.param(f"See {A} for samples. It glows.", [("See", "for samples")], id="to the end of the sentence"),
        pytest.param(f"Tested on LUX20K.Code is at {A}", [("Code is at", "")], id="sentence glued"),
        pytest.param(
            f"Lamps (cf. Fig. 2, i.e. glass) at {A}", [("Lamps (cf Fig 2, i.e glass) at", "")], id="abbreviation"
        ),
        pytest.param(
            f"Code at {A} and data at {B}.", [("Code at", "and data at"), ("and data at", "")], id="two links"
        ),
        pytest.param(f"Code at {A} and {B}.", [("Code at", "and"), ("Code at", "")], id="joined link shares"),
        pytest.param(f"Code at {A}. {B}", [("Code at", ""), ("", "")], id="next sentence does not share"),
        pytest.param(f"Data is out.\n\nCode\nat {A}\n\nKeywords", [("Code at", "")], id="paragraphs"),
        pytest.param(A, [("", "")], id="nothing"),
    ],
)
def test_words(text: str, expected: list[tuple[str, str]]) -> None:
    assert words(text) == expected
