"""Where links are: from texts to spans, one row per link.

Only the extent of a link is decided here. What its usable form is says `urls`, what it leads to `kinds`.

A text is cut into pieces at every place where a link may begin; what makes a place a beginning is in `starts`.
In its piece a link runs as far as its characters allow, is joined with the next word where a line break tore it
apart, and loses what belongs to the sentence around it.
"""

import polars as pl

from assets.enrich.links.joins import may_be_torn, torn
from assets.enrich.links.starts import HEAD, mark_starts

CJK = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}"
INVISIBLE = r"\x{AD}\x{200B}-\x{200D}\x{2060}\x{FEFF}"
"""Soft hyphen and zero-width characters: allowed inside a link, dropped from its usable form."""

UNIT = (
    # brackets only as a pair, and only where they are no label: Foo_(bar), S0140(20)30183-5
    r"(?:_\([^()\s]*\)|\([^()\s]*\)[A-Za-z0-9/_-]|\([^()\s]*\d[^()\s]*\)"
    r"|[A-Za-z0-9\-._~/?#@!&=+%:]"
    rf"|[{INVISIBLE}]"
    rf"|[[\p{{L}}\p{{M}}\p{{N}}]&&[^\x00-\x7F{CJK}]]"
    # TeX escapes: \_ {\_} \~{} $\sim$
    r"|\\[_%&#~/-](?:\{\})?|\{\\?[_~%#&](?:\{\})?\}|\$\\sim\$|\\textasciitilde(?:\{\})?|\\allowbreak\s?"
    # a comma or semicolon only inside numbers, entities and parameters
    r"|,-?\d|;[A-Za-z]+=|&amp;)"
)
"""One character of a link, or what stands for one."""
IDN = rf"(?:[\p{{L}}\p{{N}}-]*[{CJK}][\p{{L}}\p{{N}}-]*\.)+(?:[{CJK}]{{2,}}|[a-z]{{2,}})"
BODY = rf"(?:{IDN}(?:{UNIT}|[{CJK}])*|(?:\[[0-9A-Fa-f:.]+\])?{UNIT}*)"
"""The rest of a link after its scheme. Chinese or Korean prose that follows a link is not part of it."""

GLUED_ALWAYS = r"\.(?:We|Our|The|This|These|In|It|For|To|However|Moreover|Furthermore|Additionally|Finally|Please)$"
GLUED_BEFORE_SPACE = (
    r"\.(?:A|An|All|Also|As|Based|Both|By|Codes?|Comments|Compared|Data|Datasets?|Demos?|Experiments?|Extensive|Here"
    r"|Index|Keywords|Models?|More|Note|Project|Results|See|Source|Supplementary|Using|Videos?|Warning|Website|When"
    r"|While|With)$"
)
GLUED_WITHOUT_STOP = r"([a-z0-9])(?:We|Our|The|This)$"
GLUED_TO_HOST = r"^([^/]+\.(?:com|org|net|edu|io|ai|dev|app))[A-Z][a-z]*$"
GLUED_BEFORE_VERB = r"\.[A-Z][a-z]+$"
VERB = r"^\s+(?:is|are|was|were|will|can|could|may|has|have|had|be)\b"

TRAILING = rf"(?:\\allowbreak\s?|\\?[.,;:!?~&%#@'\\{INVISIBLE}]|--+)+$"
LONGEST = 2_000
"""Characters beyond which no browser or server is sure to follow a link: such a run of characters is no link."""


def find_spans(texts: pl.DataFrame) -> pl.DataFrame:
    """Finds every stretch of text that is written as a link.

    Args:
        texts: Columns `row` (any integer that identifies the text) and `text` (String; null has no links).

    Returns:
        Columns row, head (what stands for the scheme, "" where there is none), body (the rest, as in the text),
        span_start and span_end (characters), sorted by row and span_start; spans of a row do not overlap.
        The bodies are candidates: whether the host is one, is not decided here.
    """
    pieces = _cut(texts)
    bodies = pieces.with_columns(
        body=pl.col("rest").str.extract(rf"^({BODY})").fill_null(""),
    ).with_columns(rest=_without_start("rest", "body"))
    for _ in range(2):  # a line break may tear a link twice: `https://github. com/owner/ name`
        bodies = _join(bodies)
    return (
        bodies.with_columns(body=_trimmed())
        .with_columns(span_end=pl.col("span_start") + (pl.col("head") + pl.col("body")).str.len_chars().cast(pl.Int64))
        .filter(pl.col("body").str.len_chars().is_between(1, LONGEST))
        .select("row", "head", "body", "span_start", "span_end")
        .sort("row", "span_start")
    )


def _cut(texts: pl.DataFrame) -> pl.DataFrame:
    """One row per place where a link may begin: row, span_start, head and the rest of the text up to the next."""
    pieces = (
        mark_starts(texts)
        .explode("pieces")
        .with_columns(length=pl.col("pieces").str.len_chars().cast(pl.Int64))
        .with_columns(
            span_start=pl.col("length").cum_sum().over("row") - pl.col("length"),
            first=pl.int_range(pl.len()).over("row") == 0,
        )
        .filter(~pl.col("first"))
    )
    return pieces.with_columns(head=pl.col("pieces").str.extract(HEAD, 0).fill_null("")).select(
        "row", "span_start", "head", rest=_without_start("pieces", "head")
    )


def _without_start(text: str, start: str) -> pl.Expr:
    return pl.col(text).str.slice(pl.col(start).str.len_chars())


def _join(bodies: pl.DataFrame) -> pl.DataFrame:
    """Takes the next word into a link where it is certain that a line break tore them apart."""
    if not bodies.select(may_be_torn().any()).item():
        return bodies
    parted = bodies.with_columns(
        gap=pl.col("rest").str.extract(r"^(\s{1,2})").fill_null(""),
        token=pl.col("rest").str.extract(rf"^\s{{1,2}}({UNIT}+)").fill_null(""),
    ).with_columns(rest=pl.col("rest").str.slice(pl.concat_str("gap", "token").str.len_chars()))
    joined = parted.select(torn()).to_series()
    return bodies.with_columns(
        body=pl.when(joined).then(pl.concat_str(parted["body"], parted["gap"], parted["token"])).otherwise("body"),
        rest=pl.when(joined).then(parted["rest"]).otherwise("rest"),
    )


def _trimmed() -> pl.Expr:
    """The body without the sentence that is glued to it and without the punctuation that ends it."""
    body, rest = pl.col("body").str.replace(TRAILING, ""), pl.col("rest")
    glued = (
        pl.when(body.str.contains(GLUED_ALWAYS))
        .then(body.str.replace(GLUED_ALWAYS, ""))
        .when(body.str.contains(GLUED_BEFORE_SPACE) & rest.str.contains(r"^\s"))
        .then(body.str.replace(GLUED_BEFORE_SPACE, ""))
        .when(body.str.contains(GLUED_BEFORE_VERB) & rest.str.contains(VERB))
        .then(body.str.replace(GLUED_BEFORE_VERB, ""))
        .when(body.str.contains(GLUED_WITHOUT_STOP) & rest.str.contains(r"^\s+[a-z]"))
        .then(body.str.replace(GLUED_WITHOUT_STOP, "${1}"))
        .otherwise(body.str.replace(GLUED_TO_HOST, "${1}"))
    )
    return glued.str.replace(r"---.*$", "").str.replace(TRAILING, "")
