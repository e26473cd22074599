"""What a quantity says of its subject: how exactly it is stated, and whether it is a score, a gain, a reduction."""

import polars as pl

from assets.enrich.quantities.words import (
    COMPARED,
    EDGE,
    GAIN_NOUN,
    GAIN_VERB,
    GAIN_WORD,
    LOSS_NOUN,
    LOSS_VERB,
    LOSS_WORD,
    METRIC,
    QUALIFIERS,
    RISING_VERB,
    any_of,
)
from schemas.quantity_vocabulary import QuantityDirection, QuantityKind, QuantityQualifier, QuantityUnit

_VERB = rf"{GAIN_VERB}|{LOSS_VERB}"
DIFFERENCE_BEHIND = rf"^[\s-](?:[A-Za-z0-9@-]+\s){{0,5}}?({GAIN_NOUN}|{LOSS_NOUN}|{GAIN_WORD}|{LOSS_WORD}){EDGE}"
"""`5.2% improvement`, `73% on-chip energy reduction`, `10% higher accuracy`."""
NOUN_BEFORE = (
    rf"(?i)(?:^|[^\p{{L}}])({GAIN_NOUN}|{LOSS_NOUN})(?:\s(?:in|on|for|of)\s[^,.;()]{{1,90}})?"
    r"\s(?:of|by|up\sto|from|between|reach(?:es|ed|ing)?|is|was|are|were|in\sthe\srange\sof|averaging|ranging\sfrom)$"
)
OF_A_NOUN_BY = r"(?i)(?:^|\s)(?:loss(?:es)?|penalty|decay|growth|margins?|leads?|cuts?)\sby$"
"""A noun that may be what a verb before it changes: `lowers the training loss by`."""
NOUN_THEN_VERB = (
    rf"(?i)(?:{GAIN_NOUN}|{LOSS_NOUN})\s(?:in|on|for|of)\s[^,.;()]*"
    rf"\s(?:and|while|which|that)\s(?:{_VERB})\s[^,.;()]*\sby$"
)
"""`a gain in accuracy and reduces cost by`, where the verb says which way."""
SEVERAL_ARE = r"(?i)\s(?:and|or)\s[a-z]+\s(?:is|are|was|were)$"
"""`accuracy and loss are`, which do not rise or fall by a number."""
BESIDE_ANOTHER = r"^\s(?:vs|versus)(?:\.$|\.?\s[0-9])"
"""Behind the first of two values: `(84% vs. 91%)`."""
NOUN_OF_METRIC = rf"(?i)(?:^|[^\p{{L}}])({GAIN_NOUN}|{LOSS_NOUN})\s(?:in|of)\s(?:[a-z-]+\s){{0,3}}?(?-i:{METRIC})$"
"""`a loss of accuracy under`."""
NOUN_DIRECT = rf"(?i)(?:^|[^\p{{L}}])({GAIN_NOUN}|{LOSS_NOUN})$"
VERB_DIRECT = rf"(?i)(?:^|[^\p{{L}}])({RISING_VERB}|{LOSS_VERB})$"
ARTICLE_LAST = r"\s(?:an?|the)\s$"
"""Between a verb and a number that says how much there was: `reducing a 5% error`."""
_DIFFERENCE = any_of("gains? improvements? savings? reductions? speed-?ups? drops? increases? decreases?")
OF_DIFFERENCE = (
    rf"^\s(?:of\s(?:(?:absolute|relative|average|overall)\s)?({GAIN_NOUN}|{LOSS_NOUN})"
    rf"|in\s(?:[a-z-]+\s){{0,2}}?({_DIFFERENCE})){EDGE}"
)
BY_BEFORE = r"(?i)[\s(](?:by|up)(?:\sa\sfactor\sof|\sfactors\sof)?(?:\s[a-z]+ly)?$"
WORD_BY = rf"(?i)(?:^|[^\p{{L}}])({GAIN_WORD}|{LOSS_WORD})\sby(?:\sa\sfactor\sof|\sfactors\sof)?$"
"""`smaller by a factor of`."""
BY_METRIC = rf"\sby\s(?:an?\s)?(?:(?:average|mean|absolute|relative)\s){{0,2}}{METRIC}\sof$"
"""`outperforms them by an average accuracy of`."""
LAST_VERB = rf"(?is)^.*(?:^|[^\p{{L}}-])({_VERB})(?:\s|,)"
VERB_OF_A_NOUN = rf"(?is)^.*(?:^|[^\p{{L}}-])({_VERB})\s[^,;]*\s[a-z]+\sby$"
SCORE_BEHIND = rf"^[\s-](?:[A-Za-z0-9@-]+\s){{0,3}}?{METRIC}{EDGE}"
_LINKING = any_of(
    "of is at to was were reaching reaches reached by from above over exceeding ranging mean averaging remains?"
    " stays? remained stayed on in with for achieving upwards? as being \\(?[A-Z][A-Za-z0-9@-]*\\)?"
)
SCORE_BEFORE = (
    rf"(?:^|[^\p{{L}}])(?:{METRIC}|(?i:accurac(?:y|ies)|scores?|precision|recall))(?:\s(?:{_LINKING})){{0,5}}$"
)
REACHED = (
    r"(?i)(?:achiev(?:es?|ed|ing)|reach(?:es|ed|ing)?|attain(?:s|ed|ing)?|obtain(?:s|ed|ing)?|scor(?:es?|ed|ing)"
    r"|yield(?:s|ed|ing)?)$"
)
UP_TO_LAST = r"\sup\sto\s$"
CHANGED_METRIC = rf"(?i)(?:^|[^\p{{L}}])(?:{_VERB})\s(?:[a-z-]+\s){{0,3}}{METRIC}$"
"""`improves accuracy up to`, which may mean by so much or to so much."""
OF_METRIC = rf"^\sof\s(?:(?:micro|macro|weighted|subset|mean|average|overall|top-[0-9])[-\s]){{0,2}}{METRIC}{EDGE}"
A_PART = (
    r"^\s(?:of|[a-z]+\s(?:of|rate))\s"
    r"|^\s(?:time|memory|latency|costs?|compute|energy|power|storage|bandwidth)(?:\s|,|$)"
)
"""Behind a percentage that something reached, and is no score: `achieves 50% of`, `40% time and 30% memory cuts`."""


def with_roles(found: pl.DataFrame) -> pl.DataFrame:
    """Adds qualifier and direction.

    Args:
        found: Result of `kinds.with_kinds`.
    """
    differs = pl.col("kind").is_in([QuantityKind.PERCENTAGE.value, QuantityKind.FACTOR.value])
    behind = pl.when(differs).then(pl.col("phrase")).str.extract(DIFFERENCE_BEHIND)
    return (
        found.with_columns(qualifier=_qualifier(), differs=differs, word=behind)
        .with_columns(difference=_difference())
        .with_columns(direction=_direction())
    )


def _qualifier() -> pl.Expr:
    """How exactly a quantity is stated: the words directly before it, or a plus behind it."""
    plus = (
        pl.col("scale_text").str.starts_with("+")
        | pl.col("unit_text").str.starts_with("+")
        | pl.col("rest").str.starts_with("+")
    )
    chosen: pl.Expr = pl.when(plus).then(pl.lit(QuantityQualifier.AT_LEAST.value))
    for name, pattern in reversed(QUALIFIERS.items()):
        chosen = pl.when(pl.col("head").str.contains(pattern)).then(pl.lit(name)).otherwise(chosen)
    return pl.when(~pl.col("head").str.contains(COMPARED)).then(chosen)


def _direction() -> pl.Expr:
    kind = pl.col("kind")
    up, down = pl.lit(QuantityDirection.GAIN.value), pl.lit(QuantityDirection.REDUCTION.value)
    rises = pl.when(pl.col("rises")).then(up).otherwise(down)
    return (
        pl.when(kind == QuantityKind.CHANGE)
        .then(rises)
        .when(kind == QuantityKind.PERCENTAGE)
        .then(pl.coalesce("difference", _of_percentage()))
        .when(kind == QuantityKind.FACTOR)
        .then(pl.col("difference"))
    )


def _difference() -> pl.Expr:
    """Whether something rose or fell by the quantity: the word behind it, the noun or the last verb before it."""
    # nulls cost no search: each expression sees only what it can apply to
    left = pl.col("differs") & pl.col("word").is_null()
    lead, after = (pl.when(left).then(pl.col(name)) for name in ("lead", "after"))
    by = pl.when(lead.str.ends_with(" by")).then(lead)
    of_noun = pl.when(by.str.contains(OF_A_NOUN_BY)).then(by)
    plain = ~by.str.contains(NOUN_THEN_VERB).fill_null(value=False) & ~lead.str.contains(SEVERAL_ARE)
    word = pl.coalesce(
        "word",
        of_noun.str.extract(VERB_OF_A_NOUN),
        pl.when(plain).then(lead).str.extract(NOUN_BEFORE),
        pl.when(~_is_in_brackets()).then(lead.str.extract(NOUN_OF_METRIC)),
        lead.str.extract(NOUN_DIRECT),
        pl.when(~pl.col("before").str.contains(ARTICLE_LAST)).then(lead.str.extract(VERB_DIRECT)),
        after.str.extract(OF_DIFFERENCE),
        after.str.extract(OF_DIFFERENCE, 2),
        lead.str.extract(WORD_BY),
        pl.when(lead.str.contains(BY_BEFORE) | lead.str.contains(BY_METRIC)).then(lead).str.extract(LAST_VERB),
    )
    fell = word.str.contains(rf"(?i)^(?:{LOSS_NOUN}|{LOSS_WORD}|{LOSS_VERB})$")
    return (
        pl.when(pl.col("after").str.contains(BESIDE_ANOTHER))  # two values side by side
        .then(None)
        .when(fell)
        .then(pl.lit(QuantityDirection.REDUCTION.value))
        .when(word.is_not_null())
        .then(pl.lit(QuantityDirection.GAIN.value))
    )


def _is_in_brackets() -> pl.Expr:
    """Whether a bracket opens before the number, which may hold a value or a difference: `a gain in recall (91%)`."""
    return pl.col("before").str.contains(r"\(\s?[<>~≈≤≥]?\s?$")


def _of_percentage() -> pl.Expr:
    """What a percentage is that is no difference: a rise by its sign, a share, or a score."""
    known = (pl.col("kind") == QuantityKind.PERCENTAGE) & pl.col("difference").is_null()
    after, phrase, lead = (pl.when(known).then(pl.col(name)) for name in ("after", "phrase", "lead"))
    raised = pl.col("before").str.contains(UP_TO_LAST) & lead.str.contains(CHANGED_METRIC)
    raised = raised | (_is_in_brackets() & lead.str.contains(NOUN_OF_METRIC))
    score = phrase.str.contains(SCORE_BEHIND) | (lead.str.contains(SCORE_BEFORE) & ~raised)
    score = score | after.str.contains(OF_METRIC) | (lead.str.contains(REACHED) & ~after.str.contains(A_PART))
    of_a_difference = pl.col("unit").is_in([QuantityUnit.POINT.value, QuantityUnit.PERCENTAGE_POINT.value])
    return (
        pl.when(pl.col("sign") == "+")
        .then(pl.lit(QuantityDirection.GAIN.value))
        .when(pl.col("sign").is_in(["-", "\u2212", "\u2013"]))
        .then(pl.lit(QuantityDirection.REDUCTION.value))
        .when(of_a_difference)
        .then(None)
        .when(after.str.contains(r"^\sof\s") & ~after.str.contains(OF_METRIC))
        .then(pl.lit(QuantityDirection.SHARE.value))
        .when(score)
        .then(pl.lit(QuantityDirection.SCORE.value))
    )
