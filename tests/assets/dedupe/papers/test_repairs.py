"""What a proven source gives back: both texts, the proof, the damage that is gone."""

import polars as pl

from assets.dedupe.papers.proofs import prove
from assets.dedupe.papers.repairs import TEXTS, text_repairs
from assets.validate.catalogue import RULES
from assets.validate.rules import apply_rules
from schemas.repairs import TextRepairs
from tests.frames import listing_id

PAPER = "p0123456789abcdef"
OPENING = (
    "We study how paper lanterns drift slowly over the harbour of Quillmere when the tide turns and nobody watches "
    "them go by until morning. "
)
SOURCE = OPENING + r"Each takes $\tilde{\mathcal{O}}(n)$ steps."
SHOWN = OPENING + "Each takes mathcal{O}(n) steps."


def repairs_of(*texts: str) -> list[dict[str, object]]:
    """The repairs of listings of one paper with these abstracts."""
    raw = pl.DataFrame(
        {
            "paper_id": PAPER,
            "listing_id": [listing_id(str(at)) for at in range(len(texts))],
            "role": "feed",
            "title_raw": "Lanterns over the Harbour",
            "abstract_raw": texts,
        }
    )
    clean = apply_rules(raw.with_columns(title="title_raw", abstract="abstract_raw"), RULES)
    made = text_repairs(prove(raw), clean.select(TEXTS))
    TextRepairs.validate(made, lazy=True)
    return made.drop("paper_id").to_dicts()


def test_both_texts_and_what_was_resolved() -> None:
    assert repairs_of(SHOWN, SOURCE) == [
        {
            "field": "abstract",
            "listing_id": listing_id("0"),
            "source_listing_id": listing_id("1"),
            "proof": "renders_equal",
            "before": OPENING + "Each takes O(n) steps.",
            "after": OPENING + "Each takes Õ(n) steps.",
            "resolved_flags": ["math_loss"],
        }
    ]


def test_an_end_comes_back() -> None:
    cut = OPENING + "Each takes ..."
    [repair] = repairs_of(cut, SHOWN)
    assert (repair["before"], repair["proof"], repair["resolved_flags"]) == (
        cut,
        "renders_start",
        ["truncated_end"],
    )


def test_a_text_that_is_only_confirmed_is_no_repair() -> None:
    assert repairs_of(OPENING + "Each takes k steps.", OPENING + "Each takes $k$ steps.") == []


def test_nothing_of_nothing() -> None:
    assert repairs_of("Short.") == []
