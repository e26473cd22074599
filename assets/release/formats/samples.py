"""Samples: a part of the papers that is the same every time, to look at before the whole is downloaded.

A sample holds the papers whose SHA-256 of the paper_id is smallest. So each is part of the next and of the whole, what
is in it does not depend on what the papers say, and a paper leaves it only for new ones with smaller hashes. Where
there are fewer papers than its size, it holds all of them: the file that documents and programs name is always there.
"""

from assets.release.layout import SAMPLE_SIZES, SAMPLES

RANKED = "sampled"
"""Table of the papers of the largest sample, each with its rank, from 1."""


def sample_path(name: str, ending: str) -> str:
    """Where a sample is, below the folder of its release: `samples/papers-1k.jsonl.zst`."""
    return f"{SAMPLES}/papers-{name}{ending}"


def ranking() -> str:
    """SQL that makes the table of ranks: `paper_id`, `rank`."""
    first = (
        f"SELECT paper_id, sha256(paper_id) AS digest FROM papers ORDER BY digest LIMIT {max(SAMPLE_SIZES.values())}"
    )
    ranked = f"SELECT paper_id, row_number() OVER (ORDER BY digest) AS rank FROM ({first})"
    return f"CREATE OR REPLACE TEMP TABLE {RANKED} AS {ranked}"


def part_of(size: int) -> str:
    """SQL for the papers of a sample, with all their columns."""
    return f"SELECT * FROM papers WHERE paper_id IN (SELECT paper_id FROM {RANKED} WHERE rank <= {size})"
