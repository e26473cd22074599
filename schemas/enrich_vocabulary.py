"""The closed vocabularies of enrichment: what is found in the text of a paper, and why a value is missing.

A member is the stored value, its docstring the published definition, as in `vocabulary.py`. Nothing here is computed.
"""

from enum import StrEnum


class LinkKind(StrEnum):
    """What a link of a paper leads to."""

    CODE = "code"
    """Source code."""
    DATA = "data"
    """A data set or benchmark."""
    MODEL = "model"
    """Model weights."""
    DEMO = "demo"
    """Something to try out, listen to or look at."""
    PROJECT = "project"
    """A page about the project."""
    PAPER = "paper"
    """Another paper, or this one elsewhere."""
    OTHER = "other"
    """None of these, such as a reading list."""


class LinkStatus(StrEnum):
    """Whether what a link leads to was there when the abstract was written."""

    STATED = "stated"
    """The abstract gives the link as it is."""
    PROMISED = "promised"
    """The abstract says that it will be released there."""


class LinkFlag(StrEnum):
    """What a reader should know before following a link."""

    ANONYMOUS_HOST = "anonymous_host"
    """An anonymised copy for reviewers; it expires."""
    IP_HOST = "ip_host"
    """The host is a bare address."""
    SHORT_LINK = "short_link"
    """A shortener: where it leads cannot be told from the text."""
    NO_SCHEME = "no_scheme"
    """The text gives no scheme; https was assumed."""


class MissingReason(StrEnum):
    """Why a value is missing."""

    NOT_STATED = "not_stated"
    """No source states it."""
    NOT_PARSED = "not_parsed"
    """A source states it in a form that was not understood."""
    CONFLICT = "conflict"
    """What the sources state contradicts each other, so that no value is certain."""
    AMBIGUOUS = "ambiguous"
    """What the sources state can be read in more than one way."""


class PageDateProof(StrEnum):
    """What proves the day that a page was listed on."""

    STATED = "stated"
    """The date line of the page states its year."""
    PUBLICATION = "publication"
    """A paper of the page was published shortly before that day of the year, and after that day of the year before."""


class TextProof(StrEnum):
    """What proves that one listing's text is what a page made of another's, the strongest first."""

    RENDERS_EQUAL = "renders_equal"
    """Rendered, the source has the letters and digits of the listing, no more and no less."""
    RENDERS_START = "renders_start"
    """The rendered source begins with the letters of the listing, which breaks off: its end was cut."""
    RENDERS_END = "renders_end"
    """The rendered source ends with the letters of the listing, which begins in the middle: its start was cut."""
    RENDERS_INSIDE = "renders_inside"
    """The rendered source holds the letters of the listing, which was cut at both ends."""


class RepairedField(StrEnum):
    """Which text of a paper is repaired."""

    TITLE = "title"
    """The title."""
    ABSTRACT = "abstract"
    """The abstract."""
