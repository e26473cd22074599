"""Results come in the order of the pieces, and an error reaches whoever asks for them."""

import time

import pytest

from assets.parallel import in_order


def test_results_are_in_the_order_of_the_pieces() -> None:
    def work(piece: int) -> int:
        time.sleep(0.002 * (7 - piece))
        return piece * piece

    assert list(in_order(work, range(7))) == [piece * piece for piece in range(7)]
    assert list(in_order(work, [])) == []


def test_an_error_is_told() -> None:
    with pytest.raises(ZeroDivisionError):
        list(in_order(lambda piece: 1 // piece, [1, 0]))
