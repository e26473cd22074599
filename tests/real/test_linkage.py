"""Record linkage on labelled sets and on the labelled dumps: the figures that one configuration reaches on all."""

import csv
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from assets.dedupe import linkage
from assets.dedupe.records import of_listings
from schemas.match_vocabulary import Decision
from tests.bench.labelled import PAIR, labelled_sets, ordered, pairs_of
from tests.bench.linkage_report import decided, run
from tests.bench.packs_records import clean_folder

pytestmark = pytest.mark.real


@pytest.mark.parametrize(
    ("name", "precision", "f1"),
    [
        pytest.param("cytology_screening", 1.0, 0.994, id="cytology_screening"),
        pytest.param("diabetes", 1.0, 1.0, id="diabetes"),
        pytest.param("respiratory", 0.9975, 0.99, id="respiratory"),
        pytest.param("cora", 0.9, 0.86, id="cora", marks=pytest.mark.slow),
        pytest.param("cardiac", 0.9995, 0.998, id="cardiac", marks=pytest.mark.slow),
        pytest.param("dblp-acm", 0.995, 0.99, id="dblp-acm, one to one", marks=pytest.mark.slow),
        pytest.param("dblp-scholar", 0.96, 0.944, id="dblp-scholar, labelled pairs", marks=pytest.mark.slow),
    ],
)
def test_labelled_sets(packs: Callable[[str], Path], name: str, precision: float, f1: float) -> None:
    (labelled,) = labelled_sets(packs("dedupe-benchmarks"), [name])
    reached = run(labelled).score(labelled)
    assert reached.precision >= precision, reached
    assert reached.f1 >= f1, reached


@pytest.fixture(scope="module")
def listed(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> pl.DataFrame:
    """The clean listings of the dumps, named as the labels name them: `000:13`."""
    scratch = tmp_path_factory.mktemp("dumps")
    places = clean_folder(shared / "dumps", scratch)
    return places.with_columns(label=pl.format("{}:{}", pl.col("uri").str.head(3), pl.col("position") - 1))


@pytest.fixture(scope="module")
def labels(shared: Path, listed: pl.DataFrame) -> pl.DataFrame:
    """Labelled pairs of listings: listing_a < listing_b, is_same."""
    name = dict(listed.select("label", "listing_id").iter_rows())
    with (shared / "gold" / "duplicates.tsv").open(newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    told = [(name[row["a"]], name[row["b"]], row["relation"] == "duplicate") for row in rows]
    return pl.concat(
        ordered(
            pl.DataFrame([pair[:2] for pair in told if pair[2] == same], schema=["a", "b"], orient="row")
        ).with_columns(is_same=pl.lit(same))
        for same in (True, False)
    )


def test_labelled_dumps(listed: pl.DataFrame, labels: pl.DataFrame) -> None:
    groups = linkage.link(of_listings(listed.lazy())).groups
    assert (groups.height, groups["cluster"].n_unique()) == (461, 407)
    joined = labels.join(pairs_of(groups), on=PAIR, how="semi")
    assert labels["is_same"].sum() == 54
    assert joined.sort(PAIR).equals(labels.filter("is_same").sort(PAIR))


def test_false_friends_are_decided_to_be_different(listed: pl.DataFrame, labels: pl.DataFrame) -> None:
    friends = decided(labels.filter(~pl.col("is_same")).select(PAIR), of_listings(listed.lazy()))
    assert friends.height == 28
    assert (friends["decision"] == Decision.NO_MATCH).all()
