"""Characters: how long texts and sentences are, what they are made of, and which remains of markup they hold."""

import polars as pl

_CLOSING = r"[\"')\]}’”»]*"  # noqa: RUF001  typographic marks
_OPENING = r"[\"'(\[{‘“«]*"  # noqa: RUF001  typographic marks
STOP = rf"[.!?]{_CLOSING}\s+{_OPENING}[\p{{Lu}}\p{{Lo}}]|[。！？]"  # noqa: RUF001  stops of Chinese and Japanese
"""Where a sentence ends and another one begins."""
ABBREVIATION = r"\b(?:e\.g|i\.e|w\.r\.t|cf|vs|al|resp|approx|\p{Lu}\p{Ll}{0,3})\."
"""A word whose stop ends no sentence, as far as can be told: an initial, `Phys.`, `et al.`."""
SYMBOL = r"[^\pL\pM\pN\s.,;:()'\"!?/\-–—‐‑‘’“”、。，；：（）！？「」『』《》«»¿¡]"  # noqa: RUF001  typographic marks
_TAGS = (
    "p|br|b|i|u|em|strong|sub|sup|span|div|a|ul|ol|li|h[1-6]|table|tr|td|th|img|font|script|style|html|body|italic|bold"
    "|sec|sc|title|math|inline-formula|tex-math|(?:jats|mml|xref|ext-link):?[a-z-]*"
)
"""Elements of HTML, JATS and MathML; `<think>` and `<MASK>` are words of their authors."""
RESIDUE = "|".join(
    (
        rf"</?(?:{_TAGS})(?:\s+[\w:-]+\s*=[^<>]{{0,300}})?\s*/?>",
        r"&(?:[A-Za-z]{2,8}|#[0-9]{2,6}|#x[0-9A-Fa-f]{2,6});",
        r"\\(?:[A-Za-z]{2,}|[%&$#_{}\"nrt]|u[0-9A-Fa-f]{4})",
        r"\$[^$\s](?:[^$]{0,200}[^$\s])?\$(?:\D|$)",
        r"\*\*[^*\s][^*]{0,200}\*\*|\]\(https?:|```",
        r"[ÂÃ][\x{80}-\x{BF}]|â€|ï¿½|\x{FFFD}",
        r"[\p{Cc}--[\t\n\r]]|\p{Co}|\p{Cn}",
    )
)
"""One remain of markup: tag, entity, command or escape, index, formula, Markdown, garbled or impossible character."""

TITLE, ABSTRACT = pl.col("title"), pl.col("abstract")


def characters() -> dict[str, pl.Expr]:
    """What is measured of the characters of `title` and `abstract`.

    Returns:
        Column of `quality` -> expression over the two; null where the abstract is.
    """
    title_length, length = TITLE.str.len_chars(), ABSTRACT.str.len_chars()
    stops = ABSTRACT.str.replace_all(ABBREVIATION, "").str.count_matches(STOP).cast(pl.Int64)
    ends = ABSTRACT.str.contains(r"[。！？]\s*$").cast(pl.Int64)  # noqa: RUF001  stops of Chinese and Japanese
    residue = TITLE.str.count_matches(RESIDUE) + ABSTRACT.fill_null("").str.count_matches(RESIDUE)
    return {
        "title_characters": title_length,
        "title_upper_share": _share(TITLE, r"\p{Lu}", title_length),
        "abstract_characters": length,
        "abstract_sentences": (stops - ends + 1).clip(lower_bound=1),
        "digit_share": _share(ABSTRACT, r"\p{Nd}", length),
        "symbol_share": _share(ABSTRACT, SYMBOL, length),
        "upper_share": _share(ABSTRACT, r"\p{Lu}", length),
        "non_ascii_share": _share(ABSTRACT, r"[^\x00-\x7F]", length),
        "spaces": ABSTRACT.str.count_matches(r"\s"),
        "residue_count": residue,
    }


def _share(text: pl.Expr, pattern: str, length: pl.Expr) -> pl.Expr:
    """Share of the characters that match; 0 for an empty text."""
    return pl.when(length > 0).then(text.str.count_matches(pattern) / length).otherwise(pl.when(length == 0).then(0.0))
