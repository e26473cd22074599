"""OAI-PMH: answers of repositories in arXiv's formats or in Dublin Core; one, several, or records cut out of them.

Which of the three formats a dump is, its first record says, or else the request it repeats. Records of another metadata
format than that of the first are read as what they are.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import polars as pl

from assets.parse.formats.oai_arxiv import take_arxiv
from assets.parse.formats.oai_dublin_core import NAMES, take_dublin_core
from assets.parse.formats.oai_header import OPENING, take_header
from assets.parse.reader import HEAD_BYTES, Content, Head, Hints, Reader, RefusalError
from assets.parse.xml_fields import Element, local
from assets.parse.xml_head import XmlHead, xml_head
from assets.parse.xml_records import Dialect, read_elements
from assets.parse.xml_scan import Shape
from assets.parse.xml_statement import Statement
from schemas.formats import Format
from schemas.vocabulary import DumpReason

DIALECT = Dialect(
    Shape(records=frozenset({"record"}), opening=OPENING),
    namespaces={
        b"dc": b"http://purl.org/dc/elements/1.1/",
        b"oai_dc": b"http://www.openarchives.org/OAI/2.0/oai_dc/",
        b"xsi": b"http://www.w3.org/2001/XMLSchema-instance",
    },
)
OF_ARXIV = {"arXiv": Format.OAI_ARXIV, "arXivOld": Format.OAI_ARXIV, "arXivRaw": Format.OAI_ARXIV_RAW}
"""Name of the element around the metadata, and of the format in a request -> format."""
WITHOUT_RECORDS = frozenset({"Identify", "ListSets", "ListMetadataFormats", "ListIdentifiers"})
"""Questions that are not answered with records."""


def format_of(found: XmlHead) -> Format | None:
    """Which format a document is of; None if it is not OAI-PMH.

    An answer without any metadata at its beginning (an error, a list of sets, deleted records) is one in Dublin Core
    unless its request asks for another format, for every repository gives that one.
    """
    is_answer = found.root.name == "OAI-PMH"
    is_part = found.root.name in {"record", "ListRecords", "GetRecord"}
    if not is_answer and not (is_part and any(element.name == "header" for element in found.openings_of("record"))):
        return None
    named = [OF_ARXIV[element.name] for element in found.openings_of("metadata") if element.name in OF_ARXIV]
    if named:
        return named[0]
    if is_answer and (request := found.first({"request"})) and not found.openings_of("metadata"):
        return OF_ARXIV.get(request.attributes.get("metadataPrefix", ""), Format.OAI_DC)
    return Format.OAI_DC if is_answer or _has_dublin_core(found) else None


def recognises(head: Head, *, wanted: Format) -> bool:
    """Whether a dump is of one of the three formats."""
    found = xml_head(head.data)
    return found is not None and format_of(found) == wanted


def read(content: Content, hints: Hints) -> Iterator[pl.DataFrame]:  # noqa: ARG001 - the contract of a reader
    """Reads all records of an answer.

    Args:
        content: The dump after unpacking.
        hints: Not needed.

    Yields:
        Frames of STATEMENT_SCHEMA, one row per `<record>`, deleted ones too.

    Raises:
        RefusalError: ERROR_ANSWER with the code of the repository, UNKNOWN_FORMAT where the metadata are of a kind that
            is not read, NO_RECORDS.
    """
    if found := xml_head(content[:HEAD_BYTES]):
        _refuse(found)
    yield from read_elements(content, DIALECT, state)


def state(record: Element) -> dict[str, Any]:
    """What a record states."""
    statement = Statement()
    for part in record:
        name = local(part)
        if name == "header":
            take_header(statement, part)
        elif name == "metadata":
            for content in part:
                take: Callable[[Statement, Element], None] = (
                    take_arxiv if local(content) in OF_ARXIV else take_dublin_core
                )
                take(statement, content)
        else:
            statement.keep(part)
    return statement.stated()


def _refuse(found: XmlHead) -> None:
    """Turns away what holds no record that can be read."""
    error = found.first({"error"})
    if error and "record" not in found.names:
        code = error.attributes.get("code", "without a code")
        raise RefusalError(DumpReason.ERROR_ANSWER, f"The repository answered with the error {code!a}.")
    content = found.openings_of("metadata")
    if content and not any(element.name in OF_ARXIV for element in content) and not _has_dublin_core(found):
        detail = f"The records are in the metadata format {content[0].name!a}, which is not read."
        raise RefusalError(DumpReason.UNKNOWN_FORMAT, detail)
    verb = next((name for name in sorted(WITHOUT_RECORDS) if name in found.names), None)
    if verb and "record" not in found.names:
        raise RefusalError(DumpReason.NO_RECORDS, f"The answer to {verb} holds no record.")


def _has_dublin_core(found: XmlHead) -> bool:
    """Whether the metadata of any record hold, in one element, elements with the names of Dublin Core."""
    around = {element.name for element in found.openings_of("metadata")} - NAMES
    return any(element.name in NAMES for name in around for element in found.openings_of(name))


DELIVERS = (
    "source_key",
    "title_raw",
    "abstract_raw",
    "authors_raw",
    "authors",
    "published_on",
    "updated_on",
    "arxiv_id",
    "doi",
    "categories",
)

OAI_ARXIV = Reader(
    Format.OAI_ARXIV,
    version=1,
    recognises=partial(recognises, wanted=Format.OAI_ARXIV),
    read=read,
    detection="XML with the root `<OAI-PMH>`, or its records; first metadata or request `arXiv` or `arXivOld`.",
    delivers=(*DELIVERS, "venue"),
    definition="The schema `arXiv`: http://arxiv.org/OAI/arXiv.xsd, in https://info.arxiv.org/help/oa/index.html",
)
OAI_ARXIV_RAW = Reader(
    Format.OAI_ARXIV_RAW,
    version=1,
    recognises=partial(recognises, wanted=Format.OAI_ARXIV_RAW),
    read=read,
    detection="XML with the root `<OAI-PMH>`, or its records; first metadata or request `arXivRaw`.",
    delivers=(*DELIVERS, "arxiv_version", "venue"),
    definition="The schema `arXivRaw`: http://arxiv.org/OAI/arXivRaw.xsd, in https://info.arxiv.org/help/oa/index.html",
)
OAI_DC = Reader(
    Format.OAI_DC,
    version=1,
    recognises=partial(recognises, wanted=Format.OAI_DC),
    read=read,
    detection="XML with the root `<OAI-PMH>` of any other kind, or its records with Dublin Core as the first metadata.",
    delivers=(*DELIVERS, "pmid", "type_raw", "urls"),
    definition="OAI-PMH 2.0 and oai_dc: https://www.openarchives.org/OAI/openarchivesprotocol.html",
)
READERS = (OAI_ARXIV, OAI_ARXIV_RAW, OAI_DC)
