"""Matching: the heaviest choice of edges in a bipartite graph that gives every node one partner at most."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from assets.dedupe.groups.graph import Nodes

EXACT_NODES = 256
"""Nodes up to which the choice is exact: at most 0.3 s, usually 0.1 ms."""
EXCHANGE_STEPS = 2_000_000
"""Edges that are looked at for a gain in a larger graph: about two seconds."""


def heaviest(left: Nodes, right: Nodes, weight: Nodes) -> Nodes:
    """Chooses edges of which no two share an end, so that their weights together are the greatest.

    Graphs of up to EXACT_NODES nodes are solved exactly (Hungarian method); in larger ones the heaviest edge is taken
    first, and then edges are exchanged as long as that gains something.

    Args:
        left: Node at the one end of each edge, shape (edges,).
        right: Node at the other end, of a numbering of its own.
        weight: Whole numbers above 0.

    Returns:
        Positions of the chosen edges, sorted. Of equally heavy choices, always the same for the same order of edges.
    """
    lefts, i = np.unique(left, return_inverse=True)
    rights, j = np.unique(right, return_inverse=True)
    if lefts.size + rights.size > EXACT_NODES:
        return _exchanged(i, j, weight)
    gains = np.zeros((lefts.size, rights.size), dtype=np.int64)  # no partner at all gains nothing
    gains[i, j] = weight
    if lefts.size > rights.size:
        return np.flatnonzero(_hungarian(-gains.T)[j] == i)
    return np.flatnonzero(_hungarian(-gains)[i] == j)


def _hungarian(cost: Nodes) -> Nodes:
    """Assigns every row a column of its own at the least total cost.

    Args:
        cost: Whole numbers, shape (rows, columns) with rows <= columns.

    Returns:
        Column of each row, shape (rows,).
    """
    rows, columns = cost.shape
    row_price, column_price = np.zeros(rows + 1, dtype=np.int64), np.zeros(columns + 1, dtype=np.int64)
    row_of = np.full(columns + 1, -1)  # the last column is the root of every search
    for row in range(rows):
        row_of[columns], column = row, columns
        reach = np.full(columns, np.iinfo(np.int64).max)
        came_from = np.full(columns, columns)
        done = np.zeros(columns + 1, dtype=np.bool_)
        while row_of[column] >= 0:
            done[column] = True
            at = row_of[column]
            slack = cost[at] - row_price[at] - column_price[:columns]
            shorter = ~done[:columns] & (slack < reach)
            reach[shorter], came_from[shorter] = slack[shorter], column
            column = int(np.argmin(np.where(done[:columns], np.iinfo(np.int64).max, reach)))
            step = reach[column]
            row_price[row_of[done]] += step
            column_price[done] -= step
            reach[~done[:columns]] -= step
        while column != columns:
            before = came_from[column]
            row_of[column], column = row_of[before], before
    partner = np.empty(rows, dtype=np.int64)
    assigned = np.flatnonzero(row_of[:columns] >= 0)
    partner[row_of[assigned]] = assigned
    return partner


@dataclass
class _Pairing:
    """A choice of edges while edges are exchanged; both sides share one numbering of nodes."""

    ends: list[tuple[int, int]]
    weight: list[int]
    edges_of: defaultdict[int, list[int]]
    """Node -> its edges, the heaviest first."""
    chosen: dict[int, int]
    """Node -> its chosen edge."""

    def far(self, edge: int, near: int) -> int:
        return sum(self.ends[edge]) - near

    def choose(self, edge: int) -> None:
        self.chosen.update(dict.fromkeys(self.ends[edge], edge))

    def exchange(self, free: int) -> int:
        """Finds a partner for a free node whose present partner finds another free one; returns the steps it took."""
        steps, best, swap = len(self.edges_of[free]), 0, list[int]()
        for edge in self.edges_of[free]:
            near = self.far(edge, free)
            held = self.chosen[near]
            widowed = self.far(held, near)
            steps += len(self.edges_of[widowed])
            for other in self.edges_of[widowed]:
                gain = self.weight[edge] + self.weight[other] - self.weight[held]
                if gain > best and self.far(other, widowed) not in self.chosen:
                    best, swap = gain, [edge, other]
        for edge in swap:
            self.choose(edge)
        return steps


def _exchanged(left: Nodes, right: Nodes, weight: Nodes) -> Nodes:
    """The heaviest edge first, then exchanges; arguments and result as those of `heaviest`."""
    order = np.lexsort((right, left, -weight)).tolist()
    ends = list(zip((-1 - left).tolist(), right.tolist(), strict=True))
    pairing = _Pairing(ends, weight.tolist(), defaultdict(list), {})
    for edge in order:
        for end in ends[edge]:
            pairing.edges_of[end].append(edge)
        if not any(end in pairing.chosen for end in ends[edge]):
            pairing.choose(edge)
    steps = 0
    for free in sorted(pairing.edges_of.keys() - pairing.chosen.keys()):
        if free not in pairing.chosen and steps < EXCHANGE_STEPS:  # an exchange before may have found a partner for it
            steps += pairing.exchange(free)
    return np.array(sorted(set(pairing.chosen.values())), dtype=np.int64)
