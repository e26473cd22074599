"""Agreement: from features to one word a field, such as `equal` or `differ`, for which there is a weight.

The words are what a reader of `audit.match_pairs` sees, and what `sheaf explain` shows beside its weight.
"""

import polars as pl

c = pl.col


def _first(*cases: tuple[str, pl.Expr], otherwise: str) -> pl.Expr:
    """The name of the first case that holds."""
    return pl.coalesce(
        *(pl.when(condition.fill_null(value=False)).then(pl.lit(name)) for name, condition in cases), pl.lit(otherwise)
    )


_REST_FEWER, _REST_MORE = pl.min_horizontal("title_rest", "title_rest_b"), pl.max_horizontal("title_rest", "title_rest_b")
TITLE = _first(
    ("generic_equal", c("generic_title") & c("title_equal")),
    ("generic", c("generic_title")),
    ("equal_long", c("title_equal") & (c("title_length") >= 45)),
    ("equal", c("title_equal") & (c("title_length") >= 25)),
    ("equal_short", c("title_equal") & (c("title_length") >= 12)),
    ("equal_tiny", c("title_equal")),
    ("near", (c("title_length") >= 20) & ((c("title_similarity") >= 0.95) | (c("title_reordered") >= 0.97))),
    ("begins", c("title_begins") & (c("title_length") >= 30)),
    ("explained", (_REST_MORE == 0) & (c("title_fewer") >= 4)),
    ("begins_short", c("title_begins") & (c("title_length") >= 15)),
    ("ends", c("title_ends") & (c("title_length") >= 20)),
    ("similar", c("title_similarity") >= 0.88),
    ("inside", (c("title_inside") >= 0.95) & (c("title_length") >= 25)),
    ("inside_loose", (c("title_inside") >= 0.85) & (c("title_length") >= 25) & (_REST_MORE <= 1)),
    ("within", (_REST_FEWER == 0) & (c("title_fewer") >= 3) & (_REST_MORE <= 2)),
    ("loose", (c("title_similarity") >= 0.8)),
    ("within_far", (_REST_FEWER == 0) & (c("title_fewer") >= 3)),
    ("weak", (c("title_similarity") >= 0.7) | (c("title_subset") >= 0.85)),
    otherwise="different",
)
"""How far the titles agree; the length of an equal title is what it proves."""

_SHARE = c("author_shared") / c("author_fewer")
AUTHORS = _first(
    ("unknown", c("author_fewer") == 0),
    (
        "initials_differ",
        (_SHARE == 1) & (c("author_fewer") <= 2) & (c("author_keys_fewer") > 0) & (c("author_keys_shared") == 0),
    ),
    ("all", (_SHARE == 1) & (c("author_fewer") >= 3)),
    ("all_two", (_SHARE == 1) & (c("author_fewer") == 2)),
    ("all_one", _SHARE == 1),
    ("most", (_SHARE >= 0.7) | (c("author_similarity") >= 0.9)),
    ("half", (_SHARE >= 0.4) | (c("author_similarity") >= 0.75)),
    ("alike", (c("author_stems_shared") / c("author_fewer") >= 0.75)),
    ("few", c("author_stems_shared") > 0),
    otherwise="none",
)
"""How far the shorter list of authors is in the longer."""

_VENUE_SHARE = c("venue_shared") / (c("venue_fewer") + c("venue_more") - c("venue_shared"))
VENUE = _first(
    ("unknown", c("venue_fewer") == 0),
    ("equal", (_VENUE_SHARE == 1) | c("same_initials") | c("is_acronym")),
    ("within", (c("venue_shared") == c("venue_fewer")) & (c("venue_fewer") >= 2)),
    ("preprint", c("one_preprint")),
    ("near", (_VENUE_SHARE >= 0.5) | (c("venue_shared") == c("venue_fewer"))),
    otherwise="differ",
)

_THERE = VENUE.is_in(["equal", "within"])
PLACE = _first(
    ("range", c("same_range") & c("same_volume") & (c("year_gap") == 0)),
    ("citation", c("same_pages") & c("same_volume") & (c("year_gap") == 0) & _THERE),
    ("volume_and_page", c("same_pages") & c("same_volume")),
    ("page", c("same_pages") & (_THERE | (VENUE == "unknown"))),
    ("page_elsewhere", c("same_pages")),
    ("preprint", c("one_preprint")),
    ("near_page", (c("page_gap") <= 2) & c("same_volume").fill_null(value=True) & _THERE),
    ("other_page", ~c("same_pages") & c("same_volume")),
    ("other_volume_and_page", ~c("same_pages") & ~c("same_volume")),
    ("only_other_page_there", ~c("same_pages") & _THERE & (c("year_gap") == 0)),
    ("only_other_page", ~c("same_pages")),
    ("volume", c("same_volume")),
    ("other_volume", ~c("same_volume")),
    ("one_side", c("one_place")),
    ("incomparable", c("both_places")),
    otherwise="unknown",
)

_ALONE = PLACE.is_in(["unknown", "one_side", "incomparable"])
YEAR = _first(
    ("unknown", c("year_gap").is_null()),
    ("equal", c("year_gap") == 0),
    ("preprint", c("one_preprint") & (c("year_gap") <= 2)),
    ("next_alone", (c("year_gap") == 1) & _ALONE),
    ("differ_alone", _ALONE),
    ("next", c("year_gap") == 1),
    ("near", c("year_gap") == 2),
    otherwise="differ",
)
"""How the years agree; where no volume and page say more, another year is another publication."""

ABSTRACT = _first(
    ("unknown", c("abstract_similarity").is_null()),
    ("equal", c("abstract_similarity") >= 0.8),
    ("near", c("abstract_similarity") >= 0.5),
    ("loose", c("abstract_similarity") >= 0.2),
    ("little", c("abstract_similarity") >= 0.06),
    otherwise="differ",
)
DOI = _first(("equal", c("same_doi")), ("unknown", c("same_doi").is_null() | c("one_preprint")), otherwise="differ")
NUMBERS = _first(("equal", c("same_numbers")), ("differ", c("both_numbers")), otherwise="one")
KIND = _first(("equal", c("same_kind")), otherwise="differ")
FIRST = _first(("unknown", c("same_first_author").is_null()), ("equal", c("same_first_author")), otherwise="differ")

AGREEMENT = {
    "title": TITLE,
    "authors": AUTHORS,
    "first_author": FIRST,
    "year": YEAR,
    "venue": VENUE,
    "place": PLACE,
    "doi": DOI,
    "abstract": ABSTRACT,
    "numbers": NUMBERS,
    "kind": KIND,
}
