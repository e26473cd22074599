import polars as pl
import pytest

from assets.parse.controls import list_without_controls, without_controls


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("plain text", "plain text"),
        ("two  spaces", "two  spaces"),
        (" a\r\n  b\tc ", "a b c"),
        ("a\x00b\x1b\x7f\x9bc", "abc"),
        ("a\u202eb\u2066c\u2069", "abc"),
        ("a\u0085b\u2028c", "a b c"),
        ("אב\u200f", "אב\u200f"),
        (" \n\x00 ", None),
        ("", None),
        (None, None),
    ],
)
def test_controls_go_and_words_stay_apart(raw: str | None, shown: str | None) -> None:
    once = without_controls(pl.Series([raw, "x"], dtype=pl.String))
    assert once.to_list() == [shown, "x"]
    assert without_controls(once).to_list() == once.to_list()


def test_items_of_lists_that_show_nothing_are_dropped() -> None:
    lists = pl.Series([["a\n", "", None, "b"], [], None, ["\x00"]], dtype=pl.List(pl.String))
    assert list_without_controls(lists).to_list() == [["a", "b"], [], [], []]
