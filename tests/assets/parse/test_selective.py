import polars as pl

from assets.parse.selective import change_items, change_some


def test_only_the_values_that_are_meant_change() -> None:
    values = pl.Series("name", ["a", None, "b", "c"])
    mask = pl.Series([True, None, False, True])
    assert change_some(values, mask, lambda some: some.str.to_uppercase()).to_list() == ["A", None, "b", "C"]
    assert values.to_list() == ["a", None, "b", "c"]


def test_nothing_is_called_where_nothing_is_meant() -> None:
    assert change_some(pl.Series(["a"]), pl.Series([False]), lambda _: 1 / 0).to_list() == ["a"]  # type: ignore[arg-type,return-value]


def test_items_that_become_null_leave_their_list() -> None:
    lists = pl.Series("lists", [["a", "b"], [], None, ["b"], ["c", None, "b", "d"]], dtype=pl.List(pl.String))
    kept = change_items(lists, lambda items: items.set(items == "b", None))
    assert kept.to_list() == [["a"], [], [], [], ["c", "d"]]
    assert kept.dtype == pl.List(pl.String)
    assert kept.name == "lists"


def test_no_lists_at_all() -> None:
    assert change_items(pl.Series([], dtype=pl.List(pl.String)), lambda items: items).to_list() == []
