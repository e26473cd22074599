import polars as pl
import pytest

from assets.validate.tidy import commas

ABSTRACT = [rule for rule in commas.RULES if "abstract" in rule.fields]


def tidy(text: str) -> str:
    for rule in ABSTRACT:
        text = pl.select(rule.apply(pl.lit(text))).item()
    return text


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        pytest.param("new skills,and more", "new skills, and more", id="conjunction"),
        pytest.param("In 2019,we built cats,dogs", "In 2019, we built cats, dogs", id="year, list"),
        pytest.param("(BEE),which", "(BEE), which", id="after a bracket"),
        pytest.param("{omega_m,omega_b, sigma_8}", "{omega_m, omega_b, sigma_8}", id="list with other spaces"),
        pytest.param('call it "wax","honey" or so', 'call it "wax", "honey" or so', id="quotations"),
        pytest.param("small;hence fast;(2) cheap", "small; hence fast; (2) cheap", id="semicolons"),
        pytest.param("two parts:(i) a; (ii) b", "two parts: (i) a; (ii) b", id="colon before an item"),
        pytest.param("two parts:First, we", "two parts: First, we", id="colon before a capital"),
        pytest.param("of the space:after it", "of the space: after it", id="colon before a clause"),
        pytest.param("page:https://example.org", "page: https://example.org", id="colon before an address"),
        pytest.param("about 95%of them", "about 95% of them", id="percent"),
    ],
)
def test_a_space_follows(raw: str, clean: str) -> None:
    assert tidy(raw) == clean


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("1,400 points (x,y) and (K,V) pairs", id="numbers and tuples"),
        pytest.param("poly(log(n),log(k),eps) and {add,remove}", id="arguments and sets"),
        pytest.param("cs.CL,cs.AI and train_a,train_b", id="identifiers"),
        pytest.param('the so-called "hive," found in', id="comma inside a quotation"),
        pytest.param("R&amp;G and TL;DR", id="entity and name"),
        pytest.param("N:M ratios, 10:30, king:man :: woman:queen", id="ratios and analogies"),
        pytest.param("arXiv:2301 doi:abc key:value std::vector", id="keys"),
        pytest.param("https:github.com/x/y", id="broken address"),
        pytest.param("模型,其中包含", id="script without spaces"),
        pytest.param("PPL-p% sparsity, 50% of", id="percent with a space"),
        pytest.param("$x,and$ in a formula", id="formula"),
    ],
)
def test_no_space_follows(text: str) -> None:
    assert tidy(text) == text


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        pytest.param("HiveNet:Learning to fly", "HiveNet: Learning to fly", id="subtitle"),
        pytest.param("SportSet:Basketball - A Dataset", "SportSet:Basketball - A Dataset", id="another separator"),
        pytest.param("Re:Form, an N:M scheme", "Re:Form, an N:M scheme", id="short names"),
    ],
)
def test_title_colon(raw: str, clean: str) -> None:
    assert pl.select(commas.space_after_title_colon(pl.lit(raw))).item() == clean
