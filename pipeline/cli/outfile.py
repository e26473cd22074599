"""Files that commands write: checked before the work begins, written beside their place and moved there whole."""

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO

from pipeline.cli.output import FAILED, fail

STANDARD_OUTPUT = Path("-")
LONGEST_NAME = 100
"""Characters of a name that are kept in that of the file beside it."""


def check_inputs(paths: Sequence[Path]) -> None:
    """Refuses folders, and files that are given twice."""
    for path in paths:
        if path.is_dir():
            fail(f"{path} is a folder; name the files in it")
    places = [os.path.realpath(path) for path in paths]
    for number, place in enumerate(places):
        if place in places[:number]:
            fail(f"{paths[number]} is given twice; name each file once")


def check_output(option: str, path: Path, inputs: Sequence[Path]) -> None:
    """Refuses a place that cannot be written, or that would be written over while it is read.

    Args:
        option: The option that names it.
        path: The place; `-` is the standard output.
        inputs: Files that are read.
    """
    if path == STANDARD_OUTPUT:
        return
    if os.path.realpath(path) in map(os.path.realpath, inputs):
        fail(f"{option} {path} is one of the files to read; name another")
    if path.is_dir():
        fail(f"{option} {path} is a folder; name a file")
    if not path.parent.is_dir():
        fail(f"{option} {path} cannot be written: there is no folder {path.parent}")


def write_whole(path: Path, write: Callable[[IO[bytes]], object]) -> None:
    """Writes a file so that nobody sees half of it; what is no file (a device, a pipe) is written as it is.

    Args:
        path: Where to; `-` is the standard output. A link stays, and the file that it leads to is replaced.
        write: Writes the content into a stream.
    """
    try:
        if path == STANDARD_OUTPUT:
            _print(write)
        elif path.exists() and not path.is_file():
            with path.open("wb") as stream:
                write(stream)
        else:
            _replace(Path(os.path.realpath(path)), write)
    except OSError as error:
        fail(f"{path} cannot be written: {error.strerror or error}", FAILED)


def _replace(target: Path, write: Callable[[IO[bytes]], object]) -> None:
    aside = target.with_name(f".{target.name[:LONGEST_NAME]}.{os.getpid()}.tmp")
    try:
        with aside.open("wb") as stream:
            write(stream)
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)


def _print(write: Callable[[IO[bytes]], object]) -> None:
    try:
        write(sys.stdout.buffer)
        sys.stdout.buffer.flush()
    except BrokenPipeError:  # whoever reads has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
