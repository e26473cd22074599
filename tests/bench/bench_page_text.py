"""How fast page text is read: from file to frames, and step by step, beside plain Python.

    python -m tests.bench.bench_page_text [MB] [RUNS]

Writes self-made text of the given size (100 MB) to a temporary folder and prints medians of several runs (5).
"""

import random
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from assets.parse import read
from assets.parse.formats import page_text
from assets.parse.paragraphs import find_paragraphs
from assets.parse.texts import decode_spans
from tests.bench.bench_formats import median_seconds, to_parquet

HEADER = "new\n\nGet trending papers in your email inbox!\n\nSubscribe\n\nbyAK and the research community\n\nMar 14\n\n"
VOCABULARY = (
    "adaptive lattice of quiet sensors maps river sediment while drifting buoys report salinity and temperature to a "
    "shared archive that volunteers correct every spring using inexpensive instruments calibrated against tide tables"
)
RECORDS_PER_PAGE = 90


def write_text(path: Path, megabytes: int, *, damage: bool = False) -> None:
    """Writes pages of made-up papers; with damage, every twentieth page lacks its first title."""
    rng = random.Random(7)
    words = VOCABULARY.split()
    pages = []
    for _ in range(20):
        records = []
        for _ in range(RECORDS_PER_PAGE):
            title = rng.sample(words, 9)
            sentences = [" ".join(rng.choices(words, k=18)).capitalize() + "." for _ in range(11)]
            records.append(f"{' '.join(title).title()}\n\nWe study {' '.join(title)}. {' '.join(sentences)}")
        pages.append(HEADER + "\n\n".join(records))
    if damage:
        pages[0] = HEADER + pages[0].removeprefix(HEADER).split("\n\n", 1)[1]
    block = ("\n\n".join(pages) + "\n\n").encode()
    with path.open("wb") as file:
        for _ in range(max(1, megabytes * 1_000_000 // len(block))):
            file.write(block)


def plain_python(path: Path) -> int:
    """The obvious way, without checks, offsets or hashes."""
    return len([paragraph.decode() for paragraph in path.read_bytes().split(b"\n\n")])


def main(megabytes: int = 100, runs: int = 5) -> None:
    """Prints the table."""
    with tempfile.TemporaryDirectory() as folder:
        sound, shifted = Path(folder, "sound.txt"), Path(folder, "shifted.txt")
        write_text(sound, megabytes)
        write_text(shifted, megabytes, damage=True)
        content = sound.read_bytes()
        paragraphs = find_paragraphs(content)
        scratch = Path(folder)
        cases: dict[str, Callable[[], object]] = {
            "plain Python: split and decode": lambda: plain_python(sound),
            "file to validated Parquet": lambda: to_parquet(sound, scratch),
            "the same, one page in 20 shifted": lambda: to_parquet(shifted, scratch),
            "  of it: SHA-256": lambda: read._sha256(content),
            "  of it: paragraphs": lambda: find_paragraphs(content),
            "  of it: decoding": lambda: decode_spans(content, paragraphs),
            "  of it: reader, with these two": lambda: sum(frame.height for frame in page_text.read(content)),
        }
        seconds = {name: median_seconds(call, runs) for name, call in cases.items()}
        baseline = seconds["plain Python: split and decode"]
        print(f"{len(content) / 1e6:.0f} MB, {len(paragraphs):,} paragraphs, median of {runs} runs")
        print(f"{'':36}{'s':>8}{'MB/s':>8}{'ratio':>8}")
        for name, taken in seconds.items():
            print(f"{name:36}{taken:8.3f}{len(content) / 1e6 / taken:8.0f}{taken / baseline:8.2f}")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:3]))
