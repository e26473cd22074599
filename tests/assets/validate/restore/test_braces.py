import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.validate.restore.braces import LONGEST_GROUP, arguments, group_end


@pytest.mark.parametrize(
    ("text", "end"),
    [
        pytest.param("{a}b", 3, id="plain"),
        pytest.param("{a{b}c}d", 7, id="nested"),
        pytest.param(r"{a\}b}c", 6, id="escaped brace"),
        pytest.param("{a", -1, id="open"),
        pytest.param("{" + "a" * LONGEST_GROUP + "}", -1, id="too long"),
    ],
)
def test_group_end(text: str, end: int) -> None:
    assert group_end(text, 0) == end


def test_arguments() -> None:
    assert arguments("{a} {b{c}}d", 0, 2) == (["a", "b{c}"], 10)
    assert arguments("{a}", 0, 2) is None
    assert arguments("a", 0, 1) is None


@given(st.text(alphabet="{}\\ab", max_size=30))
def test_a_group_is_balanced(text: str) -> None:
    end = group_end("{" + text, 0)
    if end > 0:
        assert ("{" + text)[end - 1] == "}"
