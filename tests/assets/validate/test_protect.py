import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.validate.protect import STAND_IN, outside_addresses


@pytest.mark.parametrize(
    ("text", "after"),
    [
        pytest.param("see https://a.org/b_c and d", "SEE https://a.org/b_c AND D", id="scheme"),
        pytest.param("see www.a.org/x, and", "SEE www.a.org/x, AND", id="www"),
        pytest.param("(github.com/a/b) is", "(github.com/a/b) IS", id="no scheme"),
        pytest.param("mail a.b@c.org now", "MAIL a.b@c.org NOW", id="mail"),
        pytest.param("at https://a.org/{id}/x{label} b", "AT https://a.org/{id}/x{LABEL} B", id="braces"),
        pytest.param("and/or a.b", "AND/OR A.B", id="no address"),
        pytest.param(f"https://a.org {STAND_IN} b", f"https://a.org {STAND_IN} b", id="stand-in in the text"),
    ],
)
def test_addresses_stay(text: str, after: str) -> None:
    assert outside_addresses(str.upper)(text) == after


def test_a_rewrite_that_loses_an_address_is_dropped() -> None:
    assert outside_addresses(lambda text: text.replace(STAND_IN, ""))("at https://a.org now") == "at https://a.org now"


@given(st.text(max_size=60))
def test_doing_nothing_changes_nothing(text: str) -> None:
    assert outside_addresses(lambda same: same)(text) == text
