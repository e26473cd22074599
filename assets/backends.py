"""Backends: kernels that a room has twice with equal results, compiled by numba and written in NumPy.

A room keeps them in `by_numba` and `by_numpy`, says what both compute, and from how much text on compiling pays.
"""

import os
import sys
from functools import cache
from importlib import import_module
from types import ModuleType


@cache
def compiled(room: str) -> ModuleType | None:
    """The compiled kernels of a room; None where numba is absent or finds no folder for its compiled code."""
    try:
        return import_module(f"{room}.by_numba")
    except (ImportError, RuntimeError):
        return None


def backend(room: str, size: int, worth: int) -> ModuleType:
    """Chooses between equals: numba is many times as fast, once it is imported.

    Args:
        room: Name of the package that has both.
        size: Bytes of text to come.
        worth: Bytes from which on the import pays.

    Returns:
        The module.
    """
    is_worth_it = size >= worth or f"{room}.by_numba" in sys.modules
    found = compiled(room) if is_worth_it and not os.environ.get("NUMBA_DISABLE_JIT") else None
    return found or import_module(f"{room}.by_numpy")
