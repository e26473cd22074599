"""Weights: what each degree of agreement of a field says for or against one work, in bits.

One table for all sources. A weight of 3 makes one work eight times as likely; the sum of a pair's weights and PRIOR is
its evidence, and 0 is the point of balance. The numbers are set by hand, field by field, with the estimates beside them
that `python -m tests.bench.linkage_weights` prints; none is fitted to a labelled set.
"""

from collections.abc import Mapping

from schemas.agreement import (
    AbstractAgreement,
    Agreement,
    AuthorAgreement,
    NumbersAgreement,
    PlaceAgreement,
    TitleAgreement,
    VenueAgreement,
    YearAgreement,
)

PRIOR = -13.0
"""Bits against any two records that share a key being one work, before anything is compared."""

WEIGHTS: Mapping[str, Mapping[str, float]] = {
    "title": {
        TitleAgreement.EQUAL_LONG: 10.0,
        TitleAgreement.EQUAL: 10.0,
        TitleAgreement.NEAR: 8.0,
        TitleAgreement.EXPLAINED: 7.5,
        TitleAgreement.BEGINS: 7.5,
        TitleAgreement.EQUAL_SHORT: 6.0,
        TitleAgreement.ENDS: 6.0,
        TitleAgreement.SIMILAR: 6.0,
        TitleAgreement.BEGINS_SHORT: 5.5,
        TitleAgreement.INSIDE: 5.0,
        TitleAgreement.INSIDE_LOOSE: 4.5,
        TitleAgreement.EQUAL_TINY: 4.0,
        TitleAgreement.WITHIN: 4.0,
        TitleAgreement.LOOSE: 3.5,
        TitleAgreement.WITHIN_FAR: -1.0,
        TitleAgreement.NAMED: -1.0,
        TitleAgreement.GENERIC_EQUAL: -1.5,
        TitleAgreement.WEAK: -1.5,
        TitleAgreement.GENERIC: -3.0,
        TitleAgreement.DIFFERENT: -5.0,
    },
    "authors": {
        AuthorAgreement.ALL: 4.0,
        AuthorAgreement.MOST: 4.0,
        AuthorAgreement.ALL_TWO: 3.5,
        AuthorAgreement.ALL_ONE: 2.5,
        AuthorAgreement.HALF: 3.0,
        AuthorAgreement.ALIKE: 2.0,
        AuthorAgreement.FEW: 0.0,
        AuthorAgreement.UNKNOWN: -2.5,
        AuthorAgreement.INITIALS_DIFFER: -3.0,
        AuthorAgreement.NONE: -4.0,
        AuthorAgreement.OTHERS: -9.0,
    },
    "year": {
        YearAgreement.EQUAL: 2.5,
        YearAgreement.UNKNOWN: 2.0,
        YearAgreement.PREPRINT: 1.0,
        YearAgreement.NEXT: -2.0,
        YearAgreement.NEAR: -3.0,
        YearAgreement.NEXT_ALONE: -4.5,
        YearAgreement.DIFFER: -4.0,
        YearAgreement.DIFFER_ALONE: -6.0,
    },
    "venue": {
        VenueAgreement.EQUAL: 1.5,
        VenueAgreement.WITHIN: 1.0,
        VenueAgreement.NEAR: 0.5,
        VenueAgreement.PREPRINT: 0.0,
        VenueAgreement.UNKNOWN: 0.0,
        VenueAgreement.DIFFER: -1.0,
    },
    "place": {
        PlaceAgreement.RANGE: 12.0,
        PlaceAgreement.CITATION: 8.0,
        PlaceAgreement.VOLUME_AND_PAGE: 7.0,
        PlaceAgreement.UNKNOWN: 7.0,
        PlaceAgreement.PREPRINT: 6.0,
        PlaceAgreement.PAGE: 6.0,
        PlaceAgreement.BARE: 6.0,
        PlaceAgreement.VOLUME: 4.0,
        PlaceAgreement.PAGE_ELSEWHERE: 2.5,
        PlaceAgreement.NEAR_PAGE: 2.0,
        PlaceAgreement.ONE_SIDE: 0.0,
        PlaceAgreement.INCOMPARABLE: -1.0,
        PlaceAgreement.ONLY_OTHER_PAGE_THERE: -4.0,
        PlaceAgreement.OTHER_PAGE: -4.5,
        PlaceAgreement.ONLY_OTHER_PAGE: -6.0,
        PlaceAgreement.OTHER_VOLUME: -6.5,
        PlaceAgreement.OTHER_VOLUME_AND_PAGE: -9.0,
    },
    "abstract": {
        AbstractAgreement.EQUAL: 4.0,
        AbstractAgreement.NEAR: 2.0,
        AbstractAgreement.LOOSE: 0.0,
        AbstractAgreement.UNKNOWN: 0.0,
        AbstractAgreement.LITTLE: -1.5,
        AbstractAgreement.DIFFER: -5.5,
    },
    "numbers": {
        NumbersAgreement.EQUAL: 0.0,
        NumbersAgreement.YEAR: 0.0,
        NumbersAgreement.ONE: -2.0,
        NumbersAgreement.DIFFER: -6.0,
    },
    "doi": {
        Agreement.EQUAL: 4.0,
        Agreement.UNKNOWN: 0.0,
        Agreement.DIFFER: -4.0,
    },
    "kind": {
        Agreement.EQUAL: 0.0,
        Agreement.DIFFER: -6.0,
    },
    "first_author": {
        Agreement.EQUAL: 1.0,
        Agreement.UNKNOWN: 0.0,
        Agreement.DIFFER: -1.0,
    },
}
"""Field -> degree of agreement -> bits."""
