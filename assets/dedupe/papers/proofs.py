# ruff: noqa: RUF001  typographic marks are what is looked for
r"""Proofs: which listing's text is what a page made of another listing's.

A page that shows an abstract takes its LaTeX apart, and `render` imitates it. Where rendering one listing's text leaves
the letters and digits of another's, the one is the source of the other, and what the other lost can be read in it. The
same holds for a text that was cut: all its letters stand in the source, in a row. That alone proves no cut, since
authors add sentences between versions; the text has to break off inside a sentence, or say that it does.
"""

import re

import polars as pl

from assets.validate.restore.escapes import decode_entities
from assets.validate.restore.render import render
from assets.validate.tidy.endings import ADDRESS_END, ELLIPSIS_END, is_cut_at_start
from schemas.enrich_vocabulary import TextProof
from schemas.vocabulary import Role

FIELDS = {"abstract": "abstract_raw", "title": "title_raw"}
"""Field of a paper -> the column that holds it as the dump has it."""
LEAST_LETTERS = {"abstract": 100, "title": 15}
"""Letters and digits below which equal texts prove nothing."""
LEAST_TITLE_WORDS = 3
"""Words from which a shorter title proves as much."""
PROOFS: dict[str, pl.DataType] = {
    "paper_id": pl.String(),
    "field": pl.String(),
    "listing_id": pl.String(),
    "source_listing_id": pl.String(),
    "proof": pl.String(),
}
"""Columns of proofs."""
MARKUP = r"[\\$]"
"""What a source has and a page takes away."""

_NO_LETTER = r"[^\pL\pN]+"
_ENDS_SENTENCE = r"[.!?]['\")\]”’]*$"
_SMALL_START = r"^[\p{Ll},;:)\]]"
_SENTENCE_OVER = re.compile(r"[.!?:]['\")\]”’]*\s*$")
_SENTENCE_ENDS = re.compile(r"\W{0,5}[.!?]['\")\]”’]*(?:\s|$)")


def prove(members: pl.DataFrame) -> pl.DataFrame:
    """Finds for each damaged listing of a feed the listing of the same paper that its text was made of.

    Of several sources the one is named that proves most: equal texts before cut ones, a text with LaTeX before one
    without, the longest, then the first listing. A text that is the source's own, markup and all, is not damaged.

    Args:
        members: Columns paper_id, listing_id, role (of the dump), title_raw, abstract_raw: all listings of some papers.

    Returns:
        Columns PROOFS: one row per paper, field and damaged listing, sorted.
    """
    return pl.concat(_prove(_letters(members, field), field) for field in FIELDS).sort(
        "paper_id", "field", "listing_id"
    )


def _letters(members: pl.DataFrame, field: str) -> pl.DataFrame:
    """What is compared: each text on one line, its letters as it stands and rendered, and how much markup it has.

    Papers whose listings all have the same text are left out: there is nothing to prove.
    """
    return (
        members.select(
            "paper_id",
            "listing_id",
            "role",
            text=pl.col(FIELDS[field]).str.replace_all(r"\s+", " ").str.strip_chars(),
        )
        .filter(pl.col("text").is_not_null() & (pl.col("text").n_unique().over("paper_id") > 1))
        .with_columns(
            stands=_one_writing(pl.col("text")),
            shown=_one_writing(render(pl.col("text"))),
            markup=pl.col("text").str.count_matches(MARKUP),
        )
        .with_columns(
            letters=pl.col("stands").str.replace_all(_NO_LETTER, ""),
            rendered=pl.col("shown").str.replace_all(_NO_LETTER, ""),
        )
    )


def _one_writing(text: pl.Expr) -> pl.Expr:
    """A text without entities of HTML, accents and ligatures: two writings of one letter become one."""
    return decode_entities(text).str.normalize("NFKD").str.replace_all(r"\pM+", "")


def _prove(texts: pl.DataFrame, field: str) -> pl.DataFrame:
    """The proofs of one field."""
    enough = pl.col("letters").str.len_chars() >= LEAST_LETTERS[field]
    if field == "title":
        enough |= pl.col("stands").str.count_matches(r"[\pL\pN]+") >= LEAST_TITLE_WORDS
    damaged = texts.filter(enough, pl.col("role") == Role.FEED)
    pairs = [_equal(damaged, texts)]
    if field == "abstract":
        pairs.append(_cut(damaged, texts))
    strength = {str(proof): rank for rank, proof in enumerate(TextProof)}
    return (
        pl.concat(pairs)
        .sort(
            "paper_id",
            "listing_id",
            pl.col("proof").replace_strict(strength, return_dtype=pl.Int64),
            pl.col("markup") == 0,
            pl.col("length"),
            "source_listing_id",
            descending=[False, False, False, False, True, False],
        )
        .unique(["paper_id", "listing_id"], keep="first", maintain_order=True)
        .with_columns(field=pl.lit(field))
        .select(pl.col(name).cast(kind) for name, kind in PROOFS.items())
    )


_PAIR = (
    "paper_id",
    "listing_id",
    "source_listing_id",
    "proof",
    pl.col("markup").alias("markup"),
    pl.col("text").str.len_chars().alias("length"),
)


def _equal(damaged: pl.DataFrame, texts: pl.DataFrame) -> pl.DataFrame:
    """The sources whose rendered letters are those of a listing that has less markup than they have."""
    sources = texts.filter(pl.col("markup") > 0).select(
        "paper_id", "rendered", "markup", "text", source_listing_id="listing_id"
    )
    return (
        damaged.select("paper_id", "listing_id", "letters", had="markup")
        .join(sources, left_on=["paper_id", "letters"], right_on=["paper_id", "rendered"])
        .filter(pl.col("markup") > pl.col("had"))
        .with_columns(proof=pl.lit(str(TextProof.RENDERS_EQUAL)))
        .select(_PAIR)
    )


def _cut(damaged: pl.DataFrame, texts: pl.DataFrame) -> pl.DataFrame:
    """The sources that hold a listing's letters and more, where the listing breaks off."""
    broken = _broken(damaged, texts)
    held = broken.join(
        texts.select("paper_id", "shown", "rendered", "markup", "text", source_listing_id="listing_id"), on="paper_id"
    ).filter(
        pl.col("rendered").str.len_bytes() > pl.col("letters").str.len_bytes(),
        pl.col("rendered").str.contains(pl.col("letters"), literal=True),
    )
    proofs = [_cut_of(row) for row in held.iter_rows(named=True)]
    return held.with_columns(proof=pl.Series(proofs, dtype=pl.String)).drop_nulls("proof").select(_PAIR)


def _broken(damaged: pl.DataFrame, texts: pl.DataFrame) -> pl.DataFrame:
    """The listings that break off at the start or at the end, of papers that have a longer text."""
    own = pl.col("text")
    longest = texts.group_by("paper_id").agg(longest=pl.col("rendered").str.len_bytes().max())
    return (
        damaged.join(longest, on="paper_id")
        .filter(pl.col("longest") > pl.col("letters").str.len_bytes())
        .with_columns(
            says_end=own.str.contains(ELLIPSIS_END),
            is_open=~own.str.contains(_ENDS_SENTENCE),
            says_start=is_cut_at_start(own),
            is_small=own.str.contains(_SMALL_START),
        )
        .filter(pl.any_horizontal("says_end", "is_open", "says_start", "is_small"))
        .select("paper_id", "listing_id", "letters", "says_end", "is_open", "says_start", "is_small", stated="text")
    )


def _cut_of(row: dict[str, object]) -> str | None:
    """What a pair proves: which ends of the listing were cut, if all that the source has beyond it was cut off."""
    around = _around(str(row["shown"]), str(row["letters"]))
    if around is None:
        return None
    before, after = around
    lost_start, lost_end = _has_letter(before), _has_letter(after)
    if lost_start and not (row["says_start"] or (row["is_small"] and not _SENTENCE_OVER.search(before))):
        return None
    if lost_end and not (row["says_end"] or (row["is_open"] and _breaks_off(str(row["stated"]), after))):
        return None
    if lost_start and lost_end:
        return str(TextProof.RENDERS_INSIDE)
    return str(TextProof.RENDERS_END if lost_start else TextProof.RENDERS_START)


def _around(shown: str, letters: str) -> tuple[str, str] | None:
    """What stands in a rendered text before and after some letters; nothing if their place is not certain."""
    places = [at for at, character in enumerate(shown) if character.isalnum()]
    rendered = "".join(shown[at] for at in places)
    start = rendered.find(letters)
    if start < 0 or rendered.find(letters, start + 1) >= 0:
        return None
    return shown[: places[start]], shown[places[start + len(letters) - 1] + 1 :]


def _has_letter(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _breaks_off(stated: str, after: str) -> bool:
    """Whether a text ends inside a sentence of its source; an address that goes on may be another address."""
    return not _SENTENCE_ENDS.match(after) and not ADDRESS_END.search(stated)
