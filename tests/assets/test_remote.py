"""Dumps in an S3 store and on a web server, both on loopback."""

import http.server
import logging
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import obstore
import pytest
from moto.core import DEFAULT_ACCOUNT_ID
from moto.s3.models import s3_backends
from moto.server import ThreadedMotoServer
from obstore.store import S3Store

from assets import remote
from assets.parse.folder import NEVER_SETTLED, NothingToReadError, fetch, find_files, look
from assets.parse.manifest import ManifestError
from schemas.vocabulary import Role

Put = Callable[[str, bytes], object]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of an S3 server."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    moto = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    moto.start()
    host, port = moto.get_host_and_port()
    yield f"http://{host}:{port}"
    moto.stop()


@pytest.fixture
def put(server: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Put]:
    """A fresh bucket `bucket`, the environment that leads to it, and how to put objects in it."""
    settings = {"ACCESS_KEY_ID": "key", "SECRET_ACCESS_KEY": "secret", "REGION": "us-east-1"}
    for name, value in (settings | {"ENDPOINT_URL": server, "ALLOW_HTTP": "true"}).items():
        monkeypatch.setenv(f"AWS_{name}", value)
    monkeypatch.setattr(remote, "TRIES", 0)
    remote.client.cache_clear()

    ask(f"{server}/moto-api/reset", "POST")
    ask(f"{server}/bucket", "PUT")
    yield lambda key, data: obstore.put(S3Store("bucket", client_options={"allow_http": True}), key, data)
    remote.client.cache_clear()


def ask(url: str, method: str) -> None:
    """Makes a request that the client would not make."""
    urlopen(Request(url, data=b"", method=method, headers={"Content-Type": "text/plain"}))  # noqa: S310 - loopback


def uris(*given: str) -> list[str]:
    return [file.uri for file in find_files(given)]


def read(url: str, scratch: Path) -> dict[str, bytes]:
    found = {}
    for file in find_files([url]):
        with fetch(file, scratch) as path:
            found[file.uri] = path.read_bytes()
    assert not scratch.exists() or not list(scratch.iterdir())
    return found


def test_a_folder_of_a_bucket(put: Put, server: str, tmp_path: Path) -> None:
    for key in ("a/x.json", "a/deep/y z#%41.json", "a/.hidden", "a/.git/z", "ab/z.json"):
        put(key, key.encode())
    put("a/empty", b"")
    ask(f"{server}/bucket/a/folder/", "PUT")
    expected = {"empty": b"", "deep/y z#%41.json": b"a/deep/y z#%41.json", "x.json": b"a/x.json"}
    assert read("s3://bucket/a", tmp_path / "scratch") == expected
    assert read("s3://bucket/a/", tmp_path / "scratch") == expected
    assert uris("s3://bucket") == ["a/deep/y z#%41.json", "a/empty", "a/x.json", "ab/z.json"]
    assert uris("s3://bucket", "s3://bucket/a/x.json") == ["a/deep/y z#%41.json", "a/empty", "ab/z.json", "x.json"]


def test_one_object(put: Put, tmp_path: Path) -> None:
    put("a/x.json", b"text")
    assert read("s3://bucket/a/x.json", tmp_path) == {"x.json": b"text"}


def test_patterns(put: Put) -> None:
    for key in ("a/x.json", "a/x.csv", "a/deep/y.json"):
        put(key, b"x")
    assert uris("s3://bucket/a/*.json") == ["x.json"]
    assert uris("s3://bucket/**/*.json") == ["a/deep/y.json", "a/x.json"]
    assert uris("s3://bucket/a/d*") == ["deep/y.json"]


@pytest.mark.usefixtures("put")
def test_more_objects_than_one_answer_lists() -> None:
    bucket = s3_backends[DEFAULT_ACCOUNT_ID]["aws"]
    for number in range(1005):
        bucket.put_object("bucket", f"many/{number:04}", b"x")
    assert uris("s3://bucket/many") == [f"{number:04}" for number in range(1005)]


def test_manifests_in_a_bucket(put: Put) -> None:
    put("a/x.csv", b"x")
    put("a/reference/y.csv", b"y")
    put("a/sheaf.toml", b'[[dumps]]\nfiles = ["x.csv", "z.csv"]\ncolumns.title = "Name"')
    found = look(["s3://bucket/a"])
    assert [(file.uri, file.settings.role) for file in found.files] == [
        ("reference/y.csv", Role.REFERENCE),
        ("x.csv", Role.FEED),
    ]
    assert found.files[1].settings.hints.columns == {"title": "Name"}
    assert found.warnings == ["s3://bucket/a/sheaf.toml: no file matches 'z.csv'"]
    put("a/sheaf.toml", b"[[dumps]]")
    with pytest.raises(ManifestError, match=r"^s3://bucket/a/sheaf\.toml: entry 1: files is missing"):
        find_files(["s3://bucket/a"])


def test_the_stamp_changes_with_the_object(put: Put, tmp_path: Path) -> None:
    put("a/x", b"one")
    (before,) = find_files(["s3://bucket/a"])
    assert find_files(["s3://bucket/a"]) == [before]
    assert before.changed_ns is None
    assert before.mtime is not None
    put("a/x", b"two")
    (after,) = find_files(["s3://bucket/a"])
    assert after.stamp != before.stamp
    with fetch(before, tmp_path) as path:  # replaced while the run was under way: what is there now is read
        assert path.read_bytes() == b"two"


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("s3://elsewhere/a", "s3://elsewhere/a: there is no such bucket"),
        ("s3://elsewhere", "s3://elsewhere: there is no such bucket"),
        ("s3://bucket/missing", "there is no object s3://bucket/missing, and none below"),
        ("s3://bucket/*.json", "there is no object s3://bucket/*.json, and none below"),
        ("s3://", "s3://"),
        ("az://container/x", "az://container/x: "),
    ],
)
@pytest.mark.usefixtures("put")
def test_nothing_there(url: str, told: str) -> None:
    with pytest.raises(NothingToReadError) as error:
        find_files([url])
    assert str(error.value).startswith(told)
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < 300


@pytest.mark.usefixtures("put")
def test_a_key_that_is_no_path_is_told(server: str) -> None:
    ask(f"{server}/bucket/a//x", "PUT")
    with pytest.raises(NothingToReadError, match=r"^s3://bucket: .*empty path segment"):
        find_files(["s3://bucket"])


@pytest.mark.usefixtures("put")
def test_a_store_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    with pytest.raises(NothingToReadError, match=r"^s3://bucket/a: .*error sending request$"):
        find_files(["s3://bucket/a"])


def test_an_object_that_went_or_is_too_large_cannot_be_read(put: Put, tmp_path: Path) -> None:
    put("a/x", b"x" * 1000)
    (file,) = find_files(["s3://bucket/a"])
    with pytest.raises(OSError, match="more than 999 bytes"), fetch(file, tmp_path, 999):
        pass
    obstore.delete(remote.client("s3://bucket"), "a/x")
    with pytest.raises(OSError, match=r"s3://bucket/a/x: there is no such object"), fetch(file, tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers by the path that is asked for."""

    def do_HEAD(self) -> None:
        self.answer()

    def do_GET(self) -> None:
        self.answer()

    def answer(self) -> None:
        content, headers, status = {
            "/a/x%20y.json": (b"text", {"Last-Modified": "Fri, 03 May 2024 10:15:00 GMT"}, 200),
            "/tagged": (b"text", {"ETag": '"1"'}, 200),
            "/moved": (b"", {"Location": "/tagged"}, 302),
            "/bare": (b"text", {}, 200),
            "/denied": (b"no", {}, 403),
        }.get(self.path, (b"gone", {}, 404))
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(content))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def web() -> Iterator[str]:
    """The address of a web server."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "uri"), [("a/x%20y.json", "x y.json"), ("tagged", "tagged"), ("moved", "moved"), ("bare", "bare")]
)
def test_a_file_on_the_web(web: str, path: str, uri: str, tmp_path: Path) -> None:
    assert read(f"{web}/{path}", tmp_path) == {uri: b"text"}


def test_what_a_web_server_says_of_a_file_is_its_stamp(web: str) -> None:
    files = {file.uri: file for file in find_files([f"{web}/{path}" for path in ("a/x%20y.json", "tagged", "bare")])}
    dated, tagged, bare = files["x y.json"], files["tagged"], files["bare"]
    assert (dated.changed_ns, dated.mtime) == (1714731300_000_000_000, 1714731300.0)
    assert tagged.changed_ns is None
    assert bare.changed_ns == NEVER_SETTLED


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("none", "there is no file"),
        ("", "there is no file"),
        ("denied", "access is denied"),
        ("x?page=2", "an address with a query cannot be read; download it first"),
    ],
)
def test_nothing_on_the_web(web: str, path: str, told: str) -> None:
    with pytest.raises(NothingToReadError, match=told) as error:
        find_files([f"{web}/{path}"])
    assert "\n" not in str(error.value)


def test_local_runs_do_not_load_the_client() -> None:
    program = "import sys, assets.parse.folder as f; f.find_files([sys.argv[1]]); print('obstore' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program, __file__], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
