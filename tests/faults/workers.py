"""Processes to be killed: everything is imported before the clock starts, so that a moment is one of the work itself.

Threads that Polars has begun do not survive a fork; so a worker that uses it is a process of its own, and the next one
is started while this one is at work. One that does not is a child of a nursery, which is ready at once.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import indent
from typing import Self

ROOT = Path(__file__).resolve().parents[2]
PREAMBLE = """
import sys
from pathlib import Path
from tests import releases

print("ready", flush=True)
sys.stdin.readline()
"""
NURSERY = """
import os, sys
from pathlib import Path
from assets.release.delivery import deliver, places, plan

print("ready", flush=True)
for _ in sys.stdin:
    child = os.fork()
    if not child:
        work()
        os._exit(0)
    print(child, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
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


class Nursery:
    """A process that has imported everything, and does its work in a child whenever it is told to."""

    def __init__(self, work: str, *words: object) -> None:
        """Starts it.

        Args:
            work: Lines of Python, the body of what a child does; `sys.argv[1:]` are the words.
            words: Handed to the script.
        """
        script = "def work():\n" + indent(work, "    ") + NURSERY
        command = [sys.executable, "-c", script, *map(str, words)]
        self.process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._line() == "ready"

    def _line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().rstrip("\n")

    def begin(self) -> int:
        """Starts a child; returns its process id."""
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return int(self._line())

    def end(self) -> int:
        """Waits for the end of the child; returns its exit code, negative where a signal ended it."""
        return int(self._line())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.communicate(timeout=60)
