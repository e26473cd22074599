"""Parallel: work on several pieces at a time, with results in the order of the pieces and few of them in memory."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

import polars as pl

Piece = TypeVar("Piece")
Result = TypeVar("Result")


def in_order(work: Callable[[Piece], Result], pieces: Iterable[Piece]) -> Iterator[Result]:
    """Does the work on each piece; as many are under way as there are threads.

    Args:
        work: What to do with a piece.
        pieces: The pieces, made as they are needed.

    Yields:
        The results, in the order of the pieces.
    """
    threads = pl.thread_pool_size()
    waiting: deque[Future[Result]] = deque()
    with ThreadPoolExecutor(threads) as pool:
        for piece in pieces:
            waiting.append(pool.submit(work, piece))
            if len(waiting) > threads:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
