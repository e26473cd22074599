"""All files of a run: read once, wherever they lie and whatever they are called."""

import os
import shutil
import time
from pathlib import Path

import polars as pl
import pytest

from assets.parse import folder, read
from assets.parse.folder import find_files
from assets.parse.survey import Survey, places, survey
from schemas.dumps import Dumps
from schemas.listings import Listings
from tests.papers import papers
from tests.writers import ris, weekly_text

LONG_AGO = time.time() - 3600


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """Thirty dumps of four papers each, changed an hour ago."""
    (tmp_path / "raw" / "deep").mkdir(parents=True)
    for number in range(30):
        add(tmp_path / "raw" / f"{number}.ris", number)
    return tmp_path / "raw"


def add(path: Path, number: int) -> Path:
    path.write_bytes(ris.write(papers(4, first=10 * number)))
    os.utime(path, (LONG_AGO + number, LONG_AGO + number))
    return path


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were opened since the list was last cleared."""
    names: list[str] = []
    fetch = folder.fetch

    def watched(file: folder.RawFile, *rest: object) -> object:
        names.append(file.uri)
        return fetch(file, *rest)

    monkeypatch.setattr(read, "fetch", watched)
    return names


def look(raw: Path) -> Survey:
    return survey(find_files([raw]), raw.parent / "cache", raw.parent / "scratch")


def listings(found: Survey) -> pl.DataFrame:
    return pl.concat(found.listings())


def test_what_comes_out_keeps_the_contracts(raw: Path) -> None:
    found = look(raw)
    Dumps.validate(found.dumps)
    Listings.validate(listings(found))
    assert (found.dumps.height, listings(found).height, found.opened) == (30, 120, 30)
    assert listings(found)["dump_id"].is_sorted()


def test_adding_a_file_reads_one(raw: Path, opened: list[str]) -> None:
    before = listings(look(raw))
    opened.clear()
    add(raw / "new.ris", 99)
    found = look(raw)
    assert opened == ["new.ris"]
    assert found.opened == 1
    assert listings(found).join(before, on="listing_id", how="anti").height == 4
    assert before.join(listings(found), on="listing_id", how="anti").is_empty()


def test_renaming_and_moving_reads_nothing(raw: Path, opened: list[str]) -> None:
    before = look(raw)
    opened.clear()
    (raw / "3.ris").rename(raw / "drei.ris")
    (raw / "4.ris").rename(raw / "deep" / "4.ris")
    found = look(raw)
    assert opened == []
    assert listings(found).equals(listings(before))
    assert set(found.dumps["uri"]) - set(before.dumps["uri"]) == {"drei.ris", "deep/4.ris"}


def test_a_copy_is_opened_and_not_read_again(raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    look(raw)
    shutil.copyfile(raw / "5.ris", raw / "copy.ris")
    monkeypatch.setattr(read, "choose_reader", lambda *_: pytest.fail("a dump was read again"))
    found = look(raw)
    assert found.dumps.filter(pl.col("uri") == "5.ris")["also_at"].to_list() == [["copy.ris"]]
    assert found.opened == 1


def test_a_changed_file_is_read_again(raw: Path, opened: list[str]) -> None:
    look(raw)
    opened.clear()
    (raw / "7.ris").write_bytes(weekly_text.write(papers(2, first=700)))
    found = look(raw)
    assert opened == ["7.ris"]
    assert listings(found).height == 30 * 4 - 4 + 2


def test_a_file_that_changed_just_now_is_looked_at_again_and_not_read(
    raw: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    soon = time.time() + 60  # as if it were changed while it is read
    os.utime(raw / "8.ris", (soon, soon))
    look(raw)
    opened.clear()
    monkeypatch.setattr(read, "choose_reader", lambda *_: pytest.fail("a dump was read again"))
    look(raw)
    assert opened == ["8.ris"]


def test_order_and_names_change_no_listing(raw: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    for at, path in enumerate(sorted(raw.glob("*.ris"), reverse=True)):
        shutil.copyfile(path, other / f"{at:03}")
    found = survey(find_files([other]), tmp_path / "cache2", tmp_path / "scratch")
    assert listings(found).equals(listings(look(raw)))


def test_where_dumps_are_is_known_without_opening_a_file(raw: Path, opened: list[str]) -> None:
    dumps = look(raw).dumps
    opened.clear()
    known = places(find_files([raw]), raw.parent / "cache", raw.parent / "scratch")
    assert opened == []
    assert known == set(dumps.select("uri", "dump_id", "role").iter_rows())


def test_what_is_gone_leaves_the_cache(raw: Path) -> None:
    look(raw)
    for path in sorted(raw.glob("*.ris"))[1:]:
        path.unlink()
    found = look(raw)
    assert [path.stem for path in (raw.parent / "cache" / "listings").iterdir()] == found.dumps["dump_id"].to_list()


def test_a_feed_somewhere_is_a_feed(raw: Path) -> None:
    (raw / "reference").mkdir()
    shutil.copyfile(raw / "1.ris", raw / "reference" / "a.ris")
    add(raw / "reference" / "b.ris", 200)
    dumps = look(raw).dumps
    roles = dict(dumps.select("uri", "role").iter_rows())
    assert (roles["1.ris"], roles["reference/b.ris"]) == ("feed", "reference")
    known = places(find_files([raw]), raw.parent / "cache", raw.parent / "scratch")
    stated = dumps.select(pl.concat_list(pl.concat_list("uri"), "also_at").alias("uri"), "dump_id", "role")
    assert known == set(stated.explode("uri").iter_rows())


def test_a_manifest_tells_columns_and_the_rows_are_read_anew(raw: Path) -> None:
    (raw / "table.csv").write_text("Überschrift;Wer\nKettles in Rain;Ann Lee | Bo Ek\nRopes;Cy Dahl\n")
    os.utime(raw / "table.csv", (LONG_AGO, LONG_AGO))
    assert look(raw).dumps.filter(pl.col("uri") == "table.csv")["reason"].to_list() == ["unknown_format"]
    (raw / "sheaf.toml").write_text(
        '[[dumps]]\nfiles = "*.csv"\n[dumps.columns]\ntitle = "Überschrift"\nauthors = "Wer"\nseparator = "|"\n'
    )
    found = look(raw)
    rows = listings(found).filter(pl.col("title_raw").is_in(["Kettles in Rain", "Ropes"]))
    assert rows["authors"].to_list() == [["Ann Lee", "Bo Ek"], ["Cy Dahl"]]
