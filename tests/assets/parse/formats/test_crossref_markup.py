"""Crossref's markup becomes text; what only looks like markup stays."""

import polars as pl
import pytest

from assets.parse.formats.crossref_markup import text_of

MATH = "<mml:math><mml:msup><mml:mi>x</mml:mi><mml:mn>2</mml:mn></mml:msup></mml:math>"


@pytest.mark.parametrize(
    ("marked", "text"),
    [
        ("<jats:p>Gulls <jats:italic>fly</jats:italic>.</jats:p>", "Gulls fly."),
        ("<jats:title>Abstract</jats:title><jats:p>Gulls.</jats:p>", "Gulls."),
        ("<jats:sec><jats:title>Aim</jats:title>\n  <jats:p>To\n  fly.</jats:p></jats:sec>", "Aim\nTo fly."),
        ("<p>One</p><p>Two</p>", "One\nTwo"),
        ("C<sub>6</sub>H<sub>12</sub>", "C₆H₁₂"),
        ("10<jats:sup>9</jats:sup> and x<sup>th</sup>", "10⁹ and xth"),
        ("the H <scp>i</scp> disk", "the H i disk"),
        (f"the value {MATH} of", "the value x² of"),
        (
            f"<jats:alternatives><jats:tex-math>$x^2$</jats:tex-math>{MATH}</jats:alternatives> grows",
            "$x^2$ grows",
        ),
        (
            "<mml:math><mml:semantics><mml:mi>x</mml:mi><mml:annotation>x</mml:annotation></mml:semantics></mml:math>",
            "x",
        ),
        ("a &lt; b &amp; c &#xe9;&#233;", "a < b & c éé"),
        ("a &amp;lt; b", "a &lt; b"),
        ("<kernel> + <model> stay", "<kernel> + <model> stay"),
        ("p<0.05 and q>3", "p<0.05 and q>3"),
        ("  spaces   stay  ", "  spaces   stay  "),
        ("AT&T; R&D", "AT&T; R&D"),
        ("", ""),
        (None, None),
    ],
)
def test_texts(marked: str | None, text: str | None) -> None:
    assert text_of(pl.Series([marked, "plain"], dtype=pl.String)).to_list() == [text, "plain"]


@pytest.mark.parametrize("unit", ["<sub>", "<jats:p", "<alternatives>", "&#", "<!--", "<msup><mi>", "</", "< "])
def test_hostile_texts_come_to_an_end(unit: str) -> None:
    assert text_of(pl.Series(["<p>" + (unit * 300_000)[:900_000]])).null_count() == 0
