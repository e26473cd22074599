"""The labelled sentences of the quantities, and how what is found compares with them.

A sentence stands on a line of its own; behind it, one line for each quantity, indented by a tab: surface, kind, value
(or low..high, or value=low..high), unit, direction, qualifier, subject, parted by `|`. What is left out is empty.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from assets.enrich.quantities.extract import quantities
from tests.assets.enrich.abstracts import papers

FOLDER = Path(__file__).parent
FIELDS = ("surface", "kind", "value", "unit", "direction", "qualifier", "subject")
PROVED = ("surface", "kind", "value", "unit", "subject")
"""What has to be right for a quantity to be right."""

Label = tuple[str, ...]


@dataclass
class Case:
    """A sentence and its quantities."""

    text: str
    labels: list[Label] = field(default_factory=list)


def read_cases() -> list[Case]:
    """All labelled sentences."""
    cases: list[Case] = []
    for path in sorted(FOLDER.glob("cases_*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("\t"):
                parts = [part.strip() for part in line.split("|")]
                parts += [""] * (len(FIELDS) - len(parts))
                parts[2] = number_of(parts[2])
                cases[-1].labels.append(tuple(parts))
            elif line:
                cases.append(Case(line))
    return cases


def number_of(text: str) -> str:
    """A value, a range or both, in one form: `7e9` -> `7e+09`."""
    value, _, ends = text.rpartition("=") if "=" in text else ("", "", text) if ".." in text else (text, "", "")
    low, _, high = ends.partition("..")
    return label_of_numbers(*(float(part) if part else None for part in (value, low, high)))


def label_of_numbers(value: float | None, low: float | None, high: float | None) -> str:
    return " ".join(f"{number:.10g}" if number is not None else "-" for number in (value, low, high))


def label_of(found: dict[str, Any]) -> Label:
    """A found quantity in the form of a label."""
    numbers = label_of_numbers(found["value"], found["low"], found["high"])
    return tuple(numbers if name == "value" else found[name] or "" for name in FIELDS)


def find_all(texts: list[str]) -> dict[str, list[dict[str, Any]]]:
    """The quantities of each text, found in one pass."""
    table = papers(*texts)
    text_of = dict(zip(table["paper_id"], texts, strict=True))
    found: dict[str, list[dict[str, Any]]] = {text: [] for text in texts}
    for row in quantities(table).to_dicts():
        found[text_of[row["paper_id"]]].append(row)
    return found


def shares(cases: list[Case], found: dict[str, list[dict[str, Any]]], fields: tuple[str, ...]) -> tuple[float, float]:
    """Precision and recall of what is found, as far as the fields go."""
    places = [FIELDS.index(name) for name in fields]

    def part(label: Label) -> Label:
        return tuple(label[place] for place in places)

    hits = labelled = made = 0
    for case in cases:
        left = [part(label) for label in case.labels]
        labelled += len(left)
        for label in map(label_of, found[case.text]):
            made += 1
            if part(label) in left:
                left.remove(part(label))
                hits += 1
    return hits / made, hits / labelled


def as_frame(*texts: str | None) -> pl.DataFrame:
    """The quantities of some texts."""
    return quantities(papers(*texts))
