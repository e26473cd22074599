"""The command `publish`, as users call it: to a folder, to a server of the S3 protocol, and for the hub's readers."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from assets import remote
from assets.release.layout import RELEASES
from assets.release.store import Releases
from pipeline.cli.main import app
from tests.deliveries import V1, V2, Server, add_release, check_whole, files_of, s3_server, tree
from tests.pipeline.conftest import Sheaf
from tests.releases import make_home, release_of


@dataclass(frozen=True)
class Done:
    """What a command has printed, and how it ended."""

    returncode: int
    stdout: str
    stderr: str


Publish = Callable[..., Done]


@pytest.fixture
def publish(capsys: pytest.CaptureFixture[str]) -> Publish:
    """The command in this process, which saves the time to start another."""

    def called(*words: object) -> Done:
        capsys.readouterr()
        code = app(["publish", *map(str, words)], standalone_mode=False)
        return Done(code or 0, *capsys.readouterr())

    return called


@pytest.fixture
def home(tmp_path: Path) -> Path:
    for version in (V1, V2):
        add_release(tmp_path / "home", version)
    return tmp_path / "home"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with s3_server() as running:
        running.request("PUT", "/library", b"")
        yield running


def test_a_folder(sheaf: Sheaf, publish: Publish, home: Path, tmp_path: Path) -> None:
    target = tmp_path / "target"
    done = sheaf("publish", V1, "--home", home, "--to", target)
    size = sum(path.stat().st_size for path in (home / RELEASES / V1).rglob("*") if path.is_file())
    count = len(files_of(V1)) + 1
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "release\tfiles\tcopied\tbytes copied",
        f"{V1}\t{count}\t{count}\t{size}",
        "",
        f"{target} shows {V1}",
    ]
    assert check_whole(tree(target)).items == (V1,)
    again = publish(V1, "--home", home, "--to", target)
    assert (again.returncode, again.stderr) == (0, "")
    assert again.stdout == f"{target} is up to date: {V1} (compared by size; --check reads every byte)\n"


def test_a_bucket(publish: Publish, home: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    remote.client.cache_clear()
    target = ["--home", home, "--to", "s3://library/papers"]
    assert publish(*target, "--all").returncode == 0
    Releases(home).withdraw(V2, "taken down")
    done = publish(*target)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"deleted: {V2}\n" in done.stdout
    there = server.objects("library", "papers/")
    assert check_whole(there).items == (V1,)
    assert not [path for path in there if path.startswith(V2)]


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["--to", "ftp://x/y"], 2, "ftp:// cannot be published to; use a folder, s3://, gs:// or az://"),
        (["--to", "{home}/releases"], 2, "{home}/releases is the home, or in it; publish to another folder"),
        (["2020.01.01.1", "--to", "{home}/../x"], 2, f"release 2020.01.01.1 is not there; releases are {V1}, {V2}"),
        ([V1, "--all", "--to", "{home}/../x"], 2, "either VERSION or --all, not both"),
        (["--to", "{home}/../a/b"], 1, "there is no folder"),
    ],
    ids=["a scheme", "the home", "a version", "both", "no folder above"],
)
def test_what_goes_wrong_is_one_line(publish: Publish, home: Path, words: list[str], code: int, told: str) -> None:
    before = tree(home.parent)
    done = publish("--home", home, *(word.format(home=home) for word in words))
    assert (done.returncode, done.stdout) == (code, "")
    assert told.format(home=home) in done.stderr
    assert done.stderr.count("\n") == 1
    assert tree(home.parent) == before
    assert not (home.parent / "x").exists()


LOAD = """
import sys
import datasets
for name in datasets.get_dataset_config_names(sys.argv[1]):
    for split, rows in datasets.load_dataset(sys.argv[1], name).items():
        print(name, split, rows.num_rows, rows[0].get("paper_id"), sep="\\t")
"""


def load(folder: Path, cache: Path) -> list[list[str]]:
    """What the hub's library reads of a repository, offline: configuration, split, rows, first paper."""
    offline = {"HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "HF_HOME": str(cache)}
    command = [sys.executable, "-c", LOAD, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **offline})
    assert done.returncode == 0, done.stderr
    return [line.split("\t") for line in done.stdout.splitlines()]


@pytest.mark.slow
def test_the_hubs_library_reads_the_current_release(sheaf: Sheaf, home: Path, tmp_path: Path) -> None:
    target = ["--home", home, "--layout", "huggingface", "--to", tmp_path / "clone"]
    for version in (V1, V2):
        assert sheaf("publish", version, *target).returncode == 0
        assert load(tmp_path / "clone", tmp_path / f"cache of {version}") == [
            ["papers", "train", "3", f"papers 0 of {version}"],
            ["samples", "small", "1", f"sample 0 of {version}"],
            ["links", "train", "3", f"links 0 of {version}"],
        ]


@pytest.mark.slow
def test_a_real_release_is_verified_and_read_where_it_was_published(
    sheaf: Sheaf, tmp_path: Path, server: Server
) -> None:
    home, clone = make_home(tmp_path / "home"), tmp_path / "clone"
    made = release_of(home, formats=["parquet", "csv"])
    for place in (clone, "s3://library/hub"):
        words = ["--home", home, "--layout", "huggingface", "--to", place]
        assert sheaf("publish", *words, **server.environment).returncode == 0
    assert tree(clone / "data" / made.version) == tree(made.folder)
    shutil.rmtree(home)
    for place in (clone, "s3://library/hub", "s3://library/hub/data"):
        done = sheaf("verify", place, **server.environment)
        assert (done.returncode, done.stderr) == (0, ""), done.stdout
    rows = {name: int(count) for name, _, count, _ in load(clone, tmp_path / "cache")}
    assert rows["papers"] == 3
    assert len(rows) > 3
