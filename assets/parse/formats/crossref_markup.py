"""Crossref's markup: titles and abstracts hold JATS, MathML and HTML face markup; what comes out is their text.

Only tags of these vocabularies go: `<kernel> + <model>` stays. Indices become the characters that Unicode has for
them (`10<sup>9</sup>` is not 109); of a formula that stands in TeX and in MathML, the TeX is kept. The source's own
text is kept beside it by the reader.
"""

import html
import re
from collections.abc import Callable

import polars as pl

from assets.parse.selective import change_some

_INLINE = (
    "italic|bold|i|b|u|em|strong|sub|sup|inf|sc|scp|tt|monospace|roman|sans-serif|underline|overline|strike|small|span"
    "|a|uri|ext-link|styled-content|named-content|inline-formula|inline-graphic|tex-math|alternatives|xref|font"
    "|math|semantics|mi|mn|mo|ms|mtext|mrow|msup|msub|msubsup|mfrac|msqrt|mroot|mover|munder|munderover|mfenced|mtable"
    "|mtr|mtd|mspace|mstyle|mpadded|mphantom|menclose|mmultiscripts|mprescripts"
)
_BLOCK = "p|title|sec|list|list-item|def-list|def-item|disp-formula|disp-quote|break|br|abstract|div|ul|ol|li|h[1-6]"
_ANY = r"[A-Za-z][A-Za-z0-9-]*"
_REST = r"(?:\s[^<>]*)?/?>"
_BLOCK_TAG = rf"(?i)</?(?:jats:)?(?:{_BLOCK}){_REST}"
_INLINE_TAG = rf"(?i)</?(?:(?:jats|mml|m|ce|sb):{_ANY}|{_INLINE}){_REST}"
_COMMENT = r"(?s)<!--.*?-->"
_TEX = r"<(?:jats:)?tex-math[^<>]*>(.*?)</(?:jats:)?tex-math>"
_TEX_TWIN = rf"(?is)<(?:jats:)?alternatives[^<>]*>.*?{_TEX}.*?</(?:jats:)?alternatives>"
_TEX_BODY = r"(?s)\\documentclass.*?\\begin\{document\}(.*?)\\end\{document\}"
_ANNOTATION = r"(?is)<(?:mml:|m:)?annotation[^<>]*>.*?</(?:mml:|m:)?annotation>"
_HEADING = r"(?is)^\s*<(?:jats:)?title[^<>]*>\s*(?:abstract|summary)[.:]?\s*</(?:jats:)?title>"
_HAS_INDEX = r"(?i)<(?:jats:|mml:|m:)?(?:m?su[bp]|inf)[\s>]"
_LEAF = r"<(?:mml:|m:)?m(?:i|n|o|text)(?:\s[^<>]*)?>([^<>]{0,200})</(?:mml:|m:)?m(?:i|n|o|text)>"
_MATH_INDEX = re.compile(rf"<(?:mml:|m:)?m(sub|sup)(?:\s[^<>]*)?>\s*{_LEAF}\s*{_LEAF}\s*</(?:mml:|m:)?m(?:sub|sup)>")
_INDEX = re.compile(r"(?i)<(?:jats:)?(sub|sup|inf)(?:\s[^<>]*)?>([^<>]{1,12})</(?:jats:)?(?:sub|sup|inf)>")
_PLAIN = "0123456789+-\u2212\u2013=()"
_RAISED = str.maketrans(_PLAIN + "in", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁱⁿ")
_LOWERED = str.maketrans(_PLAIN, "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎")
_IS_RAISABLE = re.compile(rf"[{re.escape(_PLAIN)}in]+")
_IS_LOWERABLE = re.compile(rf"[{re.escape(_PLAIN)}]+")
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|apos|nbsp|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")


def text_of(marked: pl.Series) -> pl.Series:
    """Takes the markup out of texts.

    Args:
        marked: String: titles or abstracts as Crossref has them.

    Returns:
        Their text: paragraphs, headings and items of lists on lines of their own; a heading that only says `Abstract`
        is left out, entities are resolved once. A text without markup is as it was.
    """
    has_tag = marked.str.contains(r"</?[A-Za-z][^<>]*>")
    plain = change_some(marked, has_tag, _without_tags)
    return _each(plain, plain.str.contains("&", literal=True), lambda text: _ENTITY.sub(_resolved, text))


def _without_tags(text: pl.Series) -> pl.Series:
    """Takes the tags out of texts that have some."""
    told = text.str.replace(_HEADING, "").str.replace_all(_COMMENT, "")
    told = told.str.replace_all(_TEX_TWIN, "$1").str.replace_all(_ANNOTATION, "").str.replace_all(_TEX_BODY, "$1")
    told = _each(told, told.str.contains(_HAS_INDEX), _indexed).str.replace_all(r"\s+", " ")
    told = told.str.replace_all(_BLOCK_TAG, "\n").str.replace_all(_INLINE_TAG, "")
    return told.str.replace_all(r" *\n[ \n]*", "\n").str.strip_chars()


def _indexed(text: str) -> str:
    """Puts the characters of Unicode in the place of indices, where it has them."""
    text = _MATH_INDEX.sub(lambda found: found[2] + _index(found[1], found[3]), text)
    return _INDEX.sub(lambda found: _index(found[1], found[2]), text)


def _index(kind: str, text: str) -> str:
    """The characters for an index, or the text as it is."""
    if kind.lower() == "sup":
        return text.translate(_RAISED) if _IS_RAISABLE.fullmatch(text) else text
    return text.translate(_LOWERED) if _IS_LOWERABLE.fullmatch(text) else text


def _resolved(found: re.Match[str]) -> str:
    return html.unescape(found[0])


def _each(texts: pl.Series, is_meant: pl.Series, change: Callable[[str], str]) -> pl.Series:
    """Changes the few texts that a mask names, one by one."""
    return change_some(texts, is_meant, lambda some: pl.Series([change(text) for text in some], dtype=pl.String))
