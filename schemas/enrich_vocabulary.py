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
