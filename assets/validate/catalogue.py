"""The catalogue: every cleaning rule and detector, in the order in which they are applied.

Only the order and the selection live here; what a rule does lives in the module of its family.
"""

import polars as pl

from assets.validate.rules import Detector, Rule
from schemas.vocabulary import Flag

RULES: tuple[Rule, ...] = ()
DETECTORS: tuple[Detector, ...] = (
    Detector(
        flag=Flag.REPLACEMENT_CHARACTER,
        version=1,
        summary="U+FFFD stands where a byte could not be read.",
        detect=lambda text: text.str.contains("\ufffd", literal=True),
        on_raw=True,
    ),
)
