"""Statements: what every document of a release says in the same words, for people and for programs.

Only sentences, and the few numbers in them that the draft has counted; each document brings them into its own form.
"""

import re

from assets.release.draft import Draft

NAME = "papersheaf"
"""The name of the data set where a name has no spaces: in identifiers, citation keys and addresses."""
TITLE = "Papersheaf: research papers from raw listings"
"""The name of the data set as people read it."""
CREATOR = "The Papersheaf maintainers"
"""Who is named as the maker of the data set, as in LICENSE."""
KEYWORDS = ("research papers", "abstracts", "scholarly metadata", "bibliography", "deduplication", "record linkage")
"""What the data set is about."""

LICENCE_ID = "other"
"""The licence of the data where a short name is asked for: none of the known ones."""
LICENCE_TITLE = "Licence of the inputs"
"""The licence of the data in a few words."""
LICENCE = (
    "This release grants no licence to its data. Every record comes from the dumps that the release names and keeps "
    "their terms; titles and abstracts are the work of the authors and publishers of the papers. Who uses or passes on "
    "the data has to keep the terms of those sources. The software that made the release, Papersheaf, is under the MIT "
    "licence; that licence does not extend to the data."
)
"""The licence of the data in full."""

COLLECTION = (
    "Dumps of paper listings (copies of feed pages, answers of services, catalogues, bibliographies) are read as they "
    "were captured. Nothing is fetched, sampled or labelled by hand on the way."
)
"""How the data came together."""
PROCESSING = (
    "parse: records are read from the dumps, each with its place in the bytes",
    "validate: damage of the text is repaired only where the repair is certain, and flagged where it is not",
    "dedupe: listings of the same work are joined by rules that name their reason; every comparison is kept",
    "enrich: links, terms and quantities are found in the abstracts, each with the span that proves it",
)
"""What was done to the data, step by step."""
BIASES = (
    (
        "The data holds what its dumps hold. It is no sample of all research: subjects, years, languages and venues "
        "occur as often as the sources list them."
    ),
    "A paper is there because a source chose to show it; a feed that people vote on favours what is popular.",
    "Where no listing states a field it is empty, and more often so for some sources than for others.",
)
"""Why the data is not like the field that it comes from."""
PERSONAL = (
    "Names of authors are part of the bibliographic record and are kept. User names, pictures and e-mail addresses of "
    "those who submitted or voted are not carried over."
)
"""What the data says of people."""

CREDENTIALS = re.compile(r"(?<=://)[^/@\s]*@")
"""User name and password in an address."""
QUERY = re.compile(r"[?#][^/!]*=[^/!]*")
"""Parameters in an address or in a name that was made of one, such as a signature."""


def description(draft: Draft) -> str:
    """What a release is, in two or three sentences.

    Args:
        draft: The release.

    Returns:
        One paragraph of 100 to 5,000 characters.
    """
    rows = draft.snapshot.rows
    counts = [
        f"{rows[table]:,} {word if rows[table] == 1 else f'{word}s'}"
        for table, word in (("papers", "paper"), ("paper_listings", "listing"), ("dumps", "dump"))
        if table in rows
    ]
    sentences = [
        "Research papers put together from raw dumps of paper listings"
        + (f": {', '.join(counts)}." if counts else "."),
        (
            "Damaged text is repaired only where the repair is certain and flagged where it is not; listings of the "
            "same work are merged for a stated reason; every value leads back to the bytes that it came from."
        ),
    ]
    if draft.snapshot.selection.where is not None:
        condition = " ".join(draft.snapshot.selection.where.split())
        sentences.append(f"This release is a part of the data set: papers where {condition}.")
    return " ".join(sentences)[:5_000]


def citation(draft: Draft) -> str:
    """The release as a BibTeX entry.

    Args:
        draft: The release.
    """
    key = f"{NAME}-{draft.version}"
    return (
        f"@misc{{{key}, title = {{{TITLE}}}, author = {{{{{CREATOR}}}}}, year = {{{draft.released_at:%Y}}}, "
        f"version = {{{draft.version}}}, note = {{Data set}}}}"
    )


def without_secrets(place: str) -> str:
    """The place of a dump without what may be in an address and is nobody's business: a password, a signature.

    Args:
        place: A path below the raw folder, or an address.
    """
    return QUERY.sub("", CREDENTIALS.sub("", place))
