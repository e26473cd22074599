"""BibTeX: every entry is read back by a maintained parser and by our own reader, whatever the texts hold."""

import re
from datetime import date
from typing import Any

import bibtexparser
import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from assets.parse.formats.bibtex import READER
from assets.parse.reader import NO_HINTS, Head
from assets.release.formats import bibtex
from assets.release.formats.bibtex import entries
from assets.release.formats.bibtex_latex import one_line
from assets.release.manifest import Written
from assets.release.snapshot import Selection
from schemas.release_vocabulary import FileRole
from tests.frames import table
from tests.releases import paper_id
from tests.snapshots import hostile_papers, snapshot_of

NAME = "papers.bib"
COLUMNS = (
    *("paper_id", "title", "abstract", "authors", "first_author", "year", "published_on", "published_precision"),
    *("arxiv_id", "doi", "acl_id", "openreview_id", "pmid", "categories", "venue", "volume", "issue", "pages"),
    "record_type",
)
BRACES = re.compile(r"[{}]")


def exact() -> LatexNodes2Text:
    """The decoder that the parser comes with, and three commands of LaTeX that it does not know."""
    commands = {"textasciicircum": "^", "textbraceleft": "{", "textbraceright": "}"}
    known = get_default_latex_context_db()
    macros = [MacroTextSpec(name, simplify_repl=sign) for name, sign in commands.items()]
    known.add_context_category("exact", prepend=True, macros=macros)
    return LatexNodes2Text(latex_context=known, math_mode="verbatim")


DECODER = exact()


def decoded(value: str) -> str:
    return DECODER.latex_to_text(value) if re.search(r"[\\{}$~%&#^_]|--|``|''|[?!]`", value) else value


def parsed(text: str, *, decode: bool = True) -> list[dict[str, Any]]:
    """All entries of a text as a maintained parser reads them: `kind`, `key`, and their fields."""
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks
    found = [
        {field.key: decoded(field.value) if decode else field.value for field in entry.fields}
        | {"kind": entry.entry_type, "key": entry.key}
        for entry in library.entries
    ]
    assert len(found) == len(library.blocks) - len(library.comments)
    return found


def stated(text: str) -> list[dict[str, Any]]:
    """The same as our own reader states it."""
    return pl.concat(READER.read(text.encode(), NO_HINTS)).to_dicts()


def depths(text: str) -> list[int]:
    """How deep BibTeX is after every brace: it counts those behind a backslash too."""
    found = [0]
    for brace in BRACES.finditer(text):
        found.append(found[-1] + (1 if brace[0] == "{" else -1))
    return found


def text_of(*papers: dict[str, Any]) -> str:
    """Papers as entries."""
    named = [{"paper_id": paper_id(number), "title": "T", **paper} for number, paper in enumerate(papers, 1)]
    frame = table("papers", named, record_type="article").select(COLUMNS)
    aliases = pl.DataFrame(schema={"paper_id": pl.String, "ids": pl.String})
    return "".join(entries(frame, aliases).to_pylist())


def entry_of(**paper: Any) -> dict[str, Any]:
    (found,) = parsed(text_of(paper), decode=False)
    return found


def plain(texts: list[str | None]) -> list[str | None]:
    """Texts as BibTeX can hold them: on one line, without controls."""
    return pl.DataFrame({"text": texts}, schema={"text": pl.String}).select(one_line(pl.col("text")))["text"].to_list()


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    aliases = [
        {"old_paper_id": f"pffffffffffffff0{number}", "paper_id": paper_id(2), "since": date(2025, 1, 1)}
        for number in (2, 1)
    ]
    papers = [*hostile_papers(), {"title": "Bare"}]
    found = snapshot_of(tmp_path_factory.mktemp("release") / "1", papers, paper_aliases=table("paper_aliases", aliases))
    assert bibtex.write(found) == [Written(NAME, FileRole.DATA, len(papers), "papers")]
    return found


@pytest.fixture(scope="module")
def papers(snapshot) -> list[dict[str, Any]]:
    return pl.read_parquet(snapshot.tables["papers"]).to_dicts()


@pytest.fixture(scope="module")
def text(snapshot) -> str:
    return (snapshot.folder / NAME).read_bytes().decode("utf-8")


def test_a_parser_reads_every_entry(text, papers) -> None:
    found = parsed(text)
    assert [entry["key"] for entry in found] == [paper["paper_id"] for paper in papers]
    for name in ("title", "abstract", "venue"):
        field = {"venue": "howpublished"}.get(name, name)
        told = [entry.get(field) or entry.get("journal") or entry.get("booktitle") for entry in found]
        assert told == [one or None for one in plain([paper[name] for paper in papers])], name
    assert [entry.get("year") for entry in found] == [paper["year"] and str(paper["year"]) for paper in papers]
    for entry, paper in zip(found, papers, strict=True):
        assert entry.get("author", "") == " and ".join(plain(paper["authors"]))


def test_our_own_reader_reads_every_entry(text, papers) -> None:
    assert READER.recognises(Head(text.encode(), is_whole=True))
    found = stated(text)
    assert [row["defect"] for row in found] == [None] * len(papers)
    assert [row["source_key"] for row in found] == [paper["paper_id"] for paper in papers]
    titles = plain([paper["title"] for paper in papers])
    assert [row["title_raw"] for row in found] == [" ".join(title.split()) for title in titles]
    assert [row["abstract_raw"] for row in found] == plain([paper["abstract"] for paper in papers])
    for row, paper in zip(found, papers, strict=True):
        assert row["authors"] == [" ".join(name.split()) for name in plain(paper["authors"])]


def test_braces_balance_as_bibtex_counts_them(text) -> None:
    entries = text.split("\n\n@")[1:]
    assert len(entries) == text.count("\n  title ")
    for entry in entries:
        found = depths(entry)
        assert found[-1] == 0
        assert min(found[1:-1]) > 0


def test_aliases_are_keys_too(text) -> None:
    found = {entry["key"]: entry.get("ids") for entry in parsed(text, decode=False)}
    assert found[paper_id(2)] == "pffffffffffffff01,pffffffffffffff02"
    assert found[paper_id(1)] is None


def test_without_the_table_of_aliases_there_are_none(tmp_path) -> None:
    found = snapshot_of(tmp_path / "1", selection=Selection.of(["papers"], ["bibtex"], None))
    bibtex.write(found)
    assert "ids" not in (found.folder / NAME).read_text(encoding="utf-8")


SIGNS = "\\{}#$%&_^~@-'`?!,<>\"=() \n\r\t\x00\x1f\u202e\u2028\u00a0abcé猫"
ODD = st.text(st.sampled_from(SIGNS), min_size=1, max_size=12)


@settings(max_examples=25)
@given(text=ODD)
@example(text="-" * 9)
@example(text="```!``?`''''")
@example(text="\\textbackslash{}")
@example(text="}")
@example(text="{")
@example(text="\\")
@example(text="\n@article{a, b = {c}}\n@misc(x")
def test_any_text_comes_back(text) -> None:
    text = f"a{text}b"
    written = text_of({"title": text, "abstract": text, "authors": [text], "categories": [text]}, {"title": "Next"})
    (expected,) = plain([text])
    first, second = parsed(written)
    assert (first["title"], first["abstract"], first["author"]) == (expected, expected, expected)
    assert second["title"] == "Next"
    one, two = stated(written)
    assert one["abstract_raw"] == expected
    assert one["title_raw"] == " ".join(expected.split())
    assert two["title_raw"] == "Next"
    assert depths(written)[-1] == 0


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Ada Anker", "Ada Anker"),
        ("Ludwig van der Berg", "Ludwig van der Berg"),
        ("Barnes and Noble", "{Barnes and Noble}"),
        ("Barnes AND Noble", "{Barnes AND Noble}"),
        ("Anderson Andrews", "Anderson Andrews"),
        ("Harbour, Inc.", "{Harbour, Inc.}"),
        ("The Gull Collaboration", "{The Gull Collaboration}"),
        ("University of the Sea", "{University of the Sea}"),
        ("others", "{others}"),
        ("X & Y_Z", r"X \& Y\_Z"),
        ("A{B", r"A\textbraceleft{}B"),
    ],
)
def test_names_are_taken_apart_only_where_they_are_people(name, written) -> None:
    assert entry_of(authors=[name, "Bo Brandt"])["author"] == f"{written} and Bo Brandt"


def test_who_is_named_alone_has_others() -> None:
    assert entry_of(first_author="Ada Anker")["author"] == "Ada Anker and others"
    assert "author" not in entry_of()


@pytest.mark.parametrize(
    ("paper", "kind", "field"),
    [
        ({}, "misc", None),
        ({"venue": "Harbour Studies"}, "misc", "howpublished"),
        ({"venue": "Harbour Studies", "volume": "3"}, "article", "journal"),
        ({"venue": "Harbour Studies", "issue": "3"}, "article", "journal"),
        ({"venue": "Journal of Gulls"}, "article", "journal"),
        ({"venue": "Proceedings of the Gull Society", "issue": "2", "volume": "1"}, "article", "journal"),
        ({"venue": "Proceedings of the 3rd Workshop on Gulls", "volume": "1"}, "inproceedings", "booktitle"),
        ({"venue": "International Conference on Journal Keeping"}, "inproceedings", "booktitle"),
        ({"venue": "Gulls 2020", "acl_id": "2020.gull-1.1"}, "inproceedings", "booktitle"),
        ({"venue": "arXiv", "arxiv_id": "2401.00001"}, "misc", None),
        ({"venue": "arXiv"}, "misc", "howpublished"),
        ({"venue": "Harbour University", "record_type": "thesis"}, "thesis", "institution"),
        ({"venue": "Gull Press", "record_type": "proceedings"}, "proceedings", "howpublished"),
        ({"venue": "Journal of Gulls", "record_type": "erratum"}, "article", "journal"),
    ],
)
def test_a_type_claims_what_is_known(paper, kind, field) -> None:
    found = entry_of(**paper)
    assert found["kind"] == kind
    told = {name for name in ("journal", "booktitle", "institution", "howpublished") if name in found}
    assert told == ({field} if field else set())


@pytest.mark.parametrize(
    ("paper", "expected"),
    [
        ({}, {}),
        ({"year": 2020}, {"year": "2020"}),
        (
            {"year": 2020, "published_on": date(2020, 5, 1), "published_precision": "day"},
            {"year": "2020", "month": "may", "day": "1"},
        ),
        (
            {"year": 2020, "published_on": date(2020, 5, 1), "published_precision": "month"},
            {"year": "2020", "month": "may"},
        ),
        ({"year": 2020, "published_on": date(2020, 1, 1), "published_precision": "year"}, {"year": "2020"}),
        ({"year": 2021, "published_on": date(2020, 5, 1), "published_precision": "day"}, {"year": "2021"}),
        ({"published_on": date(2020, 12, 31), "published_precision": "month"}, {"year": "2020", "month": "dec"}),
    ],
)
def test_a_date_says_what_is_stated(paper, expected) -> None:
    found = entry_of(**paper)
    assert {name: found[name] for name in ("year", "month", "day") if name in found} == expected


def test_our_own_reader_reads_identifiers_and_places() -> None:
    papers = [
        {"doi": "10.1000/a_b(c)<d>", "arxiv_id": "2401.00001", "categories": ["cs.CL", "stat.ML"], "pmid": "123"},
        {"acl_id": "2020.gull-1.1", "venue": "Workshop on Gulls", "pages": "1--10", "volume": "7"},
        {"openreview_id": "aB-_9xyzUV", "venue": "Journal of Gulls", "issue": "2-3", "pages": "e1\u2013e9"},
    ]
    first, second, third = stated(text_of(*papers))
    assert (first["doi_raw"], first["arxiv_raw"], first["pmid_raw"]) == ("10.1000/a_b(c)<d>", "2401.00001", "123")
    assert first["categories"] == ["cs.CL", "stat.ML"]
    assert (second["acl_raw"], second["venue"]) == ("https://aclanthology.org/2020.gull-1.1", "Workshop on Gulls")
    assert (second["pages"], second["volume"]) == ("1-10", "7")
    assert third["openreview_raw"] == "https://openreview.net/forum?id=aB-_9xyzUV"
    assert (third["issue"], third["pages"], third["venue"]) == ("2-3", "e1\u2013e9", "Journal of Gulls")


@pytest.mark.parametrize("doi", ["10.1000/a}b", "10.1000/{a", "10.1000/a\\"])
def test_an_identifier_cannot_break_an_entry(doi) -> None:
    first, second = parsed(text_of({"doi": doi}, {"title": "Next"}), decode=False)
    assert "doi" not in first
    assert first["url"].startswith("https://doi.org/10.1000/")
    assert not set("{}\\").intersection(first["url"])
    assert second["title"] == "{Next}"


def test_a_class_is_one_of_arxiv() -> None:
    assert entry_of(arxiv_id="2401.00001", categories=["Gull studies"]).get("primaryclass") is None
    assert entry_of(categories=["cs.CL"]).get("primaryclass") is None
    for known in (
        "cs.CL",
        "hep-th",
        "astro-ph.CO",
        "cond-mat.str-el",
        "physics.soc-ph",
        "math.AG",
        "gr-qc",
        "q-bio.NC",
    ):
        assert entry_of(arxiv_id="2401.00001", categories=[known])["primaryclass"] == known


def test_keywords_with_commas_are_told_apart() -> None:
    assert entry_of(categories=["a", "b c"])["keywords"] == "a, b c"
    assert entry_of(categories=["a, b", "c"])["keywords"] == "a, b; c"


def test_batches_are_one_file(snapshot, text, monkeypatch) -> None:
    monkeypatch.setattr("assets.release.formats.stream.BATCH_ROWS", 7)
    bibtex.write(snapshot)
    assert (snapshot.folder / NAME).read_bytes().decode("utf-8") == text
