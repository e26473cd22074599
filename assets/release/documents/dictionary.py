"""`dictionary.md`: what every table and every column of this release means, and how much of it is filled."""

from assets.release.documents.question import is_filled
from assets.release.draft import Draft
from assets.release.snapshot import Snapshot
from schemas.catalog import TABLES, qualified
from schemas.render import column_facts, markdown_dictionary
from schemas.render.markdown import Measured
from schemas.render.sql import identifier


def render(draft: Draft) -> str:
    """Writes the document.

    Args:
        draft: The release, whose data is written and counted.
    """
    introduction = (
        f"# The tables of release {draft.version}\n\n"
        "What every table and every column of this release means. *Filled* is the share of rows that have a value: not "
        "empty, and no empty text or list. Tables whose names begin with `audit.` or `search.` are in `papers.duckdb` "
        "only.\n"
    )
    tables = {name: TABLES[name] for name in draft.snapshot.tables}
    return markdown_dictionary(tables, introduction, measure(draft.snapshot))


def measure(snapshot: Snapshot) -> dict[str, Measured]:
    """Counts the rows of every table that have a value, column by column.

    Args:
        snapshot: The tables.
    """
    measured = {}
    with snapshot.connect() as connection:
        for name in snapshot.tables:
            facts = column_facts(TABLES[name])
            counts = ", ".join(f"count(*) FILTER ({is_filled(one)}) AS {identifier(one.name)}" for one in facts)
            row = connection.execute(f"SELECT {counts} FROM {qualified(name)}").fetchone() or ()
            filled = dict(zip((one.name for one in facts), row, strict=True))
            measured[name] = Measured(snapshot.rows[name], filled)
    return measured
