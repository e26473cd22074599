"""Sizes of models and lengths of contexts: what proves that a number with a letter for its scale is one."""

import polars as pl

from assets.enrich.quantities.units import Mark
from assets.enrich.quantities.words import DATA_WORD, EDGE, FAMILY, MODEL, any_of

_LENGTH = r"(?:lengths?|windows?|sizes?|limits?|lens?)"
CONTEXT_BEHIND = (
    rf"^[\s-](?:tokens?[\s-])?(?i:(?:extended|long|maximum|max|effective|native|input)[\s-])?"
    rf"(?i:(?:sequence|input|prompt|text|document)[\s-]{_LENGTH}|contexts?){EDGE}"
)
_LINKING = any_of(
    "of to from is as with beyond up reaching supporting exceeding ranging long at extended extending by"
    " limited set between over than longer scal\\w+ training extension extrapolation inference and is was \\w+ed"
    " grows grew rises rose"
)
CONTEXT_BEFORE = (
    rf"(?i)(?:(?:context|sequence|input|prompt|token)s?[\s-]{_LENGTH}|sequences\sof\slength|contexts?)"
    rf"(?:\s(?:{_LINKING})){{0,4}}$"
)
LENGTH_BEFORE = r"(?i)\blengths?\s(?:of|up\sto|to)$"
NO_CONTEXT = (
    r"^\s?(?:bp|nt|nucleotides?|amino|residues?|frames?|seconds?|s|ms|minutes?|words?|characters?|bits?|bytes|samples?"
    rf"|steps?|layers?|base|kb|examples|shots|images|demonstrations){EDGE}|^\s?[%\x{{D7}}]"
)
"""Behind a length that is none of tokens."""

SIZE_BEHIND = (
    rf"^(?:[\s-](?i:scale|sized?|class|level|parameter)|[\s-](?:[A-Za-z][A-Za-z0-9-]*[\s-]){{0,3}}?{MODEL}){EDGE}"
    rf"|^[\s-]{FAMILY}(?:[-\s]?v?[0-9.]{{1,4}})?(?:[\s.,;)]|$)"
)
"""`7B models`, `13B-scale`, `70B open-weight LLM`."""
_RELATING = any_of(
    "of from to up with larger smaller bigger than ranging range between spanning at as and are is sizes? in"
    " across commonly typically usually viewed such small large have having under beyond"
)
SIZE_BEFORE = (
    r"(?:[Mm]odels?|LLMs?|VLMs?|[Ss]izes?|[Ss]cales?|[Pp]arameters?|[Pp]arameter\scounts?|backbones?|variants?)"
    rf"(?:\s\(?(?:{_RELATING})){{0,5}}[,:]?$"
)
"""`models smaller than 10B`, `models (7B, 13B)`."""
_VERSION = r"(?:[-\s]?v?[0-9][0-9.]{0,4}[A-Za-z]?)?"
FAMILY_NAME = rf"{FAMILY}[A-Za-z]{{0,8}}{_VERSION}(?:[-\s][A-Z][A-Za-z]{{1,12}}){{0,2}}"
NAME = r"[A-Z][A-Za-z0-9.+]*(?:-[A-Za-z0-9.+]+){0,3}"
FAMILY_BEFORE = rf"(?:^|[^\p{{L}}\p{{N}}]){FAMILY_NAME}[\s(-]{{1,2}}$"
NAME_BEFORE = rf"(?:^|[^\p{{L}}\p{{N}}/-]){NAME}-$"
TWO_DECIMALS = r"[0-9]\.[0-9]{2,}"
"""In a name, a size with two decimals may be a version and a size that lost what parted them."""
NO_SIZE = r"(?i)(?:data|datasets?|corpus|sample|batch|vocabulary|population|memory|file|image|set)\s(?:sizes?|scales?)"
ABOUT_DATA = r"(?i)datasets?|corpus|corpora|images|image-text|pairs"
DATA_BEHIND = rf"^[\s-](?:[A-Za-z-]+\s){{0,3}}?{DATA_WORD}{EDGE}"
TRAINED_ON = (
    r"(?i)(?:train(?:ed|ing)?|(?:fine-?tuned|pre-?train(?:ed|ing))|filtered|subset|sampled|collected)\s(?:on|of|from|using)"
    r"(?:\sthe)?\s[A-Z][\w.-]*$"
)
ABOUT_MODELS = r"models?|LLM|VLM|LM|[Tt]ransformer|fine-?tun|quantiz|inference|pre-?train"


def is_context() -> pl.Expr:
    """Whether a number without a unit, or of tokens, is the length of a context."""
    before, after, unit = pl.col("lead"), pl.col("after"), pl.col("unit")
    value = pl.coalesce("high", "value")
    told = (
        (after.str.contains(CONTEXT_BEHIND) & (value < 1e9) & (pl.col("has_scale") | (unit == Mark.TOKENS)))
        | (before.str.contains(CONTEXT_BEFORE) & (value >= 256) & (value < 1e9))
        | (before.str.contains(LENGTH_BEFORE) & pl.col("has_scale"))
    )
    whole = (value % 1 == 0) & (pl.col("item_text").is_null() | (unit == Mark.TOKENS))
    return told & whole & ~after.str.contains(NO_CONTEXT)


def is_name() -> pl.Expr:
    """Whether a number of billions ends a name that is not said to be one of data."""
    before = pl.col("before")
    context = pl.concat_str(before.str.slice(-60), pl.col("after").str.slice(0, 60))
    billions = pl.col("scale_text").is_in(["B", "b"]) & (pl.coalesce("high", "value") >= 1e8)
    named = before.str.contains(NAME_BEFORE) & ~before.str.contains(TRAINED_ON)
    return (named & billions & ~context.str.contains(ABOUT_DATA)).fill_null(value=False)


def is_size() -> pl.Expr:
    """Whether a number with nothing but its scale is the size of a model."""
    before, after, rest, lead = (pl.col(name) for name in ("before", "after", "rest", "lead"))
    letter = pl.col("scale_text").str.len_chars() == 1
    context = pl.concat_str(before.str.slice(-60), after.str.slice(0, 60))
    two_decimals = pl.col("tail").str.contains(rf"^{TWO_DECIMALS}") & pl.col("is_named")
    family = before.str.contains(FAMILY_BEFORE) & letter
    name = is_name() & context.str.contains(ABOUT_MODELS)
    plain = (
        rest.str.contains(SIZE_BEHIND)
        | after.str.contains(SIZE_BEHIND)
        | (lead.str.contains(SIZE_BEFORE) & ~lead.str.contains(NO_SIZE))
    )
    proved = family | name | (plain & ~pl.col("is_named"))
    return (
        (pl.coalesce("low", "value") >= 1e6)
        & pl.col("has_scale")
        & proved
        & ~two_decimals
        & ~rest.str.contains(DATA_BEHIND)
    )
