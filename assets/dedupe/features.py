"""Features: how far two records agree, field by field.

A feature depends on its two records alone, never on the others: a pair compared in one run need not be compared in the
next, and what is decided does not change with what else is there. Null where one of the two states nothing.
"""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise

import numpy as np
import polars as pl
from rapidfuzz.distance import Indel, LCSseq
from rapidfuzz.fuzz import partial_ratio, token_set_ratio, token_sort_ratio

from assets.dedupe.records import ID_COLUMNS
from assets.dedupe.sides import Sides, scattered

TELLING = 100
"""Letters of an abstract that can tell apart what generic titles cannot."""
REORDERED, INSIDE, SUBSET = 0.97, 0.85, 0.85
"""Similarities of titles below which it does not matter how small they are."""
LETTERS, LETTERS_INSIDE = 1_000, 300
"""Letters from the beginning of a text up to which similarity is looked for: its time grows with their square, and that
of one text within another with their cube. What is longer is no title, or a list of authors that begins alike."""
SLICE = 1 << 15
"""Pairs that are compared at once: their forms take some 30 MB."""
ITEMS = 120 * SLICE
"""Words of titles and of names in the pairs that are compared at once: a paper may have three thousand authors."""
LISTS = ("title_words", "title_telling", "author_words", "author_keys", "author_stems")
"""Forms that may be long."""
COUNTED = ("title_words", "author_words", "author_keys", "author_first", "venue_stems")
"""Lists whose length is a column of its own: `<name>_count`."""


def compare(pairs: pl.DataFrame, forms: pl.DataFrame) -> pl.DataFrame:
    """Computes the features of each pair.

    Args:
        pairs: Columns listing_a, listing_b, and any others.
        forms: As `forms.forms` makes them, with every record of the pairs.

    Returns:
        The pairs, in the same order, and beside each the features.
    """
    return pl.concat([one() for one in comparisons(pairs, forms)])


def comparisons(pairs: pl.DataFrame, forms: pl.DataFrame) -> Iterator[Callable[[], pl.DataFrame]]:
    """Cuts a comparison into parts of bounded size, so that not all features are in memory at once.

    Args:
        pairs: As for `compare`.
        forms: As for `compare`.

    Yields:
        What computes the features of some pairs, in order; at least one, which may have no pair.
    """
    row = forms.select("listing_id").with_row_index("row")
    left, right = (
        pairs.select(listing_id=side)
        .join(row, on="listing_id", how="left", maintain_order="left")["row"]
        .cast(pl.Int64)
        .to_numpy()
        for side in ("listing_a", "listing_b")
    )
    counted = forms.with_columns(pl.col(name).list.len().cast(pl.Int64).alias(f"{name}_count") for name in COUNTED)
    sides = Sides(counted, left, right)
    for part in _slices(sides):
        yield partial(_compared, pairs[part], sides.some(part))


def _slices(sides: Sides) -> list[slice]:
    """Cuts the pairs into slices of SLICE pairs and ITEMS items at most, unless a single pair has more."""
    items = sides.forms.select(pl.sum_horizontal(pl.col(name).list.len() for name in LISTS).cast(pl.Int64))
    size = items.to_series().to_numpy()
    before = np.cumsum(size[sides.left] + size[sides.right])
    ends = [0]
    while ends[-1] < len(before):
        done = before[ends[-1] - 1] if ends[-1] else 0
        by_items = int(np.searchsorted(before, done + ITEMS, side="right"))
        ends.append(min(max(by_items, ends[-1] + 1), ends[-1] + SLICE, len(before)))
    return [slice(*part) for part in pairwise(ends)] or [slice(0, 0)]


def _compared(pairs: pl.DataFrame, sides: Sides) -> pl.DataFrame:
    """The pairs and the features of their sides."""
    cheap = pl.concat(
        [pairs, _same_values(sides), _title(sides), _authors(sides), _venue(sides), _place(sides)], how="horizontal"
    ).with_columns(sides.agreement("signature").alias("abstract_similarity"))
    worth = cheap.select(~(_NOTHING_IN_COMMON | _TOLD_APART)).to_series()
    rows = pl.DataFrame({"row": worth.arg_true()})
    close = pl.concat([rows, _close(sides.some(worth.to_numpy()))], how="horizontal")
    return cheap.with_row_index("row").join(close, on="row", how="left", maintain_order="left").drop("row")


def _same_values(sides: Sides) -> pl.DataFrame:
    """What is equal or not, and the years."""
    tells = ~pl.col("is_generic") | (pl.col("abstract_search").str.len_chars() >= TELLING)
    return sides.both(*ID_COLUMNS, "title_key", "is_generic", "rendered", "abstract_search", "year").select(
        *(_same(name).alias(f"same_{name}") for name in (*ID_COLUMNS, "rendered")),
        same_text=_same("title_key") & (_same("rendered") | (_same("abstract_search") & tells)),
        year_gap=(pl.col("year") - pl.col("year_b")).abs(),
    )


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
    return pl.min_horizontal(f"{name}_count", f"{name}_count_b")


def _larger(name: str) -> pl.Expr:
    return pl.max_horizontal(f"{name}_count", f"{name}_count_b")


def _title(sides: Sides) -> pl.DataFrame:
    key, other = pl.col("title_key"), pl.col("title_key_b")
    both = sides.both(
        "title_key",
        "title_words_count",
        "is_generic",
        "title_name",
        "title_numbers",
        "numbers_are_years",
        "title_kind",
    )
    return both.select(
        title_similarity=sides.ratio("title_key", Indel.normalized_similarity, letters=LETTERS),
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


def _close(sides: Sides) -> pl.DataFrame:
    """What takes time to see: words in another order, one title within the other, misread names."""
    one, another = _rest("", "_b"), _rest("_b", "")
    return sides.both("title_telling", "title_words", "author_words").select(
        title_reordered=sides.ratio("title", token_sort_ratio, least=REORDERED, letters=LETTERS),
        title_inside=_inside(sides),
        title_subset=sides.ratio("title", token_set_ratio, least=SUBSET, letters=LETTERS),
        title_rest=one,
        title_rest_b=another,
        author_similarity=sides.ratio("author_text", token_set_ratio, letters=LETTERS),
    )


def _inside(sides: Sides) -> pl.Series:
    """How far the shorter title is within the longer.

    If a part of the longer one is similar to the shorter to the degree INSIDE, the two have at least the share
    INSIDE / (2 - INSIDE) of the shorter's letters in one order in common; most pairs have not, which is quick to see.
    """
    lengths = sides.both("title_key").select(pl.all().str.len_chars().clip(upper_bound=LETTERS_INSIDE).cast(pl.Int64))
    least, most = lengths.select(least=pl.min_horizontal(pl.all()), most=pl.max_horizontal(pl.all())).get_columns()
    common = sides.ratio("title_key", LCSseq.normalized_similarity, letters=LETTERS_INSIDE) * most
    may_be = (common + 1 >= least * INSIDE / (2 - INSIDE)).to_numpy()  # the 1 is more than what was rounded off
    found = sides.some(may_be).ratio("title_key", partial_ratio, least=INSIDE, letters=LETTERS_INSIDE)
    return scattered("title_inside", found, may_be, 0.0)


def _rest(this: str, other: str) -> pl.Expr:
    """How many words of a title neither the title nor the authors of the other record have."""
    rest = pl.col(f"title_telling{this}").list.set_difference(f"title_words{other}")
    return rest.list.set_difference(f"author_words{other}").list.len().cast(pl.Int64)


def _authors(sides: Sides) -> pl.DataFrame:
    stems = sides.both("author_stems").select(_shared("author_stems")).to_series()
    alike = (stems > 0).to_numpy()  # names without a beginning in common have nothing in common
    lists = ("author_words", "author_keys", "author_first")
    some = sides.some(alike).both(*lists).select(_shared(name).alias(f"{name}_shared") for name in lists)
    nothing = pl.zeros(len(sides), dtype=pl.Int64, eager=True)
    counts = [nothing.clone().scatter(np.flatnonzero(alike), one).alias(one.name) for one in some]
    both = sides.both("has_given_names", "author_count", *(f"{name}_count" for name in lists))
    words, keys, first = (pl.col(f"{name}_shared") for name in lists)
    given = pl.col("has_given_names") & pl.col("has_given_names_b")
    by_words, by_keys = words / _smaller("author_words"), keys / _smaller("author_keys")
    return both.with_columns(counts).select(
        author_share=pl.when(given).then(by_keys).otherwise(by_words).fill_nan(None),
        author_fewer=_smaller("author_words"),
        author_people=pl.min_horizontal(_people(""), _people("_b")),
        author_stems_shared=stems,
        same_initials_of_authors=pl.when(_smaller("author_keys") > 0).then(keys > 0),
        both_given_names=given,
        same_first_author=pl.when(_smaller("author_first") > 0).then(first > 0),
    )


def _people(side: str) -> pl.Expr:
    """How many people a list names; of one that could not be told apart, as many as its words make at least."""
    return pl.max_horizontal(f"author_count{side}", pl.col(f"author_words_count{side}") // 3)


def _venue(sides: Sides) -> pl.DataFrame:
    initials, other = pl.col("venue_initials"), pl.col("venue_initials_b")
    stem = pl.col("venue_stems").list.first(), pl.col("venue_stems_b").list.first()
    single = (
        pl.col("venue").str.replace_all(" ", "", literal=True),
        pl.col("venue_b").str.replace_all(" ", "", literal=True),
    )
    one_word = (_larger("venue_stems") == 1) | (_smaller("venue_stems") == 1)
    names = ("venue", "venue_stems", "venue_stems_count", "venue_initials", "is_preprint")
    return sides.both(*names).select(
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


def _place(sides: Sides) -> pl.DataFrame:
    volume, issue = (pl.col("volume"), pl.col("volume_b")), (pl.col("issue"), pl.col("issue_b"))
    first, last = (pl.col("page_first"), pl.col("page_first_b")), (pl.col("page_last"), pl.col("page_last_b"))
    known = volume[0].is_not_null() & volume[1].is_not_null()
    digits = tuple(side.cast(pl.String) for side in last)
    ends = digits[0].str.ends_with(digits[1]) | digits[1].str.ends_with(digits[0])
    one_open = first[0].is_null() | first[1].is_null()
    closed = pl.all_horizontal(page.is_not_null() for page in (*first, *last))
    return sides.both("volume", "issue", "page_first", "page_last").select(
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
