"""Labelled sets of record linkage: how they are read and how a result is measured against them.

A set is a folder with `records.jsonl` and `pairs.csv` (id1, id2), or with files `pairs-*.jsonl` of labelled pairs:
`{"label": 0, "left": {...}, "right": {...}}`. What is printed about them is made in the reports.
"""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from assets.dedupe.bibliography import read_bibliography, together
from assets.parse.read import contents
from tests import damage

LINKED = ("dblp-acm",)
"""Sets of databases without duplicates inside: they are linked one to one, as in every published figure."""
TEXTS = (
    "record_id",
    "source",
    "title",
    "authors",
    "venue",
    "year",
    "volume",
    "number",
    "pages",
    "doi",
    "abstract",
)
MADE_UP = "made-up"
"""Name of the set that is no folder."""
PAIR = ("listing_a", "listing_b")


@dataclass(frozen=True)
class LabelledSet:
    """Records, and which pairs of them are the same work."""

    name: str
    records: pl.DataFrame
    """Columns RECORD_SCHEMA."""
    texts: pl.DataFrame
    """The same records as they are written: columns TEXTS."""
    truth: pl.DataFrame
    """Pairs that are the same work: listing_a < listing_b, sorted."""
    judged: pl.DataFrame | None
    """Where only some pairs are labelled, these pairs; null where every pair is."""

    @property
    def one_to_one(self) -> bool:
        """Whether no source holds a work twice."""
        return self.name in LINKED


@dataclass(frozen=True)
class Score:
    """How a set of pairs agrees with the truth."""

    found: int
    false: int
    missed: int

    @property
    def precision(self) -> float:
        return self.found / (self.found + self.false) if self.found + self.false else 1.0

    @property
    def recall(self) -> float:
        return self.found / (self.found + self.missed) if self.found + self.missed else 1.0

    @property
    def f1(self) -> float:
        return 2 * self.found / (2 * self.found + self.false + self.missed) if self.found else 0.0


def score(pairs: pl.DataFrame, truth: pl.DataFrame) -> Score:
    """Measures pairs against the true ones, both listing_a < listing_b and without repeats."""
    found = pairs.join(truth, on=PAIR, how="semi").height
    return Score(found, pairs.height - found, truth.height - found)


def ordered(pairs: pl.DataFrame) -> pl.DataFrame:
    """Pairs in one form: the smaller identifier first, none with itself, each once, sorted."""
    first, second = pl.col(pairs.columns[0]), pl.col(pairs.columns[1])
    return (
        pairs.select(listing_a=pl.min_horizontal(first, second), listing_b=pl.max_horizontal(first, second))
        .filter(pl.col("listing_a") < pl.col("listing_b"))
        .unique()
        .sort(PAIR)
    )


def pairs_of(groups: pl.DataFrame) -> pl.DataFrame:
    """All pairs of listings that stand in one group; columns listing_id, cluster."""
    return ordered(groups.join(groups, on="cluster").select("listing_id", "listing_id_right"))


def labelled_sets(folder: Path, names: Sequence[str] = ()) -> Iterator[LabelledSet]:
    """Reads the labelled sets of a folder, in the order of their names, and makes up one.

    Args:
        folder: Holds one folder a set.
        names: Sets to read; all where none is named.
    """
    for path in sorted(folder.iterdir()):
        if names and path.name not in names:
            continue
        if (path / "records.jsonl").exists():
            truth = pl.read_csv(path / "pairs.csv", infer_schema=False)
            texts = read_texts(path / "records.jsonl")
            yield LabelledSet(path.name, read_records(path / "records.jsonl"), texts, ordered(truth), None)
        elif found := sorted(path.glob("pairs-*.jsonl")):
            yield _pair_set(path.name, found)
    if not names or MADE_UP in names:
        yield made_up()


def made_up(count: int = 3000, *, seed: int = 0) -> LabelledSet:
    """A set of works that never were, as `tests.damage` damages them."""
    rows = damage.labelled(count, seed=seed)
    texts = rows.select(TEXTS)
    return LabelledSet(
        MADE_UP, records_of(texts), texts, pairs_of(rows.select(listing_id="record_id", cluster="work")), None
    )


def read_texts(path: Path) -> pl.DataFrame:
    """Reads a bibliography in JSON lines as it is written; columns TEXTS."""
    return pl.read_ndjson(path, schema=dict.fromkeys(TEXTS, pl.String))


def records_of(texts: pl.DataFrame) -> pl.DataFrame:
    """Makes records of what a bibliography states, columns TEXTS, as `sheaf dedupe` reads it from JSON lines."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "records.jsonl")
        texts.write_ndjson(path)
        return read_records(path)


def read_records(path: Path) -> pl.DataFrame:
    """Reads a bibliography as `sheaf dedupe` does; columns RECORD_SCHEMA, sorted by listing_id."""
    with tempfile.TemporaryDirectory() as scratch:
        read = [read_bibliography(one.content, path.name) for one in contents(path, Path(scratch))]
        return together(read)


def _pair_set(name: str, paths: Sequence[Path]) -> LabelledSet:
    """Labelled pairs: every record once, told apart by the side on which it stands."""
    fields = dict.fromkeys(("id", *TEXTS), pl.String)
    rows = pl.concat(
        pl.read_ndjson(path, schema={"label": pl.Int64, "left": pl.Struct(fields), "right": pl.Struct(fields)})
        for path in paths
    )
    sides = [
        rows.select(pl.col(side).struct.unnest()).with_columns(
            source=pl.lit(side), record_id=pl.concat_str(pl.lit(side), "id", separator=":")
        )
        for side in ("left", "right")
    ]
    pairs = pl.DataFrame({"a": sides[0]["record_id"], "b": sides[1]["record_id"], "label": rows["label"]})
    texts = pl.concat(sides).unique("record_id", keep="first", maintain_order=True).select(TEXTS)
    return LabelledSet(name, records_of(texts), texts, ordered(pairs.filter(pl.col("label") == 1)), ordered(pairs))
