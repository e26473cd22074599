"""Degrees of agreement: what is seen of one field of two listings, in a closed vocabulary each.

A member is the stored value, its docstring the published definition. Nothing here is computed.
"""

from enum import StrEnum


class Agreement(StrEnum):
    """Whether two listings agree in a field that is equal or is not."""

    EQUAL = "equal"
    """Both state the same."""
    DIFFER = "differ"
    """They state different things."""
    UNKNOWN = "unknown"
    """One of them states nothing."""


class TitleAgreement(StrEnum):
    """How far two titles agree, apart from case, accents, punctuation, spaces, markup and notes of databases."""

    EQUAL_LONG = "equal_long"
    """Equal, with 45 letters or more."""
    EQUAL = "equal"
    """Equal, with 25 letters or more."""
    EQUAL_SHORT = "equal_short"
    """Equal, with 12 letters or more."""
    EQUAL_TINY = "equal_tiny"
    """Equal, with fewer letters."""
    GENERIC_EQUAL = "generic_equal"
    """Equal, and made of words that recur from issue to issue, such as `Editorial`."""
    GENERIC = "generic"
    """One of them is made of such words alone."""
    NEAR = "near"
    """Nineteen of twenty letters agree, or the same words stand in another order."""
    BEGINS = "begins"
    """One begins with the other, of 30 letters or more: a subtitle was left out, or the end cut off."""
    EXPLAINED = "explained"
    """Every telling word of the one is in the title or among the authors of the other."""
    BEGINS_SHORT = "begins_short"
    """One begins with the other, of 15 letters or more."""
    ENDS = "ends"
    """One ends with the other, of 20 letters or more."""
    SIMILAR = "similar"
    """Seven of eight letters agree."""
    INSIDE = "inside"
    """One stands within the other, all but for a letter in twenty."""
    INSIDE_LOOSE = "inside_loose"
    """One stands within the other, all but for some letters, and little else is left over."""
    WITHIN = "within"
    """All telling words of the one are in the other, which has two more at most."""
    LOOSE = "loose"
    """Four of five letters agree."""
    WITHIN_FAR = "within_far"
    """All telling words of the one are in the other, which has more."""
    WEAK = "weak"
    """Seven of ten letters agree, or most words."""
    DIFFERENT = "different"
    """They have little in common."""


class AuthorAgreement(StrEnum):
    """How far the shorter of two lists of authors is in the longer."""

    ALL = "all"
    """All its names, three words or more."""
    ALL_TWO = "all_two"
    """All its names, of two words."""
    ALL_ONE = "all_one"
    """Its only name."""
    MOST = "most"
    """Seven of ten words, or nearly the same letters."""
    HALF = "half"
    """Two of five words, or most letters."""
    ALIKE = "alike"
    """Names that begin alike, such as `Dogac` and `Dogaca`."""
    FEW = "few"
    """Fewer than that."""
    INITIALS_DIFFER = "initials_differ"
    """One or two family names, but other initials."""
    NONE = "none"
    """No name."""
    UNKNOWN = "unknown"
    """One of the two states no author."""


class YearAgreement(StrEnum):
    """How far two years agree."""

    EQUAL = "equal"
    """The same year."""
    PREPRINT = "preprint"
    """One is a preprint, and the other two years off at most."""
    NEXT = "next"
    """One year apart; volume or pages say more."""
    NEAR = "near"
    """Two years apart; volume or pages say more."""
    DIFFER = "differ"
    """Further apart; volume or pages say more."""
    NEXT_ALONE = "next_alone"
    """One year apart, and no volume or page to compare."""
    DIFFER_ALONE = "differ_alone"
    """Further apart, and no volume or page to compare."""
    UNKNOWN = "unknown"
    """One of the two states no year."""


class VenueAgreement(StrEnum):
    """How far two venues agree, in their words cut to three letters, as abbreviations keep them."""

    EQUAL = "equal"
    """The same words or initials, or one is the other's acronym."""
    WITHIN = "within"
    """All words of the one, two or more, are in the other."""
    NEAR = "near"
    """Half of the words, or one begins with the other."""
    PREPRINT = "preprint"
    """One is a preprint, which appears elsewhere later."""
    DIFFER = "differ"
    """They have little in common."""
    UNKNOWN = "unknown"
    """One of the two states no venue."""


class PlaceAgreement(StrEnum):
    """How far volume and pages agree."""

    RANGE = "range"
    """The same volume, year, first and last page: one article, whatever its title is called."""
    CITATION = "citation"
    """The same volume, year and page of one venue."""
    VOLUME_AND_PAGE = "volume_and_page"
    """The same volume and page."""
    PAGE = "page"
    """The same page; one states no volume or another; the venue does not speak against it."""
    PAGE_ELSEWHERE = "page_elsewhere"
    """The same page of what seems to be another venue."""
    PREPRINT = "preprint"
    """One is a preprint, whose pages and volume are its own."""
    NEAR_PAGE = "near_page"
    """Two pages apart at most, in the same volume of one venue."""
    OTHER_PAGE = "other_page"
    """Another page of the same volume."""
    ONLY_OTHER_PAGE_THERE = "only_other_page_there"
    """Another page in the same year of one venue; one states no volume."""
    ONLY_OTHER_PAGE = "only_other_page"
    """Another page; one states no volume."""
    VOLUME = "volume"
    """The same volume; one states no page."""
    OTHER_VOLUME = "other_volume"
    """Another volume; one states no page."""
    OTHER_VOLUME_AND_PAGE = "other_volume_and_page"
    """Another volume and another page."""
    ONE_SIDE = "one_side"
    """One of the two states neither volume nor page."""
    INCOMPARABLE = "incomparable"
    """One states the volume alone, the other the page alone."""
    UNKNOWN = "unknown"
    """Neither states a volume or a page."""


class AbstractAgreement(StrEnum):
    """How far two abstracts agree, by the share of their word triples that both have, as signatures estimate it."""

    EQUAL = "equal"
    """Four of five or more."""
    NEAR = "near"
    """Half or more."""
    LOOSE = "loose"
    """One of five or more."""
    LITTLE = "little"
    """Some."""
    DIFFER = "differ"
    """Next to none."""
    UNKNOWN = "unknown"
    """One of the two has no abstract."""


class NumbersAgreement(StrEnum):
    """Whether the numbers in two titles agree, Roman ones and those of series in words among them."""

    EQUAL = "equal"
    """The same numbers, or none."""
    ONE = "one"
    """Only one of the two has numbers."""
    DIFFER = "differ"
    """Different numbers."""
