import importlib.util
import sys
from collections import Counter
from pathlib import Path

import pytest

REPORT = Path(__file__).resolve().parents[2] / "bench" / "cleaning_report.py"


@pytest.mark.real
def test_labelled_spans_of_the_real_dumps(shared: Path) -> None:
    spec = importlib.util.spec_from_file_location("cleaning_report", REPORT)
    assert spec
    assert spec.loader
    report = importlib.util.module_from_spec(spec)
    sys.modules["cleaning_report"] = report
    spec.loader.exec_module(report)
    outcomes = report.judge_all(shared)
    total = Counter(outcome.span["action"] for outcome in outcomes)
    passed = Counter(outcome.span["action"] for outcome in outcomes if outcome.passed)
    assert passed["fix"] >= 0.98 * total["fix"]
    assert passed["keep"] == total["keep"]
    assert passed["flag"] >= 0.9 * total["flag"]
