# ruff: noqa: RUF001  dashes are what is tested
import polars as pl
import pytest

from assets.validate.tidy import dashes

RULES = {rule.name: rule for rule in dashes.RULES}


def tidy(text: str) -> str:
    for rule in dashes.RULES:
        text = pl.select(rule.apply(pl.lit(text))).item()
    return text


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        pytest.param("small models---even old ones---win", "small models—even old ones—win", id="three hyphens"),
        pytest.param("a measure --- its rank", "a measure — its rank", id="three hyphens with spaces"),
        pytest.param("a measure -- its rank -- is new", "a measure — its rank — is new", id="spaced"),
        pytest.param("between 3 -- 5 layers", "between 3 – 5 layers", id="spaced figures"),
        pytest.param("skills --which include code", "skills — which include code", id="space before"),
        pytest.param("GraphOne-- a library", "GraphOne — a library", id="space behind"),
        pytest.param("our set --Meadow-- for bees", "our set — Meadow — for bees", id="half-spaced pair"),
        pytest.param("the cost--quality trade-off", "the cost–quality trade-off", id="between words"),
        pytest.param("pages 3--5 (2019--2021)", "pages 3–5 (2019–2021)", id="between figures"),
    ],
)
def test_dashes_are_set(raw: str, clean: str) -> None:
    assert tidy(raw) == clean


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("run it with --batch-size 8 or --fast", id="options"),
        pytest.param("a comment <!-- hidden --> here", id="comment of HTML"),
        pytest.param("see https://example.org/a--b/c---d for more", id="address"),
        pytest.param("the model acme/tiny--base_v2", id="identifier"),
        pytest.param("a spaced hyphen - as some write it", id="spaced hyphen"),
        pytest.param("x - -1 and y--", id="signs"),
        pytest.param("a rule ------ of hyphens", id="row"),
        pytest.param("i-- and C-- code", id="single letters"),
        pytest.param("$a--b$ in a formula", id="formula"),
    ],
)
def test_other_hyphens_stay(text: str) -> None:
    assert tidy(text) == text


def test_a_title_keeps_the_mark_before_its_subtitle() -> None:
    assert "title" not in RULES["spaced_double_hyphen"].fields
