"""Agreement: from features to one word a field, such as `equal` or `differ`, for which there is a weight.

The words are what a reader of `audit.match_pairs` sees, and what `sheaf explain` shows beside its weight.
"""

from enum import StrEnum

import polars as pl

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

c = pl.col


def _first(*cases: tuple[StrEnum, pl.Expr], otherwise: StrEnum) -> pl.Expr:
    """The name of the first case that holds."""
    return pl.coalesce(
        *(pl.when(condition.fill_null(value=False)).then(pl.lit(str(name))) for name, condition in cases),
        pl.lit(str(otherwise)),
    )


_REST_FEWER, _REST_MORE = (
    pl.min_horizontal("title_rest", "title_rest_b"),
    pl.max_horizontal("title_rest", "title_rest_b"),
)
TITLE = _first(
    (TitleAgreement.GENERIC_EQUAL, c("generic_title") & c("title_equal")),
    (TitleAgreement.GENERIC, c("generic_title")),
    (TitleAgreement.EQUAL_LONG, c("title_equal") & (c("title_length") >= 45)),
    (TitleAgreement.EQUAL, c("title_equal") & (c("title_length") >= 25)),
    (TitleAgreement.EQUAL_SHORT, c("title_equal") & (c("title_length") >= 12)),
    (TitleAgreement.EQUAL_TINY, c("title_equal")),
    (
        TitleAgreement.NEAR,
        (c("title_length") >= 30) & ((c("title_similarity") >= 0.95) | (c("title_reordered") >= 0.97)),
    ),
    (TitleAgreement.BEGINS, c("title_begins") & (c("title_length") >= 30)),
    (TitleAgreement.EXPLAINED, (_REST_MORE == 0) & (c("title_fewer") >= 4)),
    (TitleAgreement.BEGINS_SHORT, c("title_begins") & (c("title_length") >= 15)),
    (TitleAgreement.ENDS, c("title_ends") & (c("title_length") >= 20)),
    (TitleAgreement.SIMILAR, c("title_similarity") >= 0.88),
    (TitleAgreement.INSIDE, (c("title_inside") >= 0.95) & (c("title_length") >= 25)),
    (TitleAgreement.INSIDE_LOOSE, (c("title_inside") >= 0.85) & (c("title_length") >= 25) & (_REST_MORE <= 1)),
    (TitleAgreement.WITHIN, (_REST_FEWER == 0) & (c("title_fewer") >= 3) & (_REST_MORE <= 2)),
    (TitleAgreement.LOOSE, (c("title_similarity") >= 0.8)),
    (TitleAgreement.NAMED, c("same_name")),
    (TitleAgreement.WITHIN_FAR, (_REST_FEWER == 0) & (c("title_fewer") >= 3)),
    (TitleAgreement.WEAK, (c("title_similarity") >= 0.7) | (c("title_subset") >= 0.85)),
    otherwise=TitleAgreement.DIFFERENT,
)
"""How far the titles agree; the length of an equal title is what it proves."""

AUTHORS = _first(
    (AuthorAgreement.UNKNOWN, c("author_fewer") == 0),
    (
        AuthorAgreement.INITIALS_DIFFER,
        (c("author_share") == 1) & (c("author_people") <= 2) & ~c("same_initials_of_authors"),
    ),
    (AuthorAgreement.ALL, (c("author_share") == 1) & (c("author_people") >= 3)),
    (AuthorAgreement.ALL_TWO, (c("author_share") == 1) & (c("author_people") == 2)),
    (AuthorAgreement.ALL_ONE, (c("author_share") == 1) & c("same_first_author")),
    (AuthorAgreement.FEW, c("author_share") == 1),
    (AuthorAgreement.MOST, (c("author_share") >= 0.7) | (c("author_similarity") >= 0.9)),
    (AuthorAgreement.HALF, (c("author_share") >= 0.4) | (c("author_similarity") >= 0.75)),
    (AuthorAgreement.ALIKE, (c("author_stems_shared") / c("author_fewer") >= 0.75)),
    (AuthorAgreement.FEW, (c("author_share") > 0) | ((c("author_stems_shared") > 0) & ~c("both_given_names"))),
    (AuthorAgreement.OTHERS, c("both_given_names")),
    otherwise=AuthorAgreement.NONE,
)
"""How far the shorter list of authors is in the longer."""

_VENUE_SHARE = c("venue_shared") / (c("venue_fewer") + c("venue_more") - c("venue_shared"))
VENUE = _first(
    (VenueAgreement.UNKNOWN, c("venue_fewer") == 0),
    (VenueAgreement.EQUAL, (_VENUE_SHARE == 1) | c("same_initials") | c("is_acronym")),
    (VenueAgreement.WITHIN, (c("venue_shared") == c("venue_fewer")) & (c("venue_fewer") >= 2)),
    (VenueAgreement.PREPRINT, c("one_preprint")),
    (VenueAgreement.NEAR, (_VENUE_SHARE >= 0.5) | (c("venue_shared") == c("venue_fewer"))),
    otherwise=VenueAgreement.DIFFER,
)

_BARE = (c("author_fewer") == 0) & (c("venue_fewer") == 0) & c("year_gap").is_null()
"""A listing page states nothing but texts: that it has no pages says no more than that it has no authors."""
_THERE = c("venue_agreement").is_in([VenueAgreement.EQUAL, VenueAgreement.WITHIN])
PLACE = _first(
    (PlaceAgreement.RANGE, c("same_range") & c("same_volume") & (c("year_gap") == 0)),
    (PlaceAgreement.CITATION, c("same_pages") & c("same_volume") & (c("year_gap") == 0) & _THERE),
    (PlaceAgreement.VOLUME_AND_PAGE, c("same_pages") & c("same_volume")),
    (PlaceAgreement.PAGE, c("same_pages") & (_THERE | (c("venue_agreement") == VenueAgreement.UNKNOWN))),
    (PlaceAgreement.PAGE_ELSEWHERE, c("same_pages")),
    (PlaceAgreement.PREPRINT, c("one_preprint")),
    (PlaceAgreement.NEAR_PAGE, (c("page_gap") <= 2) & c("same_volume").fill_null(value=True) & _THERE),
    (PlaceAgreement.OTHER_PAGE, ~c("same_pages") & c("same_volume")),
    (PlaceAgreement.OTHER_VOLUME_AND_PAGE, ~c("same_pages") & ~c("same_volume")),
    (PlaceAgreement.ONLY_OTHER_PAGE_THERE, ~c("same_pages") & _THERE & (c("year_gap") == 0)),
    (PlaceAgreement.ONLY_OTHER_PAGE, ~c("same_pages")),
    (PlaceAgreement.VOLUME, c("same_volume")),
    (PlaceAgreement.OTHER_VOLUME, ~c("same_volume")),
    (PlaceAgreement.BARE, c("one_place") & _BARE),
    (PlaceAgreement.ONE_SIDE, c("one_place")),
    (PlaceAgreement.INCOMPARABLE, c("both_places")),
    otherwise=PlaceAgreement.UNKNOWN,
)

_ALONE = c("place_agreement").is_in([PlaceAgreement.UNKNOWN, PlaceAgreement.ONE_SIDE, PlaceAgreement.INCOMPARABLE])
YEAR = _first(
    (YearAgreement.UNKNOWN, c("year_gap").is_null()),
    (YearAgreement.EQUAL, c("year_gap") == 0),
    (YearAgreement.PREPRINT, c("one_preprint") & (c("year_gap") <= 2)),
    (YearAgreement.NEXT_ALONE, (c("year_gap") == 1) & _ALONE),
    (YearAgreement.DIFFER_ALONE, _ALONE),
    (YearAgreement.NEXT, c("year_gap") == 1),
    (YearAgreement.NEAR, c("year_gap") == 2),
    otherwise=YearAgreement.DIFFER,
)
"""How the years agree; where no volume and page say more, another year is another publication."""

ABSTRACT = _first(
    (AbstractAgreement.UNKNOWN, c("abstract_similarity").is_null()),
    (AbstractAgreement.EQUAL, (c("abstract_similarity") >= 0.8) | c("same_rendered").fill_null(value=False)),
    (AbstractAgreement.NEAR, c("abstract_similarity") >= 0.5),
    (AbstractAgreement.LOOSE, c("abstract_similarity") >= 0.2),
    (AbstractAgreement.LITTLE, c("abstract_similarity") >= 0.06),
    otherwise=AbstractAgreement.DIFFER,
)
DOI = _first(
    (Agreement.EQUAL, c("same_doi")),
    (Agreement.UNKNOWN, c("same_doi").is_null() | c("one_preprint")),
    otherwise=Agreement.DIFFER,
)
NUMBERS = _first(
    (NumbersAgreement.EQUAL, c("same_numbers")),
    (NumbersAgreement.DIFFER, c("both_numbers")),
    (NumbersAgreement.YEAR, c("only_years")),
    otherwise=NumbersAgreement.ONE,
)
KIND = _first((Agreement.EQUAL, c("same_kind")), otherwise=Agreement.DIFFER)
FIRST = _first(
    (Agreement.UNKNOWN, c("same_first_author").is_null()),
    (Agreement.EQUAL, c("same_first_author")),
    otherwise=Agreement.DIFFER,
)

STAGES = (
    {
        "title": TITLE,
        "authors": AUTHORS,
        "first_author": FIRST,
        "venue": VENUE,
        "doi": DOI,
        "abstract": ABSTRACT,
        "numbers": NUMBERS,
        "kind": KIND,
    },
    {"place": PLACE},
    {"year": YEAR},
)
"""Field -> its degree of agreement; a later stage looks at what an earlier one found."""


def agree(features: pl.DataFrame) -> pl.DataFrame:
    """Reads features as degrees of agreement.

    Args:
        features: As `features.compare` returns them.

    Returns:
        The same rows with a column `<field>_agreement` for every field.
    """
    for stage in STAGES:
        features = features.with_columns(one.alias(f"{field}_agreement") for field, one in stage.items())
    return features
