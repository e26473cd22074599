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
    VIDEO = "video"
    """A video to watch, or a page that is said to show videos and nothing else."""
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


class ClaimStatus(StrEnum):
    """What an abstract says of something that it gives no link to."""

    STATED = "stated"
    """It is released."""
    PROMISED = "promised"
    """It will be."""
    ON_REQUEST = "on_request"
    """Whoever asks for it may have it."""


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


class AgeBasis(StrEnum):
    """What the age of a trending paper is counted from."""

    SHOWN = "shown"
    """The last known day of a page that showed it."""
    PUBLISHED = "published"
    """Its publication, where no day of a page is known: it was shown later than that, so it is at most as old."""
    UNKNOWN = "unknown"
    """Nothing: no day is known, and the score does not decay."""


class QualityMeasure(StrEnum):
    """What is measured of the text of a paper and compared with that of all papers: a column of `quality`."""

    TITLE_CHARACTERS = "title_characters"
    """Length of the title."""
    TITLE_UPPER_SHARE = "title_upper_share"
    """Capitals among the characters of the title."""
    TITLE_SURPRISE = "title_surprise"
    """Bits per character of the title."""
    ABSTRACT_WORDS = "abstract_words"
    """Length of the abstract."""
    SENTENCE_WORDS = "sentence_words"
    """Length of its sentences."""
    WORD_CHARACTERS = "word_characters"
    """Length of its words."""
    LEXICAL_DIVERSITY = "lexical_diversity"
    """How varied its words are."""
    REPEATED_SHARE = "repeated_share"
    """How much of it stood in it before, word for word."""
    COMPRESSION_RATIO = "compression_ratio"
    """How far it shrinks when what is repeated is said once."""
    SURPRISE = "surprise"
    """Bits per character of the abstract."""
    TITLE_WORDS_SHARE = "title_words_share"
    """How much of the title occurs in it."""
    DIGIT_SHARE = "digit_share"
    """Digits among its characters."""
    SYMBOL_SHARE = "symbol_share"
    """Signs among its characters."""
    UPPER_SHARE = "upper_share"
    """Capitals among its characters."""
    NON_ASCII_SHARE = "non_ascii_share"
    """Characters beyond ASCII."""
    RESIDUE_COUNT = "residue_count"
    """Remains of markup."""
    LANGUAGE = "language"
    """The language of title and abstract."""


class QualityOutlier(StrEnum):
    """In what a paper is far from what is usual among the papers at hand; odd is not wrong."""

    TITLE_TOO_SHORT = "title_too_short"
    """The title is far shorter than others: a heading, a name, a title cut off."""
    TITLE_TOO_LONG = "title_too_long"
    """The title is far longer than others: an abstract or a list of names may have got into it."""
    TITLE_CAPITALS = "title_capitals"
    """The title has far more capitals than others."""
    TITLE_ODD = "title_odd"
    """The letters of the title follow each other as in hardly any other text: names, another language, noise."""
    TITLE_UNRELATED = "title_unrelated"
    """The words of the title do not occur in the abstract: it may be that of another paper, or in another language."""
    TOO_SHORT = "too_short"
    """The abstract is far shorter than others: a remark in its place, or cut off."""
    TOO_LONG = "too_long"
    """The abstract is far longer than others: several records run together, or a whole introduction."""
    SHORT_SENTENCES = "short_sentences"
    """Its sentences are far shorter than others: a list, references, a table of contents."""
    LONG_SENTENCES = "long_sentences"
    """Its sentences are far longer than others: keywords, names, a text without stops."""
    SHORT_WORDS = "short_words"
    """Its words are far shorter than others: letters that were spaced out, numbers, formulas."""
    LONG_WORDS = "long_words"
    """Its words are far longer than others: spaces are lost, or it is no text."""
    FEW_TYPES = "few_types"
    """It uses the same words over and over."""
    REPETITIVE = "repetitive"
    """Whole passages stand in it more than once."""
    COMPRESSIBLE = "compressible"
    """Far more of it than usual repeats what stood shortly before."""
    ODD_SPELLING = "odd_spelling"
    """Its letters follow each other as in hardly any other text: noise, code, names, another language."""
    MANY_DIGITS = "many_digits"
    """It has far more digits than others: a table, a list of numbers, identifiers."""
    MANY_SYMBOLS = "many_symbols"
    """It has far more signs than others that are neither letters, digits nor ordinary punctuation: formulas, code."""
    MANY_CAPITALS = "many_capitals"
    """It has far more capitals than others: names, acronyms, encoded data, a text in capitals."""
    MANY_NON_ASCII = "many_non_ascii"
    """It has far more characters beyond ASCII than other texts of its language: formulas, another script, garbling."""
    MARKUP = "markup"
    """It has far more remains of markup than others: tags, entities, commands, escapes, garbled characters."""
    OTHER_LANGUAGE = "other_language"
    """It is in a language that too few papers share to compare it with them."""


class VectorMethod(StrEnum):
    """How the vector of a paper is made of its words."""

    TFIDF = "tfidf"
    """Latent semantic analysis: TF-IDF of the corpus's own words, projected on its strongest directions."""
    STATIC = "static"
    """The mean of word vectors that came with a package."""


class TermKind(StrEnum):
    """What a term in an abstract is."""

    ACRONYM = "acronym"
    """A short form that the abstract defines, with what it stands for."""
    METHOD = "method"
    """A method, system or anything else with a name of its own that the paper proposes."""
    MODEL = "model"
    """A trained model, a family of models, or an architecture that is known by its name."""
    DATASET = "dataset"
    """A data set."""
    BENCHMARK = "benchmark"
    """A benchmark: data and tasks on which systems are compared."""
    TASK = "task"
    """A task that systems are built for."""
    METRIC = "metric"
    """A measure of how well a system does."""


class TermRule(StrEnum):
    """How a term was found."""

    LONG_BEFORE_SHORT = "long_before_short"
    """`long form (SF)`."""
    SHORT_BEFORE_LONG = "short_before_long"
    """`SF (long form)`."""
    IN_WORDS = "in_words"
    """`long form, dubbed SF` or `SF stands for long form`."""
    HALF_OPEN = "half_open"
    """A bracket of which one half is lost: `long form SF)` or `long form (SF and so on`."""
    TITLE_NAME = "title_name"
    """The name that stands before the title's colon or dash, and occurs in the abstract."""
    PROPOSED = "proposed"
    """`we propose NAME`, `a method called NAME`: the abstract says that it is new."""
    GAZETTEER = "gazetteer"
    """A name in the lists that come with the package, in the sense that the words around it tell."""
