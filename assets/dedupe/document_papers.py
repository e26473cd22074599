"""What the page about record linkage says of papers: how groups are made, which values survive, how ids last."""

from assets.dedupe.groups import agglomerate, cluster
from assets.dedupe.groups.claims import ONLY_ID, USUAL_IDS
from assets.dedupe.papers import survive
from assets.dedupe.papers.identity_keys import EXCLUSIVE_KINDS, ID_KINDS, KINDS, LISTING, TEXT, WORK, WORK_WORDS
from schemas.match_vocabulary import CutReason, Relation, SurvivalRule
from schemas.render import definition_of
from schemas.render.markdown import aligned_table, code_names

WITNESSES = {
    10: "Curated: people keep every record right.",
    20: "The publisher's own word.",
    25: "Gathered from publishers and others by machine.",
    30: "The authors' own word.",
    35: "Exports and tables: what somebody collected, from sources that are not told.",
    40: "A feed: it shows what it took from elsewhere.",
}
"""Rank of a source -> what kind of witness it is."""

IDENTITY_KEYS = {
    **{kind: f"The `{column}` of a listing." for kind, column in ID_KINDS.items()},
    TEXT: "Title and abstract in search form.",
    WORK: f"Title, of {WORK_WORDS} words or more, first author and year of a listing that states neither an "
    "identifier nor an abstract. It proves nothing: it leads to an id that nobody else claims, and merges nothing.",
    LISTING: "The place of a listing in its dump.",
}
"""Kind of identity key -> what it is made of."""


def groups() -> str:
    """How matches become papers."""
    cuts = aligned_table(("reason", "meaning"), [(f"`{cut}`", definition_of(cut)) for cut in CutReason])
    others = code_names(USUAL_IDS)
    return f"""## Groups

Only pairs that were decided as a match, or judged to be the same, join listings. Where nothing speaks against it,
everything that a chain of matches connects is one paper. A group is looked at more closely if it holds a pair that was
compared and is no match, two identifiers of which a paper has one, a judgement that separates, or more than
{cluster.SIZE_CAP:,} listings: a chain of plausible pairs is no proof.

Such a group is taken apart and grown anew. The two parts whose compared pairs speak for one paper most, on average,
are joined first, as long as that average is {agglomerate.THRESHOLD / 1000:g} (log-odds) or more and nothing forbids it:

- judgements are followed whatever the rules say, and all that follows from them;
- no paper has two of `{ONLY_ID}`; two of {others} stand together only if a match joins exactly those two;
- beyond {cluster.SIZE_CAP:,} listings, parts are joined only by equal identifiers or texts, or if at least
  {agglomerate.DENSE:.0%} of all pairs across them match;
- with `sheaf dedupe --link`, sources are free of duplicates: no paper has two records of one source, and between two
  sources the assignment is one to one with the greatest sum of evidence.

Listings of references are grouped in the same way and make no papers of their own: a group without a listing of a feed
is dropped. Their pairs are compared as far as they lead to a feed: first the pairs with a listing of a feed, then those
with a reference that matched, and so on. What no paper needs is counted in `audit.ledger.rows_unused`.

Where a group departs from the decision on a pair, `audit.cluster_cuts` says why:

{cuts}"""


def values() -> str:
    """Which values become those of the paper."""
    ranks: dict[int, list[str]] = {survive.PRECEDENCE_OF_OTHERS: ["all others"]}
    for one, rank in survive.PRECEDENCE.items():
        ranks.setdefault(rank, []).append(f"`{one}`")
    precedence = [(str(rank), WITNESSES[rank], ", ".join(names)) for rank, names in sorted(ranks.items())]
    order = dict.fromkeys((SurvivalRule.ONLY_VALUE, *(rule for _, _, rule in survive.CRITERIA), SurvivalRule.IN_FULL))
    rules = aligned_table(("rule", "meaning"), [(f"`{rule}`", definition_of(rule)) for rule in order])
    return f"""## Values

A paper takes each field from one of its listings. The fields are
{code_names(survive.FIELDS)}. Values are ranked in one
order, the same for all fields, and the first rule that tells the best two apart is named in `paper_values.rule`:

{rules}
The precedence of sources, the lowest rank first:

{aligned_table(("rank", "witness", "formats"), precedence)}
An abstract that lost something ({code_names(survive.LOSSES)}) comes after all others, whatever its
source, where the paper has one that was proved. A list of authors that ends after the first gives `first_author` alone.

The losing values are kept in `paper_values`. One contradicts the chosen value (`differs`) only if it says something
else, not the same in another spelling: case, accents, punctuation, initials for given names, a date that says less;
nor does the date of a preprint contradict that of what became of it.
`papers.conflict_count` counts the fields in which that is so.

What a listing is to its paper, where that is certain, is in `paper_listings.relation`:

{aligned_table(("relation", "meaning"), [(f"`{one}`", definition_of(one)) for one in Relation])}"""


def identity() -> str:
    """How a paper keeps its id."""
    rows = [(f"`{kind}`", IDENTITY_KEYS[kind]) for kind in KINDS]
    return f"""## Identity

An id is resolved before it is minted: a paper is known again by its keys, the strongest first, and gets a new id only
if no known paper shares one.

{aligned_table(("key", "made of"), rows)}
- Adding a dump changes no id, and an id is never given to another paper, also when its dump is gone.
- Papers that turn out to be one keep the id of that with most listings; each other id stays as an alias.
- A paper that falls apart leaves its id with the larger part; the other gets a new one, and `paper_splits` says whose
  it was. What leaves a paper that it was merged into has the id again that it had before.
- A key that two papers state decides nothing. Nor does a text, where both sides state an identifier of one kind
  ({code_names(EXCLUSIVE_KINDS)}) and share none.
"""
