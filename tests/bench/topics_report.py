"""How alike neighbors are by what others say of them: `python -m tests.bench.topics_report RECORDS`.

RECORDS is a Parquet file of cleaned records of several sources (title, abstract, title_search, categories). A paper's
subject is the first that any source states for its title; the vectors know nothing of it. Printed is the share of
neighbors with the same subject (of ten, and of the first), what chance would give, the share of papers that are in a
topic most of whose papers have their subject, and the accuracy of the model of categories on papers held out; the peer
is scikit-learn's TF-IDF and singular vectors with their defaults. A subject that more than a third of the papers have
is left out: it is the rest of the list.
"""

import sys

import numpy as np
import polars as pl

from assets.enrich.topics.categories import accuracy, learn
from assets.enrich.topics.neighbors import nearest
from assets.enrich.topics.pools import Pool
from assets.enrich.topics.space import SAMPLE, Floats
from assets.enrich.topics.topics import counted, find_topics, place
from assets.enrich.topics.vectors import vectors
from schemas.enrich_vocabulary import VectorMethod
from schemas.topics import DIMENSIONS

REST = 1 / 3


def labelled(path: str) -> pl.DataFrame:
    """Papers with an abstract and a subject: paper_id, title, abstract, category."""
    records = pl.scan_parquet(path)
    stated = records.filter(pl.col("categories").list.len() > 0, pl.col("abstract").is_null())
    subjects = stated.select("title_search", category=pl.col("categories").list.first())
    told = records.filter(pl.col("abstract").is_not_null()).select("title", "abstract", "title_search")
    once = (one.unique("title_search", keep="first", maintain_order=True) for one in (told, subjects))
    papers = next(once).join(next(once), on="title_search", maintain_order="left").head(SAMPLE).collect()
    papers = papers.filter(pl.len().over("category") <= REST * pl.len())
    number = pl.int_range(pl.len()).cast(pl.String).str.zfill(16)
    return papers.select("title", "abstract", "category", paper_id="p" + number)


def told_of(name: str, points: Floats, subject: np.ndarray) -> None:
    """Prints how many neighbors have the subject of their paper."""
    everybody = np.arange(len(points))
    near, _ = nearest(points, Pool(everybody, everybody))
    same = subject[near] == subject[:, None]
    print(f"{name:<14} same subject: {same.mean():.3f} of ten, {same[:, 0].mean():.3f} of the first")


def peer(papers: pl.DataFrame) -> Floats:
    from sklearn.decomposition import TruncatedSVD  # noqa: PLC0415 - only this function needs it
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415
    from sklearn.preprocessing import normalize  # noqa: PLC0415

    texts = papers.select(pl.col("title") + " " + pl.col("abstract")).to_series().to_list()
    weighed = TfidfVectorizer().fit_transform(texts)
    points = normalize(TruncatedSVD(DIMENSIONS, random_state=0).fit_transform(weighed))
    return np.asarray(points, np.float32)


def main() -> None:
    papers = labelled(sys.argv[1])
    placed = pl.concat(vectors(papers.lazy(), VectorMethod.TFIDF))
    papers = papers.join(placed, on="paper_id", maintain_order="left").drop_nulls("vector")
    subject = papers["category"].to_numpy()
    chance = (papers["category"].value_counts(normalize=True)["proportion"] ** 2).sum()
    print(f"{papers.height:,} papers, {papers['category'].n_unique()} subjects, by chance {chance:.3f}")
    told_of("ours", papers["vector"].to_numpy(), subject)
    told_of("scikit-learn", peer(papers), subject)
    found = find_topics(papers, papers.height)
    beside = place(placed, found).join(papers.select("paper_id", "category"), on="paper_id")
    most = beside.group_by("topic_id", "category").len().group_by("topic_id").agg(pl.col("len").max())
    topics = counted(found, beside.lazy())
    print(f"{topics.height} topics: {most['len'].sum() / beside.height:.3f} in the topic of their subject")
    print(f"stability {topics['stability'].mean():.3f} on average")
    print(f"categories: {accuracy(learn(papers.select('paper_id', 'category', 'vector')).audit)}")


if __name__ == "__main__":
    main()
