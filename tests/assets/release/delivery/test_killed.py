"""Deliveries that are killed at random moments: readers never find half of a release, and the next one completes."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import pytest

from assets.release.delivery.deliver import deliver
from assets.release.delivery.places import Layout
from assets.release.delivery.plan import Wish
from tests.deliveries import CARD, add_release, check_whole, table_bytes

KILLS = 13
NURSERY = """
import os, sys
from pathlib import Path
from assets.release.delivery import bucket
from assets.release.delivery.deliver import deliver
from assets.release.delivery.places import Layout, open_target
from assets.release.delivery.plan import Wish

for line in sys.stdin:
    home, place, layout = line.rstrip("\\n").split("\\t")
    child = os.fork()
    if not child:
        deliver(Path(home), open_target(place, Path(home)), Layout(layout), Wish(keep=2))
        os._exit(0)
    print(child, flush=True)
    print(os.waitpid(child, 0)[1], flush=True)
"""
"""A process that has loaded everything, and delivers in a child for every line."""

Start = Callable[[Path, str, Layout], tuple[int, IO[str]]]


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts a delivery; gives its process, and where its status can be read."""
    command = [sys.executable, "-c", NURSERY]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as nursery:

        def begin(home: Path, place: str, layout: Layout) -> tuple[int, IO[str]]:
            assert nursery.stdin is not None
            assert nursery.stdout is not None
            nursery.stdin.write(f"{home}\t{place}\t{layout.value}\n")
            nursery.stdin.flush()
            return int(nursery.stdout.readline()), nursery.stdout

        yield begin
        nursery.communicate(timeout=30)


def large_files(version: str) -> dict[str, bytes]:
    """The files of a release of some size: one goes to stores in parts."""
    files = {f"{name}.parquet": table_bytes(version, name, 2000) for name in ("papers", "links", "terms", "quality")}
    files["samples/papers-1k.parquet"] = table_bytes(version, "sample", 1000)
    return {"README.md": CARD.encode(), "papers.bib": version.encode() * 800_000, **files}


@pytest.mark.slow
@pytest.mark.parametrize("layout", list(Layout))
def test_killed_at_random_moments(tmp_path: Path, place, layout: Layout, start: Start) -> None:
    home, chance = tmp_path / "home", random.Random(7)
    for number in (1, 2):
        add_release(home, f"2025.03.01.{number}", large_files(str(number)))
        process, told = start(home, str(place.target), layout)
        began = time.monotonic()
        assert told.readline() == "0\n"
        usual = time.monotonic() - began
    killed = 0
    for number in range(3, KILLS + 3):
        add_release(home, f"2025.03.01.{number}", large_files(str(number)))
        process, told = start(home, str(place.target), layout)
        time.sleep(chance.random() * usual)
        try:
            os.kill(process, signal.SIGKILL)
        except ProcessLookupError:
            told.readline()
        else:
            killed += told.readline() != "0\n"
        versions = check_whole(place.look(), layout.path(""))
        assert versions.items
        if layout is Layout.HUGGINGFACE:
            lines = place.look()["README.md"].decode().splitlines()
            assert {line.split('"')[1] for line in lines if '"data/' in line} <= set(place.look())
    assert killed > KILLS // 5
    done = deliver(home, place.target, layout, Wish(keep=2))
    there = place.look()
    check_whole(there, layout.path(""))
    assert done.versions.last_successful == f"2025.03.01.{KILLS + 2}"
    count = len(large_files("")) + 1
    assert len(there) == count * len(done.versions.items) + (3 if layout is Layout.HUGGINGFACE else 1)
    shutil.rmtree(home)
