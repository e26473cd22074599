"""Folder: which files there are to read, and what all of them hold together.

Files are named by their place below the folder that was given, so that the same dumps elsewhere make the same data set.
"""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from assets.parse.read import read_dump
from schemas.dumps import Dumps
from schemas.listings import Listings
from schemas.render import polars_schema


class NothingToReadError(Exception):
    """A raw path does not exist, or there is no file in any."""


@dataclass(frozen=True, order=True)
class RawFile:
    """One file to read."""

    uri: str
    """Its place below the raw folder it was found in, with forward slashes; the name of a file given by itself."""
    path: Path
    """Where it is."""


def find_files(raw_paths: Iterable[Path]) -> list[RawFile]:
    """Finds all raw files, in folders at any depth; hidden files and folders are left out.

    Args:
        raw_paths: Folders and files.

    Returns:
        The files, sorted by their place below the folder; each file once.

    Raises:
        NothingToReadError: If one of the paths does not exist, or there is no file at all: a folder that is not
            mounted must not become an empty data set.
    """
    given_paths = sorted(raw_paths)
    found: dict[str, RawFile] = {}  # by its real place; unlike Path.resolve, realpath bears links in circles
    for given in given_paths:
        if given.is_dir():
            for folder, names, files in os.walk(given):
                names[:] = [name for name in names if not name.startswith(".")]
                paths = [Path(folder, name) for name in files if not name.startswith(".")]
                found |= {os.path.realpath(path): RawFile(path.relative_to(given).as_posix(), path) for path in paths}
        elif given.exists():
            found[os.path.realpath(given)] = RawFile(given.name, given)
        else:
            raise NothingToReadError(f"there is no file or folder {given}; name one with --raw")
    if not found:
        raise NothingToReadError(f"there is no file in {', '.join(map(str, given_paths))}; put raw dumps there")
    return sorted(found.values())


def read_all(files: Sequence[RawFile], scratch: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Reads files one after the other.

    Args:
        files: What to read.
        scratch: Folder for unpacked content, which is removed again.

    Returns:
        Rows of `dumps`, sorted by dump_id, files with the same bytes in one row; and rows of `listings`, sorted by
        dump and place.
    """
    parsed = [read_dump(file.path, uri=file.uri, scratch=scratch) for file in files]
    found = pl.concat([polars_schema(Dumps).to_frame(), *(one.dump for one in parsed)])
    first = found.sort("dump_id", "uri").unique("dump_id", keep="first")
    copies = found.group_by("dump_id").agg(copies=pl.col("uri").sort().slice(1))
    dumps = first.join(copies, on="dump_id").with_columns(also_at="copies").drop("copies").sort("dump_id")
    listings = pl.concat([polars_schema(Listings).to_frame(), *(one.listings for one in parsed)])
    return dumps, listings.unique("listing_id", keep="first").sort("dump_id", "page", "position", "listing_id")
