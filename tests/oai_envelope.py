"""The envelope of an OAI-PMH answer, round the records that the writers of its metadata formats make."""

from collections.abc import Iterable, Iterator

from tests.papers import Paper

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/ http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd">
<responseDate>2024-05-06T07:08:09Z</responseDate>
<request verb="ListRecords" metadataPrefix="{prefix}" set="harbour">http://repository.example/oai2</request>
<ListRecords>
"""
HEADER = """<record>
<header>
 <identifier>{key}</identifier>
 <datestamp>{datestamp}</datestamp>
 <setSpec>{set}</setSpec>
</header>
<metadata>
 """
TAIL = """<resumptionToken cursor="0" completeListSize="{count}">6460044|1001</resumptionToken>
</ListRecords>
</OAI-PMH>
"""


def key(paper: Paper) -> str:
    """Identifier of a record."""
    return f"oai:arXiv.org:{paper.arxiv_id}"


def header(paper: Paper) -> str:
    """A record up to its metadata."""
    return HEADER.format(key=key(paper), datestamp=paper.published, set=paper.categories[0].partition(".")[0])


def answer(prefix: str, records: Iterable[str]) -> bytes:
    """An answer with the records."""
    return "".join(_pieces(prefix, records)).encode()


def _pieces(prefix: str, records: Iterable[str]) -> Iterator[str]:
    yield HEAD.format(prefix=prefix)
    count = 0
    for record in records:
        count += 1
        yield record
        yield "\n</metadata>\n</record>\n"
    yield TAIL.format(count=count)
