"""Dumps of many formats and from many places through the command, as users call it."""

import gzip
import io
import json
import logging
import os
import subprocess
import tarfile
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from moto.server import ThreadedMotoServer

from tests.papers import papers
from tests.pipeline.conftest import SHEAF, Sheaf
from tests.writers import arxiv_atom, arxiv_snapshot, bibtex, ris

PLACES = (
    "folder",
    "zip",
    pytest.param("tar.gz", marks=pytest.mark.slow),
    pytest.param("url", marks=pytest.mark.slow),
)


def dumps() -> dict[str, bytes]:
    """Twelve papers, some of them in several formats, and a record that is broken."""
    broken = b'{"id": "2001.00001", "title": \n'
    return {
        "a.json": arxiv_snapshot.write(papers(3)) + broken + arxiv_snapshot.write(papers(3, first=3)),
        "b.xml": arxiv_atom.write(papers(6, first=3)),
        "deep/c.bib": bibtex.write(papers(4, first=6)),
        "deep/d": gzip.compress(ris.write(papers(4, first=8))),
        "notes.txt": b"Nothing of interest.",
    }


def rows(home: Path, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(home / "papers.duckdb"), read_only=True) as connection:
        return connection.execute(query).fetchall()


def put(url: str, content: bytes) -> None:
    headers = {"Content-Type": "application/octet-stream"}
    request = urllib.request.Request(url, data=content, method="PUT", headers=headers)  # noqa: S310 - loopback
    urllib.request.urlopen(request, timeout=10).close()  # noqa: S310 - loopback


@pytest.fixture(scope="module")
def bucket() -> Iterator[tuple[str, dict[str, str]]]:
    """The dumps in an S3 bucket on loopback, and the environment that leads there."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    put(f"{endpoint}/sheaf-tests", b"")
    for name, content in dumps().items():
        put(f"{endpoint}/sheaf-tests/year/{name}", content)
    yield (
        "s3://sheaf-tests/year",
        {
            "AWS_ENDPOINT_URL": endpoint,
            "AWS_ALLOW_HTTP": "true",
            "AWS_ACCESS_KEY_ID": "nobody",
            "AWS_SECRET_ACCESS_KEY": "nothing",
            "AWS_REGION": "us-east-1",
        },
    )
    server.stop()


class Homes(dict[str, Path]):
    """The same dumps from a folder, a ZIP archive, a packed tar and a bucket, each in a home when it is asked for."""

    def __init__(self, sheaf: Sheaf, folder: Path, bucket: tuple[str, dict[str, str]]) -> None:
        super().__init__()
        self.sheaf, self.folder, self.bucket = sheaf, folder, bucket

    def __missing__(self, place: str) -> Path:
        raw, environment = self.bucket if place == "url" else (str(self.folder / place), {})
        self[place] = self.folder / f"home of {place}"
        done = self.sheaf("run", "--raw", raw, "--home", self[place], **environment)
        assert done.returncode == 0, done.stdout + done.stderr
        return self[place]


@pytest.fixture(scope="module")
def homes(sheaf: Sheaf, tmp_path_factory: pytest.TempPathFactory, bucket: tuple[str, dict[str, str]]) -> Homes:
    folder = tmp_path_factory.mktemp("raw")
    made = {place: folder / place for place in ("folder", "zip", "tar.gz")}
    for name, content in dumps().items():
        path = made["folder"] / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    with zipfile.ZipFile(made["zip"], "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in dumps().items():
            archive.writestr(name, content)
    with tarfile.open(made["tar.gz"], "w:gz") as archive:
        for name, content in dumps().items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return Homes(sheaf, folder, bucket)


@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES)
def test_every_record_is_accounted_for(homes: Homes, place: str) -> None:
    assert rows(homes[place], "SELECT found_count, rejected_count, paper_count FROM audit.runs") == [(21, 1, 12)]
    assert rows(homes[place], "SELECT reason, count(*) FROM audit.rejected_listings GROUP BY reason") == [
        ("malformed_record", 1)
    ]
    assert rows(homes[place], "SELECT format, listing_count FROM dumps ORDER BY format") == [
        ("arxiv_atom", 6),
        ("arxiv_snapshot", 7),
        ("bibtex", 4),
        ("ris", 4),
        ("unknown", 0),
    ]


@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES[1:])
def test_the_place_changes_no_listing_and_no_paper(homes: Homes, place: str) -> None:
    for table in ("listings", "clean_listings", "papers", "paper_listings", "paper_values", "audit.match_pairs"):
        assert rows(homes[place], f"FROM {table} ORDER BY ALL") == rows(homes["folder"], f"FROM {table} ORDER BY ALL")


@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES[1:3])
def test_members_are_named_by_their_path(homes: Homes, place: str) -> None:
    members = rows(homes[place], "SELECT uri, compression FROM dumps")
    assert {(f"{place}!/deep/c.bib", "none"), (f"{place}!/deep/d", "gzip")} <= set(members)


@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES[1:])
def test_the_original_of_a_listing(homes: Homes, place: str, bucket: tuple[str, dict[str, str]]) -> None:
    chosen = "SELECT listing_id, byte_start, byte_end FROM listings JOIN dumps USING (dump_id) WHERE format = 'ris'"
    listing_id, start, end = rows(homes[place], f"{chosen} ORDER BY position")[2]
    command = [SHEAF, "show", str(listing_id), "--raw", "--home", homes[place]]
    done = subprocess.run(command, capture_output=True, check=True, env={**os.environ, **bucket[1]})
    assert done.stdout == gzip.decompress(dumps()["deep/d"])[start:end]


@pytest.mark.slow
def test_a_strict_run_fails_on_a_reject_and_still_publishes(homes: Homes, sheaf: Sheaf) -> None:
    done = sheaf("run", "--strict", "--home", homes["folder"])
    assert done.returncode == 1
    assert done.stderr.strip() == "sheaf: --strict: 1 records and 1 dumps were turned away; see sheaf rejects"
    assert "up to date" in done.stdout


@pytest.mark.slow
def test_a_strict_run_of_sound_dumps_succeeds(tmp_path: Path, sheaf: Sheaf) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.bib").write_bytes(bibtex.write(papers(3)))
    assert sheaf("run", "--strict", "--raw", tmp_path / "raw", "--home", tmp_path / "home").returncode == 0


@pytest.mark.slow
def test_one_new_file_is_the_one_that_is_opened(tmp_path: Path, sheaf: Sheaf) -> None:
    raw, home = tmp_path / "raw", tmp_path / "home"
    raw.mkdir()
    for number in range(20):
        (raw / f"{number}.ris").write_bytes(ris.write(papers(2, first=2 * number)))
    assert "20 dumps (20 files opened)" in sheaf("run", "--raw", raw, "--home", home).stdout
    (raw / "new.ris").write_bytes(ris.write(papers(2, first=900)))
    assert "21 dumps (1 files opened)" in sheaf("run", "--home", home).stdout
    (raw / "3.ris").rename(raw / "three.ris")
    assert "21 dumps (0 files opened)" in sheaf("run", "--home", home).stdout
    assert rows(home, "SELECT count(*) FROM papers") == [(42,)]


@pytest.mark.slow
def test_references_make_no_papers(tmp_path: Path, sheaf: Sheaf) -> None:
    (tmp_path / "raw" / "reference").mkdir(parents=True)
    (tmp_path / "raw" / "a.ris").write_bytes(ris.write(papers(3)))
    (tmp_path / "raw" / "reference" / "b.json").write_bytes(arxiv_snapshot.write(papers(9)))
    assert sheaf("run", "--raw", tmp_path / "raw", "--home", tmp_path / "home").returncode == 0
    assert rows(tmp_path / "home", "SELECT paper_count, valid_count, reference_count FROM audit.runs") == [(3, 3, 3)]
    assert rows(tmp_path / "home", "FROM audit.funnel")[2] == ("feed", "dedupe", 3, 3, 0, 0, 0)


@pytest.mark.parametrize(
    ("manifest", "told"),
    [("[[dumps]]\nrole = 'feeds'\nfiles = '*'\n", "sheaf.toml"), ("[[dumps", "sheaf.toml")],
    ids=["a role that there is not", "no TOML"],
)
def test_a_wrong_manifest_is_a_wrong_command(tmp_path: Path, sheaf: Sheaf, manifest: str, told: str) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.ris").write_bytes(ris.write(papers(1)))
    (tmp_path / "raw" / "sheaf.toml").write_text(manifest)
    done = sheaf("run", "--raw", tmp_path / "raw", "--home", tmp_path / "home")
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.slow
def test_personal_data_is_not_carried(tmp_path: Path, sheaf: Sheaf) -> None:
    record = json.loads(arxiv_snapshot.write(papers(1)))
    record |= {"submitter": "Some Body", "comments": "write to some.body@example.org"}
    (tmp_path / "a.json").write_text(json.dumps(record) + "\n")
    assert sheaf("run", "--raw", tmp_path / "a.json", "--home", tmp_path / "home").returncode == 0
    everything = str(rows(tmp_path / "home", "FROM listings") + rows(tmp_path / "home", "FROM clean_listings"))
    assert "Some Body" not in everything
    assert "example.org" not in everything
