"""What proves that a page made one text of another, and what only looks like it."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.dedupe.papers.proofs import PROOFS, prove
from assets.validate.restore.render import render

PAPER = "p0123456789abcdef"
OPENING = (
    "We study how paper lanterns drift slowly over the harbour of Quillmere when the tide turns and nobody watches "
    "them go by until morning. "
)
SOURCE = (
    OPENING + r"A lantern needs $\sqrt{n}$ steps and \textbf{five percent} of the $\hat{m}$ wicks we lit before dawn."
)
SHOWN = OPENING + "A lantern needs n steps and five percent of the m wicks we lit before dawn."
VERSION = SHOWN.replace("dawn", "noon")


def proofs_of(*texts: str | None, field: str = "abstract", roles: tuple[str, ...] = ()) -> list[tuple[str, str, str]]:
    """(listing, source, proof) of listings `a`, `b`, ... of one paper; the first is of a feed, the rest references."""
    names = "abcdefgh"[: len(texts)]
    rows = [
        {
            "paper_id": PAPER,
            "listing_id": name,
            "role": (roles or ("feed", *["reference"] * 7))[at],
            "title_raw": text if field == "title" else "Lanterns",
            "abstract_raw": text if field == "abstract" else None,
        }
        for at, (name, text) in enumerate(zip(names, texts, strict=True))
    ]
    schema = dict.fromkeys(("paper_id", "listing_id", "role", "title_raw", "abstract_raw"), pl.String)
    found = prove(pl.DataFrame(rows, schema=schema))
    assert found.schema == pl.Schema(PROOFS)
    assert set(found["field"]) <= {field}
    return found.select("listing_id", "source_listing_id", "proof").rows()


@pytest.mark.parametrize(
    ("listing", "source", "proof"),
    [
        pytest.param(SHOWN, SOURCE, "renders_equal", id="rendered"),
        pytest.param(SHOWN, SOURCE.replace(". ", ".\n  "), "renders_equal", id="line breaks"),
        pytest.param(SHOWN.replace("nobody", "R&D"), SOURCE.replace("nobody", "R&amp;D"), "renders_equal", id="entity"),
        pytest.param(
            SHOWN.replace("drift", "drîft"), SOURCE.replace("drift", "dri\u0302ft"), "renders_equal", id="NFD"
        ),
        pytest.param(SHOWN, SOURCE.replace("five percent", r"\emph{five percent}"), None, id="a command that stayed"),
        pytest.param(SHOWN, SHOWN, None, id="the same text"),
        pytest.param(SHOWN, SHOWN.replace(" over", ", over"), None, id="another comma, no markup"),
        pytest.param(SOURCE, SOURCE.replace("wicks we", "wicks, we"), None, id="both have the markup"),
        pytest.param(VERSION, SOURCE, None, id="another version"),
        pytest.param("n steps", r"$\sqrt{n}$ steps", None, id="too short"),
        pytest.param(None, SOURCE, None, id="no abstract"),
        pytest.param(SHOWN[:150], SOURCE, "renders_start", id="cut within a sentence"),
        pytest.param(SHOWN[:150], SHOWN, "renders_start", id="cut, of a text without markup"),
        pytest.param(SHOWN[:-2], SHOWN, "renders_start", id="cut within a word"),
        pytest.param(OPENING + "...", SOURCE, "renders_start", id="says that it was cut"),
        pytest.param(OPENING, SOURCE, None, id="a sentence was added"),
        pytest.param(OPENING.rstrip(". "), SOURCE, None, id="no full stop, and a sentence was added"),
        pytest.param(OPENING + "At www.a.org/b", OPENING + "At www.a.org/b/c and on tape.", None, id="another address"),
        pytest.param(SHOWN[9:], SOURCE, "renders_end", id="start cut"),
        pytest.param("However, " + SHOWN, "It is dark. However, " + SOURCE, "renders_end", id="points back"),
        pytest.param(SHOWN, "It is dark. " + SOURCE, None, id="a first sentence was added"),
        pytest.param(SHOWN, "Abstract: " + SOURCE, None, id="a label"),
        pytest.param(SHOWN[9:160], SOURCE, "renders_inside", id="cut on both sides"),
        pytest.param(SHOWN[9:160], SOURCE.replace("watches", "sees"), None, id="cut, and another version"),
    ],
)
def test_proof(listing: str | None, source: str, proof: str | None) -> None:
    expected = [("a", "b", proof)] if proof else []
    assert proofs_of(listing, source) == expected


@pytest.mark.parametrize(
    ("listing", "source", "proven"),
    [
        pytest.param("Lanterns at m of the Tide", r"Lanterns at $\hat{n}$ of the Tide", False, id="another letter"),
        pytest.param("Lanterns at n of the Tide", r"Lanterns at $\hat{n}$ of the Tide", True, id="rendered"),
        pytest.param("n by n", r"$\hat{n}$ by $n$", True, id="three words"),
        pytest.param("On n", r"On $\hat{n}$", False, id="two short words"),
        pytest.param("Lanterns at n", r"Lanterns at $\hat{n}$ of the Tide", False, id="titles are not completed"),
    ],
)
def test_proof_of_titles(listing: str, source: str, proven: bool) -> None:
    assert bool(proofs_of(listing, source, field="title")) is proven


def test_best_source_comes_first() -> None:
    cut = SHOWN[:150]
    longer = SOURCE + " More follows."
    assert proofs_of(SHOWN, SHOWN + " More follows.", SOURCE) == [("a", "c", "renders_equal")]
    assert proofs_of(cut, SHOWN + " And more follows here.", SOURCE) == [("a", "c", "renders_start")]  # LaTeX
    assert proofs_of(cut, SOURCE, longer) == [("a", "c", "renders_start")]  # the longest
    assert proofs_of(SHOWN, SOURCE, SOURCE.replace(" of", "  of")) == [("a", "b", "renders_equal")]  # the first


def test_only_feeds_are_repaired_and_any_listing_is_a_source() -> None:
    assert proofs_of(SHOWN, SOURCE, roles=("reference", "feed")) == []
    assert proofs_of(SHOWN, SOURCE, SHOWN, roles=("feed", "feed", "feed")) == [
        ("a", "b", "renders_equal"),
        ("c", "b", "renders_equal"),
    ]


def test_other_papers_prove_nothing() -> None:
    rows = [
        {"paper_id": paper, "listing_id": paper, "role": "feed", "title_raw": "Lanterns", "abstract_raw": text}
        for paper, text in (("p1", SHOWN), ("p2", SOURCE))
    ]
    assert prove(pl.DataFrame(rows)).is_empty()


WORDS = st.lists(
    st.sampled_from(["tide", r"$\hat{m}$", r"\emph{wick}", "50\\%", "ash", "{lamp}"]), min_size=40, max_size=60
)


@settings(max_examples=25)
@given(WORDS)
def test_what_is_rendered_is_proven_unless_nothing_was_lost(words: list[str]) -> None:
    source = " ".join(words)
    shown = pl.DataFrame({"text": [source]}).select(render(pl.col("text"))).item()
    if len([letter for letter in shown if letter.isalnum()]) < 100:
        return
    lost = "$" in source or r"\emph" in source
    assert proofs_of(shown, source) == ([("a", "b", "renders_equal")] if lost else [])


@settings(max_examples=25)
@given(st.lists(st.text(alphabet="aA $\\{}.…é", max_size=150), min_size=2, max_size=5), st.randoms())
def test_order_of_listings_does_not_matter(texts: list[str], random: object) -> None:
    rows = [
        {"paper_id": "p", "listing_id": str(at), "role": "feed", "title_raw": text, "abstract_raw": text * 8}
        for at, text in enumerate(texts)
    ]
    shuffled = rows.copy()
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a Random
    assert prove(pl.DataFrame(rows)).equals(prove(pl.DataFrame(shuffled)))
