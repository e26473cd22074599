"""What a quantity is about: the model, metric or thing beside it, as it stands.

Each pattern is one way of writing the subject before or behind the number. Where none applies, or where what it
finds is no name of a thing, the subject stays empty.
"""

import polars as pl

from assets.enrich.quantities.words import (
    APPROACHES,
    EDGE,
    FAMILY,
    GAIN_NOUN,
    GAIN_VERB,
    GAIN_WORD,
    LOSS_NOUN,
    LOSS_VERB,
    LOSS_WORD,
    METRIC,
    MODEL,
    STOP,
)
from schemas.enrich_vocabulary import QuantityKind

LONGEST = 60
"""Characters beyond which a phrase is no name of a thing."""
_WORD = r"[\p{L}0-9][\p{L}\p{N}@/+.&_'’-]*"
_WORDS = rf"{_WORD}(?:\s{_WORD}){{0,4}}"
_THE = r"(?:(?:the|a|an|its|their|our|both|overall|average|relative|absolute|final|a\srelative|all)\s)*"
_DIFFERENCE = rf"(?:{GAIN_NOUN}|{LOSS_NOUN})"
_COMPARISON = rf"(?:{GAIN_WORD}|{LOSS_WORD})"
_OPTIONAL = r"(?:(?:relative|absolute|average|overall|further|additional|consistent|significant|mean)\s)*"

_NAME = rf"(?:{FAMILY}[A-Za-z]{{0,8}}(?:[-\s]?v?[0-9][0-9.]{{0,4}}[A-Za-z]?)?(?:[-\s][A-Z][A-Za-z]{{1,12}}){{0,2}}|[A-Z][A-Za-z0-9.+]*(?:-[A-Za-z0-9.+]+){{0,3}})"
NAME_BEFORE = rf"(?:^|[^\p{{L}}\p{{N}}-])(?P<subject>{_NAME})(?P<gap>[\s(-]{{1,2}})$"
MODEL_BEHIND = rf"^(?P<gap>(?:[\s-](?i:parameters?|params?|sized?|scale))?[\s-])(?P<subject>(?:[A-Za-z][A-Za-z0-9-]*\s){{0,3}}?{MODEL}){EDGE}"
METRIC_BEFORE = (
    rf"(?:^|[^\p{{L}}])(?P<subject>(?:(?:[A-Z][\w@-]*|top-[0-9]|average|mean|test|classification|recognition|detection|task|overall|prediction|success|win|error|pass|hit|zero-shot|[a-z]+ion)\s){{0,2}}{METRIC})"
    rf"(?P<gap>(?:\s(?:of|is|at|to|was|were|reaching|reaches|reached|by|from|above|over|exceeding|ranging|upwards?|as))*\s?[(:=]?\s?{APPROACHES})$"
)
METRIC_BEHIND = rf"^(?P<gap>[\s-]{_OPTIONAL})(?P<subject>(?:[A-Za-z0-9@-]+\s){{0,2}}?{METRIC}){EDGE}"
DIFFERENCE_BEHIND = rf"^(?P<gap>[\s-]{_OPTIONAL})(?P<subject>(?:{_WORD}\s){{1,4}}?){_DIFFERENCE}{EDGE}"
DIFFERENCE_OF = rf"^(?P<gap>[\s-]{_OPTIONAL}(?:{_WORD}\s){{0,2}}?{_DIFFERENCE}\s(?:in|of)\s{_THE})(?P<subject>{_WORDS})"
COMPARED = rf"^(?P<gap>[\s-](?:(?:times|significantly|much)\s)?{_COMPARISON}\s)(?P<subject>{_WORDS})"
IN_BEHIND = rf"^(?P<gap>\s(?:in|in terms of)\s{_THE})(?P<subject>{_WORDS})"
VERB_BEFORE = (
    rf"(?is)^.*(?:^|[^\p{{L}}-])(?:{GAIN_VERB}|{LOSS_VERB})\s{_THE}(?P<subject>{_WORDS}?)"
    rf"(?P<gap>(?:\s(?:of|on|for|in|across|over)\s[^,.;()]{{1,60}}?)?,?\sby\s(?:a\sfactor\sof\s|factors\sof\s)?(?:[a-z]+\s)?{APPROACHES})$"
)
VERB_FROM = rf"(?is)^.*(?:^|[^\p{{L}}-])(?:{GAIN_VERB}|{LOSS_VERB})\s{_THE}(?P<subject>{_WORDS}?)(?P<gap>(?:\s(?:of|on|for|in|across|over)\s[^,.;()]{{1,60}}?)?,?\sfrom\s{APPROACHES})$"
NOUN_VERB_FROM = rf"(?is)(?:^|[^\p{{L}}])(?P<subject>{METRIC})(?P<gap>(?:\s(?:of|on|for|in|across)\s[^,.;()]{{1,60}}?)?\s(?:is\s|was\s|are\s)?(?:{GAIN_VERB}|{LOSS_VERB})\s(?:significantly\s)?from\s{APPROACHES})$"
DIFFERENCE_IN_BEFORE = rf"(?is)(?:{_DIFFERENCE})\s(?:in|of)\s{_THE}(?P<subject>{_WORDS}?)(?P<gap>\s(?:of|by|from|up to|exceeding)\s{APPROACHES})$"
NOUN_DIFFERENCE_BEFORE = rf"(?i)(?:^|[^\p{{L}}])(?P<subject>(?:{_WORD}\s){{1,2}}?)(?P<gap>{_DIFFERENCE}\s(?:of|up to|by|from)\s{APPROACHES})$"
OF_BEHIND = rf"^(?P<gap>\sof\s{_THE})(?P<subject>{_WORDS})"
PER_BEHIND = rf"^(?P<gap>\s(?:per|for\seach|a|an)\s)(?P<subject>{_WORD})"
COST_BEFORE = rf"(?i)(?:^|[^\p{{L}}])(?P<subject>(?:[a-z]+\s)?(?:costs?|budget|price|expense|fee|revenue|investment|funding|market))(?P<gap>(?:\s(?:of|is|was|at|under|from|to))*\s{APPROACHES})$"
CHIP = (
    r"(?P<gap>^[\s-](?:NVIDIA\s|Nvidia\s|Tesla\s)?)(?P<subject>[A-Z][A-Z]?[0-9]{1,4}[A-Za-z]{0,2}|TPU[- ]?v[0-9][a-z]?)"
)
ITEM = r"^(?P<gap>\+?[\s-](?:of\s)?)(?P<subject>.+)$"

_BEFORE, _AFTER = "before", "after"
_K = QuantityKind
PATTERNS: tuple[tuple[tuple[QuantityKind, ...], str, str], ...] = (
    ((_K.PARAMETERS,), "head", NAME_BEFORE),
    ((_K.PARAMETERS,), "rest", MODEL_BEHIND),
    ((_K.COMPUTE,), "unit_text", CHIP),
    ((_K.ITEMS,), "item_text", ITEM),
    ((_K.MONEY,), "rest", PER_BEHIND),
    ((_K.MONEY,), "head", COST_BEFORE),
    ((_K.PERCENTAGE, _K.FACTOR), "rest", DIFFERENCE_OF),
    ((_K.PERCENTAGE, _K.FACTOR), "rest", COMPARED),
    ((_K.PERCENTAGE, _K.FACTOR), "rest", DIFFERENCE_BEHIND),
    ((_K.PERCENTAGE, _K.CHANGE), "rest", METRIC_BEHIND),
    ((_K.PERCENTAGE, _K.FACTOR), "head", DIFFERENCE_IN_BEFORE),
    ((_K.PERCENTAGE, _K.FACTOR), "head", VERB_BEFORE),
    ((_K.CHANGE,), "head", VERB_FROM),
    ((_K.CHANGE,), "head", NOUN_VERB_FROM),
    ((_K.PERCENTAGE, _K.CHANGE), "head", METRIC_BEFORE),
    ((_K.PERCENTAGE, _K.FACTOR), "head", NOUN_DIFFERENCE_BEFORE),
    ((_K.PERCENTAGE,), "rest", OF_BEHIND),
    ((_K.TOKENS,), "rest", OF_BEHIND),
    ((_K.PERCENTAGE,), "rest", IN_BEHIND),
)
"""For which kinds, in which text, and how: the first that applies is the subject."""


def with_subjects(found: pl.DataFrame) -> pl.DataFrame:
    """Adds subject_start and subject_end (bytes, null where none is certain).

    Args:
        found: Result of `roles.with_roles`.
    """
    numbered = found.with_row_index("number").with_columns(
        subject_start=pl.lit(None, dtype=pl.Int64), subject_end=pl.lit(None, dtype=pl.Int64)
    )
    told: list[pl.DataFrame] = []
    left = numbered
    for kinds, text, pattern in PATTERNS:
        of_kind = left.filter(pl.col("kind").is_in([kind.value for kind in kinds]))
        hits = _hits(of_kind, text, pattern)
        told.append(hits)
        left = left.join(hits.select("number"), on="number", how="anti", maintain_order="left")
    subjects = pl.concat(told)
    return (
        numbered.drop("subject_start", "subject_end")
        .join(subjects, on="number", how="left", maintain_order="left")
        .drop("number")
    )


def _hits(found: pl.DataFrame, text: str, pattern: str) -> pl.DataFrame:
    """Where a pattern finds a subject: number, subject_start, subject_end."""
    groups = pl.col(text).str.extract_groups(pattern)
    is_before = text == "head"
    read = found.select(
        "number", "start", "end", "unit_text", groups=groups
    ).unnest("groups").filter(pl.col("subject").is_not_null())  # fmt: skip
    subject = pl.col("subject").str.replace(rf"(?i)(?:^|\s){STOP}(?:\s.*)?$", "").str.strip_chars_end(" .,-'’&/")
    read = read.with_columns(name=subject).filter(
        pl.col("name").str.len_chars().is_between(1, LONGEST) & pl.col("name").str.contains(r"\p{L}")
    )
    if is_before:  # what was cut off behind the name lies between it and the number
        lead = pl.concat_str("subject", "gap").str.len_bytes().cast(pl.Int64)
        begin = pl.col("start") - lead
        whole = pl.col("name") == pl.col("subject").str.strip_chars_end(" .,-'’&/")
        read = read.filter(whole)
    else:
        origin = pl.col("end")
        if text == "unit_text":
            origin = origin - pl.col("unit_text").str.len_bytes().cast(pl.Int64)
        begin = origin + pl.col("gap").str.len_bytes().cast(pl.Int64)
    return read.select("number", subject_start=begin, subject_end=begin + pl.col("name").str.len_bytes().cast(pl.Int64))
