"""Whatever is changed in a release is found, and no manifest, however hostile, leads out of it."""

import gzip
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assets.parse.unpack import Limits
from assets.release.formats.parquet import key_values
from assets.release.manifest import Manifest, ReleasedFile, ReleaseError
from assets.release.store import sha256_of
from assets.release.verification import rows
from assets.release.verification.accounts import funnel_findings
from assets.release.verification.files import file_findings, inventory
from assets.release.verification.outcome import Verification
from assets.release.verification.places import NoReleaseError, verify
from assets.release.verify import CHECKS, verify_release
from schemas.catalog import TABLES
from schemas.release_vocabulary import ReleaseCheck
from schemas.render.sql import literal
from tests import releases
from tests.mutations import mutate

SELECTED = {
    "tables": ["dumps", "listings", "clean_listings", "papers", "paper_listings"],
    "formats": ["parquet", "nested", "jsonl", "csv", "bibtex"],
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a small release and one that has everything and a delta; nobody changes it."""
    home = releases.make_home(tmp_path_factory.mktemp("home"))
    releases.release_of(home, day=1, **SELECTED)
    return home


@pytest.fixture
def made(home: Path, tmp_path: Path) -> Path:
    """A copy of the small release, by itself, that may be changed."""
    (source,) = (entry for entry in (home / "releases").iterdir() if entry.is_dir())
    return shutil.copytree(source, tmp_path / source.name)


def failed(found: Verification) -> dict[str, list[str]]:
    return {str(one.check): [str(finding) for finding in one.findings] for one in found.outcomes if one.findings}


def manifest_of(folder: Path) -> Manifest:
    return Manifest.from_json((folder / "manifest.json").read_bytes())


def overwrite(path: Path, content: bytes) -> None:
    path.unlink(missing_ok=True)
    path.write_bytes(content)


def state(folder: Path, manifest: Manifest, **changed: object) -> None:
    """Writes a manifest that is consistent in itself."""
    overwrite(folder / "manifest.json", replace(manifest, **changed).to_json().encode())


def restate(folder: Path, path: str, **changed: object) -> None:
    """Lets the manifest say of a file what is there, and what else is wanted."""
    told = manifest_of(folder)
    facts = {"bytes": (folder / path).stat().st_size, "sha256": sha256_of(folder / path), **changed}
    files = [replace(file, **facts) if file.path == path else file for file in told.files]
    state(folder, told, files=files)


def rewrite(folder: Path, table: str, query: str, **changed: object) -> None:
    """Writes a table anew from a query over `old`, and lets the manifest agree with it."""
    path, aside = folder / f"{table}.parquet", folder / "aside.parquet"
    pairs = ", ".join(f"{key}: {literal(value)}" for key, value in key_values(TABLES[table]).items())
    with duckdb.connect() as connection:
        connection.execute(f"CREATE VIEW old AS FROM read_parquet({literal(str(path))})")
        connection.execute(f"COPY ({query}) TO {literal(str(aside))} (FORMAT parquet, KV_METADATA {{{pairs}}})")
    aside.replace(path)
    restate(folder, path.name, **changed)


def test_a_sound_release(made: Path) -> None:
    found = verify_release(made)
    assert failed(found) == {}
    assert [str(one.check) for one in found.outcomes if not one.is_done] == ["delta"]


@pytest.mark.slow
def test_a_release_with_everything_and_its_delta(tmp_path: Path) -> None:
    home = releases.make_home(tmp_path / "home")
    releases.release_of(home, day=1, formats=["parquet"])
    releases.make_home(home, [{**releases.PAPERS[0], "title": "Counting Terns"}, *releases.PAPERS[1:]])
    releases.release_of(home, day=2)
    (one, other) = verify(str(home), every=True)
    assert (failed(one), failed(other)) == ({}, {})
    assert all(outcome.is_done for outcome in other.outcomes)
    assert other.outcomes[-1].told == "from 2025.03.01.1"
    overwrite(home / "releases" / one.version / "papers.parquet", b"damaged")
    (newest,) = verify(str(home))
    assert list(failed(newest)) == ["delta"]


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("papers.parquet", lambda content: bytes([content[0] ^ 1]) + content[1:]),
        ("papers.jsonl.zst", lambda content: content[:-1]),
        ("README.md", lambda content: content + b"\n"),
        ("manifest.json", lambda content: content[:-1]),
        ("papers.bib", lambda _: b""),
    ],
    ids=["flipped", "cut", "longer", "manifest", "emptied"],
)
def test_a_damaged_file(made: Path, name: str, damage: Callable[[bytes], bytes]) -> None:
    overwrite(made / name, damage((made / name).read_bytes()))
    (first,) = failed(verify_release(made)).values()
    assert first[0].startswith(name)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_changed_byte_is_found(made: Path, data: st.DataObject) -> None:
    found, _ = inventory(made)
    name = data.draw(st.sampled_from(sorted(found)))
    content = (made / name).read_bytes()
    place, bits = data.draw(st.integers(0, len(content) - 1)), data.draw(st.integers(1, 255))
    changed = content[:place] + bytes([content[place] ^ bits]) + content[place + 1 :]
    overwrite(made / name, changed)
    try:
        if name == "manifest.json":
            with pytest.raises(ReleaseError):
                Manifest.from_json(changed)
        else:
            assert [one.where for one in file_findings(made, manifest_of(made), found)] == [name]
    finally:
        overwrite(made / name, content)


def add_a_file(folder: Path) -> None:
    (folder / "notes").mkdir()
    (folder / "notes" / "notes.txt").write_text("mine")


def link_out(folder: Path) -> None:
    (folder / "README.md").rename(folder.parent / "README.md")
    (folder / "README.md").symlink_to(folder.parent / "README.md")


def put_a_folder(folder: Path) -> None:
    (folder / "README.md").unlink()
    (folder / "README.md").mkdir()


def put_a_pipe(folder: Path) -> None:
    (folder / "README.md").unlink()
    os.mkfifo(folder / "README.md")


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda folder: (folder / "README.md").unlink(), "README.md: it is missing"),
        (add_a_file, "notes/notes.txt: the manifest does not list it"),
        (link_out, "README.md: it is a link, not a file"),
        (put_a_folder, "README.md: it is missing"),
        (put_a_pipe, "README.md: it is no file"),
    ],
    ids=["missing", "extra", "link", "folder", "pipe"],
)
def test_what_is_no_file_of_the_release(made: Path, damage: Callable[[Path], None], told: str) -> None:
    damage(made)
    found = failed(verify_release(made))
    assert list(found) == ["files"]
    assert found["files"][0] == told


@pytest.mark.parametrize(
    ("table", "query", "count", "told"),
    [
        ("papers", "FROM old LIMIT 2", None, {"rows"}),
        ("papers", "FROM old LIMIT 2", 2, {"rows", "references", "formats", "samples"}),
        ("papers", "FROM old ORDER BY paper_id DESC", None, {"keys", "formats"}),
        ("dumps", "FROM old UNION ALL FROM old", 2, {"rows", "keys"}),
        ("paper_listings", "SELECT * REPLACE ('p0000000000000009' AS paper_id) FROM old", None, {"references"}),
        ("listings", "SELECT * REPLACE (NULL::VARCHAR AS source_fields) FROM old", None, {"keys"}),
        ("listings", "SELECT * REPLACE (position::VARCHAR AS position) FROM old", None, {"schemas"}),
        ("listings", "SELECT * EXCLUDE (votes) FROM old", None, {"schemas"}),
        ("dumps", "SELECT * REPLACE (7::BIGINT AS size_bytes) FROM old", None, {"dumps"}),
        ("dumps", f"SELECT * REPLACE ('{'0' * 64}' AS dump_id) FROM old", None, {"dumps", "references"}),
    ],
    ids=["row", "row_and_count", "order", "twice", "points", "null", "type", "column", "value", "dump"],
)
def test_a_changed_table_whose_manifest_agrees(
    made: Path, table: str, query: str, count: int | None, told: set[str]
) -> None:
    rewrite(made, table, query, **({} if count is None else {"rows": count}))
    found = failed(verify_release(made))
    assert set(found) == told, found


def repack_jsonl(folder: Path) -> None:
    with duckdb.connect() as connection:
        path = folder / "papers.jsonl.zst"
        rows = f"SELECT paper_id FROM read_ndjson({literal(str(path))}, compression = 'zstd') ORDER BY paper_id DESC"
        connection.execute(f"COPY ({rows}) TO '{folder}/aside' (FORMAT json, COMPRESSION zstd)")
        (folder / "aside").replace(path)


def repack_csv(folder: Path) -> None:
    text = gzip.decompress((folder / "papers.csv.gz").read_bytes())
    overwrite(folder / "papers.csv.gz", gzip.compress(text.replace(releases.paper_id(1).encode(), b"p9")))


def repack_bib(folder: Path) -> None:
    text = (folder / "papers.bib").read_bytes()
    overwrite(folder / "papers.bib", text.replace(releases.paper_id(1).encode() + b",", b"other,"))


@pytest.mark.parametrize(
    ("path", "damage"),
    [("papers.jsonl.zst", repack_jsonl), ("papers.csv.gz", repack_csv), ("papers.bib", repack_bib)],
    ids=["jsonl", "csv", "bibtex"],
)
def test_a_format_with_other_papers(made: Path, path: str, damage: Callable[[Path], None]) -> None:
    damage(made)
    restate(made, path)
    assert failed(verify_release(made)) == {
        "formats": [f"{path}: its papers are not those of papers.parquet, in the same order"]
    }


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (gzip.compress(b"\n" * (4 << 20)), "it unpacks to more than"),
        (b"\x1f\x8b\x08 no gzip", "cannot be unpacked"),
        (gzip.compress(b'paper_id,title\r\np1,"open\r\n'), "its last record is cut off"),
        (gzip.compress(b""), "it has no heading"),
    ],
    ids=["bomb", "damaged", "open_quote", "empty"],
)
def test_a_packed_file_that_cannot_be_counted(
    made: Path, content: bytes, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "LIMITS", Limits(always_bytes=1 << 20))
    overwrite(made / "papers.csv.gz", content)
    restate(made, "papers.csv.gz")
    assert told in failed(verify_release(made))["rows"][0]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"released_at": "2025-03-02T00:00:00Z"}, {"manifest"}),
        ({"released_at": "yesterday"}, {"manifest"}),
        ({"version": "2025.03.01.7"}, {"manifest"}),
        ({"version": "../../etc"}, {"manifest"}),
        ({"base": "2025.03.01.1"}, {"manifest"}),
        ({"dumps": []}, {"funnel", "dumps"}),
        ({"dumps": [{"dump_id": {"a": [1]}, "role": ["feed"], "nonsense": "x"}]}, {"funnel", "dumps"}),
        ({"funnel": {}}, {"funnel"}),
        ({"tables": {}}, {"rows"}),
    ],
    ids=["day", "moment", "version", "path", "base", "dumps", "nonsense", "funnel", "tables"],
)
def test_a_manifest_that_contradicts_the_release(made: Path, changed: dict[str, object], told: set[str]) -> None:
    state(made, manifest_of(made), **changed)
    assert set(failed(verify_release(made))) == told


@pytest.mark.parametrize("role", ["feed", "reference"])
@pytest.mark.parametrize("name", ["found", "parsed", "valid", "merged", "papers", "rejected"])
def test_a_funnel_that_does_not_balance(made: Path, role: str, name: str) -> None:
    told = manifest_of(made)
    funnel = {**told.funnel, role: {**told.funnel[role], name: told.funnel[role][name] + 1}}
    assert list(funnel_findings(replace(told, funnel=funnel)))
    assert not list(funnel_findings(told))


@pytest.mark.parametrize(
    "path",
    [
        "../secret.md",
        "/etc/passwd",
        "a/../../secret.md",
        "link/secret.md",
        "manifest.json",
        "a\\b.md",
        "./x.md",
        "x\0.md",
    ],
)
def test_a_path_that_leads_elsewhere_is_not_followed(made: Path, path: str) -> None:
    (made.parent / "secret.md").write_text("secret")
    (made / "link").symlink_to(made.parent)
    told = manifest_of(made)
    secret = made.parent / "secret.md"
    readme = replace(told.file("README.md"), path=path, bytes=6, sha256=sha256_of(secret))
    state(made, told, files=sorted([*told.files, readme], key=lambda file: file.path))
    (finding,) = [one for one in failed(verify_release(made))["files"] if one.startswith(f"{path}: ")]
    assert "no path of a released file" in finding or "missing" in finding


def test_a_path_twice(made: Path) -> None:
    told = manifest_of(made)
    state(made, told, files=[*told.files, told.files[-1]])
    assert failed(verify_release(made))["files"] == [f"{told.files[-1].path}: the manifest lists it twice"]


def hostile(told: dict[str, object], **changed: object) -> str:
    return json.dumps({**told, **changed})


@pytest.mark.parametrize(
    "make",
    [
        lambda _: "",
        lambda _: "[]",
        lambda _: "null",
        lambda _: "\ufeff{}",
        lambda _: "[" * 100_000,
        lambda _: '{"a":' * 100_000,
        lambda told: hostile(told, files=[{"path": ["x"]}]),
        lambda told: hostile(told, files="abc"),
        lambda told: hostile(told, files=[None]),
        lambda told: hostile(told, version=7),
        lambda told: hostile(told, manifest_version=2),
        lambda told: hostile(told, manifest_version="1"),
        lambda told: hostile(told, tables=[]),
        lambda told: hostile(told, tables={"papers": {"rows": -1}}),
        lambda told: hostile(told, parameters=float("nan")),
        lambda told: hostile(told, funnel={"feed": {"found": 10**400}}),
        lambda told: hostile(told, funnel={"feed": {"found": True}}),
        lambda told: json.dumps(told).replace('"version"', '"version": "\\ud800", "version"', 1),
        lambda _: "9" * 10_000,
    ],
)
def test_a_hostile_manifest_is_one_line(made: Path, make: Callable[[dict[str, object]], str]) -> None:
    told = asdict(manifest_of(made))
    overwrite(made / "manifest.json", make(told).encode())
    (outcome,) = verify_release(made).outcomes
    (finding,) = outcome.findings
    assert str(finding).startswith("manifest.json: the manifest cannot be read: ")
    assert "\n" not in str(finding)
    assert len(str(finding)) < 300


def test_a_file_of_any_name_and_role_is_only_counted(made: Path) -> None:
    told = manifest_of(made)
    strange = ReleasedFile("papers.xlsx", told.files[0].role, 0, "0" * 64, "x", rows=2**62, table="'; DROP", schema="")
    state(made, told, files=sorted([*told.files, strange], key=lambda file: file.path))
    assert failed(verify_release(made)) == {"files": ["papers.xlsx: it is missing"]}


def test_places(home: Path, tmp_path: Path) -> None:
    folder = home / "releases"
    (version,) = json.loads((folder / "versions.json").read_text())["items"]
    for place in (home, folder, folder / version):
        (found,) = verify(str(place))
        assert found.is_ok
        assert found.outcomes[0].told == "as the list of releases knows it"
    for place in (tmp_path, tmp_path / "nowhere", home / "papers.duckdb", Path("ftp://x/y")):
        with pytest.raises(NoReleaseError):
            list(verify(str(place)))


def test_a_list_and_its_releases(made: Path) -> None:
    folder = made.parent
    listed = {"items": [made.name, "2025.03.09.1"], "last_successful": "2025.03.09.1", "withdrawn": {}}
    listed["manifests"] = {made.name: "0" * 64, "2025.03.09.1": "0" * 64}
    (folder / "versions.json").write_text(json.dumps(listed))
    one, other = verify(str(folder), every=True)
    assert failed(one) == {"manifest": ["manifest.json: it is not the one that versions.json knows"]}
    assert failed(verify_release(made, "0" * 64)) == failed(one)
    assert list(failed(other)) == ["manifest"]
    (folder / "2025.03.09.1").symlink_to(made)
    assert "not there" in failed(next(verify(str(folder))))["manifest"][0]
    (folder / "versions.json").write_text("{}")
    with pytest.raises(ReleaseError, match=r"versions\.json: the list of versions cannot be read: it has no items"):
        list(verify(str(folder)))


@pytest.mark.parametrize("name", ["a [1]*?", "it's; DROP", "ünï"])
def test_folders_of_any_name(made: Path, name: str) -> None:
    moved = made.rename(made.parent / name)
    assert failed(verify_release(moved)) == {}


def test_what_a_check_stumbles_over_is_a_finding(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(_: object) -> None:
        b"\x9d".decode()

    monkeypatch.setitem(CHECKS, ReleaseCheck.KEYS, stumble)
    found = failed(verify_release(made))
    assert list(found) == ["keys"]
    assert "it cannot be read: 'utf-8' codec can't decode byte 0x9d" in found["keys"][0]


@pytest.mark.parametrize("name", ["papers.parquet", "dumps.parquet", "papers.jsonl.zst", "papers-nested.jsonl.zst"])
def test_damage_that_the_manifest_agrees_with_never_ends_the_verification(made: Path, name: str) -> None:
    content = (made / name).read_bytes()
    for number in range(3):
        overwrite(made / name, mutate(content, number))
        restate(made, name)
        verify_release(made)
