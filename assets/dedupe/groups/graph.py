"""Graph: connected components of pairs, in a bounded number of passes over arrays."""

import numpy as np
from numpy.typing import NDArray

Nodes = NDArray[np.int64]


def smallest(groups: Nodes) -> Nodes:
    """Names each group by its smallest member.

    Args:
        groups: Any label of each node's group, 0 <= label < nodes; shape (nodes,).

    Returns:
        The smallest node of each node's group, shape (nodes,).
    """
    first = np.empty(groups.size, dtype=np.int64)
    first[groups[::-1]] = np.arange(groups.size - 1, -1, -1)  # of equal labels, the last that is written stays
    return first[groups]


def components(left: Nodes, right: Nodes, count: int) -> Nodes:
    """Labels the connected components of a graph.

    Every pass hangs roots below their neighbours, either all the higher ones or all the lower ones, whichever are
    more: no root is both lowest and highest among its neighbours, so at least half of those with an edge left go, and
    a chain of any length takes no more passes than its length has binary digits.

    Args:
        left: Node at the one end of each edge, shape (edges,).
        right: Node at the other end, shape (edges,).
        count: Number of nodes.

    Returns:
        The smallest node of each node's component, shape (count,).
    """
    parents = np.arange(count, dtype=np.int64)
    low, high = np.minimum(left, right), np.maximum(left, right)
    while (still_open := low != high).any():
        low, high = low[still_open], high[still_open]
        if _distinct(high, count) >= _distinct(low, count):
            parents[high] = low
        else:
            parents[low] = high
        while not np.array_equal(shorter := parents[parents], parents):
            parents = shorter
        low, high = parents[low], parents[high]
        low, high = np.minimum(low, high), np.maximum(low, high)
    return smallest(parents)


def _distinct(nodes: Nodes, count: int) -> int:
    seen = np.zeros(count, dtype=np.bool_)
    seen[nodes] = True
    return int(np.count_nonzero(seen))
