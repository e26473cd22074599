"""Time and memory of vectors, neighbors and topics, beside scikit-learn with its defaults.

    python -m tests.bench.bench_topics [--papers N] [--records PARQUET] [--no-peer]

Papers are made up, or those of a Parquet file with columns title and abstract. Every line is a process of its own that
reads what the step before has written: `wall` is the clock, `cpu` the time of all processors (a busy machine makes the
clock lie), `peak` the most memory the process ever had. The last line of each way adds the seconds up.

The peer does what one would write down first: TfidfVectorizer, TruncatedSVD of as many dimensions, KMeans of as many
clusters, NearestNeighbors by brute force. With real records, `agree` is the share of our neighbors that stand among the
peer's, whose space is another one: how much of a list of ten depends on details of the weighing.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import polars as pl

from assets.enrich.topics.neighbors import NEAREST, neighbors
from assets.enrich.topics.topics import counted, find_topics, place, topic_count
from assets.enrich.topics.vectors import standing_for_all, vectors
from schemas.enrich_vocabulary import VectorMethod
from schemas.topics import DIMENSIONS
from tests.bench.near_peers import peak_bytes, processor_seconds
from tests.works import abstract, work

OURS = ("vectors", "neighbors", "topics")
PEER = ("peer_vectors", "peer_neighbors", "peer_topics")


def write_papers(path: Path, count: int, records: str | None) -> None:
    """Writes the corpus: paper_id, title, abstract, sorted by paper_id."""
    if records:
        rows = pl.scan_parquet(records).filter(pl.col("abstract").is_not_null()).select("title", "abstract")
        table = rows.unique(maintain_order=True).head(count).collect()
    else:
        made = [(work(n).title, abstract(random.Random(n), sentences=14)) for n in range(count)]
        table = pl.DataFrame(made, schema=["title", "abstract"], orient="row")
    number = pl.int_range(pl.len()).cast(pl.String).str.zfill(16)
    table.select("title", "abstract", paper_id="p" + number).write_parquet(path / "papers.parquet")


def measure(step: str, path: Path) -> None:
    """Takes one step and prints what it took."""
    papers = pl.scan_parquet(path / "papers.parquet")
    begin, begun = time.perf_counter(), processor_seconds()
    STEPS[step](papers, path)
    told = {"wall": time.perf_counter() - begin, "cpu": processor_seconds() - begun, "peak": peak_bytes()}
    print(json.dumps(told))


def our_vectors(papers: pl.LazyFrame, path: Path) -> None:
    pl.concat(vectors(papers, VectorMethod.TFIDF)).write_parquet(path / "vectors.parquet")


def our_neighbors(_papers: pl.LazyFrame, path: Path) -> None:
    pl.concat(neighbors(pl.read_parquet(path / "vectors.parquet"))).write_parquet(path / "neighbors.parquet")


def our_topics(papers: pl.LazyFrame, path: Path) -> None:
    placed = pl.read_parquet(path / "vectors.parquet")
    found = find_topics(standing_for_all(papers.join(placed.lazy(), on="paper_id")), placed.height)
    counted(found, place(placed, found).lazy()).write_parquet(path / "topics.parquet")


def peer_vectors(papers: pl.LazyFrame, path: Path) -> None:
    from sklearn.decomposition import TruncatedSVD  # noqa: PLC0415 - each process imports what it measures
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415
    from sklearn.preprocessing import normalize  # noqa: PLC0415

    texts = papers.select(pl.col("title") + " " + pl.col("abstract")).collect().to_series().to_list()
    points = normalize(TruncatedSVD(DIMENSIONS, random_state=0).fit_transform(TfidfVectorizer().fit_transform(texts)))
    pl.DataFrame({"vector": points.astype("float32")}).write_parquet(path / "peer_vectors.parquet")


def peer_neighbors(papers: pl.LazyFrame, path: Path) -> None:
    from sklearn.neighbors import NearestNeighbors  # noqa: PLC0415

    ids = papers.select("paper_id").collect()["paper_id"]
    points = pl.read_parquet(path / "peer_vectors.parquet")["vector"].to_numpy()
    near = NearestNeighbors(n_neighbors=NEAREST, algorithm="brute", metric="cosine").fit(points)
    found = near.kneighbors(return_distance=False)
    pairs = {"paper_id": ids.gather(range(len(ids))).to_list(), "near": found.tolist()}
    table = pl.DataFrame(pairs).explode("near")
    table.select("paper_id", neighbor_id=ids.gather(table["near"])).write_parquet(path / "peer_neighbors.parquet")


def peer_topics(papers: pl.LazyFrame, path: Path) -> None:
    from sklearn.cluster import KMeans  # noqa: PLC0415

    points = pl.read_parquet(path / "peer_vectors.parquet")["vector"].to_numpy()
    KMeans(topic_count(papers.select(pl.len()).collect().item()), random_state=0).fit(points)


STEPS = {
    "vectors": our_vectors,
    "neighbors": our_neighbors,
    "topics": our_topics,
    "peer_vectors": peer_vectors,
    "peer_neighbors": peer_neighbors,
    "peer_topics": peer_topics,
}


def line(step: str, path: Path) -> tuple[float, float, float]:
    """Measures a step in a process of its own, and prints its line of the table."""
    command = [sys.executable, "-m", "tests.bench.bench_topics", "--measure", step, "--path", str(path)]
    told = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    row = told["wall"], told["cpu"], told["peak"] / 2**30
    print_row(step, *row)
    return row


def print_row(name: str, wall: float, cpu: float, peak: float) -> None:
    print(f"{name:<16}{wall:>9.1f}{cpu:>9.1f}{peak:>9.2f}", flush=True)


def total(name: str, rows: list[tuple[float, float, float]]) -> None:
    print_row(name, sum(row[0] for row in rows), sum(row[1] for row in rows), max(row[2] for row in rows))


def agreement(path: Path) -> float:
    """The share of our neighbors that are the peer's too."""
    ours, theirs = pl.scan_parquet(path / "neighbors.parquet"), pl.scan_parquet(path / "peer_neighbors.parquet")
    both = ours.join(theirs, on=["paper_id", "neighbor_id"], how="semi").select(pl.len())
    return float(both.collect().item() / ours.select(pl.len()).collect().item())


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--papers", type=int, default=100_000)
    options.add_argument("--records", help="Parquet file of real records")
    options.add_argument("--no-peer", action="store_true", help="leave the peer out")
    options.add_argument("--measure", choices=list(STEPS), help=argparse.SUPPRESS)
    options.add_argument("--path", type=Path, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.measure:
        measure(given.measure, given.path)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        write_papers(path, given.papers, given.records)
        count = pl.scan_parquet(path / "papers.parquet").select(pl.len()).collect().item()
        print(f"{count:,} papers\n{'step':<16}{'wall s':>9}{'cpu s':>9}{'peak GB':>9}")
        total("ours", [line(step, path) for step in OURS])
        if not given.no_peer:
            total("scikit-learn", [line(step, path) for step in PEER])
            if given.records:
                print(f"agree {agreement(path):.3f}")


if __name__ == "__main__":
    main()
