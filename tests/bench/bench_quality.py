"""How fast quality is measured, beside plain Python: `python -m tests.bench.bench_quality [PAPERS] [PARQUET]`.

Prints abstracts a second of one processor for each measure, on made-up papers (20,000 unless told) or on the titles and
abstracts of a Parquet file, and the same of plain Python on a few hundred; compression stands beside zlib too.
"""

import random
import sys
import time
import zlib
from collections.abc import Callable

import polars as pl

from assets.enrich.quality.bounds import bounds, languages
from assets.enrich.quality.characters import characters
from assets.enrich.quality.judge import outliers, with_outliers
from assets.enrich.quality.measures import measured
from assets.enrich.quality.repetition import compression
from assets.enrich.quality.surprise import Model
from assets.enrich.quality.words import vocabulary
from tests.assets.enrich.quality import plain
from tests.assets.enrich.quality.profiles import papers
from tests.works import abstract, work

FEW = 300


def made_up(count: int) -> pl.DataFrame:
    """Papers that never were, as long as real ones."""
    return papers([(work(n).title, abstract(random.Random(n), sentences=14), "en") for n in range(count)])


def stored(path: str, count: int) -> pl.DataFrame:
    """The first papers of a Parquet file that have an abstract."""
    rows = pl.scan_parquet(path).filter(pl.col("abstract").is_not_null()).select("title", "abstract", "language")
    return papers(rows.head(count).collect().rows())


def rate(count: int, work_on: Callable[[], object]) -> float:
    """Papers a second of one processor, the better of two runs; threads share the work, and their time adds up."""
    seconds = []
    for _ in range(2):
        started = time.process_time()
        work_on()
        seconds.append(time.process_time() - started)
    return count / min(seconds)


def plainly(few: pl.DataFrame) -> dict[str, float]:
    """Abstracts a second of plain Python."""
    titles, texts = few["title"].to_list(), few["abstract"].to_list()
    counts = plain.counts_of(texts)
    return {
        "words": rate(len(texts), lambda: [plain.vocabulary(*row) for row in zip(titles, texts, strict=True)]),
        "compression": rate(len(texts), lambda: [plain.compression(text) for text in texts]),
        "zlib": rate(len(texts), lambda: [zlib.compress(text.encode(), 6) for text in texts]),
        "model": rate(len(texts), lambda: plain.counts_of(texts)),
        "surprise": rate(len(texts), lambda: [plain.surprise(text, counts) for text in texts]),
    }


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    table = stored(sys.argv[2], count) if len(sys.argv) > 2 else made_up(count)
    count, titles, texts = table.height, table["title"], table["abstract"]
    model, known = Model(), languages(table.lazy())

    def read() -> None:
        for series in (titles, texts):
            model.read(series)

    def profile() -> pl.DataFrame:
        fresh = Model()
        for series in (titles, texts):
            fresh.read(series)
        rows = measured(table, fresh, known)
        return with_outliers(rows, outliers(rows, bounds(rows.lazy())))

    read()
    slow = plainly(table.head(FEW))
    rows = measured(table, model, known)
    table_of = [
        ("words, diversity, repetition", lambda: vocabulary(titles, texts), slow["words"]),
        ("compression ratio", lambda: compression(texts), slow["compression"]),
        ("model of characters", read, slow["model"]),
        ("surprise of titles and abstracts", lambda: (model.surprise(titles), model.surprise(texts)), slow["surprise"]),
        ("sentences, shares, markup", lambda: table.select(**characters()), None),
        ("bounds and outliers", lambda: outliers(rows, bounds(rows.lazy())), None),
        ("all of it", profile, None),
    ]
    size = texts.str.len_chars().mean()
    print(f"{count:,} papers of {size:,.0f} characters; abstracts a second of one processor\n")
    print(f"{'':34}{'here':>12}{'plain Python':>14}{'times':>8}")
    for name, task, baseline in table_of:
        found = rate(count, task)
        beside = f"{baseline:14,.0f}{found / baseline:8,.0f}" if baseline else ""
        print(f"{name:34}{found:12,.0f}{beside}")
    print(f"{'zlib, for comparison':34}{'':12}{slow['zlib']:14,.0f}")


if __name__ == "__main__":
    main()
