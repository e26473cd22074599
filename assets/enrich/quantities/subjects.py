"""What a quantity is about: the model, metric or thing beside it, as it stands.

Where none of `patterns` applies, or where what it finds is no name of a thing, the subject stays empty.
"""

import polars as pl

from assets.enrich.quantities.patterns import NAME_END, NO_NAME, PATTERNS, PLACE, THE, Pattern

LONGEST = 60
"""Characters beyond which a phrase is no name of a thing."""
ANOTHER_PHRASE = r"\s(?:and|or|but|while|with|which|that|on|at|by|to|from|over|compared)\s"
"""In the gap behind a number: what follows is said of something else."""
IN_LAST = r"\sin\s(?:the\s)?$"
SHARED_OUT = r"(?i)[(,\s]respectively"
"""Behind a list of numbers whose members are said of different things, in their order."""
_READ = (
    *("number", "is_listed", "kind", "lead", "before", "after", "phrase", "unit_text", "item_text"),
    *("before_end", "after_start", "unit_start", "end"),
)
"""The columns that subjects are found with."""
_PUNCTUATION = " .,-'\u2019&/"


def with_subjects(found: pl.DataFrame) -> pl.DataFrame:
    """Adds subject_start and subject_end (bytes, null where none is certain).

    Args:
        found: Result of `roles.with_roles`.
    """
    numbered = found.with_row_index("number").with_columns(is_listed=pl.len().over("chain") > 1)
    left = numbered.select(*_READ)  # a few columns are filtered faster than all
    told: list[pl.DataFrame] = []
    for pattern in PATTERNS:
        hits = _hits(left.filter(pl.col("kind").is_in(pattern.kinds)), pattern)
        told.append(hits)
        left = left.join(hits.select("number"), on="number", how="anti", maintain_order="left")
    return numbered.join(pl.concat(told), on="number", how="left", maintain_order="left").drop("number", "is_listed")


def _hits(found: pl.DataFrame, pattern: Pattern) -> pl.DataFrame:
    """Where a pattern finds a subject: number, subject_start, subject_end."""
    text = pl.col(pattern.text)
    read = (
        found.filter(text.str.contains(pattern.expression))
        .with_columns(groups=text.str.extract_groups(pattern.expression))
        .unnest("groups")
    )
    ends_at_number = pattern.text in {"lead", "before"}
    if ends_at_number:
        read = read.with_columns(subject=pl.col("subject").str.replace(rf"(?i)^{THE}", ""))
    name = pl.col("subject")
    if pattern.text != "item_text":
        name = name.str.strip_chars_end(_PUNCTUATION).str.replace(NAME_END, "").str.strip_chars_end(_PUNCTUATION)
    read = read.with_columns(name=name).filter(
        pl.col("name").str.len_chars().is_between(1, LONGEST)
        & pl.col("name").str.contains(r"\p{L}")
        & ~pl.col("name").str.contains(NO_NAME)
        & ~(pl.col("gap").str.contains(IN_LAST) & pl.col("name").str.contains(PLACE))
    )
    if ends_at_number:
        read = read.filter(pl.col("name") == pl.col("subject"))
    else:
        read = read.filter(~pl.col("gap").str.contains(ANOTHER_PHRASE))
    shared = pl.col("after").str.contains(SHARED_OUT)
    shared = (shared | pl.col("is_listed")) if ends_at_number else shared
    one_of_several = shared & _is_one_of_several(ends_at_number=ends_at_number)
    read = read.filter(~one_of_several)
    begin = _begin(pattern)
    return read.select("number", subject_start=begin, subject_end=begin + _bytes("name"))


def _is_one_of_several(*, ends_at_number: bool) -> pl.Expr:
    """Whether the subject is a part of a list: `precision and recall of`, `higher recall and precision`."""
    if ends_at_number:
        head = pl.concat_str(pl.col("subject"), pl.col("gap")).str.len_chars()
        before = pl.col("lead").str.slice(0, pl.col("lead").str.len_chars() - head)
        return before.str.contains(r"\w,?\s(?:and|or)\s(?:the\s)?$")
    behind = pl.col("after").str.slice(pl.concat_str("gap", "name").str.len_chars())
    return behind.str.contains(r"^,?\s(?:and|or)\s")


def _begin(pattern: Pattern) -> pl.Expr:
    """The byte where the subject begins that a pattern has found."""
    if pattern.text in {"lead", "before"}:
        text_start = pl.col("before_end") - _bytes("before")
        return text_start + _bytes(pattern.text) - _bytes("gap") - _bytes("subject")
    text_start = {"unit_text": pl.col("unit_start"), "item_text": pl.col("end")}.get(
        pattern.text, pl.col("after_start")
    )
    return text_start + _bytes("gap")


def _bytes(name: str) -> pl.Expr:
    return pl.col(name).str.len_bytes().cast(pl.Int64)
