"""The page about record linkage: docs/linkage.md, written from the rules and weights so that it cannot lie.

python -m assets.dedupe.document > docs/linkage.md
"""

import re
import sys
from textwrap import fill

from assets.dedupe import document_example, document_pairs, document_papers
from schemas.render.markdown import aligned_table

WIDTH = 120
MARK = r"(?:- |\d\. )"
"""What begins an item of a list."""

HEADER = """# Record linkage: how listings become papers

Written by `python -m assets.dedupe.document`; a test holds it in step with the code.

One paper is listed many times: on pages of several days, as a preprint and in its journal, in exports that cut titles
and abbreviate names. Listings of the same work are joined in six steps, each of which can be looked up and undone.

1. [Candidates](#candidates): listings that share a key are worth comparing; the others never meet.
2. [Agreement](#agreement): two listings are compared field by field, and what is seen has a name and a weight.
3. [Decision](#decision): match, no match or unsure, with a reason. People may [judge](judgements.md) otherwise.
4. [Groups](#groups): matches are put together to papers; where they contradict each other, all pairs are weighed.
5. [Values](#values): of what the listings state, one value of each field becomes the paper's; the others are kept.
6. [Identity](#identity): a paper that was there before keeps its id.

There is one configuration for all sources, and nothing is learned from the data at hand. A pair is decided by its two
records alone, whatever else is there; neither the order of the input nor the number of threads changes anything, and a
run that adds a dump comes to the same papers as one that begins anew. The same code works on any bibliography, without
a pipeline: [`sheaf dedupe`](dedupe.md).
"""

LOOKING_CLOSER = (
    ("why are two listings one paper, or not?", "`sheaf explain A B`"),
    ("which pairs were compared, and how were they decided?", "`audit.match_pairs`"),
    ("which pairs are unsure? (asks for a judgement)", "`sheaf review`"),
    ("what did each kind of key bring, and what did it alone bring?", "`audit.blocking_keys`"),
    ("where does a group depart from a pair's decision?", "`audit.cluster_cuts`"),
    ("what did people judge?", "`sheaf judge --list`, `audit.judgements`"),
    ("who stated which value, and which won?", "`sheaf show PAPER_ID`, `paper_values`"),
    ("where did an old id go, and what was taken out of a paper?", "`paper_aliases`, `paper_splits`"),
)
MEASURING = (
    ("linkage_report FOLDER [SET…]", "precision, recall, F1 and seconds on every labelled set, in one configuration"),
    ("linkage_peers FOLDER [SET…] --peers PYTHON", "other tools, exact titles and learned weights on the same sets"),
    ("linkage_weights FOLDER [SET…]", "estimates of every weight beside the fixed one"),
    ("anchored_report PACKS CACHE", "linkage of real dumps with their identifiers hidden, against the identifiers"),
    ("bench_near_duplicates [RECORDS…]", "time, memory, recall and precision of near-duplicates, beside other tools"),
    ("bench_papers [LISTINGS…]", "time and memory from grouped listings to golden records and ids"),
)


def linkage_page() -> str:
    """The page as Markdown, ended by a line end."""
    pairs = (document_pairs.candidates, document_pairs.agreement, document_example.section, document_pairs.decision)
    papers = (document_papers.groups, document_papers.values, document_papers.identity)
    page = "\n".join([HEADER, *(section() for section in (*pairs, *papers, _closer))])
    return "\n\n".join(_set(block) for block in page.split("\n\n"))


def _set(block: str) -> str:
    """Sets the lines of a paragraph or list anew, as names and numbers that were filled in leave them ragged."""
    if block.startswith(("|", "#")):
        return block
    items = re.split(rf"\n(?={MARK})", block)
    indents = [" " * len(mark[0]) if (mark := re.match(MARK, item)) else "" for item in items]
    return "\n".join(
        fill(" ".join(item.split()), WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
        for item, indent in zip(items, indents, strict=True)
    )


def _closer() -> str:
    scripts = [(f"`python -m tests.bench.{call}`", told) for call, told in MEASURING]
    return f"""## Looking closer

{aligned_table(("question", "answer"), LOOKING_CLOSER)}
The tables are described in [tables.md](tables.md).

## How well it does

Figures are printed by scripts, beside other tools and what must be reached, and stand on no page where they could grow
old.

{aligned_table(("script", "what it prints"), scripts)}"""


if __name__ == "__main__":
    sys.stdout.write(linkage_page())
