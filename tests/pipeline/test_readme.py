"""The README is true: its commands print what it says they print."""

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from tests.pipeline.conftest import ROOT, SAMPLES, Sheaf

README = (ROOT / "README.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```console\n\$ (sheaf sql .*)\n((?:.*\n)+?)```", README)
IN_A_TERMINAL = {"FORCE_COLOR": "1", "TERM": "dumb"}
"""What makes the command print as in a terminal 80 columns wide, without colours."""


def plain(text: str) -> list[str]:
    """Lines without trailing spaces and without how long things took."""
    return [re.sub(r"\d+\.\d+ s\b", "… s", line.rstrip()) for line in text.strip().splitlines()]


def test_there_are_eight_queries() -> None:
    assert len(QUERIES) == 8


@pytest.mark.parametrize(("command", "output"), QUERIES, ids=[str(number) for number in range(1, len(QUERIES) + 1)])
def test_queries(sheaf: Sheaf, published: Path, command: str, output: str) -> None:
    done = sheaf(*shlex.split(command)[1:], "--home", published, **IN_A_TERMINAL)
    assert plain(done.stdout) == plain(output)


def test_what_make_run_prints(sheaf: Sheaf, tmp_path: Path) -> None:
    done = sheaf("run", "--raw", SAMPLES, "--home", tmp_path, **IN_A_TERMINAL)
    told = [line.replace(f" --home {tmp_path}", "").replace(f"{tmp_path}/", "data/") for line in plain(done.stdout)]
    block = re.search(r"three commands to try:\n\n```\n(.*?)\n```", README, re.DOTALL)
    assert block
    assert told == plain(block.group(1))


def test_every_path_that_is_named_exists() -> None:
    for path in re.findall(r"\]\(([\w./-]+)\)", README):
        assert (ROOT / path).exists(), path


def test_make_targets_exist() -> None:
    for target in re.findall(r"^\$ make (\w+)", README, re.MULTILINE):
        done = subprocess.run(["make", "--dry-run", target], cwd=ROOT, capture_output=True, check=False)
        assert done.returncode == 0, target
