"""Other tools on a file of abstracts: `PYTHON tests/bench/enrich_peers.py yake ABSTRACTS`.

PYTHON is of an environment with the tool and Polars; this file needs nothing of Papersheaf. Prints the seconds of the
wall and of the processor, without imports.
"""

import json
import sys
import time

import polars as pl


def by_yake(texts: list[str]) -> int:
    """Keywords of up to three words, twenty a text, as its manual says."""
    import yake  # noqa: PLC0415 - a tool that only its own environment has

    extractor = yake.KeywordExtractor(lan="en", n=3, top=20)
    return sum(len(extractor.extract_keywords(text)) for text in texts)


WAYS = {"yake": by_yake}

if __name__ == "__main__":
    way, path = WAYS[sys.argv[1]], sys.argv[2]
    abstracts = pl.read_parquet(path)["abstract"].to_list()
    way(abstracts[:5])
    started, worked = time.perf_counter(), time.process_time()
    found = way(abstracts)
    told = {"seconds": time.perf_counter() - started, "cpu": time.process_time() - worked, "found": found}
    print(json.dumps(told))
