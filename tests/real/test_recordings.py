"""Recorded answers in the packs: each is found, and its body is what a full YAML or JSON parser finds."""

import gzip
import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml

from assets.parse.containers import Member, open_container
from schemas.vocabulary import DumpReason

pytestmark = pytest.mark.real

ERROR = DumpReason.ERROR_ANSWER
ANSWERS = {
    "crossref_habanero_vcr": (34, {None: 42, ERROR: 15}),
    "crossref_rcrossref_vcr": (23, {None: 48, ERROR: 9}),
    "semantic_scholar": (48, {None: 92, ERROR: 5}),
}


def tapes(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in {".yaml", ".yml"})


def opened(path: Path) -> list[Member]:
    members = open_container(path.read_bytes(), Path("never-needed"))
    assert members is not None, path
    return list(members)


def bodies(path: Path) -> Iterator[bytes]:
    """The bodies as a full parser sees them."""
    told = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    for one in told.get("interactions") or told["http_interactions"]:
        response = one["response"]
        body = response["content"] if "content" in response else response["body"]["string"]
        raw = body if isinstance(body, bytes) else body.encode()
        yield gzip.decompress(raw) if raw.startswith(b"\x1f\x8b") else raw


@pytest.mark.parametrize("name", ANSWERS)
def test_cassettes(name: str, packs: Callable[[str], Path]) -> None:
    paths = tapes(packs("api-fixtures") / name)
    found = {path: opened(path) for path in paths}
    reasons = Counter(one.refusal and one.refusal.reason for members in found.values() for one in members)
    assert (len(paths), dict(reasons)) == ANSWERS[name]
    for path, members in found.items():
        expected = list(bodies(path))
        assert [one.path for one in members] == [str(rank) for rank in range(1, len(expected) + 1)]
        for member, body in zip(members, expected, strict=True):
            assert member.content == body or member.refusal is not None


def test_envelopes(packs: Callable[[str], Path]) -> None:
    reasons = Counter()
    for path in (packs("arxiv-formats") / "atom_api").rglob("*.json"):
        (member,) = opened(path)
        assert member.content.decode().endswith(json.loads(path.read_bytes())["body"])
        reasons[member.refusal and member.refusal.reason] += 1
    assert reasons == {None: 19, ERROR: 1}


@pytest.mark.parametrize("name", ["hf-daily-json", "hf-weekly-text", "venue-json", "ris-endnote", "dedupe-benchmarks"])
def test_other_dumps_are_no_containers(name: str, packs: Callable[[str], Path]) -> None:
    for path in packs(name).rglob("*"):
        assert not path.is_file() or open_container(path.read_bytes(), Path("never-needed")) is None, path


def test_spreadsheets_are_not_taken_for_archives(packs: Callable[[str], Path]) -> None:
    found = [opened(path) for path in packs("api-fixtures").rglob("*.xlsx")]
    assert [[(one.path, one.refusal and one.refusal.reason) for one in members] for members in found] == [
        [("", DumpReason.BINARY_FILE)],
        [("", DumpReason.BINARY_FILE)],
    ]
