"""A small made-up corpus: papers about lighthouses, kettles and beetles, each of whose words tell which."""

import random

import polars as pl

from schemas.topics import DIMENSIONS

THEMES = {
    "lighthouse": "lighthouse lantern beam harbour keeper foghorn coastline tide vessel reef signalling beacon".split(),  # noqa: SIM905
    "kettle": "kettle spout steam boiling tea whistle copper brewing teapot cup infusion saucer".split(),  # noqa: SIM905
    "beetle": "beetle antenna larva wing carapace burrow pollen insect colony mandible swarm pupa".split(),  # noqa: SIM905
}


def papers(count: int, *, seed: int = 0) -> pl.DataFrame:
    """So many papers: paper_id, title, abstract, theme; the themes take turns."""
    chance = random.Random(seed)
    rows = []
    for number in range(count):
        theme = list(THEMES)[number % len(THEMES)]
        told = [chance.choice(THEMES[theme]) for _ in range(40)]
        sentences = [" ".join(["We study the", *told[start : start + 8]]) + "." for start in range(0, 40, 8)]
        rows.append((f"p{number:016x}", f"The {told[0]} and the {told[1]}", " ".join(sentences), theme))
    schema = dict.fromkeys(("paper_id", "title", "abstract", "theme"), pl.String)
    return pl.DataFrame(rows, schema=schema, orient="row")


def titled(*texts: tuple[str | None, str | None]) -> pl.DataFrame:
    """Papers of these titles and abstracts."""
    rows = [(f"p{number:016x}", title, abstract) for number, (title, abstract) in enumerate(texts)]
    return pl.DataFrame(rows, schema={"paper_id": pl.String, "title": pl.String, "abstract": pl.String}, orient="row")


def points(rows: list[list[float]]) -> pl.DataFrame:
    """Rows of `paper_vectors` whose first numbers are given; the others are zero."""
    padded = [[*row, *[0.0] * (DIMENSIONS - len(row))] for row in rows]
    ids = [f"p{number:016x}" for number in range(len(rows))]
    return pl.DataFrame(
        {"paper_id": ids, "vector": padded},
        schema={"paper_id": pl.String, "vector": pl.Array(pl.Float32, DIMENSIONS)},
    )
