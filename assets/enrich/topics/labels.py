"""Labels: the words and phrases that tell what the papers of a topic have in common, as the papers spell them."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import polars as pl

from assets.enrich.topics.words import BREAK, POSSESSIVE, Words, words

TERMS = 10
"""Terms of a topic."""
CANDIDATES = 80
"""The most telling phrases of a topic among which its terms are chosen."""
LONGER = 1.6
"""What a phrase weighs against a word: each of its words is in more papers than the whole, and says less."""
FEWEST = 2
"""A term is in so many papers of the topic."""

GRAM = ["first", "second", "third"]
"""Numbers of the terms of a word or phrase; BREAK after its end."""
SHOWN = ["first_shown", "second_shown", "third_shown"]
"""Numbers of its surfaces."""

Ints = npt.NDArray[np.int64]


def label_terms(texts: pl.Series, topic: Ints) -> pl.DataFrame:
    """Finds the terms of topics.

    Args:
        texts: Title and abstract of papers.
        topic: Number of the topic of each.

    Returns:
        Columns topic, rank (from 0), folded (the words as they are counted), term (as the papers spell them); sorted by
        topic and rank; at most TERMS rows a topic, none where no word is in two of its papers.
    """
    found = words(texts)
    grams = pl.concat(_grams(found))
    chosen = _chosen(_scored(grams, topic), found.terms)
    spelled = _spelled(grams.join(chosen, on=GRAM, how="semi"), found.surfaces)
    joined = chosen.join(spelled, on=GRAM, how="left", maintain_order="left")
    return joined.select("topic", "rank", "folded", "term")


def _grams(found: Words) -> Iterator[pl.DataFrame]:
    """Every word, pair and triple that may be a term: row, GRAM, SHOWN.

    It begins and ends with a telling word, and no mark parts it. A word between them that tells nothing is tied to both
    by hyphens, as in `text-to-image`, or is `of`.
    """
    flat = pl.DataFrame({"row": found.row, "term": found.term, "surface": found.surface})
    flat = flat.with_columns(
        telling=pl.Series(np.append(found.telling, False)[found.term]),  # the last is what BREAK points at
        tied=pl.Series(found.surfaces.str.ends_with("-").to_numpy()[found.surface]),
        is_of=pl.Series(np.append(found.terms.to_numpy() == "of", False)[found.term]),
    )
    middle = pl.col("telling").shift(-1) | (pl.col("tied") & pl.col("tied").shift(-1)) | pl.col("is_of").shift(-1)
    for length in range(1, len(GRAM) + 1):
        is_gram = pl.col("telling") & pl.col("telling").shift(1 - length)
        is_gram &= pl.col("row") == pl.col("row").shift(1 - length)
        is_gram &= middle if length == len(GRAM) else pl.lit(value=True)
        places = range(len(GRAM))
        terms = [pl.col("term").shift(-at) if at < length else pl.lit(BREAK, pl.Int32) for at in places]
        shown = [pl.col("surface").shift(-at) if at < length else pl.lit(0, pl.UInt32) for at in places]
        named = [one.alias(name) for one, name in zip([*terms, *shown], [*GRAM, *SHOWN], strict=True)]
        yield flat.select("row", *named, is_gram=is_gram).filter("is_gram").drop("is_gram")


def _scored(grams: pl.DataFrame, topic: Ints) -> pl.DataFrame:
    """The best candidates of each topic, the best first: topic, GRAM."""
    papers = pl.DataFrame({"row": np.arange(len(topic), dtype=np.uint32), "topic": topic})
    sizes = papers.group_by("topic").agg(size=pl.len())
    present = grams.select("row", *GRAM).unique().join(papers, on="row")
    inside = present.group_by("topic", *GRAM).agg(inside=pl.len())
    everywhere = inside.group_by(GRAM).agg(everywhere=pl.col("inside").sum())
    share, overall = pl.col("inside") / pl.col("size"), pl.col("everywhere") / len(topic)
    weight = pl.when(pl.col("second") == BREAK).then(1.0).otherwise(LONGER)
    score = (share * (share / overall).log() * weight).round(9)
    frequent = inside.filter(pl.col("inside") >= FEWEST)
    scored = frequent.join(everywhere, on=GRAM).join(sizes, on="topic").with_columns(score=score)
    ranked = scored.sort("topic", "score", "inside", *GRAM, descending=[False, True, True, False, False, False])
    return ranked.filter(pl.int_range(pl.len()).over("topic") < CANDIDATES).select("topic", *GRAM)


def _chosen(candidates: pl.DataFrame, terms: pl.Series) -> pl.DataFrame:
    """The terms of each topic: no word is in two of them."""
    text = terms.to_list()
    rows: list[tuple[int, int, str, int, int, int]] = []
    for (topic,), group in candidates.group_by("topic", maintain_order=True):
        used: set[int] = set()
        rank = 0
        for gram in group.select(GRAM).iter_rows():
            parts = [number for number in gram if number != BREAK]
            if rank < TERMS and not used.intersection(parts):
                used.update(parts)
                rows.append((int(str(topic)), rank, " ".join(text[number] for number in parts), *gram))
                rank += 1
    types = {"topic": pl.Int64, "rank": pl.Int64, "folded": pl.String, **dict.fromkeys(GRAM, pl.Int32)}
    return pl.DataFrame(rows, schema=types, orient="row")


def _spelled(grams: pl.DataFrame, surfaces: pl.Series) -> pl.DataFrame:
    """The spelling that most papers use of each word or phrase: GRAM, term."""
    counted = grams.select("row", *GRAM, *SHOWN).unique().group_by(*GRAM, *SHOWN).agg(count=pl.len())
    best = counted.sort(*GRAM, "count", *SHOWN, descending=[False] * 3 + [True] + [False] * 3)
    best = best.unique(GRAM, keep="first", maintain_order=True)
    shown = best.with_columns(
        pl.when(pl.col(number) != BREAK)
        .then(_before_next(surfaces.gather(best[name])))
        .otherwise(pl.lit(""))
        .alias(name)
        for number, name in zip(GRAM, SHOWN, strict=True)
    )
    return shown.select(*GRAM, term=pl.concat_str(SHOWN).str.strip_chars(" -").str.replace(POSSESSIVE + "$", ""))


def _before_next(word: pl.Series) -> pl.Expr:
    """A word as it stands before another: a hyphen ties it to that, else there is a space."""
    space = pl.DataFrame({"tied": word.str.ends_with("-")}).select(
        pl.when("tied").then(pl.lit("")).otherwise(pl.lit(" "))
    )
    return pl.lit(word + space.to_series())
