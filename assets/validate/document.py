"""The page about cleaning: docs/cleaning.md, written from the catalogue so that it cannot lie.

python -m assets.validate.document < docs/measured/cleaning_rendered.md > docs/cleaning.md
"""

import sys
from collections.abc import Iterable, Sequence

from assets.validate.catalogue import DETECTORS, RULES
from schemas.vocabulary import RuleFamily

HEADER = """# Cleaning rules

Written by `make docs`; a test holds it in step. Every rule can be switched off by its name,
and every name that changed a text is kept in `clean_listings.repairs`. What no rule can repair for certain is flagged.
"""
FAMILIES = {
    RuleFamily.RESTORE: "What rendering and copying did to the text is undone.",
    RuleFamily.TIDY: "Quotation marks, dashes and spaces are set.",
}


def cleaning_page(measured: str) -> str:
    """The page as Markdown: the rules of each family in the order in which they are applied, the flags, what came out.

    Args:
        measured: What `python -m tests.bench.rendered_report PACKS --write` wrote last; it takes the real data.
    """
    parts = [HEADER]
    for family in RuleFamily:
        rows = [(rule.name, str(rule.version), rule.summary) for rule in RULES if rule.family is family]
        table = _table(("rule", "version", "what"), rows)
        parts.append(f"## {family.value}\n\n{FAMILIES[family]}\n\n{table}")
    rows = [(detector.flag.value, str(detector.version), detector.summary) for detector in DETECTORS]
    parts.append(f"## flags\n\n{_table(('flag', 'version', 'what'), sorted(rows))}")
    parts.append(f"## measured\n\n{measured}")
    return "\n".join(parts)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown; a bar inside a cell is escaped."""
    cells = [head, tuple("---" for _ in head), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |\n" for row in cells)


if __name__ == "__main__":
    sys.stdout.write(cleaning_page(sys.stdin.read()))
