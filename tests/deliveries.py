"""Homes with releases that were written by hand, to be delivered somewhere."""

import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from threading import Lock, Thread
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from moto.core import DEFAULT_ACCOUNT_ID
from moto.s3.models import s3_backends
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server

from assets.release.delivery.target import Target
from assets.release.layout import MANIFEST, RELEASES, media_type
from assets.release.manifest import Manifest, ReleasedFile
from assets.release.store import Releases
from assets.release.versions import Versions
from schemas.release_vocabulary import FileRole

V1, V2, V3 = "2025.03.01.1", "2025.03.02.1", "2025.03.02.10"

CARD = """---
license: cc-by-4.0
pretty_name: "Gulls: \U0001f426 & 'others'"
configs:
- config_name: papers
  data_files: papers.parquet  # the papers
  default: true
- config_name: samples
  data_files:
  - split: small
    path: samples/papers-1k.parquet
- config_name: links
  data_files:
  - ./links.parquet
dataset_info:
- config_name: papers
  features:
  - name: paper_id
    dtype: string
---
# Gulls

See [the dictionary](dictionary.md#papers), [us](https://example.org/dictionary.md) and `papers.parquet`.
"""


def table_bytes(version: str, name: str, rows: int = 3) -> bytes:
    """A Parquet file."""
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table({"paper_id": [f"{name} {row} of {version}" for row in range(rows)]}), sink)
    return bytes(sink.getvalue())


def files_of(version: str) -> dict[str, bytes]:
    """The files of a release, without its manifest."""
    return {
        "README.md": CARD.encode(),
        "dictionary.md": b"# Dictionary\n",
        "links.parquet": table_bytes(version, "links"),
        "papers.bib": b"",
        "papers.parquet": table_bytes(version, "papers"),
        "samples/papers-1k.parquet": table_bytes(version, "sample", 1),
    }


def role(path: str) -> FileRole:
    if path.endswith(".md"):
        return FileRole.DOCUMENTATION
    return FileRole.SAMPLE if path.startswith("samples/") else FileRole.DATA


def add_release(home: Path, version: str, files: Mapping[str, bytes] | None = None) -> Path:
    """Puts a release into a home, and into its list; returns its folder."""
    folder = home / RELEASES / version
    content = files_of(version) if files is None else files
    told = [
        ReleasedFile(path, role(path), len(data), sha256(data).hexdigest(), media_type(path))
        for path, data in sorted(content.items())
    ]
    manifest = Manifest(version, "2025-03-01T12:00:00Z", None, {}, {}, {}, [], {}, {}, told).to_json().encode()
    for path, data in {**content, MANIFEST: manifest}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    versions = Releases(home).versions().add(version, sha256(manifest).hexdigest())
    (home / RELEASES / "versions.json").write_text(versions.to_json())
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder: its path -> its content."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def check_whole(there: Mapping[str, bytes], below: str = "") -> Versions:
    """Makes sure that everything that the list of an archive names is there, whole; returns the list."""
    if f"{below}versions.json" not in there:
        return Versions()
    versions = Versions.from_json(there[f"{below}versions.json"])
    for version, digest in versions.manifests.items():
        told = there[f"{below}{version}/manifest.json"]
        assert sha256(told).hexdigest() == digest
        for file in Manifest.from_json(told).files:
            assert sha256(there[f"{below}{version}/{file.path}"]).hexdigest() == file.sha256, file.path
    return versions


class Cut(Exception):  # noqa: N818 - nothing of the system's
    """What a test ends a delivery with."""


class Fragile:
    """A target that breaks at the N-th operation that changes something."""

    def __init__(self, target: Target, left: int) -> None:
        self.target, self.left, self.done = target, left, 0
        self.at_once = 1

    def __str__(self) -> str:
        return str(self.target)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.target, name)

    def _change(self) -> None:
        if self.done >= self.left:
            raise Cut
        self.done += 1

    def copy(self, *told: Any) -> None:
        self._change()
        self.target.copy(*told)

    def replace(self, *told: Any) -> None:
        self._change()
        self.target.replace(*told)

    def replace_if(self, *told: Any) -> None:
        self._change()
        self.target.replace_if(*told)

    def delete(self, below: str, paths: list[str]) -> None:
        for path in paths:
            self._change()
            self.target.delete("", [path])
        self.target.delete(below, [])


@dataclass
class Server:
    """A server of the S3 protocol on loopback, which remembers what was asked of it, and may refuse."""

    endpoint: str = ""
    log: list[tuple[str, str]] = field(default_factory=list)
    """Method and path of every request, with its query."""
    writes_left: int | None = None
    """Requests that change something and are still served; the others are denied. None for all."""

    @property
    def environment(self) -> dict[str, str]:
        """The variables that lead there."""
        return {
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_ALLOW_HTTP": "true",
            "AWS_ACCESS_KEY_ID": "nobody",
            "AWS_SECRET_ACCESS_KEY": "nothing",
            "AWS_REGION": "us-east-1",
        }

    @property
    def writes(self) -> list[tuple[str, str]]:
        """The requests that changed something, in their order."""
        return [one for one in self.log if one[0] not in {"GET", "HEAD"}]

    def request(self, method: str, path: str, content: bytes | None = None) -> bytes:
        """Asks the server for something that is not remembered."""
        headers = {"Content-Type": "application/octet-stream"}
        request = urllib.request.Request(f"{self.endpoint}{path}", content, headers, method=method)  # noqa: S310
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - loopback
            data: bytes = answer.read()
        self.log.pop()
        return data

    def objects(self, bucket: str, prefix: str = "") -> dict[str, bytes]:
        """Every object of a bucket below a prefix: its key behind it -> its content."""
        kept = s3_backends[DEFAULT_ACCOUNT_ID]["aws"].buckets[bucket].keys
        return {str(key).removeprefix(prefix): kept[key].value for key in list(kept) if key.startswith(prefix)}


DENIED = b"<Error><Code>AccessDenied</Code><Message>Not today</Message></Error>"


@contextmanager
def s3_server() -> Iterator[Server]:
    """Starts the server."""
    server, lock = Server(), Lock()
    moto = DomainDispatcherApplication(create_backend_app)

    def application(environ: dict[str, Any], start: Any) -> Any:
        with lock:
            method, query = environ["REQUEST_METHOD"], environ["QUERY_STRING"]
            server.log.append((method, environ["PATH_INFO"] + (f"?{query}" if query else "")))
            changes = method not in {"GET", "HEAD"}
            if changes and server.writes_left is not None:
                if not server.writes_left:
                    environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
                    start("403 Forbidden", [("Content-Type", "application/xml"), ("Content-Length", str(len(DENIED)))])
                    return [DENIED]
                server.writes_left -= 1
        return moto(environ, start)

    class Silent(WSGIRequestHandler):
        def log(self, *_: Any) -> None:
            """Says nothing."""

    listener = make_server("127.0.0.1", 0, application, threaded=True, request_handler=Silent)
    server.endpoint = f"http://127.0.0.1:{listener.server_port}"
    thread = Thread(target=listener.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server
    listener.shutdown()
    thread.join()
    listener.server_close()
