"""Pieces: where a text is cut, whatever it holds."""

import polars as pl
import pytest

from assets.enrich.terms.pieces import cut_before


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        pytest.param("a we b we c", [("we b ", 2), ("we c", 7)], id="two"),
        pytest.param("we", [("we", 0)], id="at the beginning"),
        pytest.param("дом we", [("we", 4)], id="characters are counted, not bytes"),
        pytest.param("\x00we a", [("we a", 1)], id="NUL is no cut"),
        pytest.param("nothing", [], id="none"),
        pytest.param(None, [], id="null"),
    ],
)
def test_cut_before(text: str | None, pieces: list[tuple[str, int]]) -> None:
    table = pl.DataFrame({"row": [1], "text": [text]}, schema={"row": pl.UInt32, "text": pl.String})
    assert cut_before(table, "we").select("pieces", "at").rows() == pieces
