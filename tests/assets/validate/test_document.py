from pathlib import Path

from assets.validate.catalogue import DETECTORS, RULES
from assets.validate.document import cleaning_page

DOCS = Path(__file__).resolve().parents[3] / "docs"
MEASURED = (DOCS / "measured" / "cleaning_rendered.md").read_text(encoding="utf-8")


def test_page_is_in_step() -> None:
    assert (DOCS / "cleaning.md").read_text(encoding="utf-8") == cleaning_page(MEASURED), "make docs"


def test_page_names_everything() -> None:
    page = cleaning_page(MEASURED)
    assert all(f"| {rule.name} |" in page for rule in RULES)
    assert all(f"| {detector.flag} |" in page for detector in DETECTORS)
