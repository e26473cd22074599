"""The real answers of services: every record of every file is read or turned away with a reason."""

import ast
import gzip
import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml

from assets.parse.formats import (
    arxiv_document,
    crossref,
    daily_papers_json,
    openalex,
    paper_tables,
    semantic_scholar,
    weekly_text,
)
from assets.parse.reader import NO_HINTS, Head, Reader, RefusalError
from schemas.vocabulary import DumpReason, RejectReason

pytestmark = pytest.mark.real

Packs = Callable[[str], Path]

READERS = (
    arxiv_document.READER,
    crossref.READER,
    daily_papers_json.READER,
    openalex.READER,
    paper_tables.READER,
    semantic_scholar.READER,
    weekly_text.READER,
)


def recognised(content: bytes) -> list[Reader]:
    head = Head(content[: 256 << 10], is_whole=len(content) <= 256 << 10)
    return [reader for reader in READERS if reader.recognises(head)]


def read(content: bytes, reader: Reader) -> pl.DataFrame:
    assert recognised(content) == [reader]
    return pl.concat(reader.read(content, NO_HINTS))


def outcome(content: bytes) -> Counter[str | None]:
    """What became of the records of a dump, or of all of it."""
    (reader,) = recognised(content)
    try:
        return Counter(read(content, reader)["defect"].to_list())
    except RefusalError as refused:
        return Counter([refused.reason])


def outcomes(contents: Iterator[bytes]) -> Counter[str | None]:
    return sum(map(outcome, contents), Counter())


def test_weekly_text(packs: Packs) -> None:
    files = sorted(packs("hf-weekly-text").rglob("*.txt"))
    frame = pl.concat(read(path.read_bytes(), weekly_text.READER) for path in files)
    assert (len(files), len(frame), frame["defect"].null_count()) == (116, 5774, 5774)
    assert frame.select("title_raw", "abstract_raw", "arxiv_raw").null_count().row(0) == (0, 0, 0)


@pytest.mark.slow
def test_daily_papers(packs: Packs) -> None:
    counts = Counter[str]()
    for path in sorted(packs("hf-daily-json").rglob("*.json")):
        content = path.read_bytes()
        told = json.loads(content)
        kind = "wrapped" if isinstance(told, dict) else type(told[0]).__name__
        entries = [
            ast.literal_eval(one) if isinstance(one, str) else one
            for one in told["data" if kind == "wrapped" else slice(None)]
        ]
        rows = read(content, daily_papers_json.READER).to_dicts()
        counts[f"{kind} files"] += 1
        counts[f"{kind} records"] += len(rows)
        assert [stated(row) for row in rows] == [entry(one) for one in entries]
        assert not personal(entries) & strings([json.loads(row["source_fields"]) for row in rows])
    assert counts == {
        "dict files": 393,
        "dict records": 5841,
        "str files": 21,
        "str records": 291,
        "wrapped files": 1,
        "wrapped records": 9,
    }


def stated(row: dict[str, Any]) -> tuple[Any, ...]:
    columns = ("title_raw", "abstract_raw", "authors", "arxiv_raw", "published_raw", "votes_raw", "comments_raw")
    return (*(row[column] for column in columns), row["defect"])


def entry(one: dict[str, Any]) -> tuple[Any, ...]:
    paper = one["paper"]
    names = [author["name"] for author in paper["authors"]]
    votes, comments = str(paper["upvotes"]), str(one["numComments"])
    return (paper["title"], paper["summary"], names, paper["id"], paper["publishedAt"], votes, comments, None)


def personal(entries: list[dict[str, Any]]) -> set[str]:
    """Everything that the site tells of accounts."""
    users = [author.get("user") for one in entries for author in one["paper"]["authors"]]
    users += [one.get("submittedBy") for one in entries] + [one["paper"].get("submittedOnDailyBy") for one in entries]
    keys = ("_id", "id", "avatarUrl", "user", "fullname", "name")
    organisations = strings([[one.get(key) for key in ("organization", "submitterOrganization")] for one in entries])
    return {str(user[key]) for user in users if user for key in keys if user.get(key)} - organisations


def strings(value: Any) -> set[str]:
    """All strings within a value."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return set().union(*map(strings, value))
    return {value} if isinstance(value, str) else set()


def test_paper_tables(packs: Packs) -> None:
    keys: list[str] = []
    empty = 0
    for path in sorted(packs("arxiv-daily-tables").rglob("*.json")):
        content = path.read_bytes()
        if json.loads(content) == {}:
            empty += 1
            assert recognised(content) == []
            continue
        frame = read(content, paper_tables.READER)
        assert frame["defect"].null_count() == len(frame)
        rows = [(topic, key, row) for topic, rows in json.loads(content).items() for key, row in rows.items()]
        told = frame.select("categories", "source_key", "title_raw", "arxiv_raw", "urls").rows()
        for (topic, key, row), (categories, source_key, title, link, urls) in zip(rows, told, strict=True):
            assert (categories, source_key) == ([topic], key)
            assert f"**{title}**" in row
            assert key in link
            assert row.count("](") - title.count("](") == len(urls)
        keys += frame["source_key"].to_list()
    assert (len(keys), len(set(keys)), empty) == (149_204, 110_662, 14)


def test_openalex(packs: Packs) -> None:
    files = sorted((packs("api-fixtures") / "openalex/tests").rglob("*.json"))
    assert outcomes(path.read_bytes() for path in files) == {
        None: 1,
        RejectReason.DUPLICATE_KEYS: 1,  # states `cited_by_api_url` twice
        DumpReason.NO_RECORDS: 10,  # authors, institutions and other entities
    }


def test_openalex_abstract(packs: Packs) -> None:
    content = (packs("api-fixtures") / "openalex/tests/fixtures/data/W2741809807.json").read_bytes()
    (abstract,) = read(content, openalex.READER)["abstract_raw"]
    index = json.loads(content)["abstract_inverted_index"]
    places = {place: word for word, places in index.items() for place in places}
    assert abstract == " ".join(places[place] for place in sorted(places))


def test_semantic_scholar_files(packs: Packs) -> None:
    folder = packs("api-fixtures") / "semantic_scholar/tests/data"
    assert {path.name: dict(outcome(path.read_bytes())) for path in sorted(folder.glob("*.json"))} == {
        "Author.json": {None: 60},
        "Citation.json": {None: 1},
        "Dataset.json": {DumpReason.NO_RECORDS: 1},
        "DatasetDiff.json": {DumpReason.NO_RECORDS: 1},
        "Paper.json": {None: 1 + 1000 + 14},  # the paper, what cites it, what it cites
        "PaperWithNullValues.json": {None: 1},
        "Reference.json": {None: 1},
        "Release.json": {DumpReason.NO_RECORDS: 1},
    }


def bodies(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The answers that cassettes have recorded."""
    for path in sorted(folder.rglob("*.y*ml")):
        cassette = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
        for place, one in enumerate(cassette.get("interactions") or cassette["http_interactions"]):
            response = one["response"]
            body = response.get("content") or (response.get("body") or {}).get("string") or ""
            body = body if isinstance(body, bytes) else body.encode()
            yield f"{path.name} {place}", gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body


def test_recorded_semantic_scholar_answers(packs: Packs) -> None:
    recorded = dict(bodies(packs("api-fixtures") / "semantic_scholar"))
    unknown = {name for name, body in recorded.items() if not recognised(body)}
    assert unknown == {"test_get_available_releases.yaml 0"}  # an array of dates
    told = outcomes(body for name, body in recorded.items() if name not in unknown)
    works = sum(papers_in(json.loads(body)) for name, body in recorded.items() if name not in unknown)
    assert told[None] == works == 19_722
    assert told.keys() == {None, RejectReason.NOT_A_WORK, DumpReason.ERROR_ANSWER, DumpReason.NO_RECORDS}
    assert told[RejectReason.NOT_A_WORK] == 2  # null: not found


def papers_in(answer: Any) -> int:
    """How many papers an answer of Semantic Scholar describes."""
    if isinstance(answer, list):
        return sum(map(papers_in, filter(None, answer)))
    for key in ("data", "recommendedPapers"):
        if key in answer:
            return papers_in(answer[key])
    return int(not {"paperId", "citingPaper", "citedPaper", "snippet"}.isdisjoint(answer))


def test_recorded_crossref_answers(packs: Packs) -> None:
    works = 0
    told: Counter[str | None] = Counter()
    for folder in ("crossref_habanero_vcr", "crossref_rcrossref_vcr"):
        for _, body in bodies(packs("api-fixtures") / folder):
            told += outcome(body)
            works += len(crossref_works(body))
    assert told[None] + told[RejectReason.NOT_A_WORK] == works == 680
    assert told == {
        None: 633,
        RejectReason.NOT_A_WORK: 47,  # journals, issues, figures
        DumpReason.ERROR_ANSWER: 24,
        DumpReason.NO_RECORDS: 10,
    }


def test_crossref_fields(packs: Packs) -> None:
    pack = packs("api-fixtures")
    answers = [body for name in ("crossref_habanero_vcr", "crossref_rcrossref_vcr") for _, body in bodies(pack / name)]
    answers += [path.read_bytes() for path in sorted(packs("arxiv-formats").rglob("responses/crossref/*.json"))]
    works = [work for answer in answers for work in crossref_works(answer)]
    rows = [row for answer in answers if crossref_works(answer) for row in read(answer, crossref.READER).to_dicts()]
    for work, row in zip(works, rows, strict=True):
        rest = json.loads(row["source_fields"])
        assert row["doi_raw"] == work["DOI"]
        assert len(row["authors"]) == len(work.get("author", []))
        assert all(rest[key] == work[key] for key in rest)
        stated = {"DOI", "volume", "issue", "page", "type", "subject", "URL", "title", "abstract", "container-title"}
        assert work.keys() - rest.keys() <= stated
        assert "title" in rest or work.get("title") in (None, [row["title_raw"]])
        assert "abstract" in rest or work.get("abstract") == row["abstract_raw"]
        assert "<jats:" not in (row["abstract_raw"] or "")


def crossref_works(answer: bytes) -> list[dict[str, Any]]:
    try:
        told = json.loads(answer)
    except ValueError:
        return []
    kind, message = told["message-type"], told["message"]
    if told["status"] != "ok" or kind not in ("work", "work-list"):
        return []
    works: list[dict[str, Any]] = [message] if kind == "work" else message["items"]
    return works


def test_arxiv_documents(packs: Packs) -> None:
    folder = packs("arxiv-formats") / "arxiv_search_docmeta/tests/data"
    counts = Counter[str]()
    for path in sorted(folder.rglob("*.json")):
        content = path.read_bytes()
        if not recognised(content):
            counts[path.name] += 1
            continue
        documents = told if isinstance(told := json.loads(content), list) else [told]
        rows = read(content, arxiv_document.READER).to_dicts()
        counts["documents"] += len(rows)
        for document, row in zip(documents, rows, strict=True):
            assert row["defect"] is None
            assert row["arxiv_raw"] == f"{document['paper_id']}v{document['version']}"
            assert len(row["authors"]) == len(document.get("authors_parsed") or document["authors"])
            assert row["categories"] == document["abs_categories"].split()
            accounts = strings([document["submitter"], document.get("author_owners", [])]) - set(row["authors"])
            left = strings(json.loads(row["source_fields"]))
            names = {part for author in document.get("authors_parsed", []) for part in strings(author)}
            assert not (accounts - names - strings(document.get("authors", []))) & left
    # full texts and lists of identifiers are no documents
    assert counts == {"documents": 27, "fulltext.json": 1, "sample.json": 1, "to_index.json": 1}
