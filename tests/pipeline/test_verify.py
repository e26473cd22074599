"""`sheaf verify` as users call it: one aligned line a check, and an exit code."""

import http.server
import json
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli.main import app
from tests import releases

SELECTED = {"tables": ["dumps", "papers"], "formats": ["parquet", "csv"]}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with two releases; what a test changes it puts back."""
    home = releases.make_home(tmp_path_factory.mktemp("home"))
    for day in (1, 2):
        releases.release_of(home, day=day, force=True, **SELECTED)
    return home


def verify(*words: object) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["verify", *map(str, words)])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.stdout, done.stderr


def test_one_line_a_check(home: Path) -> None:
    code, told, _ = verify(home)
    assert code == 0
    *checks, last = told.splitlines()
    assert [line.split()[0] for line in checks][:3] == ["manifest", "files", "rows"]
    assert len({line.index(f" {line.split()[1]} ") for line in checks}) == 1, "aligned"
    assert last == f"release 2025.03.02.1: ok: {home}/releases/2025.03.02.1"


def test_all_releases_and_json(home: Path) -> None:
    code, told, _ = verify(home / "releases", "--all", "--json")
    found = json.loads(told)
    assert (code, found["ok"]) == (0, True)
    assert [one["version"] for one in found["releases"]] == ["2025.03.01.1", "2025.03.02.1"]
    assert {one["status"] for one in found["releases"][0]["checks"]} == {"ok", "not done"}


def test_what_is_wrong_is_said(home: Path) -> None:
    extra = home / "releases" / "2025.03.02.1" / "extra\x1b[31m.txt"
    extra.write_text("x")
    try:
        code, told, _ = verify(home / "releases" / "2025.03.02.1")
        assert code == 1
        assert "files       FAILED: extra\\x1b[31m.txt: the manifest does not list it\n" in told
        assert "release 2025.03.02.1: FAILED: 1 of " in told
        code, told, _ = verify(home, "--json")
        files = next(one for one in json.loads(told)["releases"][0]["checks"] if one["check"] == "files")
        assert code == 1
        assert files["findings"] == [{"where": extra.name, "what": "the manifest does not list it"}]
    finally:
        extra.unlink()


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("nowhere", "nowhere is no folder"),
        (".", "there is no release in .: neither manifest.json nor versions.json"),
        ("ftp://x/y", "ftp://x/y: there is no ftp; use a folder, or s3, gs, az, http, https"),
    ],
    ids=["missing", "empty", "scheme"],
)
def test_no_release(place: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert verify(place) == (2, "", f"sheaf: {told}\n")


def test_a_list_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "versions.json").write_text("{")
    code, _, told = verify(tmp_path)
    assert code == 1
    assert told.startswith(
        f"sheaf: it cannot be verified: {tmp_path}: versions.json: the list of versions cannot be read"
    )


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A web server that says nothing."""

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def web(home: Path) -> Iterator[str]:
    """The address of a web server that shows the home."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(home))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_release_on_the_web(home: Path, web: str) -> None:
    for place in ("", "/releases", "/releases/2025.03.02.1"):
        code, told, _ = verify(web + place)
        assert code == 0, told
        assert told.splitlines()[0].endswith("as the list of releases knows it")
        assert told.splitlines()[-1] == f"release 2025.03.02.1: ok: {web}/releases/2025.03.02.1"
    path = home / "releases" / "2025.03.02.1" / "papers.csv.gz"
    path.rename(home / "aside")
    try:
        assert "papers.csv.gz: it is missing" in verify(web)[1]
        path.write_bytes((home / "aside").read_bytes() + b"x" * 1000)
        assert "papers.csv.gz: it has " in verify(web)[1]
    finally:
        (home / "aside").rename(path)
    code, _, told = verify(f"{web}/nowhere")
    assert (code, told) == (
        2,
        f"sheaf: there is no release in {web}/nowhere: neither manifest.json nor versions.json\n",
    )


def test_a_server_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assets.remote.TRIES", 0)
    code, _, told = verify("http://127.0.0.1:9/releases")
    assert code == 1
    assert told.startswith("sheaf: it cannot be verified: http://127.0.0.1:9/releases/manifest.json: ")
    assert told.count("\n") == 1
