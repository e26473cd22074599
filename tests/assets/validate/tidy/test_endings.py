import polars as pl
import pytest

from assets.validate.tidy.endings import is_cut_at_end, is_cut_at_start


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        pytest.param("We show bees. More importantly, ...", True, id="ellipsis"),
        pytest.param("Our findings [...]", True, id="ellipsis in brackets"),
        pytest.param("We show that bees are better than the", True, id="article"),
        pytest.param("The code is available at:", True, id="colon"),
        pytest.param("It reaches good results,", True, id="comma"),
        pytest.param("with 1, 2 and (more than two", True, id="open bracket"),
        pytest.param("We show bees.", False, id="full stop"),
        pytest.param("using half-precision", False, id="only the stop is missing"),
        pytest.param("See https://example.org/and/the", False, id="address"),
        pytest.param("See bees.github.io/hive/", False, id="address without a scheme"),
        pytest.param('as "consistency checks."', False, id="quotation"),
        pytest.param("for any n > 2?", False, id="question"),
    ],
)
def test_end(text: str, cut: bool) -> None:
    assert pl.select(is_cut_at_end(pl.lit(text))).item() is cut


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        pytest.param("This thesis provides methods which make progress on this goal. They", True, id="nothing meant"),
        pytest.param("To address this gap, we build a hive.", True, id="address this"),
        pytest.param("However, bees are small.", True, id="however"),
        pytest.param("of bees in a hive we know little.", True, id="small letter"),
        pytest.param("n this paper we show bees.", True, id="lost letter"),
        pytest.param("We study the problem of bees and solve this problem by wax.", False, id="problem named"),
        pytest.param("In contrast to wasps, bees are kind.", False, id="in contrast to"),
        pytest.param("So far, bees were rare. Social bees are not.", False, id="so far"),
        pytest.param("eScience and k-means help.", False, id="names in small letters"),
        pytest.param("3D bees fly.", False, id="figure"),
        pytest.param(None, False, id="null"),
    ],
)
def test_start(text: str | None, cut: bool) -> None:
    assert pl.select(is_cut_at_start(pl.lit(text, dtype=pl.String)).fill_null(value=False)).item() is cut
