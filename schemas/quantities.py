"""Quantities: what the abstract of a paper states in numbers, each with the span that proves it."""

from typing import Any, ClassVar

from schemas.base import Table, column
from schemas.fields import paper_id
from schemas.quantity_vocabulary import QuantityDirection, QuantityKind, QuantityQualifier, QuantityUnit


class Quantities(Table):
    """One quantity that the abstract of a paper states."""

    class Config(Table.Config):
        metadata: ClassVar[dict[str, Any]] = {
            "schema": "main",
            "primary_key": ("paper_id", "span_start"),
            "foreign_keys": {"paper_id": "papers.paper_id"},
        }

    paper_id: str = paper_id()
    kind: str = column("What is measured.", isin=list(QuantityKind))
    value: float = column("The number, with its scale multiplied out; empty for ranges and changes.", nullable=True)
    low: float = column(
        "Lower end of a range, of a change or of value ± error; empty where a single value is stated.", nullable=True
    )
    high: float = column(
        "Upper end of a range, of a change or of value ± error; empty where a single value is stated.", nullable=True
    )
    unit: str = column(
        "Unit of value, low and high; empty for changes of a score without one.",
        nullable=True,
        isin=list(QuantityUnit),
    )
    qualifier: str = column("How exactly it is stated; empty without a word for that.", nullable=True,
                            isin=list(QuantityQualifier))  # fmt: skip
    direction: str = column(
        "What it says of its subject; empty where the words beside it do not prove it.",
        nullable=True,
        isin=list(QuantityDirection),
    )
    subject: str = column(
        "The model, metric or thing beside it that it is about, as it stands; empty where none is certain.",
        nullable=True,
    )
    subject_start: int = column(
        "Offset of the subject's first character in papers.abstract.", unit="characters", nullable=True, ge=0
    )
    subject_end: int = column(
        "Offset after the subject's last character in papers.abstract.", unit="characters", nullable=True, ge=1
    )
    surface: str = column("The quantity as it stands in the abstract: its characters from span_start to span_end.")
    span_start: int = column("Offset of the quantity's first character in papers.abstract.", unit="characters", ge=0)
    span_end: int = column("Offset after the quantity's last character in papers.abstract.", unit="characters", ge=1)
