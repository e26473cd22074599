"""A kill at any moment of a release or of its publication: nothing half is ever seen, and the next one completes."""

import os
import random
import shutil
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import pytest

from assets.release.delivery.deliver import deliver
from assets.release.delivery.places import Layout, open_target
from assets.release.delivery.plan import Wish
from assets.release.verification import places
from assets.release.versions import Versions
from tests import releases
from tests.faults.workers import Nursery, Worker, workers

MOMENTS = 50
RELEASE = """
releases.release_of(Path(sys.argv[1]), force=True, day=2, formats=["parquet", "csv"], tables=["papers", "dumps"])
"""
PUBLISH = """
home, target, version = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
deliver.deliver(home, places.open_target(target, home), places.Layout.ARCHIVE, plan.Wish(version, keep=1))
"""
SMALL = {"formats": ["parquet", "csv"], "tables": ["papers", "dumps"]}


def content(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def publish(home: Path, target: Path, version: str) -> None:
    deliver(home, open_target(str(target), home), Layout.ARCHIVE, Wish(version, keep=1))


def assert_nothing_half(folder: Path, known: dict[str, dict[str, str]]) -> tuple[str, ...]:
    """What a reader sees at any moment: a list that can be read, and releases that are whole; returns the list."""
    listed = folder / "versions.json"
    versions = Versions.from_json(listed.read_bytes()) if listed.exists() else Versions()
    for version in versions.items:
        if version in known:
            assert content(folder / version) == known[version], "a release never changes"
        else:
            (found,) = places.verify(str(folder / version))
            assert found.is_ok, found
            known[version] = content(folder / version)
    return versions.items


def seconds(script: str, *words: object) -> float:
    """How long the work takes when nobody disturbs it."""
    with Worker(script, *words) as worker:
        worker.begin()
        start = time.monotonic()
        assert worker.end() == 0, worker.told()
        return time.monotonic() - start


def killed(script: str, count: int, longest: float, *words: object) -> Iterator[bool]:
    """Kills workers, each at a random moment of its work; gives whether it had not ended before."""
    chance = random.Random(count)
    for worker in workers(count, script, *words):
        worker.begin()
        time.sleep(chance.uniform(0, longest))
        worker.process.kill()
        code = worker.end()
        assert code in (0, -signal.SIGKILL), worker.told()
        yield code != 0


def kill(child: int) -> None:
    """Kills a process that may have ended."""
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)


def assert_order(folder: Path, listed: Sequence[str]) -> None:
    """After a release or delivery that has come to its end: what is listed is there, and nothing else."""
    assert sorted(entry.name for entry in folder.iterdir()) == [*sorted(listed), "versions.json"]


@pytest.mark.slow
def test_a_release_that_is_killed(tmp_path: Path) -> None:
    home = releases.make_home(tmp_path)
    known = {(made := releases.release_of(home, **SMALL)).version: content(made.folder)}
    longest, deaths = seconds(RELEASE, home), 0
    for number, was_killed in enumerate(killed(RELEASE, MOMENTS, longest, home), 1):
        deaths += was_killed
        assert_nothing_half(home / "releases", known)
        if number % 10 == 0:
            made = releases.release_of(home, force=True, day=2, **SMALL)
            listed = assert_nothing_half(home / "releases", known)
            assert made.version == listed[-1]
            assert_order(home / "releases", listed)
    assert deaths >= MOMENTS // 5, "the moments lie within the work, also where the machine was slower before"


@pytest.mark.slow
def test_a_publication_that_is_killed(tmp_path: Path) -> None:
    home, target = releases.make_home(tmp_path / "home"), tmp_path / "target"
    made = [releases.release_of(home, **SMALL, force=True, day=day) for day in (1, 2, 3)]
    known = {one.version: content(one.folder) for one in made}
    publish(home, target, made[1].version)
    before = tmp_path / "before"
    shutil.copytree(target, before)
    chance, deaths, longest = random.Random(MOMENTS), 0, 0.0
    with Nursery(PUBLISH, home, target, made[2].version) as nursery:
        for moment in range(-2, MOMENTS):
            start, child = time.monotonic(), nursery.begin()
            if moment >= 0:
                time.sleep(chance.uniform(0, longest))
                kill(child)
            deaths += nursery.end() != 0
            longest = time.monotonic() - start if moment < 0 else longest
            listed = assert_nothing_half(target, known)
            assert listed in ((made[1].version,), (made[1].version, made[2].version), (made[2].version,))
            publish(home, target, made[2].version)
            assert_order(target, assert_nothing_half(target, known))
            shutil.rmtree(target)
            shutil.copytree(before, target)
    assert deaths >= MOMENTS // 5, "the moments lie within the work, also where the machine was slower before"
