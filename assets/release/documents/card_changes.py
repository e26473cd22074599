"""The section of the card that says what has changed, as the deltas of the release tell it."""

from assets.release.delta.plan import PLAN, Plan
from assets.release.documents.markdown import code, number, sentence, table
from assets.release.documents.queries import Answers
from assets.release.draft import Draft
from assets.release.layout import DELTA
from schemas.release_vocabulary import TableChange


def changes(draft: Draft, found: Answers) -> str:  # noqa: ARG001 all sections are called alike
    """What is new, has changed or is gone since earlier releases, table by table; nothing where it is the first."""
    plans = [
        Plan.from_json((draft.folder / file.path).read_bytes())
        for file in draft.files
        if file.path.startswith(f"{DELTA}/") and file.path.endswith(f"/{PLAN}")
    ]
    return "\n".join(map(_since, plans))


def _since(plan: Plan) -> str:
    version = plan.base.version
    if plan.omitted is not None:
        return f"Since {code(version)}: not told, because {sentence(plan.omitted)}.\n"
    rows = [
        (code(name), *(_shown(one) for one in (told.rows_before, told.rows, told.added, told.changed, told.removed)))
        for name, told in plan.tables.items()
        if told.change is not TableChange.EQUAL
    ]
    head = ("table", "rows before", "rows now", "added", "changed", "removed")
    listed = table(head, rows, numbers=range(1, 6)) if rows else "Nothing but software and documents.\n"
    notes = "".join(f"\n{sentence(note)}\n" for note in plan.notes)
    more = f"`{DELTA}/{version}/{PLAN}` has it in full."
    return f"Since {code(version)}, in rows; tables that are not here are equal. {more}\n\n{listed}{notes}"


def _shown(count: int | None) -> str:
    return "" if count is None else number(count)
