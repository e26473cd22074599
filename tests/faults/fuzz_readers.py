"""Reads damaged dumps of every format until something gives: a crash, a hang, growing memory, a broken listing.

    python -m tests.faults.fuzz_readers [MUTATIONS] [FOLDER...]

Mutates a sound dump of every format, and every file of up to a megabyte in the folders given; prints a table with one
row per format, and ends with exit code 1 when anything gave. The suite runs a few hundred of the same mutations.
"""

import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from types import FrameType

from assets.contracts import broken_rules
from assets.parse.detect import READERS, choose_reader
from assets.parse.intake import listings_of
from assets.parse.reader import NO_HINTS, Reader, RefusalError
from schemas.formats import Format
from schemas.listings import Listings
from schemas.render import polars_schema
from tests.mutations import mutate
from tests.pages import TITLES, page
from tests.papers import papers

LONGEST_SECONDS = 10
LARGEST_FIXTURE = 1_000_000
DUMP_ID = "0" * 64


class HangError(Exception):
    """Reading took longer than any dump of this size may."""


def fixture(reader: Reader, count: int = 4) -> bytes:
    """A sound dump of a format."""
    if reader.format is Format.PAGE_TEXT:
        return page(*TITLES).encode()
    content: bytes = import_module(f"tests.writers.{reader.format}").write(papers(count))
    return content


def read_all(content: bytes) -> tuple[str, int]:
    """Reads a dump as the pipeline does.

    Returns:
        The format or the reason of refusal, and the number of listings; all of them keep the contract.
    """
    try:
        reader = choose_reader(content)
        count = 0
        for frame in reader.read(content, NO_HINTS):
            rows = listings_of(frame, DUMP_ID).select(polars_schema(Listings).names())
            broken = broken_rules(rows, Listings)
            if broken.height:
                raise AssertionError(f"a listing breaks its contract: {broken.row(0)}")
            if rows["listing_id"].n_unique() != rows.height:
                raise AssertionError("two listings have one place")
            count += rows.height
    except RefusalError as refusal:
        return str(refusal.reason), 0
    return str(reader.format), count


def _hang(_signal: int, _frame: FrameType | None) -> None:
    raise HangError(f"more than {LONGEST_SECONDS} s")


def fuzz(fixtures: Sequence[tuple[str, bytes]], mutations: int, *, first: int = 0) -> dict[str, Counter[str]]:
    """Reads mutations of all fixtures in turn.

    Returns:
        Name of the fixture -> how often reading it ended in what: `read`, `refused`, or what gave.
    """
    ended = {name: Counter[str]() for name, _ in fixtures}
    before = signal.signal(signal.SIGALRM, _hang)
    try:
        for number in range(first, first + mutations):
            name, content = fixtures[number % len(fixtures)]
            _, other = fixtures[(number * 7 + 3) % len(fixtures)]
            damaged = mutate(content, number, other=other)
            signal.alarm(LONGEST_SECONDS)
            try:
                _, count = read_all(damaged)
                ended[name]["read" if count else "refused"] += 1
            except Exception as error:  # noqa: BLE001 whatever it is, it is what we look for
                ended[name][f"mutation {number}: {type(error).__name__}: {str(error)[:200]}"] += 1
            finally:
                signal.alarm(0)
    finally:
        signal.signal(signal.SIGALRM, before)
    return ended


def main() -> None:
    """Runs from the command line."""
    mutations = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    fixtures = [(str(reader.format), fixture(reader)) for reader in READERS]
    for folder in sys.argv[2:]:
        files = sorted(path for path in Path(folder).rglob("*") if path.is_file())
        small = [path for path in files if path.stat().st_size <= LARGEST_FIXTURE]
        fixtures += [(str(path.relative_to(folder)), path.read_bytes()) for path in small]
    started = time.monotonic()
    fuzz(fixtures, len(fixtures))  # everything is loaded once before memory is looked at
    at_first = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    ended = fuzz(fixtures, mutations)
    at_last = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{'fixture':60} {'read':>8} {'refused':>8} {'gave':>6}")
    gave = []
    for name, counts in ended.items():
        bad = [what for what in counts if what not in ("read", "refused")]
        gave += [f"{name}: {what}" for what in bad]
        print(f"{name[-60:]:60} {counts['read']:8} {counts['refused']:8} {len(bad):6}")
    print(
        f"{mutations:,} mutations in {time.monotonic() - started:.0f} s; peak memory {at_first // 1024} MB before, "
        f"{at_last // 1024} MB after; {len(gave)} gave"
    )
    print("\n".join(gave))
    sys.exit(bool(gave))


if __name__ == "__main__":
    main()
