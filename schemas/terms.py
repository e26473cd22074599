"""Terms: the acronyms, methods, models, data sets, tasks and metrics that an abstract names."""

from typing import Any, ClassVar

from schemas.base import Table, column
from schemas.enrich_vocabulary import TermKind, TermRule
from schemas.fields import paper_id


class Terms(Table):
    """One term in the abstract of a paper: an acronym that it defines, what it proposes, or a known name."""

    class Config(Table.Config):
        metadata: ClassVar[dict[str, Any]] = {
            "schema": "main",
            "primary_key": ("paper_id", "span_start", "kind"),
            "foreign_keys": {"paper_id": "papers.paper_id"},
        }

    paper_id: str = paper_id()
    kind: str = column("What it is.", isin=list(TermKind))
    name: str = column(
        "The name by which all its spellings are known; of an acronym, its short form in the singular; of what a paper "
        "proposes, as the title has it.",
    )
    surface: str = column("The term as it stands in the abstract: its characters from span_start to span_end.")
    expansion: str = column(
        "What an acronym stands for, as it stands in the abstract: its characters from expansion_start to "
        "expansion_end; empty for all else.",
        nullable=True,
    )
    expansion_start: int = column(
        "Offset of the expansion's first character in papers.abstract; empty without one.",
        unit="characters",
        nullable=True,
        ge=0,
    )
    expansion_end: int = column(
        "Offset after the expansion's last character in papers.abstract; empty without one.",
        unit="characters",
        nullable=True,
        ge=1,
    )
    family: str = column("Family of a model that has several versions; empty elsewhere.", nullable=True)
    version: str = column("Version of a model, as far as the text states one; empty elsewhere.", nullable=True)
    size: str = column(
        "Number of a model's parameters as the name states it, such as 70B; empty elsewhere.", nullable=True
    )
    rule: str = column("How it was found.", isin=list(TermRule))
    span_start: int = column("Offset of the term's first character in papers.abstract.", unit="characters", ge=0)
    span_end: int = column("Offset after the term's last character in papers.abstract.", unit="characters", ge=1)
