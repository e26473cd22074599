"""Journal: a file of lines that only grows, kept from run to run, such as what people decided.

Writers wait for each other, and a line is on the disk before a call returns; a line that a crash cut short was never
promised to anybody, and the next writer puts it aside. What a line says is none of this module's business.
"""

import fcntl
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

TORN = ".torn"
"""Ending of the file beside a journal that keeps lines that a crash cut short."""

Result = TypeVar("Result")
IsTorn = Callable[[bytes], bool]
"""Whether the end of a file, which has no line end, is the beginning of a line that was to be written."""


def read(path: Path, is_torn: IsTorn) -> bytes:
    """Reads the whole lines of a journal.

    Args:
        path: Its file; without one there are none.
        is_torn: What tells a line that was cut short from one that was written by hand without a line end.

    Raises:
        OSError: If the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            return _split(file.read(), is_torn)[0]
    except FileNotFoundError:
        return b""


def change(path: Path, is_torn: IsTorn, plan: Callable[[bytes], tuple[Sequence[bytes], Result]]) -> Result:
    """Adds lines to a journal while no other process changes it.

    Args:
        path: Its file; created when missing.
        is_torn: As for `read`.
        plan: Gets the lines that are there; returns those to add, with their line ends, and what to hand back.

    Returns:
        What the plan handed back; the lines are on the disk then.

    Raises:
        OSError: If the lines cannot be written; none of them was kept then.
    """
    with _locked(path) as descriptor:
        whole, torn = _split(_content(descriptor), is_torn)
        lines, result = plan(whole)
        if lines:
            if torn:
                _set_aside(path.with_name(path.name + TORN), torn)
                os.ftruncate(descriptor, len(whole))
            bare = bool(whole) and not whole.endswith(b"\n")  # a last line that was written by hand
            _append(descriptor, len(whole), (b"\n" if bare else b"") + b"".join(lines))
            _sync(path.parent)
        return result


def _split(content: bytes, is_torn: IsTorn) -> tuple[bytes, bytes]:
    """The content of a file, and the line at its end that a crash cut short."""
    end = content.rfind(b"\n") + 1
    return (content[:end], content[end:]) if is_torn(content[end:]) else (content, b"")


@contextmanager
def _locked(path: Path) -> Iterator[int]:
    """Opens a file for adding to it, alone."""
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o666)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor
    finally:
        os.close(descriptor)


def _content(descriptor: int) -> bytes:
    with os.fdopen(os.dup(descriptor), "rb") as file:
        file.seek(0)
        return file.read()


def _append(descriptor: int, size: int, added: bytes) -> None:
    """Adds bytes to a file of this size and waits for the disk; all of them, or none."""
    try:
        rest = memoryview(added)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
    except OSError:
        os.ftruncate(descriptor, size)
        raise


def _set_aside(path: Path, torn: bytes) -> None:
    with _locked(path) as descriptor:
        _append(descriptor, os.fstat(descriptor).st_size, torn + b"\n")


def _sync(folder: Path) -> None:
    """Makes sure that a new file is in its folder on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
