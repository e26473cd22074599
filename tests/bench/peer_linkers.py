# ruff: noqa: PLC0415  a peer is imported only where it is run: another may not be installed
"""Other tools of record linkage, each with the settings that its documentation recommends.

Run by `linkage_peers`, where they are installed: `python peer_linkers.py PEER IN.csv OUT.csv [link]`. IN has record_id,
source, title, authors, venue, year, volume, number, pages, doi, abstract; OUT gets id1,id2, every pair that the tool
says is the same work. Prints the seconds that the tool itself took.
"""

import importlib
import os
import sys
import time
from collections.abc import Callable

import pandas as pd

THRESHOLD = 0.95
"""Probability from which a pair of Splink's is a match: the one that its tutorials cluster at."""


def bibdedupe(texts: pd.DataFrame, *, link: bool) -> pd.DataFrame:
    """BibDedupe: prepare, block, match, cluster."""
    from bib_dedupe.bib_dedupe import block, cluster, match, prep

    named = texts.rename(columns={"record_id": "ID", "authors": "author", "venue": "journal"})
    named["ENTRYTYPE"] = "article"
    named["search_set"] = named["source"] if link else ""
    matched = match(block(prep(named, verbosity_level=0)))
    return pairs_of(cluster(matched))


def splink(texts: pd.DataFrame, *, link: bool) -> pd.DataFrame:
    """Splink: Fellegi-Sunter, m and u estimated by expectation maximisation, without labels."""
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on
    from splink import comparison_library as cl

    frame = texts.rename(columns={"record_id": "unique_id", "source": "source_dataset"}).replace("", None)
    for name in ("title", "authors", "venue"):
        frame[name] = frame[name].str.lower().str.replace(r"[^\w]+", " ", regex=True).str.strip()
    frame["year"] = frame["year"].str.extract(r"(\d{4})", expand=False)
    frame["pages"] = frame["pages"].str.extract(r"(\d+)", expand=False)
    frame["title_start"] = frame["title"].str.replace(" ", "").str[:20]
    frame["title_end"] = frame["title"].str.replace(" ", "").str[-20:]
    frame["author_start"] = frame["authors"].str.split().str[0]
    stated = [name for name in ("venue", "volume", "number", "pages", "doi") if frame[name].notna().mean() > 0.05]
    comparisons = [
        cl.JaroWinklerAtThresholds("title", [0.97, 0.92, 0.85]),
        cl.JaroWinklerAtThresholds("authors", [0.92, 0.8]),
    ]
    comparisons += [cl.ExactMatch("year")]
    comparisons += [
        cl.JaroWinklerAtThresholds(name, [0.9, 0.8]) if name == "venue" else cl.ExactMatch(name) for name in stated
    ]
    if frame["abstract"].notna().mean() > 0.05:
        frame["abstract"] = frame["abstract"].str.lower().str[:300]
        comparisons.append(cl.JaroWinklerAtThresholds("abstract", [0.95, 0.85]))
    rules = [block_on("title_start"), block_on("title_end"), block_on("author_start", "year")]
    rules += [block_on("doi")] if "doi" in stated else []
    settings = SettingsCreator(
        link_type="link_only" if link else "dedupe_only",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=rules,
        retain_matching_columns=False,
    )
    db = DuckDBAPI()
    parts = [part for _, part in frame.groupby("source_dataset")] if link else [frame.drop(columns="source_dataset")]
    tables = [db.register(part.reset_index(drop=True)) for part in parts]
    linker = Linker(tables if link else tables[0], settings, log_level="ERROR")
    training = linker.training
    training.estimate_probability_two_random_records_match([block_on("title")], recall=0.8)
    training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    training.estimate_parameters_using_expectation_maximisation(block_on("title_start"))
    training.estimate_parameters_using_expectation_maximisation(block_on("author_start", "year"))
    predicted = linker.inference.predict(threshold_match_probability=THRESHOLD)
    if link:
        grouped = linker.clustering.cluster_using_single_best_links(
            predicted,
            duplicate_free_datasets=sorted(frame["source_dataset"].unique()),
            threshold_match_probability=THRESHOLD,
        )
    else:
        grouped = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, THRESHOLD)
    members = grouped.as_pandas_dataframe()
    return pairs_of(members.groupby("cluster_id")["unique_id"].agg(list).tolist())


def pyjedai(texts: pd.DataFrame, *, link: bool) -> pd.DataFrame:
    """pyJedAI: the workflow that it calls the best one; within one set, with the threshold that did best on Cora."""
    from pyjedai.block_building import StandardBlocking
    from pyjedai.block_cleaning import BlockFiltering, BlockPurging
    from pyjedai.clustering import ConnectedComponentsClustering, UniqueMappingClustering
    from pyjedai.comparison_cleaning import WeightedEdgePruning
    from pyjedai.datamodel import Data
    from pyjedai.matching import EntityMatching

    stated = ["title", "authors", "venue", "year"]
    parts = [part.reset_index(drop=True) for _, part in texts.groupby("source")] if link else [texts]
    second = {"dataset_2": parts[1], "id_column_name_2": "record_id", "attributes_2": stated} if link else {}
    data = Data(dataset_1=parts[0], id_column_name_1="record_id", attributes_1=stated, **second)
    quiet = {"tqdm_disable": True}
    blocks = StandardBlocking().build_blocks(data, **quiet)
    if not link:
        blocks = BlockPurging().process(blocks, data, **quiet)
    blocks = BlockFiltering(ratio=0.9 if link else 0.8).process(blocks, data, **quiet)
    candidates = WeightedEdgePruning(weighting_scheme="EJS").process(blocks, data, **quiet)
    matching = EntityMatching(
        metric="cosine", tokenizer="char_tokenizer", vectorizer="tfidf", qgram=3, similarity_threshold=0.0
    )
    clustering, exact = (UniqueMappingClustering(), 0.17) if link else (ConnectedComponentsClustering(), 0.5)
    graph = matching.predict(candidates, data, **quiet)
    groups = clustering.process(graph, data, similarity_threshold=exact)
    names = [*parts[0]["record_id"], *(parts[1]["record_id"] if link else [])]
    return pairs_of([[names[member] for member in group] for group in groups])


def pairs_of(groups: list[list[str]]) -> pd.DataFrame:
    """All pairs in groups."""
    pairs = [(one, other) for group in groups for at, one in enumerate(group) for other in group[at + 1 :]]
    return pd.DataFrame(pairs, columns=["id1", "id2"])


PEERS: dict[str, tuple[str, Callable[..., pd.DataFrame]]] = {
    "bibdedupe": ("bib_dedupe.bib_dedupe", bibdedupe),
    "splink": ("splink", splink),
    "pyjedai": ("pyjedai.matching", pyjedai),
}
"""Name -> the module to import before the clock starts, and how it is run."""


def main(peer: str, source: str, target: str, *options: str) -> None:
    texts = pd.read_csv(source, dtype=str, keep_default_na=False)
    os.environ["RAY_AUTH_MODE"] = "disabled"  # pyJedAI starts Ray, which would leave a key in the home folder
    module, work = PEERS[peer]
    importlib.import_module(module)
    started = time.perf_counter()
    pairs = work(texts, link="link" in options)
    seconds = time.perf_counter() - started
    pairs.to_csv(target, index=False)
    print(f"seconds {seconds:.3f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
