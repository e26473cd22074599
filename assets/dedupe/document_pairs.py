"""What the page about record linkage says of pairs: which are compared, how they are weighed, and what is decided."""

from assets.dedupe import blocking, decide, keys
from assets.dedupe.records import ID_COLUMNS
from assets.dedupe.signatures.bands import ROWS
from assets.dedupe.signatures.shingles import SHINGLE_WORDS, SIGNATURE_LENGTH
from assets.dedupe.weights import PRIOR, WEIGHTS
from schemas.agreement import Agreement
from schemas.match_vocabulary import BlockingKind, Decision, MatchReason
from schemas.matches import MatchPairs
from schemas.render import ColumnFacts, column_facts, definition_of
from schemas.render.markdown import aligned_table, code_names

SURVIVES: dict[BlockingKind, tuple[str, str]] = {
    BlockingKind.IDENTIFIER: (definition_of(BlockingKind.IDENTIFIER), "anything else that differs"),
    BlockingKind.TITLE: (
        "The title in search form, without spaces.",
        "case, accents, punctuation, spaces, markup, notes of databases",
    ),
    BlockingKind.TITLE_WORDS: (
        f"The {keys.LONGEST} longest words of the title, in any order.",
        "words in another order, small words that differ",
    ),
    BlockingKind.TITLE_START: (
        f"The first {keys.START} letters of the title.",
        "a subtitle left out, an end cut off, an error further on",
    ),
    BlockingKind.TITLE_END: (f"The last {keys.START} letters of the title.", "another beginning, an error in it"),
    BlockingKind.AUTHOR_YEAR: (
        "The year, and an author with the first letters of the title, or two words of the authors' names.",
        "another title, names in another order",
    ),
    BlockingKind.PAGES: (definition_of(BlockingKind.PAGES), "a title that was translated, names that were misread"),
    BlockingKind.RENDERED: (
        definition_of(BlockingKind.RENDERED),
        "LaTeX in the one and in the other what a page has made of it",
    ),
    BlockingKind.ABSTRACT: (
        f"The first {keys.ABSTRACT} letters of the abstract in search form.",
        "another title, an abstract that was cut off",
    ),
    BlockingKind.SIGNATURE: (
        f"{ROWS} of {SIGNATURE_LENGTH} values that stand for the abstract (MinHash, {SHINGLE_WORDS} words in a row).",
        "words of the abstract that differ, wherever they stand; another title",
    ),
    BlockingKind.JUDGEMENT: (definition_of(BlockingKind.JUDGEMENT), "everything"),
}
"""Kind of key -> what it is made of, and which differences between two records of one work it survives."""

NOTES = {
    "title": f"""Titles are alike, as the rules have it, unless they are {code_names(decide.UNLIKE)}.""",
    "place": f"""Silence is not held against two listings: where neither states a volume or a page, the sum is that of
the same volume and page. As the rules have it, two listings are in one place if this is {code_names(decide.ONE_PLACE)};
the places differ if it is {code_names(decide.OTHER_PLACE)}.""",
    "doi": "A DOI of a preprint and another of what became of it say nothing: `unknown`.",
}
"""Field -> what the rules make of its degrees."""


def bits_of_evidence(bits: float) -> str:
    """Bits with their sign: `+2.5`, `-3`, `0`."""
    return f"{bits:+g}" if bits else "0"


def candidates() -> str:
    """Which listings are compared."""
    rows = [(f"`{kind}`", definition, survives) for kind, (definition, survives) in SURVIVES.items()]
    return f"""## Candidates

To compare everything with everything would be hopeless. Listings are compared if they share a key; each kind of key
survives another kind of difference between two listings of one work. A key proves nothing: every pair is verified.

{aligned_table(("key", "what two listings share", "survives"), rows)}
The kinds of identifiers are {code_names(ID_COLUMNS)}. Up to {blocking.BLOCK_CAP} listings that share a key are all
compared with each other, up to {blocking.NAMES_CAP} where the key is of names and a year. Of more, each is compared
with the {blocking.NEIGHBOURS} that follow it in the order of titles, authors and years: a hundred thousand editorials
cost no more than any other hundred thousand listings, and copies still meet.
"""


def agreement() -> str:
    """What is seen of two listings, and what it weighs."""
    columns = {facts.name: facts for facts in column_facts(MatchPairs)}
    fields = "\n".join(_field(field, columns[f"{field}_agreement"]) for field in WEIGHTS)
    return f"""## Agreement

What two listings have in common is told field by field, in one word each: the columns `…_agreement` of
`audit.match_pairs`. Case, accents, punctuation, markup, abbreviations, initials, the order of names and the notes that
databases put into titles are looked through. Where several words fit, the closest is taken.

Every word has a weight in bits: +1 makes one work twice as likely, -1 half as likely. The sum is the evidence. It
starts at {bits_of_evidence(PRIOR)}, since two listings that merely share a key are seldom one work. The weights are set
by hand, the same for all sources, with estimates beside them; none is fitted to a labelled set.

{fields}"""


def _field(field: str, column: ColumnFacts) -> str:
    """The degrees of agreement of a field, the heaviest first."""
    weights = WEIGHTS[field]
    degrees = sorted((one for one in column.vocabulary or () if one in weights), key=lambda one: -weights[one])
    rows = [(f"`{one}`", bits_of_evidence(weights[one]), definition_of(one)) for one in degrees]
    note = f"\n{NOTES[field]}\n" if field in NOTES else ""
    about = column.description if column.vocabulary is Agreement else (column.vocabulary or Agreement).__doc__
    return f"### {column.name}\n\n{about}\n\n{aligned_table(('degree', 'bits', 'meaning'), rows)}{note}"


def decision() -> str:
    """What is decided on a pair, by which rule."""
    head = ("no", "decision", "reason", "applies if")
    numbered = list(enumerate([*decide.RULES, *decide.WEIGHED], 1))
    rows = [(str(at), f"`{rule.decision}`", f"`{rule.reason}`", rule.summary) for at, rule in numbered]
    certain = len(decide.RULES)
    decisions = aligned_table(("decision", "meaning"), [(f"`{one}`", definition_of(one)) for one in Decision])
    reasons = {rule.reason: definition_of(rule.reason) for _, rule in numbered}
    meanings = aligned_table(("reason", "meaning"), [(f"`{reason}`", said) for reason, said in reasons.items()])
    return f"""## Decision

{decisions}
The first rule that applies decides. Some need no weighing:

{aligned_table(head, rows[:certain])}
After these the evidence decides: {bits_of_evidence(decide.MATCH_FROM)} bits are enough for a match, and
{bits_of_evidence(decide.UNSURE_FROM)} are close to enough.

{aligned_table(head, rows[certain:])}
What the reasons mean:

{meanings}
The score of a pair is the probability that its bits amount to, `1 / (1 + 2^-bits)`, on the side of the decision; a
match or no match without weighing counts as {decide.CERTAIN:g} bits. These rules are version `{decide.RULE_VERSION}`.

What a person [judged](judgements.md) stands above all of it, with the reason `{MatchReason.JUDGED_SAME}` or
`{MatchReason.JUDGED_DIFFERENT}`.
"""
