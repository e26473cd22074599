"""Other tools on the abstracts of `near_corpus`: each as its manual says, with word 3-shingles and 128 values.

    PYTHON tests/bench/near_peers.py {rensa,datasketch,text-dedup,splink} CORPUS PAIRS

PYTHON is of an environment with the tools, Polars and numpy; this file needs nothing of Papersheaf. Prints seconds
without imports and peak memory, and writes the pairs that were found.
"""

import json
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import polars as pl

LEAST = 0.5
VALUES = 128
BANDS, ROWS = 32, 4
"""rensa wants bands that divide the values, so all get these."""

Pairs = Iterator[tuple[int, int]]


def shingle_sets(texts: list[str]) -> Iterator[set[str]]:
    """Word 3-shingles of each text."""
    for text in texts:
        words = text.split(" ")
        yield {" ".join(triple) for triple in zip(words, words[1:], words[2:], strict=False)}


def by_rensa(corpus: Path) -> Pairs:
    """MinHash and LSH in Rust; candidates are checked by their estimated similarity."""
    from rensa import RMinHash, RMinHashLSH  # noqa: PLC0415

    texts = pl.read_parquet(corpus)["text"].to_list()
    signed = RMinHash.from_token_sets(shingle_sets(texts), VALUES, 42)
    index = RMinHashLSH(LEAST, VALUES, BANDS)
    index.insert_many(signed)
    for row, found in enumerate(index.query_all(signed)):
        for other in set(found):
            if other < row and signed[row].jaccard(signed[other]) >= LEAST:
                yield other, row


def by_datasketch(corpus: Path) -> Pairs:
    """MinHash and LSH in numpy and dictionaries; candidates are checked by their estimated similarity."""
    from datasketch import MinHash, MinHashLSH  # noqa: PLC0415

    texts = pl.read_parquet(corpus)["text"].to_list()
    index = MinHashLSH(num_perm=VALUES, params=(BANDS, ROWS))
    signed = []
    for row, found in enumerate(shingle_sets(texts)):
        one = MinHash(num_perm=VALUES)
        one.update_batch([shingle.encode() for shingle in found])
        for other in index.query(one):
            if one.jaccard(signed[other]) >= LEAST:
                yield other, row
        index.insert(row, one)
        signed.append(one)


def by_text_dedup(corpus: Path) -> Pairs:
    """Its command on two processes; it checks nothing, its clusters are whatever the bands connect."""
    import pickle  # noqa: PLC0415  # the tool's own output, made a moment ago

    from text_dedup.minhash import main  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        options = {"path": "parquet", "data_files": corpus, "split": "train", "cache_dir": f"{folder}/cache"}
        options |= {"output": f"{folder}/out", "column": "text", "ngram": 3, "num_perm": VALUES, "num_proc": 2}
        options |= {"min_length": 3, "hash_func": "xxh3", "b": BANDS, "r": ROWS, "batch_size": 10_000}
        arguments = [part for name, value in options.items() for part in (f"--{name}", str(value))]
        main([*arguments, "--debug"], standalone_mode=False)
        parents = pickle.loads(Path(folder, "out", "uf.pkl").read_bytes())  # noqa: S301
    labels = getattr(parents, "parent", parents)
    groups: dict[int, list[int]] = {}
    for row in labels:
        root = row
        while labels[root] != root:
            root = labels[root]
        groups.setdefault(int(root), []).append(int(row))
    for rows in groups.values():
        for place, row in enumerate(sorted(rows)):
            yield from ((other, row) for other in sorted(rows)[:place])


def by_splink(corpus: Path) -> Pairs:
    """Its DuckDB linker: blocked by stretches of the text, compared by the shingles in common, trained by EM."""
    import splink.comparison_library as cl  # noqa: PLC0415
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on  # noqa: PLC0415

    frame = pl.read_parquet(corpus).with_row_index("unique_id")
    words = pl.col("text").str.split(" ")
    frame = frame.select(
        "unique_id",
        words.list.eval(pl.concat_str(pl.element(), pl.element().shift(-1), pl.element().shift(-2), separator=" "))
        .list.drop_nulls()
        .alias("shingles"),
        *(words.list.slice(start, 8).list.join(" ").alias(f"from_{start}") for start in (0, 12, 24, 36)),
    )
    rules = [block_on(f"from_{start}") for start in (0, 12, 24, 36)]
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.ArrayIntersectAtSizes("shingles", [100, 50, 20]),
            cl.LevenshteinAtThresholds("from_0", [2, 10]),
        ],
        blocking_rules_to_generate_predictions=rules,
    )
    linker = Linker(DuckDBAPI().register(frame.to_arrow()), settings, log_level="ERROR")
    linker.training.estimate_u_using_random_sampling(max_pairs=100_000)
    linker.training.estimate_parameters_using_expectation_maximisation(rules[1])
    found = (
        linker.inference.predict(threshold_match_probability=0.5)
        .as_duckdbpyrelation()
        .select("unique_id_l, unique_id_r")
    )
    for one, other in found.fetchall():
        yield min(one, other), max(one, other)


WAYS: dict[str, Callable[[Path], Pairs]] = {
    "rensa": by_rensa,
    "datasketch": by_datasketch,
    "text-dedup": by_text_dedup,
    "splink": by_splink,
}


def peak_bytes() -> int:
    """The most memory that this process ever had."""
    told = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())
    return int(told[1]) * 1024 if told else 0


def processor_seconds() -> float:
    """Time of all threads of this process and of the processes that it started and that ended."""
    return sum(os.times()[:4])


def main() -> None:
    """Runs one tool."""
    way, corpus, pairs = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    begin, begun = time.perf_counter(), processor_seconds()
    found = np.array(list(WAYS[way](corpus)), np.int64).reshape(-1, 2)
    told = {"seconds": time.perf_counter() - begin, "cpu": processor_seconds() - begun, "peak": peak_bytes()}
    np.save(pairs, found)
    print(json.dumps(told))


if __name__ == "__main__":
    main()
