import numpy as np
import polars as pl
import pytest

from assets.enrich.topics import categories
from assets.enrich.topics.categories import FEWEST_EXAMPLES, OTHER, accuracy, learn, stated, suggest, suggestable
from schemas.render import polars_schema
from schemas.topics import DIMENSIONS, CategoryModel, CategorySuggestions


@pytest.mark.parametrize(
    ("subjects", "category"),
    [
        pytest.param(["cs.CL", "cs.LG"], "cs.CL", id="the first is the primary one"),
        pytest.param(["Dogs", "math.CO"], "math.CO", id="after a subject of another kind"),
        pytest.param(["hep-th"], "hep-th", id="archive"),
        pytest.param(["cond-mat.mtrl-sci"], "cond-mat.mtrl-sci", id="long part"),
        pytest.param(["physics.acc-ph"], "physics.acc-ph", id="physics"),
        pytest.param(["physics.optics"], "physics.optics", id="optics"),
        pytest.param(["Computer Science", "LLM"], None, id="no arXiv category"),
        pytest.param(["cs.example", "math.", "cs.CLX"], None, id="not quite one"),
        pytest.param([], None, id="none"),
    ],
)
def test_stated(subjects, category) -> None:
    frame = pl.DataFrame({"categories": [subjects]}, schema={"categories": pl.List(pl.String)})
    assert frame.select(stated()).item() == category


def examples(counts: dict[str, int], noise: float = 0.05) -> pl.DataFrame:
    """Papers of categories, each round an axis of its own."""
    drawn = np.random.default_rng(0)
    rows = []
    for axis, (category, count) in enumerate(counts.items()):
        for _ in range(count):
            point = np.eye(DIMENSIONS)[axis] + noise * drawn.standard_normal(DIMENSIONS)
            rows.append((f"p{len(rows):016x}", category, (point / np.linalg.norm(point)).astype(np.float32)))
    schema = {"paper_id": pl.String, "category": pl.String, "vector": pl.Array(pl.Float32, DIMENSIONS)}
    return pl.DataFrame(rows, schema=schema, orient="row").with_columns(text_key=pl.col("paper_id").str.reverse())


ENOUGH = {"cs.CL": 60, "math.CO": 50, "hep-th": 5}


@pytest.fixture(scope="module")
def learned():
    return learn(examples(ENOUGH))


def test_what_is_learned_is_right_on_papers_held_out(learned) -> None:
    told = accuracy(learned.audit)
    assert told["accuracy"] == told["suggested_precision"] == 1
    assert learned.audit["category"].to_list() == ["cs.CL", "math.CO", OTHER]
    counts = learned.audit.select("trained_count", "held_out_count").sum_horizontal()
    assert counts.to_list() == [60, 50, 5]
    assert CategoryModel.validate(learned.audit.select(polars_schema(CategoryModel).names()), lazy=True).height == 3


def test_suggestions(learned) -> None:
    asked = pl.concat([examples(ENOUGH).select("paper_id", "vector")])
    said = suggest(learned.model, asked).with_columns(suggested=suggestable())
    beside = said.join(examples(ENOUGH).select("paper_id", stated="category"), on="paper_id")
    assert beside.filter("suggested").filter(pl.col("category") != pl.col("stated")).is_empty()
    assert 0.7 < beside.filter(pl.col("stated") != "hep-th")["suggested"].mean() < 1  # the least typical are left out
    kept = said.filter("suggested").select(polars_schema(CategorySuggestions).names())
    assert CategorySuggestions.validate(kept, lazy=True).height == kept.height


def test_nothing_is_suggested_for_a_paper_like_no_other(learned) -> None:
    strange = examples({"cs.CL": 1}).with_columns(
        vector=pl.Series(np.eye(DIMENSIONS, dtype=np.float32)[[50]], dtype=pl.Array(pl.Float32, DIMENSIONS))
    )
    assert suggest(learned.model, strange).filter(suggestable()).is_empty()
    assert suggest(learned.model, strange.clear()).is_empty()


@pytest.mark.parametrize(
    "counts",
    [
        pytest.param({}, id="no papers"),
        pytest.param({"cs.CL": 100}, id="one category"),
        pytest.param({"cs.CL": 100, "math.CO": FEWEST_EXAMPLES - 1}, id="the second is too rare"),
    ],
)
def test_too_few_labels(counts) -> None:
    learned = learn(examples(counts))
    assert learned.model is None
    assert "arXiv category" in learned.why_not
    assert learned.audit.schema == polars_schema(CategoryModel)


def test_many_examples_are_sampled(monkeypatch) -> None:
    monkeypatch.setattr(categories, "MOST_EXAMPLES", 90)
    counts = learn(examples(ENOUGH)).audit.select("trained_count", "held_out_count").sum_horizontal()
    assert counts.sum() == 90


def test_the_order_of_the_examples_changes_nothing(learned) -> None:
    shuffled = examples(ENOUGH).sample(fraction=1, shuffle=True, seed=1)
    again = learn(shuffled)
    assert again.audit.equals(learned.audit)
    asked = examples(ENOUGH)
    assert suggest(again.model, asked).equals(suggest(learned.model, asked))
