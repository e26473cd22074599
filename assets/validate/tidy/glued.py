# ruff: noqa: RUF001  typographic marks are what is looked for
"""Words and names that lost the space or the hyphen between them.

They are parted where the text itself shows the parts side by side, or where one part is a short word that no longer
word ends or begins with. Where only the spelling speaks for a loss, the listing is flagged.
"""

import re

import polars as pl

from assets.validate.protect import outside_addresses
from assets.validate.rules import Detector, Rule, detect_where, rewrite_where
from assets.validate.tidy.common_words import COMMON_WORDS
from assets.validate.tidy.lexicon import FUNCTION_WORDS, OPENERS, PREFIXES, SPLIT_WORDS
from assets.validate.tidy.prose import looks_english, outside_formulas, rewrite_prose, substitute_in_prose
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
_FIRST = "as at by for from in into is of on that through to under with between and are"
_SECOND = "the these this those their our which"
TWO_SHORT = {first + second: f"{first} {second}" for first in _FIRST.split() for second in _SECOND.split()}
SHORTEST_PARTED = 13
SHORTEST_DOUBTED = 14
SHORTEST_PART = 5
LONGEST = 40
MARKS = '.,;:!?()"“”'

COUNT_AND_PLURAL = re.compile(r"(?<![\w.,/^-])(?P<count>[1-9]\d{1,3})(?P<plural>(?P<singular>[A-Z]{2,})s)(?![\w-])")
COUNT_AND_WORD = re.compile(r"(?<![\w.,/^-])(?P<count>[1-9]\d+)(?P<word>[a-z]{5,})(?![\w-])")
ORDINAL_AND_WORD = re.compile(r"(?<![\w.,/^-])(?P<count>\d*(?:1st|2nd|3rd|\dth))(?P<word>[a-z]{4,})(?![\w-])")
_UNITS = "times fold years degree bytes pixel pixels point points steps shots"
UNITS = frozenset(_UNITS.split())
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
    part = outside_formulas(outside_addresses(_part_words))
    return rewrite_where(text, "[a-z]{5}", lambda one: part(one) if _glued_words(one) else one)


def _part_words(text: str) -> str:
    """Parts the glued words of one text, if it is in English."""
    if not looks_english(text):
        return text
    for word, parted in sorted(_glued_words(text).items()):
        text = re.sub(rf"(?<![\w’'/.@-]){word}(?![\w’'/@-])", parted, text)
    return text


def _glued_words(text: str) -> dict[str, str]:
    """The words of a text that are certain to be two, each with its parts."""
    found = {}
    for raw in set(text.split(" ")) - KNOWN:
        if "A" <= raw[:1] <= "Z":
            continue
        word = raw.strip(MARKS)
        if (
            LONGEST >= len(word) >= SHORTEST_PART
            and word.islower()
            and word.isalpha()
            and word.isascii()
            and word not in KNOWN
        ):
            parted = _short_part(word) or (_side_by_side(word, text) if len(word) >= SHORTEST_PARTED else "")
            if parted and (word in TWO_SHORT or text.count(word) == 1):
                found[word] = parted
    return found


def _short_part(word: str) -> str:
    """A word with the space behind or before the short word that sticks to a common one; empty if there is none."""
    if word in TWO_SHORT:
        return TWO_SHORT[word]
    if word.startswith(("there", "where", "here")):
        return ""
    for size in (2, 3, 4, 5):
        head, tail = word[:size], word[size:]
        if len(tail) >= GLUED_BEFORE.get(head, LONGEST) and tail in COMMON_WORDS:
            return f"{head} {tail}"
        head, tail = word[:-size], word[-size:]
        if len(head) >= GLUED_BEHIND.get(tail, LONGEST) and head in COMMON_WORDS:
            return f"{head} {tail}"
    return ""


def _side_by_side(word: str, text: str) -> str:
    """A long word with a space where the text elsewhere has its parts side by side; empty if it has them nowhere."""
    small = text.lower()
    for at in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
        if f"{word[:at]} {word[at:]}" in small and word[:at] not in PREFIXES:
            return f"{word[:at]} {word[at:]}"
    return ""


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

    return rewrite_prose(text, r"[0-9]{2}(?:[A-Z]{2,}s|[a-z]{5})|(?:1st|2nd|3rd|[0-9]th)[a-z]{4}", rewrite)


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

    glued, hyphenated = r"[A-Z]{3,}[a-z]{2}", r"[A-Z]{2}-[A-Z][a-z]"
    return substitute_in_prose(text, rf"(?s){glued}.*{hyphenated}|{hyphenated}.*{glued}", ACRONYM_AND_NAME, decide)


def has_glued_words(text: pl.Expr) -> pl.Expr:
    """Whether a text has a word that two common words make up and that stands in it only once."""
    return detect_where(text, rf"[a-z]{{{SHORTEST_DOUBTED},}}", _is_glued)


def _is_glued(text: str) -> bool:
    """Looks for a long word made up of two common ones."""
    for raw in set(text.split(" ")) - KNOWN:
        word = raw.strip(MARKS)
        if not SHORTEST_DOUBTED <= len(word) <= LONGEST or not (word.islower() and word.isalpha() and word.isascii()):
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
