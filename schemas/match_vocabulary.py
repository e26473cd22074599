"""The closed vocabularies of record linkage: how listings were compared, what was decided, and what came of it.

A member is the stored value, its docstring the published definition, as in `vocabulary.py`. What is seen of one field
of two listings is in `agreement.py`. Nothing here is computed.
"""

from enum import StrEnum


class BlockingKind(StrEnum):
    """What two listings must have in common to be compared."""

    IDENTIFIER = "identifier"
    """An identifier of one kind."""
    TITLE = "title"
    """The title in search form, without spaces."""
    TITLE_WORDS = "title_words"
    """The longest words of the title, in any order."""
    TITLE_START = "title_start"
    """The beginning of the title."""
    TITLE_END = "title_end"
    """The end of the title."""
    AUTHOR_YEAR = "author_year"
    """An author and the year with the beginning of the title, or two words of the authors' names and the year."""
    PAGES = "pages"
    """First page with volume and year, or first and last page with one of them."""
    ABSTRACT = "abstract"
    """The beginning of the abstract in search form."""
    SIGNATURE = "signature"
    """A band of the MinHash signature of the abstract."""
    RENDERED = "rendered"
    """The abstract as a listing page shows it, LaTeX taken out."""
    JUDGEMENT = "judgement"
    """A person judged the pair."""


class Decision(StrEnum):
    """What was decided on a pair of listings."""

    MATCH = "match"
    """The same paper."""
    NO_MATCH = "no_match"
    """Different papers."""
    UNSURE = "unsure"
    """Not decided; treated as different until somebody judges."""


class MatchReason(StrEnum):
    """Why two listings are, or are not, the same paper."""

    JUDGED_SAME = "judged_same"
    """A person decided that they are the same paper."""
    JUDGED_DIFFERENT = "judged_different"
    """A person decided that they are different papers."""
    SAME_ARXIV_ID = "same_arxiv_id"
    """Both state the same arXiv identifier."""
    SAME_DOI = "same_doi"
    """Both state the same DOI."""
    SAME_IDENTIFIER = "same_identifier"
    """Both state the same identifier of another kind."""
    SAME_TITLE_AND_ABSTRACT = "same_title_and_abstract"
    """Title and abstract are equal in their search form."""
    STRONG_EVIDENCE = "strong_evidence"
    """What they have in common, field by field, outweighs by far what differs."""
    UNCLEAR_EVIDENCE = "unclear_evidence"
    """What they have in common speaks for one paper, and not strongly enough."""
    WEAK_EVIDENCE = "weak_evidence"
    """What differs outweighs what they have in common."""
    ID_CONFLICT = "id_conflict"
    """They state different identifiers of a kind of which a paper has one, whatever else agrees."""
    NUMBERS_DIFFER = "numbers_differ"
    """Their titles differ in a number: parts of a series, years, phases of a trial."""
    KINDS_DIFFER = "kinds_differ"
    """One is about the other: an erratum, a reply, a comment, a review of it."""
    PLACES_DIFFER = "places_differ"
    """They appeared in different places: another journal, and another volume or page."""
    TITLES_DIFFER = "titles_differ"
    """Their titles differ, although they share an identifier or nearly everything else."""
    ONLY_LISTING = "only_listing"
    """The paper has one listing: nothing was compared to join it."""


class Verdict(StrEnum):
    """What a person decided on two listings."""

    SAME = "same"
    """They are the same paper."""
    DIFFERENT = "different"
    """They are different papers."""


class CutReason(StrEnum):
    """Why listings stand apart although a chain of matches joins them, or the other way round."""

    ID_CONFLICT = "id_conflict"
    """Together, the group would hold two different identifiers of one kind."""
    BRIDGE = "bridge"
    """Only this pair joins two groups whose other pairs were decided to be different."""
    SIZE_CAP = "size_cap"
    """The group would hold more listings than any paper has."""
    SAME_SOURCE = "same_source"
    """Two records of one database that is free of duplicates would become one."""
    AMBIGUOUS = "ambiguous"
    """In databases free of duplicates, another record is just as good a partner."""
    JUDGED_DIFFERENT = "judged_different"
    """A person decided that they are different."""
    JUDGEMENT_CONFLICT = "judgement_conflict"
    """Judgements contradict each other: the two are the same by way of others, and were judged to be different."""
    OUTVOTED = "outvoted"
    """By themselves the two were decided to be different; they are together because the pairs around them match."""


class Relation(StrEnum):
    """What a listing is to the paper it belongs to."""

    SAME = "same"
    """The same work, in the same state as far as can be told."""
    VERSION = "version"
    """Another version of the same work."""
    PREPRINT_OF = "preprint_of"
    """The preprint of the published work."""


class SurvivalRule(StrEnum):
    """Why a value was chosen for a paper."""

    ONLY_VALUE = "only_value"
    """All listings that state the field agree."""
    PRECEDENCE = "precedence"
    """It comes from the source with the highest precedence."""
    TOLD = "told"
    """The other candidate is what a record is where nothing is told of it."""
    PROVED = "proved"
    """It was proved to be the text that a page shows damaged; see text_repairs."""
    IN_FULL = "in_full"
    """The best source states the year or the month alone, and another one the date in full."""
    UNDAMAGED = "undamaged"
    """The other candidates carry a damage flag and this one does not."""
    MOST_STATED = "most_stated"
    """More listings state it than any other value."""
    LONGEST = "longest"
    """It is the longest of the values that are otherwise equal."""
    FIRST = "first"
    """The values cannot be told apart by any other rule: the first in sorted order."""
