"""The bundled samples: they show every class of damage, and come out of a run as docs/samples.md says."""

import re
from pathlib import Path

import duckdb
import pytest

from tests.pipeline.conftest import SAMPLES

TEXT = "\n".join(path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("*.txt")))

DAMAGE = {
    "escaped percent": r"\d\\%",
    "escaped ampersand": r"\\& ",
    "escaped other": r"C\\#",
    "control space": r"e\.g\.\\ ",
    "accents": r"(?s)Poincar\\'e.*Schr\\\"oder.*Na\\\"ive|Na\\\"ive.*Poincar\\'e.*Schr\\\"oder",
    "old-style group that nests": r"\{\\em [^{}]*\{\\bf [^{}]*\}[^{}]*\}",
    "braces round text": r"\{fewer labels\}",
    "command kept": r"\\textbf\{",
    "tie": r"Transformers~\(ViT\)",
    "comment line": r"mornings\. %We",
    "glued times": r"\d\.\dtimes",
    "glued times in braces": r"\d\{times\}",
    "glued times between numbers": r"\dtimes\d",
    "relation at a number": r"sim\d",
    "relation of letters": r"n geq m",
    "sign": r"\d pm \d",
    "arrow": r"rightarrow",
    "infinity": r"to infty",
    "greek": r"alpha in",
    "greek, glued": r"Phicirc Psi",
    "left and right": r"left\(.*right\)",
    "bold symbol": r"\{bf x\}",
    "transpose": r"\^top",
    "degree": r"\^circ",
    "bullet": r"bullet the",
    "star": r"x\^star",
    "font command splits words": r"extbf\{te\}d",
    "font command in a title": r"(?m)^Cooktextsc\{The\}Books",
    "spacing braces": r"B\{-\}7",
    "spacing braces round a comma": r"1\{,\}024",
    "unicode escape": r"scratchx2014with",
    "citation keys after a tie": r"~okafor2021roots,lindqvist2022petals",
    "citation key": r"maps tanaka2019heat of",
    "label after an address": r"8080/\{here\}",
    "broken word": r"col lection",
    "glued number": r"14LLMs",
    "glued names": r"GNNTransformer",
    "glued model name": r"Samovar-2\.17B-Chat",
    "no space after a stop": r"experiment\.Our",
    "no space after a comma": r"events,which",
    "no space after an abbreviation": r"i\.e\.systems",
    "no space before a bracket": r"tables\(e\.g\.",
    "space before a stop": r"hedgerow \.",
    "space before a colon, in a title": r"(?m)^HEDGEROW :",
    "space before a percent sign": r"73 \\%",
    "space inside a compound": r"end -to-end",
    "space after a slash": r"recall/ control",
    "cut at the end": r"Finally, we \.\.\.",
    "cut at the start": r"(?m)^on whether",
    "enumerator with a stop": r"\(1\)\. ",
    "doubled word": r"that that",
    "lost bracket": r"\(for instance [^)]*\.",
    "double quotes": r"``gap''",
    "single quotes": r"`spell'",
    "grave accent": r"models` ",
    "mixed quotes": r"``not visible\"",
    "mixed quotes, the other way": r"\"clearly''",
    "doubled single quotes": r"''see''",
    "dash": r" -- ",
    "half-spaced dash": r"alike --and",
    "three hyphens": r" --- ",
    "dash of a range": r"\d--\d",
    "collapsed dash": r"text-shop signs",
    "run-in list": r": \* what is stored \* for how long",
    "section labels": r"Background: .*Methods: .*Results: .*Conclusion: ",
    "lost root": r"mathcal\{O\}\( T",
    "lost fraction": r"1\{2\} -epsilon",
    "lost character": "\ufffd",
}
KEPT = [
    "$15 per paper",
    "10 times larger",
    "<kernel> + <model> + <optional hints>",
    "We introduce Sigma",
    "zero- or few-shot",
    "DALL.E 2",
    "U.S. harbours",
    "NL2SQL",
    "plain numpy",
    "Wrapper.jl",
    "PPL-1% sparsity",
    "pass@20",
    "M < d^2",
    "1M~60M",
    "Delta Rule",
    "in in-context learning",
    "w.r.t. indices",
]


@pytest.mark.parametrize("pattern", [pytest.param(pattern, id=name) for name, pattern in DAMAGE.items()])
def test_every_class_of_damage_is_shown(pattern: str) -> None:
    assert re.search(pattern, TEXT)


@pytest.fixture(scope="module")
def con(published: Path):
    with duckdb.connect(str(published / "papers.duckdb"), read_only=True) as connection:
        yield connection


def one(con: duckdb.DuckDBPyConnection, query: str) -> tuple:
    return con.execute(query).fetchone()


def test_the_account_is_as_documented(con) -> None:
    read = "SELECT role, count(*), sum(listing_count) FROM dumps WHERE status = 'read' GROUP BY ALL ORDER BY ALL"
    assert con.execute(read).fetchall() == [("feed", 3, 36), ("reference", 2, 8)]
    assert con.execute("SELECT reason, count(*) FROM audit.rejected_listings GROUP BY ALL").fetchall() == [
        ("unpaired_paragraph", 1)
    ]
    assert one(con, "SELECT count(*) FROM papers") == (27,)
    counts = con.execute("SELECT listing_count, count(*) FROM papers GROUP BY ALL ORDER BY ALL").fetchall()
    assert counts == [(1, 21), (2, 4), (3, 2)]


@pytest.mark.parametrize("text", KEPT)
def test_what_only_looks_damaged_is_kept(con, text: str) -> None:
    assert text.lower() in TEXT.lower()
    assert con.execute("SELECT 1 FROM papers WHERE contains(abstract, ?)", [text]).fetchone()


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param(r"\\[%&# ]", id="escapes"),
        pytest.param(r"\\['\"`~^][A-Za-z]", id="accents"),
        pytest.param(r"\{\\", id="groups"),
        pytest.param(r"\dtimes", id="times"),
        pytest.param(r"\btext(bf|sc|tt|it)", id="font commands"),
        pytest.param(r"``|''", id="quotes"),
        pytest.param(r"--", id="dashes"),
        pytest.param(r" [.,;:] ", id="space before a mark"),
        pytest.param(r"x20\d\d", id="unicode escapes"),
        pytest.param(r"[a-z]+20\d\d[a-z]+\b", id="citation keys"),
    ],
)
def test_what_is_certain_is_repaired(con, pattern: str) -> None:
    query = "SELECT title, abstract FROM papers WHERE regexp_matches(title || ' ' || abstract, ?)"
    assert con.execute(query, [pattern]).fetchall() == []


def test_what_is_not_certain_is_flagged(con) -> None:
    flags = {flag for (flag,) in con.execute("SELECT DISTINCT unnest(flags) FROM clean_listings").fetchall()}
    assert {"math_loss", "truncated_start", "truncated_end", "leaked_comment", "lost_bracket"} <= flags


def test_references_add_values_and_no_papers(con) -> None:
    assert one(con, "SELECT count(*), sum(reference_count) FROM papers WHERE reference_count > 0") == (5, 6)
    assert one(con, "SELECT count(*) FROM papers WHERE arxiv_id LIKE '2502.%' AND len(authors) > 0") == (5,)
    assert con.execute("SELECT field, other_values FROM conflicts WHERE field = 'authors'").fetchall() == [
        ("authors", ['["Maren Oldewage","Tobias Quill"]'])
    ]


def test_what_a_page_lost_is_read_in_its_source(con) -> None:
    resolved = "SELECT unnest(resolved_flags) AS flag FROM text_repairs"
    assert con.execute(f"SELECT flag, count(*) FROM ({resolved}) GROUP BY ALL ORDER BY ALL").fetchall() == [
        ("math_loss", 2),
        ("truncated_end", 1),
    ]
    assert one(con, "SELECT count(*) FROM papers WHERE list_contains(flags, 'math_loss')") == (0,)


def test_the_year_of_a_page_is_proved(con) -> None:
    days = con.execute("SELECT strftime(listed_on, '%Y-%m-%d'), proof FROM pages ORDER BY ALL").fetchall()
    assert days == [(f"2025-02-{day}", "publication") for day in (21, 22, 24)]


def test_links_of_several_kinds(con) -> None:
    kinds = {kind for (kind,) in con.execute("SELECT DISTINCT kind FROM links").fetchall()}
    assert kinds == {"code", "data", "model", "demo", "project", "video", "paper", "other"}
    assert one(con, "SELECT count(*) FROM links WHERE status = 'promised'") == (2,)
    flags = {flag for (flag,) in con.execute("SELECT DISTINCT unnest(flags) FROM links").fetchall()}
    assert flags == {"anonymous_host", "ip_host", "short_link", "no_scheme"}
