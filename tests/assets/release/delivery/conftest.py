"""A server of the S3 protocol, and a folder and a bucket as targets that can be looked into."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import obstore
import pytest

from assets import remote
from assets.release.delivery.bucket import BucketTarget
from assets.release.delivery.folder import FolderTarget
from assets.release.delivery.target import Target
from tests.deliveries import Server, s3_server, tree

BUCKETS = count(1)


@dataclass(frozen=True)
class Place:
    """A target, and what is in it, seen by other means."""

    target: Target
    look: Callable[[], dict[str, bytes]]
    put: Callable[[str, bytes], None]


@pytest.fixture(scope="module")
def running() -> Iterator[Server]:
    with s3_server() as server:
        yield server


@pytest.fixture
def server(running: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """The server, to which the environment leads."""
    for name, value in running.environment.items():
        monkeypatch.setenv(name, value)
    remote.client.cache_clear()
    running.log.clear()
    running.writes_left = None
    yield running
    running.writes_left = None
    remote.client.cache_clear()


@pytest.fixture
def bucket(server: Server) -> Place:
    """An empty prefix of a bucket, beside somebody else's object."""
    name = f"papers-{next(BUCKETS)}"
    server.request("PUT", f"/{name}", b"")
    server.request("PUT", f"/{name}/theirs.txt", b"theirs")
    server.request("PUT", f"/{name}/year-2025.txt", b"theirs")

    def look() -> dict[str, bytes]:
        found = server.objects(name)
        assert (found.pop("theirs.txt"), found.pop("year-2025.txt")) == (b"theirs", b"theirs")
        return {key.removeprefix("year/"): content for key, content in found.items()}

    def put(key: str, content: bytes) -> None:
        obstore.put(remote.client(f"s3://{name}"), f"year/{key}", content)

    return Place(BucketTarget(f"s3://{name}/year"), look, put)


@pytest.fixture
def folder(tmp_path: Path) -> Place:
    root = tmp_path / "target"

    def put(key: str, content: bytes) -> None:
        (root / key).parent.mkdir(parents=True, exist_ok=True)
        (root / key).write_bytes(content)

    return Place(FolderTarget(root), lambda: tree(root), put)


@pytest.fixture(params=["folder", "bucket"])
def place(request: pytest.FixtureRequest) -> Place:
    found: Place = request.getfixturevalue(request.param)
    return found
