"""What a manifest says, and how it is told that it is wrong."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.parse.manifest import Manifest, ManifestError, Settings, parse_manifest, settings_of
from assets.parse.reader import Hints
from schemas.vocabulary import Role

FULL = b"""
[[dumps]]
files = ["exports/*.csv", "more.csv"]
role = "reference"
captured_at = 2024-05-03

[dumps.columns]
title = "Article Title"
authors = "Author Names"
separator = ";"

[[dumps]]
files = "exports/new.csv"
captured_at = 2024-05-03T12:00:00+02:00
"""


def manifest(text: str | bytes, folder: str = "") -> Manifest:
    return parse_manifest(text if isinstance(text, bytes) else text.encode(), "raw/sheaf.toml", folder)


def test_everything_that_it_can_say() -> None:
    settings = settings_of("exports/old.csv", [manifest(FULL)])
    assert settings == Settings(
        role=Role.REFERENCE,
        captured_at=datetime(2024, 5, 3, tzinfo=UTC),
        hints=Hints({"title": "Article Title", "authors": "Author Names"}, ";"),
        is_role_stated=True,
    )
    assert settings_of("other.csv", [manifest(FULL)]) == Settings()


def test_the_last_rule_wins_per_key() -> None:
    settings = settings_of("exports/new.csv", [manifest(FULL)])
    assert settings.captured_at == datetime(2024, 5, 3, 10, tzinfo=UTC)
    assert settings.role is Role.REFERENCE
    assert settings.hints.separator == ";"


def test_the_nearest_manifest_wins_per_key() -> None:
    far = manifest('[[dumps]]\nfiles = "**"\nrole = "reference"\n[dumps.columns]\ntitle = "T"\nvenue = "V"')
    near = manifest('[[dumps]]\nfiles = "*.csv"\n[dumps.columns]\ntitle = "Name"', "a/b")
    assert settings_of("a/b/x.csv", [near, far]).hints == Hints({"title": "Name", "venue": "V"})
    assert settings_of("a/b/x.csv", [far, near]).role is Role.REFERENCE
    assert settings_of("a/x.csv", [near, far]).hints == Hints({"title": "T", "venue": "V"})
    assert settings_of("a/bc/x.csv", [near]) == Settings()


def test_a_local_time_is_taken_for_utc() -> None:
    told = manifest('[[dumps]]\nfiles = "*"\ncaptured_at = 2024-05-03T10:15:00.5')
    assert settings_of("a", [told]).captured_at == datetime(2024, 5, 3, 10, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("path", "role"),
    [
        ("reference/a.xml", Role.REFERENCE),
        ("x/reference/y/a.xml", Role.REFERENCE),
        ("references/a.xml", Role.FEED),
        ("a/reference", Role.FEED),
        ("reference", Role.FEED),
    ],
)
def test_the_role_by_folder(path: str, role: Role) -> None:
    assert settings_of(path, []).role is role


def test_the_manifest_overrides_the_folder() -> None:
    told = manifest('[[dumps]]\nfiles = "reference"\nrole = "feed"')
    assert settings_of("reference/a.zip", [told]).role is Role.FEED
    assert settings_of("reference/a.zip", [told]).role_of("reference/b.txt") is Role.FEED


def test_the_role_of_a_member_is_that_of_its_folder_in_the_archive() -> None:
    assert settings_of("a.zip", []).role_of("reference/b.txt") is Role.REFERENCE
    assert settings_of("a.zip", []).role_of("b.txt") is Role.FEED
    assert settings_of("reference/a.zip", []).role_of("b.txt") is Role.REFERENCE


def test_patterns_that_name_no_file() -> None:
    told = manifest(FULL, "sub")
    assert told.unused(["sub/exports/a.csv", "more.csv"]) == [
        "raw/sheaf.toml: no file matches 'more.csv'",
        "raw/sheaf.toml: no file matches 'exports/new.csv'",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[dumps]\n", "raw/sheaf.toml: line 1: "),
        ("a = 1\nb = ", "raw/sheaf.toml: "),
        (b"\xff\xfe", "UTF-8"),
        ("x = " + "[" * 100_000, "raw/sheaf.toml: "),
        ("rules = 1", "unknown key 'rules'; begin every entry with [[dumps]]"),
        ("[dumps]\nfiles = '*'", "begin every entry with [[dumps]]"),
        ("dumps = 3", "begin every entry with [[dumps]]"),
        ("[[dumps]]\nrole = 'feed'", "entry 1: files is missing"),
        ("[[dumps]]\nfiles = []", "entry 1: files is missing or empty"),
        ("[[dumps]]\nfiles = ['a', 3]", "entry 1: files is missing or empty"),
        ("[[dumps]]\nfiles = '/etc/*'", "leads elsewhere"),
        ("[[dumps]]\nfiles = '../*'", "leads elsewhere"),
        (r"[[dumps]]" + "\nfiles = 'a\\b'", "leads elsewhere"),
        (
            "[[dumps]]\nfiles = 'a'\n[[dumps]]\nfiles = 'b'\nrole = 'Feed'",
            "entry 2: role is 'Feed'; write one of feed, r",
        ),
        ("[[dumps]]\nfiles = 'a'\nroles = 'feed'", "unknown key 'roles'; did you mean role?"),
        ("[[dumps]]\nfiles = 'a'\ncaptured_at = '2024-05-03'", "without quotes"),
        ("[[dumps]]\nfiles = 'a'\ncaptured_at = 10:15:00", "2024-05-03T10:15:00Z"),
        ("[[dumps]]\nfiles = 'a'\ncolumns = 'title'", "write [dumps.columns]"),
        ("[[dumps]]\nfiles = 'a'\n[dumps.columns]\nauthor = 'A'", "unknown column 'author'; did you mean authors?"),
        ("[[dumps]]\nfiles = 'a'\n[dumps.columns]\nrow = 'A'", "unknown column 'row'"),
        ("[[dumps]]\nfiles = 'a'\n[dumps.columns]\ntitle = 3", "title is 3"),
        ("[[dumps]]\nfiles = 'a'\n[dumps.columns]\nseparator = ''", "separator is ''"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(text: str | bytes, told: str) -> None:
    with pytest.raises(ManifestError) as error:
        manifest(text)
    assert told in str(error.value)
    assert str(error.value).startswith("raw/sheaf.toml: ")
    assert "\n" not in str(error.value)


@given(st.binary())
def test_nothing_else_is_raised(data: bytes) -> None:
    try:
        manifest(data)
    except ManifestError as error:
        assert str(error)  # noqa: PT017 - it may be right, but only so be wrong


def test_an_empty_manifest_says_nothing() -> None:
    assert settings_of("a", [manifest("")]) == Settings()
