# ruff: noqa: RUF001  dashes that look like others are what a pattern is about
"""What leaked from the source of a paper into its abstract: citation keys, link labels, comment lines.

A key is taken out where the sentence stands without it; where it is part of the sentence (`proposed by smith2020deep`)
it stays and is flagged.
"""

import re

import polars as pl

from assets.validate.protect import STAND_IN, outside_addresses
from assets.validate.rules import Detector, Rule, rewrite_where
from schemas.vocabulary import Flag, RuleFamily

YEAR = r"(?:19[5-9]\d|20[0-3]\d)"
SURNAME_KEY = rf"[a-z]{{2,}}(?:-[a-z]+)*{YEAR}[a-z]{{2,}}(?:-[a-z]+)*"
"""`vaswani2017attention`: surname, year, a word of the title."""
KEY = rf"(?:{SURNAME_KEY}|[a-z]+-(?:etal|and-[a-z]+)-{YEAR}-[\w-]+|DBLP:[\w/.:-]*\w)"
KEYS = rf"{KEY}(?:[,;]\s?(?:{KEY}|[a-z]{{2,}}{YEAR}[a-z]?))*"
_NOT_SURNAMES = (
    "wmt iwslt coco mscoco voc imagenet ilsvrc semeval conll clef trec icdar dcase squad nist tac duc msmarco"
    " brats davis kinetics scannet kitti voxceleb asvspoof cvpr iccv eccv nips neurips icml iclr acl emnlp"
    " naacl aaai ijcai kdd sigir ubuntu linux debian centos windows office matlab python ecma iso utc year"
    " since phoenix codex spring summer autumn fall winter early mid late version release"
)
NOT_SURNAMES = frozenset(_NOT_SURNAMES.split())
"""What else stands before a year in one word: challenges, venues, data sets, software."""
_NOT_TITLES = (
    "train val test dev eval ende deen enfr data dataset task challenge shared version release edition lts"
    " small base large st nd rd th update"
)
NOT_TITLES = frozenset(_NOT_TITLES.split())
"""What else follows a year in one word."""
_NEEDS_OBJECT = (
    "by in of to from with as on at for and or than via using following see the a an this that per like"
    " between over under against unlike while when if but is are was were be use uses used adopt extend extends"
    " where both our"
)
NEEDS_OBJECT = frozenset(_NEEDS_OBJECT.split())
"""Words that a key completes: without it the sentence breaks."""

# A bracket round keys goes with them; other keys go with the space or tie before them.
_KEYS = re.compile(
    rf"(?<=[^\s,;:~\-–—(\[{STAND_IN}])(?:[ ~]*(?:\((?P<round>{KEYS})\)|\[(?P<square>{KEYS})\])"
    rf"|[ ~]+(?P<bare>{KEYS})(?![\w/@:-]))"
)
_COMMAND = re.compile(
    r"(?<=[^\s,;:~\-(\[])[ ~]*\\(?:auto|paren|foot)?[cC]itep?(?:alp)?\*?(?:\[[^\]]*\]){0,2}\{[^{}]*\}"
)
_PARTS = re.compile(rf"([a-z-]+?){YEAR}([a-z]*).*")
_ITEM = re.compile(r"(?:^|[\s(])\w{1,3}\)\.?$")
_LAST_WORD = re.compile(r"([A-Za-z]+)[^A-Za-z]*$")
# At the start of a text, where nothing but spaces of LaTeX stands before it, or after the end of a sentence.
_START = r"(?:\s|\\[ ,;:\\!/-])*"
_SIGN = rf"(?:^{_START}|[.!?]['\")\]]?\s)%+\s*[A-Za-z]"
_BARE_SIGN = re.compile(rf"(?:(?<=[.!?]\s)|(?<=[.!?]['\")\]]\s)|^{_START})%+\s+(?=[A-Za-z])")
# A comment ends with its sentence, or where another sentence begins without a stop before it: there the line ended.
_COMMENT = re.compile(
    rf"(?:(?<=[.!?]\s)|(?<=[.!?]['\")\]]\s)|^{_START})%+[A-Za-z](?:[^%\n]|(?<=[\d}}\\])\s?%){{0,1500}}?"
    r"(?:(?<!e\.g)(?<!i\.e)(?<!al)(?<!vs)(?<!cf)(?<!Fig)[.!?]['\")\]]*(?=\s|$)|\n|$"
    r"|(?<=[a-z,])(?=\s(?:Our|We|The|This|These|In|It|To|An?|However|Moreover|Furthermore|Finally|Results)\s[a-z]))\s*"
)
_ADDRESS = r"((?:https?://|www\.)[^\s{}]*[^\s{}.,;]|[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[a-z]{2,}/[^\s{}]*)"
SPACED_LABEL = _ADDRESS + r" \{(?:https?://|www\.)[^\s{}]*\}"
"""An address, and once more as its own label."""
LABEL = _ADDRESS + r"(?:\{(?:[^{}]|\{[^{}]*\}){0,300}\})+([^\w/]|$)"


def drop_link_labels(text: pl.Expr) -> pl.Expr:
    r"""`https://a.org/b{our code})` -> `https://a.org/b)`.

    Args:
        text: String column; nulls stay null.

    Returns:
        The same column without the labels that `\href` left behind its addresses.
    """
    return text.str.replace_all(LABEL, "${1}${2}").str.replace_all(SPACED_LABEL, "${1}")


def drop_citation_keys(text: pl.Expr) -> pl.Expr:
    """`attention maps~smith2017deep,lee2020all and` -> `attention maps and`.

    Args:
        text: String column; nulls stay null.

    Returns:
        The same column without the citation keys that the sentence does not need.
    """
    drop = outside_addresses(lambda one: _COMMAND.sub(_drop_command, _KEYS.sub(_drop_keys, one)))
    return rewrite_where(text, rf"\\[a-z]*[cC]ite|[a-z]-?{YEAR}[a-z-]|DBLP:|{YEAR}[a-z]?,", drop)


def _drop_keys(match: re.Match[str]) -> str:
    """Nothing in place of keys that the sentence can do without, provided that they are keys."""
    bare = match["bare"]
    if bare is None:
        return ""
    if _needs_object(match):
        return match[0]
    parts = _PARTS.fullmatch(bare)
    if parts and "," not in bare and ";" not in bare:
        surname, title = parts.groups()
        if surname in NOT_SURNAMES or title in NOT_TITLES or len(title) < 3:
            return match[0]
    return ""


def _drop_command(match: re.Match[str]) -> str:
    return match[0] if _needs_object(match) else ""


def _needs_object(match: re.Match[str]) -> bool:
    """Whether the word before a key leaves the sentence incomplete without it."""
    before = match.string[max(0, match.start() - 40) : match.start()]
    word = _LAST_WORD.search(before)
    ends_sentence = before.endswith((".", "!", "?")) and not before.endswith("al.")
    return (
        ends_sentence
        or _ITEM.search(before) is not None
        or (before[-1:].isalpha() and word is not None and word[1].lower() in NEEDS_OBJECT)
    )


def drop_comments(text: pl.Expr) -> pl.Expr:
    """`agents. %We also tried more. Results`, `agents. % Results` -> `agents. Results`.

    A sign before a space may stand on a line of its own, so that only the sign goes.

    Args:
        text: String column; nulls stay null.

    Returns:
        The same column without the sentences that a percent sign after the end of another one marks as a comment.
    """
    return rewrite_where(text, _SIGN, _drop_comments)


def _drop_comments(text: str) -> str:
    kept = _COMMENT.sub("", _BARE_SIGN.sub("", text))
    return kept if kept == text else kept.rstrip()


COMMENT_RULES = (
    Rule(
        name="leaked_comment",
        family=RuleFamily.RESTORE,
        version=1,
        summary="A comment of the source: `agents. %We tried. Results` becomes `agents. Results`; `50 % of` stays.",
        apply=drop_comments,
    ),
)
RULES = (
    Rule(
        name="link_label",
        family=RuleFamily.RESTORE,
        version=1,
        summary="A label that a link left behind: `https://a.org/b{our code}` becomes `https://a.org/b`.",
        apply=drop_link_labels,
    ),
    Rule(
        name="citation_key",
        family=RuleFamily.RESTORE,
        version=1,
        summary="A citation key the sentence does not need: `maps smith2017deep,lee2020all and` becomes `maps and`.",
        apply=drop_citation_keys,
    ),
)
DETECTORS = (
    Detector(
        flag=Flag.LEAKED_COMMENT,
        version=1,
        summary="A percent sign and a sentence after the end of another: `agents. %We tried more.`",
        detect=lambda text: text.str.contains(_SIGN),
        on_raw=True,
    ),
)
