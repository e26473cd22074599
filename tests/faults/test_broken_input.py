"""A folder with broken files beside good ones: the good papers all the same, a reason for each broken file."""

import json
from pathlib import Path

import pytest

from tests.pages import TITLES, page
from tests.pipeline.conftest import call

pytestmark = pytest.mark.slow

PNG = (
    bytes.fromhex("89504e470d0a1a0a0000000d494844520000000100000001080600000 01f15c489".replace(" ", ""))
    + bytes(range(256)) * 4
)

GOOD = {"one.txt": page(*TITLES[:4]).encode(), "two.txt": page(*TITLES[3:]).encode()}

BROKEN = {
    "empty.txt": b"",
    "picture.txt": PNG,
    "shifted.txt": page(*TITLES).replace("Mar 14", "Mar 14\n\nSponsored by nobody in particular").encode(),
    "truncated.txt": page(*TITLES[:4]).encode()[:-60],
    "latin.txt": page(*TITLES[:4]).encode().replace(b"usual way", b"usual fa\xe7on", 1),
}


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, str]:
    """A home from the good files, one from all of them, and what the second run said."""
    folder = tmp_path_factory.mktemp("broken")
    said = ""
    for name, files in (("good", GOOD), ("all", GOOD | BROKEN)):
        raw = folder / f"raw-{name}"
        raw.mkdir()
        for file, content in files.items():
            (raw / file).write_bytes(content)
        done = call("run", "--raw", raw, "--home", folder / name)
        assert done.returncode == 0, done.stderr
        said = done.stdout
    return folder / "good", folder / "all", said


def ask(home: Path, query: str) -> list[dict[str, object]]:
    return json.loads(call("sql", query, "--home", home, "--format", "json").stdout)


def test_the_papers_are_the_same(homes: tuple[Path, Path, str]) -> None:
    query = "SELECT paper_id, title, abstract, authors, flags FROM papers ORDER BY paper_id"
    assert ask(homes[0], query) == ask(homes[1], query)


def test_every_broken_file_has_its_reason(homes: tuple[Path, Path, str]) -> None:
    query = """
        SELECT uri, reason FROM dumps WHERE reason IS NOT NULL
        UNION SELECT uri, r.reason FROM audit.rejected_listings r JOIN dumps USING (dump_id) ORDER BY uri
    """
    assert {(row["uri"], row["reason"]) for row in ask(homes[1], query)} == {
        ("empty.txt", "empty_file"),
        ("latin.txt", "invalid_encoding"),
        ("picture.txt", "binary_file"),
        ("shifted.txt", "shifted_pairs"),
        ("shifted.txt", "unpaired_paragraph"),  # the last one
        ("truncated.txt", "truncated_record"),
    }


def test_the_summary_names_every_reason(homes: tuple[Path, Path, str]) -> None:
    for reason in ("empty_file", "binary_file", "shifted_pairs", "truncated_record", "invalid_encoding"):
        assert reason in homes[2]


def test_the_account_is_balanced(homes: tuple[Path, Path, str]) -> None:
    assert ask(homes[1], "FROM audit.ledger WHERE rows_in != rows_out + rows_merged + rows_rejected") == []
