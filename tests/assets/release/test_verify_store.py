"""A release in an object store: what lies there is copied no further than its manifest says, and listed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import obstore
import pytest

from assets import remote
from assets.release.verification.places import verify
from tests import releases
from tests.deliveries import s3_server


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The client of a bucket, to which the environment leads."""
    with s3_server() as running:
        for name, value in running.environment.items():
            monkeypatch.setenv(name, value)
        remote.client.cache_clear()
        running.request("PUT", "/bucket", b"")
        yield remote.client("s3://bucket")
        remote.client.cache_clear()


def test_a_release_in_a_bucket(store: Any, tmp_path: Path) -> None:
    home = releases.make_home(tmp_path)
    made = releases.release_of(home, tables=["papers"], formats=["parquet", "csv"])
    folder = home / "releases"
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        obstore.put(store, f"year/{path.relative_to(folder).as_posix()}", path.read_bytes())
    for place in ("s3://bucket/year", f"s3://bucket/year/{made.version}/"):
        (found,) = verify(place)
        assert found.is_ok, found
    below = f"year/{made.version}"
    obstore.put(store, f"{below}/extra.txt", b"extra")
    obstore.put(store, f"{below}/papers.csv.gz", b"x" * 100_000)
    obstore.delete(store, f"{below}/README.md")
    (found,) = verify("s3://bucket/year")
    (files,) = [one for one in found.outcomes if one.findings]
    stated = made.manifest.file("papers.csv.gz").bytes
    assert sorted(map(str, files.findings)) == [
        "README.md: it is missing",
        "extra.txt: the manifest does not list it",
        f"papers.csv.gz: it has {stated + 1:,} bytes, not {stated:,}",
    ]
