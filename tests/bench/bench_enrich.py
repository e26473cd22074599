"""How many abstracts a second the enrich step searches.

    python -m tests.bench.bench_enrich [--count N] [--records PARQUET] [--peers PYTHON]

Made-up abstracts, or those of a file with the columns abstract and title. Kernels get them in batches, as in a run, and
after a warm-up in which their expressions are compiled. `one re pass` is the least that plain Python does: one regular
expression over each abstract for links, acronyms and shares. Peers see a part of the abstracts, with the PYTHON of an
environment that has them (yake). The line `together` is what the target of 10,000 abstracts a second is for.
On a busy machine look at `cpu us`, the processor's time for an abstract over all threads, and at `two cores`, the
abstracts a second of two cores that nobody else uses and that are never idle.
"""

import argparse
import json
import re
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import polars as pl

from assets.enrich.extraction import PIECE, each
from assets.enrich.links.claims import release_claims
from assets.enrich.links.extract import links
from assets.enrich.quantities.extract import quantities
from assets.enrich.terms.extract import terms
from tests.bench.enrich_corpus import made_up

KERNELS: dict[str, Callable[[pl.DataFrame], pl.DataFrame]] = {
    "links": links,
    "release_claims": release_claims,
    "terms": terms,
    "quantities": quantities,
}
"""What is measured, and added up for the line `together`."""
TARGET = 10_000
"""Abstracts a second of all kernels together, on two cores."""
CORES = 2
PEERS = {"yake": 300}
"""Peer -> abstracts that it can bear."""
PASS = re.compile(r"https?://\S+|\((?:[A-Z][A-Za-z]*[A-Z])\)|\d+(?:\.\d+)?\s?%")


def one_pass(papers: pl.DataFrame) -> pl.DataFrame:
    """One regular expression over each abstract, in plain Python."""
    found = [match.span() for text in papers["abstract"].to_list() for match in PASS.finditer(text or "")]
    return pl.DataFrame(found, schema=["span_start", "span_end"], orient="row")


def measured(kernel: Callable[[pl.DataFrame], pl.DataFrame], papers: pl.DataFrame) -> tuple[float, float, int]:
    """Seconds of the wall and of the processor, and rows found."""
    kernel(papers.head(200))
    started, worked = time.perf_counter(), time.process_time()
    found = sum(rows.height for _, rows in each(papers.iter_slices(PIECE), kernel))
    return time.perf_counter() - started, time.process_time() - worked, found


def peer(name: str, python: Path, papers: pl.DataFrame) -> tuple[float, float, int]:
    """The same of another tool, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "abstracts.parquet"
        papers.drop_nulls("abstract").write_parquet(path)
        command = [python, Path(__file__).with_name("enrich_peers.py"), name, path]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout.splitlines()[-1])
    return told["seconds"], told["cpu"], told["found"]


def read_papers(path: Path | None, count: int) -> pl.DataFrame:
    """The papers to search: made up, or the first of a file."""
    if path is None:
        return made_up(count)
    rows = pl.scan_parquet(path).filter(pl.col("abstract").is_not_null()).select("title", "abstract").head(count)
    return (
        rows.with_row_index("row")
        .select(pl.format("p{}", pl.col("row").cast(pl.String).str.zfill(16)).alias("paper_id"), "title", "abstract")
        .collect()
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=100_000, help="abstracts")
    parser.add_argument("--records", type=Path, help="Parquet with columns title and abstract")
    parser.add_argument("--peers", type=Path, help="PYTHON of an environment with the peers")
    options = parser.parse_args()
    papers = read_papers(options.records, options.count)
    characters = papers["abstract"].str.len_chars().mean()
    print(f"{papers.height:,} abstracts of {characters:,.0f} characters")
    print(f"{'':16}{'abstracts/s':>12}{'cpu us':>10}{'two cores':>11}{'found':>10}{'to re':>8}")
    floor = measured(one_pass, papers)
    lines = {name: measured(kernel, papers) for name, kernel in KERNELS.items()}
    both = [sum(column) for column in zip(*lines.values(), strict=True)]
    for name, line in {**lines, "together": both, "one re pass": floor}.items():
        show(name, line, papers.height, floor[1] / papers.height)
    for name, count in PEERS.items() if options.peers else ():
        show(name, peer(name, options.peers, papers.head(count)), count, floor[1] / papers.height)
    speed, free = papers.height / both[0], CORES * papers.height / both[1]
    print(f"target: {TARGET:,} abstracts/s together; {speed:,.0f} here, {free:,.0f} on two free cores")


def show(name: str, line: Sequence[float], count: int, floor: float) -> None:
    """Prints a line of the table; the ratio is of processor time to that of the floor."""
    seconds, cpu, found = line
    each = cpu / count
    told = f"{count / seconds:>12,.0f}{each * 1e6:>10,.1f}{CORES / each:>11,.0f}{found:>10,}{each / floor:>8,.2f}"
    print(f"{name:16}{told}")


if __name__ == "__main__":
    main()
