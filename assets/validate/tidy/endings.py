# ruff: noqa: RUF001  typographic marks are what is looked for
"""Texts that were cut: abstracts that stop before their end or begin after their start.

A missing full stop alone proves no loss. Nothing is repaired here: what is gone is gone.
"""

import re

import polars as pl

from assets.validate.protect import ADDRESS
from assets.validate.rules import Detector, detect_where
from assets.validate.tidy.lexicon import UNFINISHED_WORDS
from schemas.vocabulary import Flag

ELLIPSIS_END = r"(?:\.\.\.|…|\. \. \.)[\s\])\"'”]*$"
OPEN_MARK_END = r"(?:[\pL\pN)\]\"'”%][,;:–—&(\[{=]|[\pL\pN]-|\s[-–—&+=<])\s*$"
LAST_WORD = re.compile(r"(?<![\w’'.-])(?P<word>[A-Za-z]+)\s*$")
ADDRESS_END = re.compile(rf"(?:{ADDRESS})[\s.,;)\]]*$")

CONTINUATION = (
    r"^(?:However|Moreover|Furthermore|Additionally|Consequently|Nevertheless|Nonetheless|Therefore|Thus|Hence|"
    r"Accordingly|Subsequently|In contrast|In addition|In particular|As a result|For this reason|On the other hand|"
    r"To (?:this|that) end), |^(?:To|By) (?:address|tackl|overcom|solv|mitigat|fill|bridg|remedy|alleviat)\w* "
    r"(?:this|these|such|those)\b"
)
SMALL_START = (
    r"^(?:a|an|and|are|as|at|be|been|but|by|can|for|from|has|have|however|in|into|is|it|its|more|most|of|on|or|our|"
    r"such|than|that|the|their|then|there|these|they|this|those|thus|to|under|using|various|was|we|were|where|which|"
    r"while|who|with)\s"
    r"|^(?:n (?:the|this|recent)|e (?:consider|describe|introduce|present|propose|show|study))\b"
    r"|^his (?:article|paper|study|work)\b"
    r"|^[,;:)\]!?]"
)
SELF = r"(?:This|The present|Our|In this|We)\b"
BACK_REFERENCE = re.compile(
    rf"^{SELF}[^.?!]*?\b(?:this|that|these|those|such(?: an?)?) "
    r"(?:aforementioned |above |important |particular |key |open |long-standing )?"
    r"(?:aims?|challenges?|difficult(?:y|ies)|drawbacks?|ends?|gaps?|goals?|hurdles?|issues?|limitations?|needs?|"
    r"objectives?|obstacles?|problems?|questions?|shortcomings?)(?:[,.?!]| by\b| in\b| with\b| through\b| via\b)"
)
ANTECEDENT = re.compile(
    r"\b(?:aims?|challenges?|difficult|drawbacks?|gaps?|goals?|hard|issues?|lack|limit\w*|need\w*|objectives?|"
    r"obstacles?|problems?|questions?|shortcomings?|whether|how|why|task|due to|because|requires?)\b",
    re.IGNORECASE,
)
FIRST_SENTENCE = re.compile(r"^.*?[.?!](?=\s|$)", re.DOTALL)


def is_cut_at_end(text: pl.Expr) -> pl.Expr:
    """Whether an abstract stops in the middle: with an ellipsis, an open mark or a word that more must follow."""
    open_end = text.str.contains(ELLIPSIS_END) | text.str.contains(OPEN_MARK_END)
    return open_end | detect_where(text, r"[A-Za-z]\s*$", _ends_unfinished)


def _ends_unfinished(text: str) -> bool:
    """Whether a text ends with a word that no sentence ends with, or in an open bracket, and not in an address."""
    last = LAST_WORD.search(text)
    if last is None or ADDRESS_END.search(text):
        return False
    return last["word"].lower() in UNFINISHED_WORDS or text.count("(") > text.count(")")


def is_cut_at_start(text: pl.Expr) -> pl.Expr:
    """Whether an abstract begins in the middle: with a small letter, or by pointing back to what it has not said."""
    return (
        text.str.contains(SMALL_START) | text.str.contains(CONTINUATION) | detect_where(text, rf"^{SELF}", _points_back)
    )


def _points_back(text: str) -> bool:
    """Whether the first sentence speaks of `this goal` and the like, and names nothing that could be meant."""
    first = FIRST_SENTENCE.match(text)
    found = BACK_REFERENCE.match(first.group()) if first else None
    if found is None:
        return False
    before = found.group().rsplit(" ", 2)[0]
    return not ANTECEDENT.search(before)


DETECTORS = (
    Detector(
        flag=Flag.TRUNCATED_END,
        version=1,
        summary="The abstract ends with an ellipsis, an open mark or a word that more must follow: In addition, ...",
        detect=is_cut_at_end,
        fields=("abstract",),
    ),
    Detector(
        flag=Flag.TRUNCATED_START,
        version=1,
        summary="The abstract begins with a small letter or points back to what it has not said: This goal is hard.",
        detect=is_cut_at_start,
        fields=("abstract",),
    ),
)
