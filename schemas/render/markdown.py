"""The data dictionary: every table and every closed vocabulary, for a reader of the data."""

from collections.abc import Iterable, Mapping, Sequence
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


def markdown_dictionary(tables: Mapping[str, type[Table]]) -> str:
    """Writes the data dictionary.

    Args:
        tables: Table name -> model, in the order of the page.

    Returns:
        A Markdown page, ended by a line end: an overview, one section per table, one per closed vocabulary in use.
    """
    facts = {name: column_facts(model) for name, model in tables.items()}
    used = _vocabularies_in_use(facts)
    parts = [INTRODUCTION, _overview(tables)]
    parts += [_table_section(name, model, facts[name]) for name, model in tables.items()]
    parts += ["# The closed vocabularies\n\nThe only values that a column with a vocabulary may hold.\n"]
    parts += [_vocabulary_section(vocabulary, columns) for vocabulary, columns in used.items()]
    return "\n".join(parts)


def _full_name(name: str, model: type[Table]) -> str:
    schema = metadata(model)["schema"]
    return name if schema == "main" else f"{schema}.{name}"


def _overview(tables: Mapping[str, type[Table]]) -> str:
    rows = [
        (f"[{_full_name(name, model)}](#{_anchor(_full_name(name, model))})", model.__doc__ or "")
        for name, model in tables.items()
    ]
    return aligned_table(("table", "one row is"), rows)


def _table_section(name: str, model: type[Table], columns: Sequence[ColumnFacts]) -> str:
    told = metadata(model)
    lines = [f"## {_full_name(name, model)}\n", f"{model.__doc__}\n", f"Key: {code_names(told['primary_key'])}.\n"]
    if told["foreign_keys"]:
        references = (f"`{column}` is `{target}`" for column, target in told["foreign_keys"].items())
        lines.append(f"Refers to: {', '.join(references)}.\n")
    head = ("column", "type", "empty?", "unit", "allowed values", "meaning")
    rows = [
        (
            f"`{facts.name}`",
            sql_type(facts.dtype),
            "may be" if facts.nullable else "never",
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
