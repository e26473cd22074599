"""Threads: arithmetic that gives the same bytes however many of them there are.

A linear-algebra library divides sums among its threads, and sums of floating-point numbers depend on how they are
divided. Here each product is computed by one thread; several products are computed side by side.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # ships no types

Item = TypeVar("Item")
Result = TypeVar("Result")


@contextmanager
def one_thread() -> Iterator[None]:
    """Keeps every library that is loaded from dividing its sums; those that are loaded later are not held."""
    with threadpool_limits(limits=1):
        yield


def side_by_side(function: Callable[[Item], Result], items: Iterable[Item]) -> list[Result]:
    """Calls a function for each item, on all processors; it spends its time outside Python.

    Args:
        function: What to compute; its result depends on its item alone.
        items: What it is given.

    Returns:
        The results, in the order of the items.
    """
    with one_thread(), ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        return list(pool.map(function, items))
