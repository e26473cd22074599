from collections.abc import Callable

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.enrich.extraction import span_faults
from assets.enrich.links.claims import release_claims
from schemas.enrichment import ReleaseClaims
from tests.assets.enrich.abstracts import papers

Claims = list[tuple[str, str]]
CODE_AND_DATA = [("code", "stated"), ("data", "stated")]
KINDS = [
    pytest.param("We release our code.", [("code", "stated")], id="we release"),
    pytest.param("We release our code and data.", CODE_AND_DATA, id="two things"),
    pytest.param("We publicly release the full code as well as the data set.", CODE_AND_DATA, id="as well as"),
    pytest.param("To help others, we also open-source our toolkit.", [("code", "stated")], id="we open-source"),
    pytest.param("We have open-sourced all our weights.", [("model", "stated")], id="we have"),
    pytest.param("We release a set of lamp models for all.", [("model", "stated")], id="a set of"),
    pytest.param("We release a dataset of source code.", [("data", "stated")], id="what a data set is of"),
    pytest.param("We release a code dataset.", [("data", "stated")], id="the last noun counts"),
    pytest.param("We release the data generation code.", [("code", "stated")], id="code that makes data"),
    pytest.param("We release LampBench, which is hard.", [("data", "stated")], id="a benchmark by its name"),
    pytest.param("We build a lamp and release the corpus to all.", [("data", "stated")], id="and release"),
    pytest.param("We make our code and data publicly available.", CODE_AND_DATA, id="we make available"),
    pytest.param("We make publicly available the code of it.", [("code", "stated")], id="make available, turned"),
    pytest.param("We provide our source code for this.", [("code", "stated")], id="we provide code"),
    pytest.param("We help others by releasing our demo.", [("demo", "stated")], id="by releasing"),
    pytest.param("We present Lamp, an open-source library for light.", [("code", "stated")], id="open from birth"),
    pytest.param("Code is available.", [("code", "stated")], id="code is available"),
    pytest.param("Our dataset, code and demo are public.", [*CODE_AND_DATA, ("demo", "stated")], id="are public"),
    pytest.param("The code of our lamp is available on GitHub.", [("code", "stated")], id="code of something"),
    pytest.param("The corpus is freely available.", [("data", "stated")], id="the corpus"),
    pytest.param("It is bright, and the code is publicly available.", [("code", "stated")], id="second clause"),
    pytest.param("Our lamps are bright, and our data is released.", [("data", "stated")], id="second clause of ours"),
    pytest.param("Code available at this link.", [("code", "stated")], id="no verb"),
    pytest.param("A code implementing the model is publicly available.", [("code", "stated")], id="code of a model"),
    pytest.param("We release code and provide a data statement.", [("code", "stated")], id="and provide"),
    pytest.param("We will release our code.", [("code", "promised")], id="we will"),
    pytest.param("We plan to release the models soon.", [("model", "promised")], id="we plan to"),
    pytest.param("Code will be made publicly available.", [("code", "promised")], id="will be made"),
    pytest.param("The code will be avaliable.", [("code", "promised")], id="misspelt"),
    pytest.param("Our dataset is publicly available upon acceptance.", [("data", "promised")], id="on acceptance"),
    pytest.param("Upon acceptance, we release our data.", [("data", "promised")], id="acceptance first"),
    pytest.param("We release our code and hope it will be used.", [("code", "stated")], id="hope is no promise"),
    pytest.param("The code is released, and data will follow soon.", [("code", "stated")], id="promise of others"),
    pytest.param("Code is available on request.", [("code", "on_request")], id="on request"),
    pytest.param("Our data are available from the authors.", [("data", "on_request")], id="from the authors"),
    pytest.param("Our code is available from the authors' website.", [("code", "stated")], id="authors' website"),
]
NONE = [
    pytest.param("We release the constraint on the data.", id="constraint"),
    pytest.param("We release the model from its constraints.", id="released from"),
    pytest.param("The energy release of the models is high.", id="energy"),
    pytest.param("Cells store and release the data.", id="somebody else releases"),
    pytest.param("We study released models such as Lantern.", id="others' models"),
    pytest.param("We use publicly available datasets.", id="data sets used"),
    pytest.param("Publicly available datasets are rare.", id="data sets in general"),
    pytest.param("We compare closed and open-source models.", id="open-source as a word for models"),
    pytest.param("We evaluate open-source LLMs and benchmark code.", id="models evaluated"),
    pytest.param("The tools used are freely available.", id="tools used"),
    pytest.param("The tools are freely available data-driven resources.", id="available as a word for others"),
    pytest.param("When code is available, we run it.", id="condition"),
    pytest.param("No public data are available.", id="none"),
    pytest.param("Most existing code is publicly available.", id="others' code"),
    pytest.param("Our code is not publicly available.", id="negation"),
    pytest.param("We do not release the data.", id="negated verb"),
    pytest.param("The training data are available for one language.", id="available for"),
    pytest.param("The dataset was released in spring.", id="older data"),
    pytest.param("We share weights between layers.", id="shared weights"),
    pytest.param("We share the model parameters and code length.", id="code length"),
    pytest.param("We publish results.", id="results"),
    pytest.param("In previous work, we released the corpus of it.", id="an older paper"),
    pytest.param("We built a lamp, which we release publicly, and present a model of it.", id="and present"),
    pytest.param("Our lamp is released.", id="no artifact"),
    pytest.param("", id="empty"),
]
REPO = "https://github.com/lumen/lamp"
LINKED = [
    pytest.param(f"Our code is available at {REPO}.", [], id="link in the sentence"),
    pytest.param(f"We release our code and models at {REPO}.", [], id="one link for two things"),
    pytest.param(f"We release our code. {REPO}", [], id="link behind the sentence"),
    pytest.param(f"We release our code. It is bright. Code: {REPO}", [], id="code elsewhere"),
    pytest.param(
        f"We release our models. It is bright. Code: {REPO}", [("model", "stated")], id="link to something else"
    ),
    pytest.param(
        f"Code is at {REPO}, and the data will be released.", [("data", "promised")], id="link before the claim"
    ),
    pytest.param("Our code is open-source. See https://arxiv.org/abs/2101.00001.", [("code", "stated")], id="a paper"),
]


@pytest.fixture(scope="module")
def claims_of() -> Callable[[str], Claims]:
    """The claims of an abstract that a case names; all are searched in one pass."""
    texts = [case.values[0] for case in (*KINDS, *NONE, *LINKED)]
    table = papers(*texts)
    found = release_claims(table)
    ReleaseClaims.validate(found)
    assert not span_faults(found, table)
    rows: dict[str, Claims] = {text: [] for text in texts}
    text_of = dict(zip(table["paper_id"], texts, strict=True))
    for paper, kind, status in found.select("paper_id", "kind", "status").iter_rows():
        rows[text_of[paper]].append((kind, status))
    return rows.__getitem__


@pytest.mark.parametrize(("text", "claims"), [*KINDS, *LINKED])
def test_claims(claims_of: Callable[[str], Claims], text: str, claims: Claims) -> None:
    assert claims_of(text) == claims


@pytest.mark.parametrize("text", NONE)
def test_what_only_sounds_like_a_claim(claims_of: Callable[[str], Claims], text: str) -> None:
    assert claims_of(text) == []


def test_the_surface_is_the_claim_alone() -> None:
    found = release_claims(papers("It shines \u2014 caf\u00e9. To help, we release our code and data (v2) for all."))
    assert found["surface"].to_list() == ["we release our code and data (v2)"] * 2


def test_missing_abstracts_claim_nothing() -> None:
    for table in (papers(), papers(None)):
        ReleaseClaims.validate(release_claims(table))
        assert release_claims(table).is_empty()


WORDS = st.sampled_from(
    "We we release our the code data, models and will be is are publicly available upon acceptance . ; ( ) é\n "
    f"released from of not {REPO} open-source (we make to".split(" ")
)


@settings(max_examples=3)  # each example is a table of abstracts
@given(st.lists(st.lists(WORDS, max_size=30).map(" ".join), min_size=100, max_size=100), st.randoms())
def test_spans_hold_and_order_does_not_matter(texts: list[str], chance: object) -> None:
    table = papers(*texts)
    found = release_claims(table)
    ReleaseClaims.validate(found)
    assert not span_faults(found, table)
    assert found.equals(release_claims(table.sample(fraction=1, shuffle=True, seed=chance.randrange(99))))
    assert found.equals(pl.concat([release_claims(part) for part in table.iter_slices(60)]))
