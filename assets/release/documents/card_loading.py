"""Loading: how to read a release with the tools that people have, with the names of the files that it has."""

from dataclasses import dataclass

from assets.release.draft import Draft
from assets.release.layout import FORMAT_FILES
from schemas.release_vocabulary import ReleaseFormat

PARQUET = "papers.parquet"
JSONL, NESTED, CSV, BIBTEX, DUCKDB = (
    FORMAT_FILES[one]
    for one in (
        ReleaseFormat.JSONL,
        ReleaseFormat.NESTED,
        ReleaseFormat.CSV,
        ReleaseFormat.BIBTEX,
        ReleaseFormat.DUCKDB,
    )
)


@dataclass(frozen=True)
class Snippet:
    """How to read one file with one tool."""

    tool: str
    """What people call the tool."""
    language: str
    """Language of the code, as Markdown names it."""
    needs: str
    """The file that it reads."""
    lines: tuple[str, ...]
    """The code, to be run in the folder of the release."""
    note: str = ""
    """What to know about it."""


SNIPPETS = (
    Snippet(
        "Hugging Face datasets",
        "python",
        PARQUET,
        (
            "from datasets import load_dataset",
            "",
            'papers = load_dataset(".", "papers", split="train")  # or another table',
        ),
    ),
    Snippet("pandas", "python", PARQUET, ("import pandas as pd", "", f'papers = pd.read_parquet("{PARQUET}")')),
    Snippet(
        "Polars", "python", PARQUET, ("import polars as pl", "", f'papers = pl.scan_parquet("{PARQUET}").collect()')
    ),
    Snippet(
        "DuckDB",
        "python",
        DUCKDB,
        (
            "import duckdb",
            "",
            f'connection = duckdb.connect("{DUCKDB}", read_only=True)',
            "papers = connection.sql(\"FROM search('language models') LIMIT 5\").fetchall()",
        ),
    ),
    Snippet(
        "DuckDB, any Parquet file",
        "sql",
        PARQUET,
        (f"SELECT year, count(*) FROM '{PARQUET}' GROUP BY year ORDER BY year;",),
    ),
    Snippet("R", "r", PARQUET, (f'papers <- arrow::read_parquet("{PARQUET}")',)),
    Snippet(
        "R, without packages",
        "r",
        CSV,
        (f'papers <- read.csv(gzfile("{CSV}"), encoding = "UTF-8", na.strings = "")',),
        "A text that a spreadsheet could take for a formula has one apostrophe before it: take away the first one of "
        "every text that begins with one. Lists are JSON.",
    ),
    Snippet(
        "JSON lines",
        "shell",
        JSONL,
        (f"zstd -dc {JSONL} | head -n 1",),
    ),
    Snippet(
        "JSON lines, all that belongs to a paper inside it",
        "shell",
        NESTED,
        (f"zstd -dc {NESTED} | head -n 1",),
    ),
    Snippet("LaTeX", "latex", BIBTEX, (f"\\addbibresource{{{BIBTEX}}}",)),
    Snippet(
        "BibTeX in Python",
        "python",
        BIBTEX,
        ("import bibtexparser", "", f'papers = bibtexparser.parse_file("{BIBTEX}")'),
    ),
)
"""All that is known, in the order in which it is told."""


def snippets(draft: Draft) -> list[Snippet]:
    """What can be read of a release."""
    paths = {file.path for file in draft.files}
    return [one for one in SNIPPETS if one.needs in paths]


def _noted(snippet: Snippet) -> str:
    return f"\n{snippet.note}\n" if snippet.note else ""


def loading(draft: Draft) -> str:
    """How to read a release, as Markdown."""
    told = [
        f"{one.tool}:\n\n```{one.language}\n" + "\n".join(one.lines) + "\n```\n" + _noted(one)
        for one in snippets(draft)
    ]
    return "\n".join(told) or "See the files above.\n"
