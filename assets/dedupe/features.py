"""Features: how far two records agree, field by field.

A feature depends on its two records alone, never on the others: a pair compared in one run need not be compared in the
next, and what is decided does not change with what else is there. Null where one of the two states nothing.
"""

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import polars as pl
from rapidfuzz.distance import Indel
from rapidfuzz.fuzz import partial_ratio, token_set_ratio, token_sort_ratio
from rapidfuzz.process import cpdist

from assets.dedupe.records import ID_COLUMNS

TELLING = 100
"""Letters of an abstract that can tell apart what generic titles cannot."""
REORDERED, INSIDE, SUBSET = 0.97, 0.85, 0.85
"""Similarities of titles below which it does not matter how small they are."""
LETTERS, LETTERS_INSIDE = 1_000, 300
"""Letters from the beginning of a text up to which similarity is looked for: its time grows with their square, and that
of one text within another with their cube. What is longer is no title, or a list of authors that begins alike."""
SLICE = 200_000
"""Pairs that are compared at once: their forms take some 200 MB."""
ITEMS = 40 * SLICE
"""Words of titles and of names in the pairs that are compared at once: a paper may have three thousand authors."""
LISTS = ("title_words", "title_telling", "author_words", "author_keys", "author_stems")
"""Forms that may be long."""


def compare(pairs: pl.DataFrame, forms: pl.DataFrame) -> pl.DataFrame:
    """Computes the features of each pair.

    Args:
        pairs: Columns listing_a, listing_b, and any others.
        forms: As `forms.forms` makes them, with every record of the pairs.

    Returns:
        The pairs, in the same order, and beside each the features.
    """
    place = forms.select("listing_id").with_row_index("place")
    ends = [
        pairs.select(listing_id=side).join(place, on="listing_id", how="left", maintain_order="left")["place"]
        for side in ("listing_a", "listing_b")
    ]
    parts = [_features(forms[ends[0][part]], forms[ends[1][part]]) for part in _slices(forms, *ends)]
    return pl.concat([pairs, pl.concat(parts)], how="horizontal")


def _slices(forms: pl.DataFrame, left: pl.Series, right: pl.Series) -> list[slice]:
    """Cuts the pairs into slices of SLICE pairs and ITEMS items at most, unless a single pair has more."""
    size = forms.select(pl.sum_horizontal(pl.col(name).list.len() for name in LISTS).cast(pl.Int64)).to_series()
    before = (size.gather(left) + size.gather(right)).cum_sum().to_numpy()
    ends = [0]
    while ends[-1] < len(before):
        done = before[ends[-1] - 1] if ends[-1] else 0
        by_items = int(np.searchsorted(before, done + ITEMS, side="right"))
        ends.append(min(max(by_items, ends[-1] + 1), ends[-1] + SLICE))
    return [slice(*part) for part in pairwise(ends)] or [slice(0, 0)]


def _features(left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    """The features of the pairs whose forms stand in the same row."""
    both = pl.concat([left, right.rename(lambda name: f"{name}_b")], how="horizontal")
    cheap = pl.concat(
        [
            both.select(*(_same(name).alias(f"same_{name}") for name in ID_COLUMNS)),
            both.select(
                same_text=_same("title_key") & (_same("rendered") | (_same("abstract_search") & _tells_something())),
                same_rendered=_same("rendered"),
            ),
            _title(both),
            _authors(both),
            both.select(year_gap=(pl.col("year") - pl.col("year_b")).abs()),
            _venue(both),
            _place(both),
            _agreement(left["signature"], right["signature"]).to_frame(),
        ],
        how="horizontal",
    ).with_row_index("row")
    worth = cheap.select(~(_NOTHING_IN_COMMON | _TOLD_APART)).to_series()
    close = pl.concat([cheap.filter(worth).select("row"), _close(both.filter(worth))], how="horizontal")
    return cheap.join(close, on="row", how="left", maintain_order="left").drop("row")


def _tells_something() -> pl.Expr:
    """Whether equal abstracts of papers with equal titles are those of one paper: `Editorial`, `See text` is none."""
    return ~pl.col("is_generic") | (pl.col("abstract_search").str.len_chars() >= TELLING)


_ANOTHER_PAGE = ~pl.col("same_pages").fill_null(value=False)
_NOTHING_IN_COMMON = (
    (pl.col("title_similarity") < 0.6)
    & (pl.col("author_fewer") > 0)
    & (pl.col("author_stems_shared") == 0)
    & _ANOTHER_PAGE
)
_TOLD_APART = (
    pl.col("same_doi").not_().fill_null(value=False) & ~pl.col("one_preprint") & ~pl.col("title_equal") & _ANOTHER_PAGE
)
"""Pairs that need no closer look: whatever it showed, they are not one work. They are most of all pairs."""


def _same(name: str) -> pl.Expr:
    return pl.col(name) == pl.col(f"{name}_b")


def _shared(name: str) -> pl.Expr:
    """Number of items that two lists share."""
    return pl.col(name).list.set_intersection(pl.col(f"{name}_b")).list.len().cast(pl.Int64)


def _smaller(name: str) -> pl.Expr:
    return pl.min_horizontal(pl.col(name).list.len(), pl.col(f"{name}_b").list.len()).cast(pl.Int64)


def _larger(name: str) -> pl.Expr:
    return pl.max_horizontal(pl.col(name).list.len(), pl.col(f"{name}_b").list.len()).cast(pl.Int64)


def _ratio(
    both: pl.DataFrame, name: str, scorer: Callable[..., float], least: float = 0.0, *, letters: int = LETTERS
) -> pl.Series:
    """Similarity of two texts from 0 to 1, and 0 below `least`; rounded to what is the same on every machine."""
    texts = [both[one].str.head(letters).to_list() for one in (name, f"{name}_b")]
    top = 1.0 if scorer is Indel.normalized_similarity else 100.0
    scores = cpdist(*texts, scorer=scorer, score_cutoff=least * top, workers=-1, dtype=np.float32)
    return (pl.Series(name, scores, dtype=pl.Float64) / top).round(4)


def _title(both: pl.DataFrame) -> pl.DataFrame:
    key, other = pl.col("title_key"), pl.col("title_key_b")
    return both.select(
        title_similarity=_ratio(both, "title_key", Indel.normalized_similarity),
        title_equal=key == other,
        title_begins=key.str.starts_with(other) | other.str.starts_with(key),
        title_ends=key.str.ends_with(other) | other.str.ends_with(key),
        title_length=pl.min_horizontal(key.str.len_chars(), other.str.len_chars()).cast(pl.Int64),
        title_fewer=_smaller("title_words"),
        generic_title=pl.col("is_generic") | pl.col("is_generic_b"),
        same_name=_same("title_name"),
        same_numbers=_same("title_numbers"),
        both_numbers=(pl.col("title_numbers") != "") & (pl.col("title_numbers_b") != ""),
        only_years=((pl.col("title_numbers") == "") & pl.col("numbers_are_years_b"))
        | ((pl.col("title_numbers_b") == "") & pl.col("numbers_are_years")),
        same_kind=pl.col("title_kind").eq_missing(pl.col("title_kind_b")),
    )


def _close(both: pl.DataFrame) -> pl.DataFrame:
    """What takes time to see: words in another order, one title within the other, misread names."""
    one, another = _rest("", "_b"), _rest("_b", "")
    return both.select(
        title_reordered=_ratio(both, "title", token_sort_ratio, REORDERED),
        title_inside=_ratio(both, "title_key", partial_ratio, INSIDE, letters=LETTERS_INSIDE),
        title_subset=_ratio(both, "title", token_set_ratio, SUBSET),
        title_rest=one,
        title_rest_b=another,
        author_similarity=_ratio(both, "author_text", token_set_ratio),
    )


def _rest(this: str, other: str) -> pl.Expr:
    """How many words of a title neither the title nor the authors of the other record have."""
    rest = pl.col(f"title_telling{this}").list.set_difference(f"title_words{other}")
    return rest.list.set_difference(f"author_words{other}").list.len().cast(pl.Int64)


def _authors(both: pl.DataFrame) -> pl.DataFrame:
    given = pl.col("has_given_names") & pl.col("has_given_names_b")
    by_words = _shared("author_words") / _smaller("author_words")
    by_keys = _shared("author_keys") / _smaller("author_keys")
    return both.select(
        author_share=pl.when(given).then(by_keys).otherwise(by_words).fill_nan(None),
        author_fewer=_smaller("author_words"),
        author_people=pl.min_horizontal(_people(""), _people("_b")),
        author_stems_shared=_shared("author_stems"),
        same_initials_of_authors=pl.when(_smaller("author_keys") > 0).then(_shared("author_keys") > 0),
        both_given_names=given,
        same_first_author=pl.when(_smaller("author_first") > 0).then(_shared("author_first") > 0),
    )


def _people(side: str) -> pl.Expr:
    """How many people a list names; of one that could not be told apart, as many as its words make at least."""
    words = pl.col(f"author_words{side}").list.len().cast(pl.Int64)
    return pl.max_horizontal(pl.col(f"author_count{side}"), words // 3)


def _venue(both: pl.DataFrame) -> pl.DataFrame:
    initials, other = pl.col("venue_initials"), pl.col("venue_initials_b")
    stem = pl.col("venue_stems").list.first(), pl.col("venue_stems_b").list.first()
    single = (
        pl.col("venue").str.replace_all(" ", "", literal=True),
        pl.col("venue_b").str.replace_all(" ", "", literal=True),
    )
    one_word = (_larger("venue_stems") == 1) | (_smaller("venue_stems") == 1)
    return both.select(
        venue_shared=pl.when(one_word & ~_one_begins_the_other()).then(0).otherwise(_shared("venue_stems")),
        venue_fewer=_smaller("venue_stems"),
        venue_more=_larger("venue_stems"),
        same_initials=(initials == other)
        & (initials.str.len_chars() >= 3)
        & (stem[0].str.head(1) == stem[1].str.head(1)),
        is_acronym=((single[0] == other) & (other.str.len_chars() >= 3))
        | ((single[1] == initials) & (initials.str.len_chars() >= 3)),
        one_preprint=pl.col("is_preprint") != pl.col("is_preprint_b"),
    )


def _one_begins_the_other() -> pl.Expr:
    """`Diabetes` and `Diabetologia` share a stem, but neither begins with the other."""
    venue, other = pl.col("venue"), pl.col("venue_b")
    return venue.str.starts_with(other) | other.str.starts_with(venue)


def _place(both: pl.DataFrame) -> pl.DataFrame:
    volume, issue = (pl.col("volume"), pl.col("volume_b")), (pl.col("issue"), pl.col("issue_b"))
    first, last = (pl.col("page_first"), pl.col("page_first_b")), (pl.col("page_last"), pl.col("page_last_b"))
    known = volume[0].is_not_null() & volume[1].is_not_null()
    digits = tuple(side.cast(pl.String) for side in last)
    ends = digits[0].str.ends_with(digits[1]) | digits[1].str.ends_with(digits[0])
    one_open = first[0].is_null() | first[1].is_null()
    closed = pl.all_horizontal(page.is_not_null() for page in (*first, *last))
    return both.select(
        same_volume=pl.when(known).then(
            (volume[0] == volume[1])
            | (volume[0] == issue[1]).fill_null(value=False)
            | (volume[1] == issue[0]).fill_null(value=False)
        ),
        same_pages=pl.when(one_open).then(ends).otherwise(first[0] == first[1]),
        same_range=pl.when(closed).then(
            (first[0] == first[1]) & (last[0] == last[1]) & (last[0] > first[0]) & (first[0] > 1)
        ),
        page_gap=(first[0] - first[1]).abs(),
        one_place=_stated("") != _stated("_b"),
        both_places=_stated("") & _stated("_b"),
    )


def _stated(suffix: str) -> pl.Expr:
    """Whether a record says where in its venue it is."""
    return pl.any_horizontal(pl.col(f"{name}{suffix}").is_not_null() for name in ("volume", "page_first", "page_last"))


def _agreement(left: pl.Series, right: pl.Series) -> pl.Series:
    """The share of values in which two signatures agree: an estimate of how far the abstracts overlap."""
    known = left.is_not_null() & right.is_not_null()
    signed = [side.filter(known).to_numpy() for side in (left, right)]
    shares = pl.Series((signed[0] == signed[1]).mean(axis=1) if known.any() else [], dtype=pl.Float64)
    agreement = pl.Series("abstract_similarity", [None], dtype=pl.Float64).new_from_index(0, len(left))
    return agreement.scatter(known.arg_true(), shares)
