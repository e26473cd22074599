from pathlib import Path

from assets.validate.catalogue import DETECTORS, RULES
from assets.validate.document import cleaning_page

PAGE = Path(__file__).resolve().parents[3] / "docs" / "cleaning.md"


def test_page_is_in_step() -> None:
    assert PAGE.read_text(encoding="utf-8") == cleaning_page(), "python -m assets.validate.document > docs/cleaning.md"


def test_page_names_everything() -> None:
    page = cleaning_page()
    assert all(f"| {rule.name} |" in page for rule in RULES)
    assert all(f"| {detector.flag} |" in page for detector in DETECTORS)
