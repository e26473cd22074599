"""The sections of the card that say how good the data is: damage, what it is a sample of, what is known to be wrong."""

from assets.release.documents.issues import Issue, find
from assets.release.documents.markdown import code, number, percent, sentence, table
from assets.release.documents.queries import Answers
from assets.release.documents.question import OUR_WORDS
from assets.release.documents.statements import BIASES
from assets.release.draft import Draft
from schemas.release_vocabulary import Severity
from schemas.render import definition_of

LISTED = 30
"""Issues that the card lists; `issues.json` has all."""
DAMAGE = "flag"
"""The family of issues that tells of damaged texts."""
EMPTY = "empty"
"""The family of issues that tells of empty columns: the table of filled columns says the same."""


HANDLING = (
    "Dumps damage texts: formulas lose their operators, words run together, ends are cut off. A rule undoes what is "
    "certain, and says so in `clean_listings.repairs`; what is not certain stays and carries a flag. The author's "
    "words, spelling and punctuation marks are never changed."
)


def damage(draft: Draft, found: Answers) -> str:
    """How damaged text was handled, and how much of it is left."""
    told = []
    if found.has("repaired"):
        count, share = found.value("repaired", "listings"), found.value("repaired", "percent")
        told.append(f"Listings that were repaired: {number(count)} ({percent(share)}).")
    if found.value("texts_restored", "texts"):
        texts, papers = found.value("texts_restored", "texts"), found.value("texts_restored", "papers")
        told.append(
            f"Texts that gave way to the source that they provably were made of: {number(texts)}, of {number(papers)} "
            "papers; see `text_repairs`."
        )
    if found.has("flagged"):
        count, share = found.value("flagged", "papers"), found.value("flagged", "percent")
        told.append(f"Papers that carry a flag: {number(count)} ({percent(share)}).")
    flags = [issue for issue in find(draft.snapshot).issues if _family(issue) == DAMAGE]
    rows = [(code(_key(issue)), number(issue.count), percent(issue.percent), issue.meaning) for issue in flags]
    left = "\n\n" + table(("flag", "papers", "share", "what it means"), rows, numbers=(1, 2)) if rows else ""
    return f"{HANDLING}\n\n" + "\n".join(f"- {line}" for line in told) + left


def biases(draft: Draft, found: Answers) -> str:  # noqa: ARG001 all sections are called alike
    """What the data is a sample of, and what it is not, by its own numbers."""
    told = ["\n".join(f"- {sentence(line)}" for line in BIASES) + "\n"]
    for name, heading, column in SHARES:
        rows = [(_value(row["value"]), number(row["papers"]), percent(row["percent"])) for row in found.rows(name)]
        if rows:
            told.append(f"{heading}:\n\n{table((column, 'papers', 'share'), rows, numbers=(1, 2))}")
    return "\n".join(told)


SHARES = (
    ("formats", "Papers by the format of the feeds that list them", "format"),
    ("largest_feeds", "The feeds that list the most papers", "feed"),
    ("languages", "Languages of title and abstract, as a model tells them", "language"),
    ("papers_by_year", "Years of publication", "year"),
    ("record_types", "Kinds of records, as their titles tell them", "kind"),
    ("categories", "Subjects that sources state most often", "subject"),
)
"""Questions whose answers are shares of all papers: name, heading, what is counted."""


def _value(value: str) -> str:
    return value if value in OUR_WORDS else code(value)


def known_issues(draft: Draft, found: Answers) -> str:  # noqa: ARG001 all sections are called alike
    """What is known to be wrong, counted, the gravest first."""
    all_found = find(draft.snapshot)
    told = [issue for issue in all_found.issues if _family(issue) not in {DAMAGE, EMPTY}]
    rows = [
        (code(issue.id), str(issue.severity), number(issue.count), percent(issue.percent), sentence(issue.meaning))
        for issue in told[:LISTED]
    ]
    grades = "; ".join(
        f"*{one}*: {definition_of(one)[0].lower()}{definition_of(one)[1:].rstrip('.')}" for one in Severity
    )
    head = ("issue", "how grave", "count", "share", "what it is")
    listed = table(head, rows, numbers=(2, 3)) if rows else "Nothing was found.\n"
    more = "Those are the gravest; the others are there too. " if len(told) > LISTED else ""
    query = (
        f"{more}`issues.json` has for each the query that lists where it is, and examples; and what was looked for and "
        f"is nowhere. Grades: {grades}.\n"
    )
    parts = [f"Beside flags and empty columns, which are counted above:\n\n{listed}", query]
    if all_found.not_counted:
        parts.append(f"Not part of this release, and so not counted: {', '.join(map(code, all_found.not_counted))}.\n")
    if draft.warnings:
        parts.append("Odd about this release:\n\n" + "".join(f"- {sentence(one)}\n" for one in draft.warnings))
    return "\n".join(parts)


def _family(issue: Issue) -> str:
    return issue.id.partition(":")[0]


def _key(issue: Issue) -> str:
    return issue.id.partition(":")[2]
