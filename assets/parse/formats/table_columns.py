"""Columns of tables: which column of a table states which column of the statements, told by its name.

Names are compared by their letters and digits alone: `Publication Year`, `publication_year` and `PublicationYear` are
one name.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assets.parse.reader import NO_HINTS, Hints

KNOWN: Mapping[str, str] = {
    "title": "title primary_title article_title document_title paper_title title_primary",
    "abstract": "abstract abstract_note abstract_text summary paper_abstract",
    "authors": (
        "authors author author_full_names author_names author_name authors_names first_authors primary_authors "
        "creators creator authors_list author_list"
    ),
    "published": (
        "publication_date date_published published_date published_at published_on published pub_date publish_time date "
        "publication_year published_year pub_year year_published year"
    ),
    "updated": "updated update_date updated_date updated_at updated_on last_updated revised",
    "arxiv": "arxiv_id arxiv",
    "doi": "doi doi_link doi_url digital_object_identifier",
    "acl": "acl_id anthology_id",
    "openreview": "openreview_id openreview",
    "pmid": "pmid pubmed_id",
    "dblp": "dblp_key dblp",
    "s2": "s2_id semantic_scholar_id",
    "openalex": "openalex_id openalex",
    "source_key": (
        "record_id key citation_key citekey bibtex_key cord_uid paper_id eid ut ut_unique_wos_id accession_number id"
    ),
    "categories": (
        "categories category subjects keywords keyword author_keywords index_keywords manual_tags tags topics "
        "fields_of_study mesh_terms"
    ),
    "venue": (
        "journal journal_title journal_name publication_title source_title secondary_title venue booktitle conference "
        "conference_name container_title journal_ref"
    ),
    "volume": "volume journal_volume",
    "issue": "issue journal_issue number",
    "pages": "pages page_range page page_numbers",
    "type": "item_type document_type publication_type type_of_reference reference_type entry_type type",
    "urls": (
        "url urls link links article_url paper_url pdf_url url_pdf url_abs open_url_link abs_url html_url "
        "landing_page_url entry_id ee"
    ),
    "votes": "votes upvotes vote_count",
    "comments": "comment_count comments_count num_comments",
}
"""What is stated -> names of columns that state it, the most telling first."""

FIRST_PAGE = "start_page page_start first_page beginning_page"
LAST_PAGE = "end_page page_end last_page ending_page"
NOTES = "extra"
"""Name of the column in which Zotero keeps notes, identifiers among them."""
PERSONAL = (
    "submitter submitted_by uploader uploaded_by added_by created_by user users user_id user_name login account avatar "
    "avatar_url email emails email_address email_addresses author_email author_emails"
)
"""Names of columns that hold accounts and addresses of people; they are left out."""
TELLING = frozenset({"authors", "abstract", "doi", "arxiv", "pmid", "venue", "openreview", "acl"})
"""What, beside a title, makes a table one of papers; a year alone does not, nor do links."""

NO_LETTERS = re.compile(r"[\W_]+")
FOREIGN = re.compile(r"[{}<>=\x00-\x08]|://")
"""What no name of a column has, and code, links and markup do."""
LONGEST_NAME = 200
"""Characters of a column's name beyond which a line is no header."""


@dataclass(frozen=True)
class TableColumns:
    """What the columns of one table state."""

    names: tuple[str, ...]
    """A name for each column, all different."""
    stating: Mapping[str, tuple[str, ...]]
    """Column of the statements, without `_raw` -> the columns that state it, the most telling first."""
    page_ends: tuple[str | None, str | None]
    """The columns of the first and the last page."""
    notes: str | None
    """A column of notes that may hold identifiers."""
    personal: frozenset[str]
    """Columns that are left out."""


def folded(name: str) -> str:
    """The form in which names are compared."""
    return NO_LETTERS.sub("", name.lower())


def assign(header: Sequence[str], hints: Hints = NO_HINTS) -> TableColumns:
    """Says what each column of a table states.

    Args:
        header: Names of the columns, in order, as the table has them.
        hints: Names given by the manifest; they come before the known ones.

    Returns:
        The assignment. A column states one thing only; a second column of the same name states nothing.
    """
    names = _different(header)
    by_name: dict[str, str] = {}
    for name, original in zip(names, header, strict=True):
        by_name.setdefault(folded(original), name)
    stating: dict[str, tuple[str, ...]] = {}
    taken: set[str] = set()
    for what, told in hints.columns.items():
        column = told if told in names else by_name.get(folded(told))
        if column is not None:
            stating[what.removesuffix("_raw")] = (column,)
            taken.add(column)
    for what, candidates in _FOLDED.items():
        found = tuple(by_name[name] for name in candidates if name in by_name and by_name[name] not in taken)
        if found and what not in stating:
            stating[what] = found
            taken.update(found)
    first, last = (
        next((by_name[name] for name in _names(known) if name in by_name), None) for known in (FIRST_PAGE, LAST_PAGE)
    )
    personal = frozenset(name for name in names if is_personal(name))
    return TableColumns(names, stating, (first, last), by_name.get(NOTES), personal)


def is_personal(name: str) -> bool:
    """Whether a name is that of an account or an address of people."""
    return folded(name) in _PERSONAL


def are_of_papers(header: Sequence[str]) -> bool:
    """Whether names are those of a table of papers: a title and something telling, or a good deal without a title."""
    if len(header) < 2 or any(len(name) > LONGEST_NAME or FOREIGN.search(name) for name in header):
        return False
    stated = assign(header).stating.keys()
    if "title" in stated:
        return bool(stated & TELLING) or ("published" in stated and len(stated) > 3)
    return len(stated & TELLING) > 1 and len(stated) > 3


def are_hinted(header: Sequence[str], hints: Hints) -> bool:
    """Whether a table has all the columns that the manifest names."""
    names = {folded(name) for name in header}
    return bool(hints.columns) and all(folded(name) in names for name in hints.columns.values())


def _different(header: Iterable[str]) -> tuple[str, ...]:
    """A name for each column: its own, with a number where it is empty or was there before."""
    names: dict[str, None] = {}
    for number, original in enumerate(header, start=1):
        name = base = original.strip() or f"column {number}"
        again = 1
        while name in names:
            again += 1
            name = f"{base} ({again})"
        names[name] = None
    return tuple(names)


def _names(known: str) -> tuple[str, ...]:
    return tuple(map(folded, known.split()))


_FOLDED = {what: _names(known) for what, known in KNOWN.items()}
_PERSONAL = frozenset(_names(PERSONAL))
DELIVERED = (
    *("source_key", "title_raw", "abstract_raw", "authors_raw", "authors", "published_on", "updated_on", "arxiv_id"),
    *("doi", "acl_id"),
    *("openreview_id", "pmid", "dblp_key", "s2_id", "openalex_id", "categories", "venue", "volume", "issue", "pages"),
    *("type_raw", "urls", "votes", "comment_count"),
)
"""Columns of `listings` that a table can fill."""
