"""The data dictionary: every table and every closed vocabulary, for a reader of the data."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from schemas.base import Table
from schemas.catalog import metadata
from schemas.render.facts import ColumnFacts, column_facts, row_checks
from schemas.render.sql import sql_type
from schemas.render.vocabularies import vocabulary_definitions

INTRODUCTION = """\
# The tables

What every table and every column means. This page is made from the models in `schemas/`; do not edit it, change the
model and run `python -m schemas.render > docs/tables.md`. The same words are in `papers.duckdb`, as comments on its
tables and columns.
"""


@dataclass(frozen=True)
class Measured:
    """What was counted of a table that is described as it is at one moment."""

    rows: int
    """Its length."""
    filled: Mapping[str, int]
    """Name of every column -> rows that have a value in it."""


def markdown_dictionary(
    tables: Mapping[str, type[Table]],
    introduction: str = INTRODUCTION,
    measured: Mapping[str, Measured] | None = None,
) -> str:
    """Writes the data dictionary.

    Args:
        tables: Table name -> model, in the order of the page.
        introduction: What the page begins with: its heading and what it is, ended by a line end.
        measured: Table name -> what was counted of it, to be told with it; nothing is told of numbers without it.

    Returns:
        A Markdown page, ended by a line end: an overview, one section per table, one per closed vocabulary in use.
    """
    facts = {name: column_facts(model) for name, model in tables.items()}
    used = _vocabularies_in_use(facts)
    counts = measured or {}
    parts = [introduction, _overview(tables, counts)]
    parts += [_table_section(name, model, facts[name], counts.get(name)) for name, model in tables.items()]
    parts += ["# The closed vocabularies\n\nThe only values that a column with a vocabulary may hold.\n"]
    parts += [_vocabulary_section(vocabulary, columns) for vocabulary, columns in used.items()]
    return "\n".join(parts)


def _full_name(name: str, model: type[Table]) -> str:
    schema = metadata(model)["schema"]
    return name if schema == "main" else f"{schema}.{name}"


def _overview(tables: Mapping[str, type[Table]], measured: Mapping[str, Measured]) -> str:
    head = ("table", "rows", "one row is") if measured else ("table", "one row is")
    rows = []
    for name, model in tables.items():
        link = f"[{_full_name(name, model)}](#{_anchor(_full_name(name, model))})"
        count = (f"{measured[name].rows:,}",) if measured else ()
        rows.append((link, *count, model.__doc__ or ""))
    return aligned_table(head, rows)


def _table_section(
    name: str, model: type[Table], columns: Sequence[ColumnFacts], measured: Measured | None = None
) -> str:
    told = metadata(model)
    lines = [f"## {_full_name(name, model)}\n", f"{model.__doc__}\n", f"Key: {code_names(told['primary_key'])}.\n"]
    if told["foreign_keys"]:
        references = (f"`{column}` is `{target}`" for column, target in told["foreign_keys"].items())
        lines.append(f"Refers to: {', '.join(references)}.\n")
    if measured:
        lines.append(f"Rows: {measured.rows:,}.\n")
    head = ("column", "type", "empty?", *(["filled"] if measured else []), "unit", "allowed values", "meaning")
    rows = [
        (
            f"`{facts.name}`",
            sql_type(facts.dtype),
            "may be" if facts.nullable else "never",
            *([_share(measured.filled[facts.name], measured.rows)] if measured else []),
            facts.unit or "",
            _allowed(facts),
            facts.description + (f" Source: {facts.source}." if facts.source else ""),
        )
        for facts in columns
    ]
    lines.append(aligned_table(head, rows))
    if checks := row_checks(model):
        lines.append("A row that breaks one of these rules is turned away, with the reason that the rule names.\n")
        rules = [(f"`{check.reason}`", f"`{check.column}`" if check.column else "", check.meaning) for check in checks]
        lines.append(aligned_table(("reason", "column", "rule"), rules))
    return "\n".join(lines)


def _share(part: int, whole: int) -> str:
    """A share in percent, which is 0 or 100 only where it is exactly so: `0.04 %` would be told as `< 0.1 %`."""
    if part in {0, whole}:
        return "" if whole == 0 else "100 %" if part else "0 %"
    percent = 100 * part / whole
    return "< 0.1 %" if percent < 0.1 else "> 99.9 %" if percent > 99.9 else f"{percent:.1f} %"


def _allowed(facts: ColumnFacts) -> str:
    if facts.vocabulary:
        return f"[{facts.vocabulary.__name__}](#{_anchor(facts.vocabulary.__name__)})"
    return "; ".join(
        f"matches `{words.removeprefix('matches ')}`" if words.startswith("matches ") else words
        for words in facts.constraints
    )


def _vocabularies_in_use(facts: Mapping[str, Sequence[ColumnFacts]]) -> dict[type[StrEnum], list[str]]:
    used: dict[type[StrEnum], list[str]] = {}
    for table, columns in facts.items():
        for column in columns:
            if column.vocabulary:
                used.setdefault(column.vocabulary, []).append(f"{table}.{column.name}")
    return used


def _vocabulary_section(vocabulary: type[StrEnum], columns: Sequence[str]) -> str:
    definitions = vocabulary_definitions().get(vocabulary.__name__, {})
    rows = [(f"`{member}`", definitions.get(member, "")) for member in vocabulary]
    lines = [f"## {vocabulary.__name__}\n", f"{vocabulary.__doc__} In {code_names(columns)}.\n"]
    return "\n".join([*lines, aligned_table(("value", "meaning"), rows)])


def code_names(names: Iterable[str]) -> str:
    """Names as a sentence lists them: `a`, `b`."""
    return ", ".join(f"`{name}`" for name in names)


def _anchor(heading: str) -> str:
    """The fragment that a Markdown page gives a heading: `audit.ledger` becomes `auditledger`."""
    return heading.lower().replace(".", "")


def aligned_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Sets a Markdown table whose columns line up; the last, which holds prose, is not padded.

    Args:
        head: Names of the columns.
        rows: Cells of the rows, as many as the head has.

    Returns:
        The table, ended by a line end.
    """
    cells = [[cell.replace("|", "\\|") for cell in row] for row in (head, *rows)]
    widths = [max(len(row[place]) for row in cells) for place in range(len(head) - 1)]
    rule = ["-" * width for width in widths] + ["-" * len(head[-1])]
    return "".join(
        "| " + " | ".join([*map(str.ljust, row, widths), row[-1]]) + " |\n" for row in (cells[0], rule, *cells[1:])
    )
