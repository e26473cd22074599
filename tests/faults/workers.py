"""Processes to be killed: everything is imported before the clock starts, so that a moment is one of the work itself.

Threads of the libraries that are imported do not survive a fork; so every worker is a process of its own, and the next
one is started while this one is at work.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Self

ROOT = Path(__file__).resolve().parents[2]
PREAMBLE = """
import sys
from pathlib import Path
from tests import releases
from assets.release.delivery import deliver, places, plan

print("ready", flush=True)
sys.stdin.readline()
"""


class Worker:
    """A process that has imported everything and waits for the word."""

    def __init__(self, script: str, *words: object) -> None:
        """Starts it.

        Args:
            script: What it does after the word; `sys.argv[1:]` are the words.
            words: Handed to the script.
        """
        self.process = subprocess.Popen(
            [sys.executable, "-c", PREAMBLE + script, *map(str, words)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def begin(self) -> None:
        """Waits until everything is imported, and gives the word."""
        assert self.process.stdout is not None
        assert self.process.stdin is not None
        assert self.process.stdout.readline() == b"ready\n", self.told()
        self.process.stdin.write(b"\n")
        self.process.stdin.flush()

    def told(self) -> str:
        """What it has written to its error output, once it has ended."""
        assert self.process.stderr is not None
        return self.process.stderr.read().decode()

    def end(self) -> int:
        """Waits for its end; returns its exit code, negative where a signal ended it."""
        self.process.wait(timeout=60)
        return self.process.returncode

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.communicate()


def workers(count: int, script: str, *words: object) -> Iterator[Worker]:
    """Workers one after another, the next of which gets ready while the one before is at work."""
    ahead = Worker(script, *words)
    for place in range(count):
        with ahead as worker:
            if place + 1 < count:
                ahead = Worker(script, *words)
            yield worker
