"""docs/dedupe.md is true: its commands and programs print what it says they print, and its columns are read."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from assets.parse.formats.table_columns import KNOWN, folded
from tests.pipeline.conftest import ROOT, Sheaf

PAGE = (ROOT / "docs" / "dedupe.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", PAGE, re.DOTALL)
FILES = ("harbour.bib", "quay.csv", "truth.csv")


def in_order(*languages: str) -> list[str]:
    return [text for language, text in BLOCKS if language in languages]


def test_what_the_page_prints(sheaf: Sheaf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in zip(FILES, in_order("bibtex", "csv"), strict=True):
        Path(name).write_text(text, encoding="utf-8")
    for block in in_order("console"):
        for command, output in re.findall(r"^\$ (.*)\n((?:[^$].*\n)*)", block, re.MULTILINE):
            words = shlex.split(command)
            if words[0] == "cat":
                assert Path(words[1]).read_text(encoding="utf-8") == output
            else:
                done = sheaf(*words[1:])
                assert (done.returncode, done.stdout, done.stderr) == (0, output, ""), command
    for program, output in zip(in_order("python"), in_order("text"), strict=True):
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
        assert (done.stdout, done.stderr) == (output, "")


def test_columns_that_are_named_are_read() -> None:
    rows = re.findall(r"^\| (.*) \| (.*) \|$", PAGE.split("## What comes out")[0], re.MULTILINE)[1:]
    named = {name for row in rows for name in re.findall(r"`([a-z_]+)`", " ".join(row))}
    read = {folded(name) for names in KNOWN.values() for name in names.split()}
    assert {name for name in named if folded(name) not in read} == {"source", "database", "start_page", "end_page"}


def test_pages_that_are_named_exist() -> None:
    assert all((ROOT / "docs" / name).exists() for name in re.findall(r"\]\(([\w./-]+)\)", PAGE))
