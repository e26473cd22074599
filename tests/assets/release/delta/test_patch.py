"""Patch: only the right base and a sound delta give a release, and nothing half-made is left."""

import json
import shutil

import pytest

from assets.release.build import WRITERS, with_files
from assets.release.delta import patch as patching
from assets.release.delta.patch import patch
from assets.release.delta.plan import PLAN
from assets.release.delta.write import write_deltas
from assets.release.manifest import ReleaseError, SelectionError
from schemas.release_vocabulary import ReleaseFormat
from tests import deltas
from tests.deltas import owners, pair

ALL = {number: {} for number in range(1, 40)}


def tables(changed: int) -> dict[str, object]:
    return {
        "papers": deltas.papers({**ALL, changed: {"title": f"Changed {changed}"}}),
        "paper_listings": owners({f"l{number}": number for number in ALL}),
    }


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return pair(tmp_path_factory.mktemp("home"), tables(1), tables(2))


@pytest.fixture
def copies(made, tmp_path):
    """The base and the delta, to be damaged."""
    base, delta = tmp_path / "base", tmp_path / "delta"
    shutil.copytree(made[0], base)
    shutil.copytree(made[2], delta)
    return base, delta


def refused(base, delta, out, told: str) -> None:
    """Makes sure that it is refused, in one line, and that nothing is left."""
    beside = sorted(path.name for path in out.parent.iterdir())
    with pytest.raises(ReleaseError, match=told) as wrong:
        patch(base, delta, out)
    assert "\n" not in str(wrong.value)
    assert sorted(path.name for path in out.parent.iterdir()) == beside


def test_tables_alone_are_enough(copies, made, tmp_path) -> None:
    base, delta = copies
    (base / "manifest.json").unlink()
    (tmp_path / "out").mkdir()
    patch(base, delta, tmp_path / "out")
    assert (tmp_path / "out" / "papers.parquet").read_bytes() == (made[1] / "papers.parquet").read_bytes()
    assert not list(tmp_path.glob(".out*"))


def test_another_release_is_no_base(copies, made, tmp_path) -> None:
    _, delta = copies
    refused(made[1], delta, tmp_path / "out", r"is release 2025\.03\.02\.1; the delta starts from 2025\.03\.01\.1")


@pytest.mark.parametrize("name", ["papers.parquet", "paper_listings.parquet"], ids=["changed", "equal"])
@pytest.mark.parametrize("damage", ["bytes", "missing", "folder"])
def test_a_damaged_base_is_refused(copies, tmp_path, name, damage) -> None:
    base, delta = copies
    hurt(base / name, damage)
    refused(base, delta, tmp_path / "out", rf"{name} is not that of release 2025\.03\.01\.1")


@pytest.mark.parametrize("damage", ["bytes", "missing", "folder"])
def test_a_damaged_delta_is_refused(copies, tmp_path, damage) -> None:
    base, delta = copies
    hurt(delta / "papers.changed.parquet", damage)
    refused(base, delta, tmp_path / "out", r"papers\.changed\.parquet is not the file that delta\.json tells of")


def hurt(path, damage: str) -> None:
    content = path.read_bytes()
    path.chmod(0o644)
    path.unlink()
    if damage == "bytes":
        path.write_bytes(content[:100] + b"?" + content[101:])
    elif damage == "folder":
        path.mkdir()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        b"[]",
        b"{}",
        b'{"delta_version": 2}',
        b'{"delta_version": 1, "base": 5}',
        b"[" * 100_000,
        b'{"delta_version": NaN}',
    ],
    ids=["empty", "bytes", "list", "object", "version", "shape", "deep", "nan"],
)
def test_a_strange_plan_is_refused(copies, tmp_path, content) -> None:
    base, delta = copies
    (delta / PLAN).write_bytes(content)
    refused(base, delta, tmp_path / "out", r"delta\.json cannot be read")


@pytest.mark.parametrize("name", ["../papers", "no_such_table", "runs", "papers'"])
def test_a_plan_with_a_strange_table_is_refused(copies, tmp_path, name) -> None:
    base, delta = copies
    deltas.change_plan(delta, tables={name: deltas.plan(delta).tables["papers"]})
    refused(base, delta, tmp_path / "out", "does not know")


def test_a_plan_that_points_outside_is_refused(copies, tmp_path) -> None:
    base, delta = copies
    told = deltas.plan(delta)
    deltas.change_plan(delta, files={"../base/papers.parquet": told.files["papers.changed.parquet"]})
    refused(base, delta, tmp_path / "out", "is not the file")


@pytest.mark.parametrize("key", ["change", "way"])
def test_a_plan_with_a_word_that_is_not_known_is_refused(copies, tmp_path, key) -> None:
    base, delta = copies
    told = json.loads((delta / PLAN).read_text())
    told["tables"]["papers"][key] = "other"
    (delta / PLAN).write_text(json.dumps(told))
    refused(base, delta, tmp_path / "out", r"delta\.json cannot be read")


def test_what_comes_out_different_is_refused(copies, tmp_path) -> None:
    """As where the release was written by other software."""
    base, delta = copies
    told = json.loads((delta / PLAN).read_text())
    told["tables"]["papers"]["sha256"] = "0" * 64
    told["made_with"] = {"duckdb": "9.9"}
    (delta / PLAN).write_text(json.dumps(told))
    refused(
        base, delta, tmp_path / "out", r"papers\.parquet of the later release: it was written with DuckDB 9\.9, not"
    )


def test_a_place_that_is_taken_is_left_alone(copies, tmp_path) -> None:
    base, delta = copies
    (tmp_path / "file").write_text("mine")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "mine").touch()
    for name in ("file", "folder"):
        with pytest.raises(SelectionError, match="exists and is not empty"):
            patch(base, delta, tmp_path / name)
    assert (tmp_path / "file").read_text() == "mine"


def test_a_full_disk_leaves_nothing(copies, tmp_path, monkeypatch) -> None:
    base, delta = copies

    def full(*_) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(patching, "apply", full)
    refused(base, delta, tmp_path / "out", "No space left on device")


@pytest.mark.parametrize("name", ["duckdb", "xlsx"])
def test_formats_that_a_delta_does_not_give_are_refused(copies, tmp_path, name) -> None:
    base, delta = copies
    with pytest.raises(SelectionError, match=f"does not give the format '{name}'"):
        patch(base, delta, tmp_path / "out", [name])


def test_other_formats_come_out_as_they_are_there(tmp_path) -> None:
    base = deltas.finish(deltas.draft(tmp_path, 1, tables(1)))
    following = deltas.draft(tmp_path, 2, tables(2))
    for form in (ReleaseFormat.CSV, ReleaseFormat.BIBTEX):
        following = with_files(following, WRITERS[form](following.snapshot))
    write_deltas(following, {base.name: base})
    patch(base, following.folder / "delta" / base.name, tmp_path / "out", ["bibtex", "csv", "jsonl"])
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["paper_listings.parquet", "papers.bib", "papers.csv.gz", "papers.jsonl.zst", "papers.parquet"]
    for name in ("papers.bib", "papers.csv.gz"):
        assert (tmp_path / "out" / name).read_bytes() == (following.folder / name).read_bytes()


def test_another_format_that_comes_out_different_is_refused(copies, tmp_path) -> None:
    base, delta = copies
    deltas.change_plan(delta, data={"papers.csv.gz": "0" * 64})
    with pytest.raises(ReleaseError, match=r"papers\.csv\.gz is not that of release 2025\.03\.02\.1"):
        patch(base, delta, tmp_path / "out", ["csv"])
    assert not (tmp_path / "out").exists()
