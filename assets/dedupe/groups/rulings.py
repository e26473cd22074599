"""Rulings: what people's judgements on pairs mean for groups, and where judgements contradict each other.

`A same B` and `B same C` put A, B and C together, also by way of a listing that is gone with its dump. Judgements that
cannot all hold are gone through one by one and each is followed unless it contradicts one that was followed before: the
latest first where `judged_at` says when, otherwise every `different` before any `same`, then in order of the listings.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from assets.dedupe.groups.graph import components
from schemas.match_vocabulary import CutReason, Verdict

CUT_SCHEMA = {"listing_a": pl.String, "listing_b": pl.String, "reason": pl.String, "detail": pl.String}
"""Columns of `ClusterCuts`."""


@dataclass(frozen=True)
class Rulings:
    """What judgements ask for, once their contradictions are settled."""

    together: pl.DataFrame
    """listing_id, group: the judged listings; those with the same group are one paper."""
    apart: pl.DataFrame
    """listing_a < listing_b, group_a, group_b: listings judged to be different, and the groups that they are in."""
    cuts: pl.DataFrame
    """Rows of `ClusterCuts`: the contradictions, sorted."""


@dataclass
class _Settled:
    """Groups of listings and which of them are different papers, while judgements are followed one by one."""

    parent: dict[str, str] = field(default_factory=dict)
    foes: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)
    """Group -> each group that it must not join -> the pair that was judged."""

    def root(self, listing: str) -> str:
        path = []
        while (above := self.parent.get(listing, listing)) != listing:
            path.append(listing)
            listing = above
        self.parent.update(dict.fromkeys(path, listing))
        return listing

    def join(self, one: str, other: str) -> tuple[str, str] | None:
        """Joins the groups of two listings, or names the judged pair that forbids it."""
        a, b = self.root(one), self.root(other)
        if a == b:
            return None
        if forbidding := self.foes.get(a, {}).get(b):
            return forbidding
        if len(self.foes.get(a, {})) < len(self.foes.get(b, {})):
            a, b = b, a
        self.parent[b] = a
        for foe, pair in self.foes.pop(b, {}).items():
            del self.foes[foe][b]
            self._forbid(a, foe, pair)
        return None

    def separate(self, one: str, other: str) -> bool:
        """Keeps the groups of two listings apart; false where they are one group already."""
        a, b = self.root(one), self.root(other)
        if a != b:
            self._forbid(a, b, (one, other))
        return a != b

    def _forbid(self, a: str, b: str, pair: tuple[str, str]) -> None:
        known = self.foes.get(a, {}).get(b, pair)
        for one, other in ((a, b), (b, a)):
            self.foes.setdefault(one, {})[other] = min(known, pair)


def rule(judged: pl.DataFrame) -> Rulings:
    """Works out what judgements mean for groups.

    Args:
        judged: Columns listing_a, listing_b, verdict, and judged_at where it is known; the active judgements.

    Returns:
        The groups of judged listings, the pairs to keep apart, and the contradictions.
    """
    told = judged.select(
        listing_a=pl.min_horizontal("listing_a", "listing_b"),
        listing_b=pl.max_horizontal("listing_a", "listing_b"),
        same=pl.col("verdict") == Verdict.SAME,
        at=pl.col("judged_at") if "judged_at" in judged.columns else pl.lit(0),
    ).filter(pl.col("listing_a") != pl.col("listing_b"))
    told = told.unique().sort("at", "same", "listing_a", "listing_b", descending=[True, False, False, False])
    grouped = _with_groups(told)
    disputed = grouped.filter(~pl.col("same") & (pl.col("group_a") == pl.col("group_b"))).select(group_a="group_a")
    in_dispute = told.filter(grouped["group_a"].is_in(disputed["group_a"].implode()))
    refused, cuts = _settle(in_dispute.iter_rows())
    followed = _with_groups(
        told.join(refused, on=["listing_a", "listing_b", "same"], how="anti", maintain_order="left")
    )
    together = pl.concat([followed.select(listing_id=f"listing_{end}", group=f"group_{end}") for end in "ab"])
    return Rulings(
        together=together.unique().sort("listing_id"),
        apart=followed.filter(~pl.col("same")).drop("same", "at").sort("listing_a", "listing_b"),
        cuts=cuts.unique(["listing_a", "listing_b"], keep="first", maintain_order=True).sort("listing_a", "listing_b"),
    )


def _with_groups(told: pl.DataFrame) -> pl.DataFrame:
    """Adds the group of each end: its connected component by `same` judgements, named by its smallest listing."""
    listings = pl.concat([told["listing_a"], told["listing_b"]]).unique().sort()
    ends = [listings.search_sorted(told[f"listing_{end}"]).to_numpy().astype(np.int64) for end in "ab"]
    same = told["same"].to_numpy()
    groups = listings.gather(components(ends[0][same], ends[1][same], len(listings)))
    return told.with_columns(group_a=groups.gather(ends[0]), group_b=groups.gather(ends[1]))


def _settle(told: Iterator[tuple[str, str, bool, object]]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Follows contradicting judgements in order; returns those that were set aside, and the report on them."""
    settled = _Settled()
    refused: list[tuple[str, str, bool]] = []
    cuts: list[tuple[str, str, str, str]] = []
    for one, other, same, _ in told:
        if same:
            forbidding = settled.join(one, other)
            detail = f"Judged to be different; the judgement that {one} and {other} are the same was set aside."
        else:
            forbidding = None if settled.separate(one, other) else (one, other)
            detail = "Judged to be different; later judgements that make them the same were followed instead."
        if forbidding:
            refused.append((one, other, same))
            cuts.append((*forbidding, CutReason.JUDGEMENT_CONFLICT, detail))
    schema = {"listing_a": pl.String, "listing_b": pl.String, "same": pl.Boolean}
    return (
        pl.DataFrame(refused, schema=schema, orient="row"),
        pl.DataFrame(cuts, schema=CUT_SCHEMA, orient="row"),
    )
