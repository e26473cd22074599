"""Writes a dump of N made-up papers in any format.

    python -m tests.bench.make_dump FORMAT RECORDS FILE [SENTENCES]

The formats are those of docs/formats.md; an abstract has 22 sentences unless told otherwise, which makes a record of an
arXiv snapshot as long as real ones (2.2 KB).
"""

import sys
from importlib import import_module
from pathlib import Path

from tests.papers import papers

CONCATENATED = {"arxiv_snapshot", "arxiv_harvest", "json_records", "weekly_text", "ris", "bibtex"}
"""Formats in which two dumps one after the other are a dump: these are written piece by piece."""
PIECE = 20_000


def make_dump(name: str, count: int, path: Path, *, sentences: int = 22) -> int:
    """Writes a dump.

    Args:
        name: A format.
        count: Records.
        path: Where to.
        sentences: Length of an abstract.

    Returns:
        Bytes written.
    """
    write = import_module(f"tests.writers.{name}").write
    piece = PIECE if name in CONCATENATED else count
    with path.open("wb") as file:
        for first in range(0, count, piece):
            file.write(write(papers(min(piece, count - first), first=first, sentences=sentences)))
    return path.stat().st_size


if __name__ == "__main__":
    size = make_dump(
        sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]), sentences=int(sys.argv[4]) if len(sys.argv) > 4 else 22
    )
    print(f"{sys.argv[3]}: {int(sys.argv[2]):,} records, {size:,} bytes")
