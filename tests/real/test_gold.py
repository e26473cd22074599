"""Labelled truth about the real dumps: cleaning and links."""

from collections import Counter
from pathlib import Path

import pytest

from tests.bench.cleaning_report import judge_all

pytestmark = pytest.mark.real

LEAST = {"fix": 0.98, "keep": 1.0, "flag": 0.9}
"""Share of the labelled spans of each action that must come out right."""


def test_cleaning(shared: Path) -> None:
    outcomes = judge_all(shared)
    total = Counter(str(one.span["action"]) for one in outcomes)
    passed = Counter(str(one.span["action"]) for one in outcomes if one.passed)
    missed = [one.span["raw"] for one in outcomes if not one.passed]
    assert set(total) == set(LEAST)
    for action, share in LEAST.items():
        assert passed[action] >= share * total[action], missed
