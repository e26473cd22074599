"""Releases whose documents are looked at: made once for all tests of a process."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from tests.pipeline.conftest import call
from tests.releases import frames, publish, release_of

HOSTILE_URI = 's3://key:s3cr3t@bucket/</script><b>"x"\u2028&amp;\n{Ü}.zip?X-Amz-Signature=s3cr3t!/a|b.txt'
"""The place of a dump as nobody should name it."""

Release = Callable[..., Path]


@pytest.fixture(scope="session")
def hostile_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tables = frames()
    tables["dumps"] = tables["dumps"].with_columns(uri=pl.lit(HOSTILE_URI))
    return publish(tmp_path_factory.mktemp("home"), tables)


@pytest.fixture(scope="session")
def release_with(hostile_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Release:
    """Makes a release of a small and nasty data set: formats, tables and condition as given."""

    @cache
    def made(formats: str = "parquet", tables: str | None = None, where: str | None = None) -> Path:
        home = tmp_path_factory.mktemp("home")
        (home / "papers.duckdb").symlink_to(hostile_home / "papers.duckdb")
        chosen = tables.split(",") if tables else None
        return release_of(home, formats=formats.split(","), tables=chosen, where=where).folder

    return made


@pytest.fixture(scope="session")
def release_folder(release_with: Release) -> Path:
    """A release of all tables as Parquet."""
    return release_with()


@pytest.fixture(scope="session")
def real_release(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of the real dumps, as Parquet and CSV."""
    home = tmp_path_factory.mktemp("real")
    done = call("run", "--raw", shared / "dumps", "--home", home)
    assert done.returncode == 0, done.stderr
    return release_of(home, formats=["parquet", "csv"]).folder
