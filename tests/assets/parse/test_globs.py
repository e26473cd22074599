"""Patterns of paths."""

import pytest

from assets.parse.globs import is_glob, matches, split_glob


@pytest.mark.parametrize(
    ("glob", "path"),
    [
        ("*.json", "a.json"),
        ("a?.json", "a1.json"),
        ("[ab].json", "b.json"),
        ("[!ab].json", "c.json"),
        ("[0-9]*.json", "2024.json"),
        ("[]x].json", "].json"),
        ("**/*.json", "a.json"),
        ("**/*.json", "x/y/a.json"),
        ("x/**/a.json", "x/a.json"),
        ("x/**", "x/y/a.json"),
        ("**", "a.json"),
        ("2024", "2024/05/a.json"),
        ("2024/", "2024/05/a.json"),
        ("20*/0?", "2024/05/a.json"),
        ("a+b (1).json", "a+b (1).json"),
        ("a[.json", "a[.json"),
        ("*", "zwölf\n.json"),
    ],
)
def test_named(glob: str, path: str) -> None:
    assert matches(glob, path)


@pytest.mark.parametrize(
    ("glob", "path"),
    [
        ("*.json", "x/a.json"),
        ("a?.json", "a.json"),
        ("[!ab].json", "a.json"),
        ("x/[!y]*", "x/y"),
        ("a[!b]c", "a/c"),
        ("x/**", "y/a.json"),
        ("**/b.json", "x/ab.json"),
        ("2024", "x/2024/a.json"),
        ("a.json", "aXjson"),
    ],
)
def test_not_named(glob: str, path: str) -> None:
    assert not matches(glob, path)


@pytest.mark.parametrize(
    ("glob", "parts"),
    [
        ("dumps/*.json", ("dumps", "*.json")),
        ("*.json", ("", "*.json")),
        ("/*.json", ("/", "*.json")),
        ("/data/2024-*/x", ("/data", "2024-*/x")),
        ("s3://bucket/a/b*", ("s3://bucket/a", "b*")),
    ],
)
def test_folder_and_pattern(glob: str, parts: tuple[str, str]) -> None:
    assert is_glob(glob)
    assert split_glob(glob) == parts


def test_hostile_patterns_end() -> None:
    assert not matches("*a" * 12 + "b", "a" * 60)
