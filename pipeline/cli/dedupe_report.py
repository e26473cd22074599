"""What `sheaf dedupe --report` prints: what was read, what was compared, what was decided, and how long it took."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.cli.output import print_table, say

if TYPE_CHECKING:
    import polars as pl

    from assets.dedupe.bibliography import Bibliography
    from assets.dedupe.linkage import Linkage

CUTS_SHOWN = 20
BLOCKING = {
    "kind": "kind of key",
    "block_count": "blocks",
    "largest_block": "largest",
    "capped_count": "capped",
    "pair_count": "pairs",
    "only_count": "alone",
    "match_count": "matches",
    "only_match_count": "alone",
}
"""Column of `blocking_keys` -> its short heading; `alone` is what no other kind brought of the column before it."""


@dataclass
class Timed:
    """How long the steps of a command took."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def __call__(self, step: str) -> Iterator[None]:
        """Takes the time of a step."""
        started = time.perf_counter()
        yield
        self.seconds[step] = time.perf_counter() - started


def print_report(read: "Sequence[Bibliography]", linked: "Linkage", timed: Timed) -> None:
    """Prints one table after another.

    Args:
        read: The files.
        linked: What was found.
        timed: The steps so far.
    """
    import polars as pl

    _print("Read", ["file", "format", "records", "unnamed", "with a defect"], _files(read))
    defects = [(one.name, *row) for one in read for row in one.defects["defect"].value_counts().sort("defect").rows()]
    if defects:
        _print("Records that cannot be read in full", ["file", "defect", "records"], defects)
    sources = _counts(pl.concat([one.records.select("source") for one in read]), "source")
    if len(sources) > 1:
        _print("Sources", ["source", "records"], sources)
    blocking, pairs = linked.compared.blocking, linked.compared.pairs
    if blocking.height:
        _print("Blocking: what brought pairs together", list(BLOCKING.values()), blocking.select(*BLOCKING).rows())
    _print("Decisions", ["decision", "reason", "pairs"], _counts(pairs, "decision", "reason"))
    sizes = linked.groups.group_by("cluster").len("records").select("records")
    _print("Clusters", ["records", "clusters"], _counts(sizes, "records"))
    cuts = linked.cuts
    if cuts.height:
        _print("Cuts: where the clusters depart from the pairs", ["reason", "pairs"], _counts(cuts, "reason"))
        shown = cuts.sort("listing_a", "listing_b", "reason").head(CUTS_SHOWN)
        columns = ["record_a", "record_b", "reason", "detail"]
        _print("", columns, shown.select("listing_a", "listing_b", "reason", "detail").rows())
        if cuts.height > CUTS_SHOWN:
            say(f"and {cuts.height - CUTS_SHOWN:,} more")
    _print("Seconds", ["step", "seconds"], [(step, f"{seconds:.2f}") for step, seconds in timed.seconds.items()])
    say()


def _print(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    say()
    if title:
        say(title, style="bold")
    print_table(columns, rows)


def _files(read: "Sequence[Bibliography]") -> list[tuple[object, ...]]:
    return [(one.name, one.format, one.records.height, one.unnamed_count, one.defects.height) for one in read]


def _counts(frame: "pl.DataFrame", *columns: str) -> list[tuple[object, ...]]:
    """How many rows have each combination of values, sorted by these."""
    return frame.group_by(*columns).len().sort(*columns).rows()
