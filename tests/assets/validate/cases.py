"""What the tests of the rules share: one text through one list of rules."""

from collections.abc import Iterable

import polars as pl

from assets.validate.rules import Rule


def through(rules: Iterable[Rule], text: str | None) -> str | None:
    """A text after some rules."""
    frame = pl.DataFrame({"text": [text]}, schema={"text": pl.String})
    for rule in rules:
        frame = frame.select(rule.apply(pl.col("text")))
    return frame["text"][0]
