"""Semantic Scholar papers: one, an array, a page of results, or one a line; also its bulk data sets.

Lists of citations, references and text snippets wrap each paper in an object that says how it was found; that stays in
`source_fields`. Authors, releases and data sets are no works, but an author's list of papers is one of papers.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

import polars as pl

from assets.parse.formats.api_answers import candidates, elements, has_keys, listed, with_authors_raw
from assets.parse.formats.semantic_scholar_single import read_single
from assets.parse.json_head import JsonHead, Shape, head_of, json_head
from assets.parse.json_query import JsonMapping, Paths
from assets.parse.json_records import read_spans
from assets.parse.reader import Content, Head, Hints, Reader, RefusalError
from schemas.formats import Format
from schemas.vocabulary import DumpReason, RejectReason

PAGES = ("data", "recommendedPapers", "papers")
"""Keys of an answer under which papers may stand."""
WRAPPERS = ("citingPaper", "citedPaper", "paper")
PAPER_ID = 40
"""Digits of an identifier of a paper."""
KEYS = (
    "externalIds",
    "corpusId",
    "publicationVenue",
    "referenceCount",
    "citationCount",
    "influentialCitationCount",
    "isOpenAccess",
    "fieldsOfStudy",
    "s2FieldsOfStudy",
    "publicationTypes",
    "publicationDate",
    "title",
    "authors",
)
IDENTIFIERS = {
    "doi_raw": "DOI",
    "arxiv_raw": "ArXiv",
    "acl_raw": "ACL",
    "pmid_raw": "PubMed",
    "dblp_raw": "DBLP",
}
"""Column -> key among the identifiers of others."""
BULK_KEYS = ("corpusid", "externalids", "referencecount", "citationcount", "isopenaccess", "publicationvenueid")
SNIPPET_KEYS = ("snippet", "paper")
OTHER_KEYS = {"authorId": "an author", "release_id": "a release", "start_release": "the difference of two releases"}
"""What tells an answer about something else."""
ERROR_WORDS = ("paper", "author", "unsupported fields", "forbidden", "too many requests")
"""What the error messages of this service speak of."""


def recognises(head: Head) -> bool:
    """Whether a dump holds papers, or is another answer, of Semantic Scholar."""
    found = json_head(head)
    if found is None:
        return False
    paths = tuple((key,) for key in PAGES)
    return any(map(_is_known, candidates(found, *paths))) or _is_empty_page(found) or _error(found) is not None


def read(content: Content, _hints: Hints) -> Iterator[pl.DataFrame]:
    """Reads all papers.

    Args:
        content: The dump after unpacking.

    Yields:
        One statement per element of the answer; one that is not found, or no paper, has the defect NOT_A_WORK.

    Raises:
        RefusalError: ERROR_ANSWER for an error message; NO_RECORDS for an answer about something else, or an empty
            one.
    """
    head = json_head(head_of(content))
    if head and (error := _error(head)):
        raise RefusalError(DumpReason.ERROR_ANSWER, f"Semantic Scholar answered: {error}")
    if head and _is_empty_page(head):
        raise RefusalError(DumpReason.NO_RECORDS, "The page of results is empty.")
    page = next((key for key in PAGES if key in head.keys), None) if head and head.shape is Shape.OBJECT else None
    samples = _samples(head, page) if head else []
    if samples and not any(map(_paper, samples)) and (other := _other(samples[0])):
        raise RefusalError(DumpReason.NO_RECORDS, f"The answer describes {other}, and no work.")
    wrapper = next((key for one in samples if (key := _wrapper(one))), None)
    if head and head.shape is Shape.OBJECT and not page and not wrapper:
        frames = read_single(content, _mapping(None))
    else:
        batches = elements(content, page) if page else listed(content, head.shape if head else Shape.OBJECT)
        frames = read_spans(content, batches, _mapping(wrapper))
    yield from (_finished(content, frame) for frame in frames)


@cache
def _mapping(wrapper: str | None) -> JsonMapping:
    """Where the columns are, in papers of the API and of the bulk data sets, wrapped or not."""
    at = f"$.{wrapper}" if wrapper else "$"
    fields = _strings(f"{at}.fieldsOfStudy[*]")
    found = (
        f"list_concat({_strings(f'{at}.s2FieldsOfStudy[*].category')}, {_strings(f'{at}.s2fieldsofstudy[*].category')})"
    )
    types = f"list_concat({_strings(f'{at}.publicationTypes[*]')}, {_strings(f'{at}.publicationtypes[*]')})"
    in_columns = dict.fromkeys(("paperId", "title", "abstract", "publicationDate", "publicationdate", "url"))
    texts: dict[str, Paths] = {
        "s2_raw": f"{at}.paperId",
        "source_key": (f"{at}.corpusId", f"{at}.corpusid", f"{at}.externalIds.CorpusId"),
        "title_raw": f"{at}.title",
        "abstract_raw": f"{at}.abstract",
        "published_raw": (f"{at}.publicationDate", f"{at}.publicationdate", f"{at}.year"),
        "venue": (f"{at}.venue", f"{at}.journal.name", f"{at}.publicationVenue.name"),
        "volume": f"{at}.journal.volume",
        "pages": f"{at}.journal.pages",
    }
    for column, key in IDENTIFIERS.items():
        texts[column] = (f"{at}.externalIds.{key}", f"{at}.externalids.{key}")
    return JsonMapping(
        texts=texts,
        computed={
            "authors": f"list_filter(list_transform(json_extract(record, '{at}.authors[*]'), lambda x:"
            " CASE json_type(x) WHEN 'VARCHAR' THEN x->>'$' ELSE x->>'$.name' END), lambda x: x <> '')",
            "categories": f"CASE WHEN len({fields}) > 0 THEN {fields} ELSE list_sort(list_distinct({found})) END",
            "type_raw": f"nullif(array_to_string({types}, ', '), '')",
            "urls": f"list_filter([record->>'{at}.url', record->>'{at}.openAccessPdf.url'], lambda x: x <> '')",
        },
        dropped={wrapper: in_columns}
        if wrapper
        else {**in_columns, "year": None, "venue": None, "fieldsOfStudy": None},
    )


def _strings(place: str) -> str:
    """The SQL of the strings at a place, an empty list where there are none."""
    return f"coalesce(json_extract_string(record, '{place}'), [])"


def _finished(content: Content, frame: pl.DataFrame) -> pl.DataFrame:
    """Marks what is no paper: `null` where one was not found, and what has neither identifier nor title."""
    rows = frame["defect"].eq_missing(RejectReason.MALFORMED_RECORD)
    places = frame.filter(rows).select("byte_start", "byte_end").rows()
    is_null = [content[start:end] == b"null" for start, end in places]
    none = pl.Series(
        [str(RejectReason.NOT_A_WORK) if missing else str(RejectReason.MALFORMED_RECORD) for missing in is_null]
    )
    defect = frame["defect"].clone().scatter(rows.arg_true(), none) if places else frame["defect"]
    is_bare = pl.all_horizontal(pl.col("s2_raw", "title_raw", "source_key").is_null())
    told = frame.with_columns(defect).with_columns(
        defect=pl.when(is_bare & pl.col("defect").is_null())
        .then(pl.lit(str(RejectReason.NOT_A_WORK)))
        .otherwise("defect")
    )
    return with_authors_raw(told)


def _samples(head: JsonHead, page: str | None) -> list[dict[str, Any]]:
    """The first objects of an answer, those of its page if it has one."""
    return [one for one in head.items(page) if isinstance(one, dict)] if page else candidates(head)


def _is_known(record: dict[str, Any]) -> bool:
    return _paper(record) is not None or _other(record) is not None


def _paper(record: dict[str, Any]) -> dict[str, Any] | None:
    """The paper that an object is, or wraps."""
    wrapper = _wrapper(record)
    paper = record[wrapper] if wrapper else record
    paper_id = paper.get("paperId", "")
    has_id = isinstance(paper_id, str) and len(paper_id) == PAPER_ID
    is_paper = wrapper or (has_id and len(paper) > 1) or has_keys(paper, BULK_KEYS, 3) or _lacks_id(paper)
    return paper if is_paper else None


def _lacks_id(paper: dict[str, Any]) -> bool:
    """Whether a paper has no identifier, which cited ones may not have."""
    return "paperId" in paper and has_keys(paper, KEYS, 2)


def _wrapper(record: dict[str, Any]) -> str | None:
    """Under which key an object holds the paper that it is about."""
    key = next((key for key in WRAPPERS if isinstance(record.get(key), dict)), None)
    if key == "paper":
        return key if has_keys(record, SNIPPET_KEYS, 2) and "corpusId" in record["paper"] else None
    return key if key and ("paperId" in record[key] or "title" in record[key]) else None


def _other(record: dict[str, Any]) -> str | None:
    """What an object describes that is no paper."""
    if "README" in record and ("files" in record or "datasets" in record):
        return "a data set" if "files" in record else "a release"
    known = next((key for key in OTHER_KEYS if key in record), None)
    is_it = known is not None and (known != "authorId" or "paperId" not in record)
    return OTHER_KEYS[known] if known and is_it else None


def _is_empty_page(head: JsonHead) -> bool:
    """Whether an answer says that nothing was found."""
    told = head.objects[0] if head.shape is Shape.OBJECT and head.objects else {}
    return told.keys() >= {"total", "offset"} and told.keys() <= {"total", "offset", "data"} and not told.get("data")


def _error(head: JsonHead) -> str | None:
    """The error message, if the dump is one of this service."""
    if head.shape is not Shape.OBJECT or set(head.keys) not in ({"error"}, {"message"}) or not head.objects:
        return None
    told = next(iter(head.objects[0].values()))
    is_own = isinstance(told, str) and any(word in told.lower() for word in ERROR_WORDS)
    return told[:200] if is_own else None


READER = Reader(
    Format.SEMANTIC_SCHOLAR,
    version=1,
    recognises=recognises,
    read=read,
    detection="JSON objects with a `paperId` of 40 hexadecimal digits, or the fields of the bulk data sets, alone, one "
    "a line, or under `data`, `recommendedPapers` or `papers`.",
    delivers=(
        "source_key",
        "title_raw",
        "abstract_raw",
        "authors_raw",
        "authors",
        "published_on",
        "published_precision",
        "arxiv_id",
        "arxiv_version",
        "doi",
        "acl_id",
        "pmid",
        "dblp_key",
        "s2_id",
        "categories",
        "venue",
        "volume",
        "pages",
        "type_raw",
        "urls",
    ),
    definition="Semantic Scholar Academic Graph API: https://api.semanticscholar.org/api-docs/graph",
)
