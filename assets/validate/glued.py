"""Words and names that lost the space or the hyphen between them.

They are parted where the text itself shows the parts side by side, or where one part is a short word that no longer
word ends or begins with. Where only the spelling speaks for a loss, the listing is flagged.
"""

import re

import polars as pl

from assets.validate.common_words import COMMON_WORDS
from assets.validate.lexicon import FUNCTION_WORDS, OPENERS, PREFIXES, SPLIT_WORDS
from assets.validate.prose import flag_where, rewrite_prose, substitute
from assets.validate.rules import Detector, Rule
from schemas.vocabulary import Flag, RuleFamily

KNOWN = COMMON_WORDS | OPENERS
GLUED_BEFORE = {"the": 5, "and": 5, "which": 5, "that": 5, "from": 5, "our": 5, "with": 5, "are": 5, "of": 6, "for": 6}
"""Short word -> letters that the common word glued behind it has at least."""
GLUED_BEHIND = {
    "the": 4, "and": 4, "which": 4, "that": 4, "from": 4, "our": 4, "with": 4, "are": 4, "of": 4, "for": 4, "this": 4,
    "these": 4, "into": 4, "have": 4, "has": 5, "can": 5, "was": 5, "were": 5, "to": 5, "is": 6, "as": 7, "on": 7,
    "in": 8, "by": 6,
}  # fmt: skip
"""Short word -> letters that the common word glued before it has at least."""
TWO_SHORT = frozenset(
    first + second
    for first in "as at by for from in into is of on that through to under with between and are".split()
    for second in "the these this those their our which".split()
)
SHORTEST_PARTED = 13
SHORTEST_DOUBTED = 14
SHORTEST_PART = 5
MARKS = ".,;:!?()\"“”"

COUNT_AND_PLURAL = re.compile(r"(?<![\w.,/^-])(?P<count>[1-9]\d{1,3})(?P<plural>(?P<singular>[A-Z]{2,})s)(?![\w-])")
COUNT_AND_WORD = re.compile(r"(?<![\w.,/^-])(?P<count>[1-9]\d+)(?P<word>[a-z]{5,})(?![\w-])")
ORDINAL_AND_WORD = re.compile(r"(?<![\w.,/^-])(?P<count>\d*(?:1st|2nd|3rd|\dth))(?P<word>[a-z]{4,})(?![\w-])")
UNITS = frozenset("times fold years degree bytes pixel pixels point points steps shots".split())
ACRONYM_AND_NAME = re.compile(r"(?<![\w/._-])(?P<acronym>[A-Z]{2,})(?P<name>[A-Z][a-z]+[A-Za-z]*)(?![\w/._-])")
GLUED_NAME = (
    r"[A-Za-z]-?[1-5]\.\d(?:[1-46-9]|1[0-5]|2[0247]|3[0234]|40|65|7[02]|90|104|110|123|180|236|405|671)B\b"
    r"|\d\.\d(?:Turbo|Instruct|Chat|Pro|Flash|Sonnet|Opus|Haiku|Mini|Coder|Vision|Base)\b"
)


def part_glued_words(text: pl.Expr) -> pl.Expr:
    """Sets the space between two words in small letters that stick together: `ofthe`, `themodel`.

    Args:
        text: String column; nulls stay null.

    Returns:
        The same column. Two longer words are parted where they stand side by side elsewhere in the same text.
    """
    return rewrite_prose(text, "[a-z]{5}", _part_words)


def _part_words(text: str) -> str:
    """Parts the glued words of one text."""
    for raw in sorted(set(text.split(" ")) - KNOWN):
        word = raw.strip(MARKS)
        if len(word) < SHORTEST_PART or not (word.isascii() and word.isalpha() and word.islower()) or word in KNOWN:
            continue
        if parted := _parts(word, text):
            text = re.sub(rf"(?<![\w’'/.@-]){word}(?![\w’'/@-])", " ".join(parted), text)
    return text


def _parts(word: str, text: str) -> tuple[str, str] | None:
    """The two words that make up a third one, if that is certain."""
    if word in TWO_SHORT:
        at = next(at for at in range(2, len(word)) if word[:at] in FUNCTION_WORDS and word[at:] in FUNCTION_WORDS)
        return word[:at], word[at:]
    if text.count(word) > 1 or word.startswith(("there", "where", "here")):
        return None
    for at in range(2, len(word) - 1):
        first, second = word[:at], word[at:]
        if second in COMMON_WORDS and len(second) >= GLUED_BEFORE.get(first, 99):
            return first, second
        if first in COMMON_WORDS and len(first) >= GLUED_BEHIND.get(second, 99):
            return first, second
    if len(word) < SHORTEST_PARTED:
        return None
    for at in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
        if f"{word[:at]} {word[at:]}" in text.lower() and word[:at] not in PREFIXES:
            return word[:at], word[at:]
    return None


def part_counts(text: pl.Expr) -> pl.Expr:
    """Sets the space between a number of two figures or more and what it counts: `28LLMs`, `27submissions`."""

    def part_plural(found: re.Match[str]) -> str:
        alone = re.search(rf"(?<![\w-]){found['singular']}s?(?![\w-])", found.string)
        return f"{found['count']} {found['plural']}" if alone else found.group()

    def part_word(found: re.Match[str]) -> str:
        word = found["word"]
        year = re.fullmatch(r"(?:19|20)\d\d", found["count"]) and word not in FUNCTION_WORDS
        counts = word in COMMON_WORDS and word not in UNITS and not year
        return f"{found['count']} {word}" if counts else found.group()

    def rewrite(one: str) -> str:
        one = COUNT_AND_WORD.sub(part_word, COUNT_AND_PLURAL.sub(part_plural, one))
        return ORDINAL_AND_WORD.sub(part_word, one)

    return rewrite_prose(text, r"\d(?:[A-Z]{2,}s|[a-z]{5,})", rewrite)


def hyphenate_acronyms(text: pl.Expr) -> pl.Expr:
    """Sets the hyphen between an acronym and a name where the text has them with one: `CNNTransformer`.

    Args:
        text: String column; nulls stay null.

    Returns:
        The same column, changed where the compound stands elsewhere with its hyphen, and both of its parts alone.
    """

    def decide(found: re.Match[str]) -> str:
        text, acronym, name = found.string, found["acronym"], found["name"]
        proofs = (
            rf"(?<![\w-]){acronym}-{name}(?![A-Za-z])",
            rf"(?<![\w-]){acronym}s?(?![\w-])",
            rf"(?i:(?<![\w-]){name}s?(?!\w))",
        )
        certain = text.count(found.group()) == 1 and all(re.search(proof, text) for proof in proofs)
        return f"{acronym}-{name}" if certain else found.group()

    return substitute(text, r"[A-Z]{3,}[a-z]", ACRONYM_AND_NAME, decide)


def has_glued_words(text: pl.Expr) -> pl.Expr:
    """Whether a text has a word that two common words make up and that stands in it only once."""
    return flag_where(text, rf"[a-z]{{{SHORTEST_DOUBTED},}}", _is_glued)


def _is_glued(text: str) -> bool:
    """Looks for a long word made up of two common ones."""
    for raw in set(text.split(" ")) - KNOWN:
        word = raw.strip(MARKS)
        if len(word) < SHORTEST_DOUBTED or not (word.isascii() and word.isalpha() and word.islower()):
            continue
        if word in KNOWN or text.count(word) > 1:
            continue
        for at in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
            first, second = word[:at], word[at:]
            parts = first in COMMON_WORDS and second in COMMON_WORDS and first not in PREFIXES
            if parts and second != "ability" and second not in SPLIT_WORDS:
                return True
    return False


RULES = (
    Rule(
        name="glued_words",
        family=RuleFamily.TIDY,
        version=1,
        summary="A space parts two words that stick together: of themodel -> of the model.",
        apply=part_glued_words,
    ),
    Rule(
        name="glued_count",
        family=RuleFamily.TIDY,
        version=1,
        summary="A space parts a number from what it counts: 28LLMs -> 28 LLMs.",
        apply=part_counts,
    ),
    Rule(
        name="glued_acronym",
        family=RuleFamily.TIDY,
        version=1,
        summary="A hyphen parts an acronym from a name, as elsewhere in the text: CNNTransformer -> CNN-Transformer.",
        apply=hyphenate_acronyms,
    ),
)
DETECTORS = (
    Detector(
        flag=Flag.GLUED_WORDS,
        version=1,
        summary="Two common words make up a third one: the resultingdataset.",
        detect=has_glued_words,
    ),
    Detector(
        flag=Flag.GLUED_NAME,
        version=1,
        summary="A version and a size or an edition stick together: Model-3.18B, Model-3.5Turbo.",
        detect=lambda text: text.str.contains(GLUED_NAME),
    ),
)
