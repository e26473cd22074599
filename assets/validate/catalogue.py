"""The catalogue: every cleaning rule and detector, in the order in which they are applied.

Only the order and the selection live here; what a rule does lives in the module of its family.
"""

from assets.validate import (
    escapes,
    latex_accents,
    latex_fonts,
    latex_glued,
    latex_greek,
    latex_groups,
    latex_math,
    latex_text,
    leaks,
    ties,
)
from assets.validate.rules import Detector, Rule

RESTORE: tuple[Rule, ...] = (
    *escapes.RULES,
    *leaks.RULES,
    *latex_accents.RULES,
    *latex_text.RULES,
    *ties.RULES,
    *latex_fonts.RULES,
    *latex_groups.RULES_CLOSE,
    *latex_glued.RULES,
    *latex_math.RULES,
    *latex_greek.RULES,
    *latex_groups.RULES_DROP,
)
RULES: tuple[Rule, ...] = RESTORE
DETECTORS: tuple[Detector, ...] = (*leaks.DETECTORS,)
