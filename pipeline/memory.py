"""Memory: how the allocator of Polars is told to behave, before Polars is first imported."""

import os

KEPT = "dirty_decay_ms:10000,muzzy_decay_ms:10000"
"""Memory that was freed is kept for ten seconds before it goes back to the system. Batches of one size come one after
the other; taking their memory anew each time cost a seventh of all the time of reading JSON lines."""


def keep_freed_memory() -> None:
    """Sets the allocator's variable, unless the user has."""
    os.environ.setdefault("_RJEM_MALLOC_CONF", KEPT)
