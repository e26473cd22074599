"""The catalogue: every cleaning rule and detector, in the order in which they are applied.

Only the order, the selection and the fingerprint live here; what a rule does lives in the module of its family. What
rendering and copying did is undone first, so that the tidying rules see the author's text.
"""

import hashlib
from collections.abc import Collection, Iterable

from assets.validate.restore import (
    characters,
    escapes,
    latex_accents,
    latex_fonts,
    latex_glued,
    latex_greek,
    latex_groups,
    latex_math,
    latex_remains,
    latex_text,
    leaks,
    markdown_math,
    residue,
    ties,
)
from assets.validate.rules import Detector, Rule
from assets.validate.tidy import (
    brackets,
    collapsed_dash,
    commas,
    compounds,
    dashes,
    endings,
    glued,
    lists,
    quotes,
    spacing,
    stops,
    words,
)

WHITE_SPACE = tuple(rule for rule in spacing.RULES if rule.name == "white_space")
"""One space between words, as soon as no line of a comment needs its end and before any rule counts on it."""
RESTORE: tuple[Rule, ...] = (
    *characters.RULES,
    *leaks.COMMENT_RULES,
    *markdown_math.RULES,
    *latex_accents.RULES,
    *latex_text.RULES,
    *WHITE_SPACE,
    *escapes.RULES,
    *leaks.RULES,
    *ties.RULES,
    *latex_fonts.RULES,
    *latex_groups.RULES_CLOSE,
    *latex_glued.RULES,
    *latex_remains.RULES,
    *latex_math.RULES,
    *latex_greek.RULES,
    *latex_groups.RULES_DROP,
)
"""Undo rendering and copying. Codes come before keys that look like them, and braces go when nothing needs them."""
TIDY: tuple[Rule, ...] = (
    *quotes.RULES,
    *dashes.RULES,
    *(rule for rule in spacing.RULES if rule not in WHITE_SPACE),
    *stops.RULES,
    *commas.RULES,
    *brackets.RULES,
    *lists.RULES,
    *compounds.RULES,
    *words.RULES,
    *glued.RULES,
)
"""Set quotation marks, dashes and spaces."""
RULES: tuple[Rule, ...] = RESTORE + TIDY
DETECTORS: tuple[Detector, ...] = (
    *characters.DETECTORS,
    *leaks.DETECTORS,
    *residue.DETECTORS,
    *collapsed_dash.DETECTORS,
    *endings.DETECTORS,
    *glued.DETECTORS,
    *words.DETECTORS,
)


def rules_fingerprint(rules: Iterable[Rule] = RULES, detectors: Iterable[Detector] = DETECTORS) -> str:
    """The identity of a set of rules: the same names, versions and order give the same fingerprint.

    Args:
        rules: Rules, in the order in which they are applied.
        detectors: Detectors.

    Returns:
        Sixteen hexadecimal digits of a SHA-256.
    """
    named = [f"rule {rule.name} {rule.version}" for rule in rules]
    named += sorted(f"flag {detector.flag} {detector.version}" for detector in detectors)
    return hashlib.sha256("\n".join(named).encode()).hexdigest()[:16]


def select_rules(disabled: Collection[str] = ()) -> tuple[Rule, ...]:
    """The rules without those that are switched off.

    Args:
        disabled: Names of rules.

    Returns:
        The other rules, in their order.

    Raises:
        ValueError: If a name is that of no rule.
    """
    unknown = sorted(set(disabled) - {rule.name for rule in RULES})
    if unknown:
        raise ValueError(f"no such cleaning rule: {', '.join(unknown)}; docs/cleaning.md lists them")
    return tuple(rule for rule in RULES if rule.name not in disabled)
