"""The command `review`: asks about the pairs that the rules left open, the most telling first, and keeps answers."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.explain import print_json
from pipeline.cli.judge import keep, say_contradictions, take_back
from pipeline.cli.options import DEFAULT_HOME, HomeOption, open_published
from pipeline.cli.output import console, fail, print_table, say, shorten
from pipeline.cli.pairs import (
    AuthorOption,
    Facts,
    author_or_login,
    listing_facts,
    run_command,
    stored_judgements,
)

if TYPE_CHECKING:
    import duckdb

ANSWERS = {
    "y": "same",
    "yes": "same",
    "same": "same",
    "n": "different",
    "no": "different",
    "different": "different",
    "s": "skip",
    "skip": "skip",
    "u": "undo",
    "undo": "undo",
    "q": "quit",
    "quit": "quit",
}
"""What may be answered, and what it means."""
QUESTION = "Same paper? y yes, n no, s skip, u undo the last answer, q quit: "

BESIDE_TITLE = ("venue", "volume", "issue", "pages")
IDENTIFIERS = ("arxiv_id", "doi", "acl_id", "openreview_id", "pmid", "dblp_key", "s2_id", "openalex_id")
ABSTRACT_SHOWN, AUTHORS_SHOWN = 240, 8

NARROW = 0.001
"""How far from certain the score of a decided pair must be for anybody to be asked about it."""

OPEN = """
    WITH judged AS (SELECT unnest($firsts::VARCHAR[]) AS listing_a, unnest($seconds::VARCHAR[]) AS listing_b),
    works AS (SELECT unnest($papers::VARCHAR[]) AS paper_id, unnest($works::VARCHAR[]) AS work),
    members AS (
        SELECT listing_id, owner AS paper_id, coalesce(work, owner) AS work, in_paper
        FROM (
            SELECT listing_id, coalesce(paper_id, listing_id) AS owner, paper_id IS NOT NULL AS in_paper
            FROM clean_listings LEFT JOIN paper_listings USING (listing_id)
        ) LEFT JOIN works ON works.paper_id = owner
    ),
    settled AS (
        SELECT DISTINCT least(a.work, b.work) AS low, greatest(a.work, b.work) AS high
        FROM judged JOIN members AS a ON a.listing_id = listing_a JOIN members AS b ON b.listing_id = listing_b
    ),
    pairs AS (
        SELECT listing_a, listing_b, decision, reason, score, blocked_by,
               least(a.work, b.work) AS low, greatest(a.work, b.work) AS high,
               CASE decision WHEN 'unsure' THEN 2 WHEN 'match' THEN 1 - score ELSE score END AS doubt
        FROM audit.match_pairs JOIN members AS a ON a.listing_id = listing_a
        JOIN members AS b ON b.listing_id = listing_b
        WHERE CASE decision WHEN 'unsure' THEN a.work <> b.work
                            WHEN 'match' THEN $decided AND a.paper_id = b.paper_id
                            ELSE $decided AND a.work <> b.work END
          AND (a.in_paper OR b.in_paper) AND reason NOT IN ('judged_same', 'judged_different')
    )
    SELECT listing_a, listing_b, decision, reason, score, blocked_by
    FROM pairs ANTI JOIN judged USING (listing_a, listing_b)
    WHERE doubt >= $narrow AND (low = high OR (low, high) NOT IN (SELECT (low, high) FROM settled))
    WINDOW best AS (PARTITION BY low, high ORDER BY doubt DESC, score DESC, listing_a, listing_b)
    QUALIFY low = high OR row_number() OVER best = 1
    ORDER BY doubt DESC, score DESC, listing_a, listing_b
"""
"""Pairs that nobody judged. Two works (papers, put together where that was judged) are asked about once, by their most
telling pair. Of pairs that were decided, those within a paper that match, and those between works that do not. A
listing of a reference that no paper has stands for itself; of two such ones nobody is asked."""


def add_to(app: typer.Typer) -> None:
    """Adds the command of this module."""
    app.command(epilog="Example: sheaf review --limit 10")(review)


def review(
    home: HomeOption = DEFAULT_HOME,
    limit: Annotated[int, typer.Option(min=1, help="How many pairs to ask about.")] = 20,
    author: AuthorOption = None,
    decided: Annotated[
        bool, typer.Option("--decided", help="After the unsure pairs, also those that were decided most narrowly.")
    ] = False,
    list_: Annotated[bool, typer.Option("--list", help="List the pairs and ask nothing.")] = False,
    json_: Annotated[bool, typer.Option("--json", help="List the pairs as JSON, with all fields of both.")] = False,
) -> None:
    """Judge the pairs that the rules are unsure about, the most likely first; answers are kept at once."""
    with open_published(home) as connection:
        total, pairs = open_pairs(connection, home, limit, decided=decided)
    if json_:
        print_json(pairs)
    elif not pairs:
        more = "" if decided else "; --decided asks about those that were decided most narrowly"
        say(f"No pair is left to judge{more}.")
    elif list_:
        _list(pairs, total)
    else:
        _ask_all(pairs, total, home, author_or_login(author))


def open_pairs(
    connection: "duckdb.DuckDBPyConnection", home: Path, limit: int, *, decided: bool
) -> tuple[int, list[Facts]]:
    """The pairs that nobody judged yet.

    Returns:
        How many there are, and the first of them: what was decided, and the facts of both listings as `a` and `b`.
    """
    held = {one.pair: one.verdict for one in stored_judgements(home) if one.deleted_at is None}
    owners = dict(
        connection.execute(
            "SELECT listing_id, paper_id FROM paper_listings WHERE list_contains($1::VARCHAR[], listing_id)",
            [sorted({listing for pair in held for listing in pair})],
        ).fetchall()
    )
    same = [pair for pair, verdict in held.items() if verdict == "same"]
    works = _works((owners.get(a, a), owners.get(b, b)) for a, b in same)
    given = {
        "firsts": [a for a, _ in held],
        "seconds": [b for _, b in held],
        "papers": list(works),
        "works": list(works.values()),
        "decided": decided,
        "narrow": NARROW,
    }
    rows = connection.execute(f"SELECT *, count(*) OVER () FROM ({OPEN}) LIMIT {limit:d}", given).fetchall()  # noqa: S608
    facts = listing_facts(connection, [listing for row in rows for listing in row[:2]])
    names = ("listing_a", "listing_b", "decision", "reason", "score", "blocked_by")
    pairs = [dict(zip(names, row, strict=False)) | {"a": facts[row[0]], "b": facts[row[1]]} for row in rows]
    return (rows[0][-1] if rows else 0), pairs


def _list(pairs: list[Facts], total: int) -> None:
    columns = ["decision", "score", "reason", "listing_a", "listing_b"]
    rows = [
        (*(pair[name] for name in columns), pair["a"]["title"], pair["b"]["title"])
        for pair in ({**pair, "score": f"{pair['score']:.3f}"} for pair in pairs)
    ]
    print_table([*columns, "title_a", "title_b"], rows)
    if console.is_terminal and total > len(pairs):
        say(f"{len(pairs)} of {total:,} pairs; more with --limit")


def _ask_all(pairs: list[Facts], total: int, home: Path, author: str) -> None:
    """Asks about one pair after the other until they, the answers or the patience end."""
    answers = _answers()
    said: dict[int, str] = {}
    place = 0
    while place < len(pairs):
        if _follows(pairs[place], [(pairs[one], answer) for one, answer in said.items()]):
            place += 1
            continue
        _show(pairs[place], place + 1, len(pairs))
        answer = next(answers, None)
        if answer is None and not said and not console.is_terminal:
            fail("no answer came in; answer in a terminal, pipe in lines of y, n, s or q, or add --list or --json")
        if answer in {None, "quit"}:
            break
        if answer == "undo":
            place = _take_back(said, pairs, home) if said else place
            continue
        said[place] = str(answer)
        if answer != "skip":
            _keep(pairs[place], said[place], home, author)
        place += 1
    _sum_up(list(said.values()), total, home)


def _sum_up(said: list[str], total: int, home: Path) -> None:
    same, different, skipped = (said.count(answer) for answer in ("same", "different", "skip"))
    say()
    say(
        f"{same + different} judged ({same} same, {different} different), {skipped} skipped, "
        f"{total - same - different:,} left."
    )
    if same or different:
        say(f"They take effect at the next run. Next: {run_command(home)}")


def _works(same: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What papers are, once pairs of them are one work: paper -> the name of its work."""
    works: dict[str, str] = {}
    members: dict[str, list[str]] = {}
    for a, b in same:
        work, other = (works.setdefault(one, one) for one in (a, b))
        if work != other:
            moved = members.pop(other, [other])
            members.setdefault(work, [work]).extend(moved)
            works.update(dict.fromkeys(moved, work))
    return works


def _follows(pair: Facts, said: list[tuple[Facts, str]]) -> bool:
    """Whether the answer on two papers follows from the answers that were given on others."""
    ends = [(_group(one["a"]), _group(one["b"]), answer) for one, answer in said]
    works = _works((a, b) for a, b, answer in ends if answer == "same")
    groups = [_group(pair[name]) for name in "ab"]
    first, second = (works.get(one, one) for one in groups)
    apart = [{works.get(a, a), works.get(b, b)} for a, b, answer in ends if answer == "different"]
    within = groups[0] == groups[1]
    return not within and (first == second or {first, second} in apart)


def _group(one: Facts) -> str:
    """What a listing belongs to: its paper, or nothing but itself."""
    return str(one["paper_id"] or one["listing_id"])


def _keep(pair: Facts, verdict: str, home: Path, author: str) -> None:
    before = stored_judgements(home)
    kept = keep(home, (pair["listing_a"], pair["listing_b"]), verdict, author)
    say_contradictions(before, [*before, kept])


def _take_back(said: dict[int, str], pairs: list[Facts], home: Path) -> int:
    """Takes back the last answer; returns the place of its pair, which is asked about again."""
    place, answer = said.popitem()
    if answer != "skip":
        take_back(home, (pairs[place]["listing_a"], pairs[place]["listing_b"]))
    say("Taken back.")
    return place


def _answers() -> Iterator[str]:
    """Answers as they come: single keys in a terminal, lines otherwise; what is no answer is asked again."""
    by_key = sys.stdin.isatty() and console.is_terminal
    while True:
        _prompt()
        try:
            text = typer.getchar() if by_key else sys.stdin.readline()
        except (KeyboardInterrupt, EOFError):
            text = ""
        if not text:
            return
        answer = ANSWERS.get(text.strip().lower())
        if by_key:
            say(answer or "")
        if answer:
            yield answer
        else:
            say("Answer y, n, s, u or q.")


def _prompt() -> None:
    if console.is_terminal:
        console.print(QUESTION, end="", markup=False, soft_wrap=True)


def _show(pair: Facts, number: int, count: int) -> None:
    """Both records in a few lines."""
    say()
    brought = ", ".join(pair["blocked_by"])
    say(f"{number}/{count}  {pair['decision']}, score {pair['score']:.3f}, {pair['reason']} ({brought})", style="bold")
    for name in ("a", "b"):
        one = pair[name]
        say(f"{name.upper()}  {one['title']}")
        for line in (_about(one), _place(one)):
            say(f"   {line}") if line else None
    same = pair["a"]["abstract"] == pair["b"]["abstract"]
    for name in ("a", "b"):
        abstract = pair[name]["abstract"]
        if abstract and not (same and name == "b"):
            say(f"{'A=B' if same else name.upper() + '  '} {shorten(abstract, ABSTRACT_SHOWN)}")


def _about(one: Facts) -> str:
    """Authors, year, venue and identifiers on one line."""
    authors = one["authors"] or []
    names = ", ".join(authors[:AUTHORS_SHOWN]) + (
        f" and {len(authors) - AUTHORS_SHOWN} more" * (len(authors) > AUTHORS_SHOWN)
    )
    where = " ".join(str(one[name]) for name in BESIDE_TITLE if one[name])
    ids = ", ".join(f"{name.removesuffix('_id').removesuffix('_key')}:{one[name]}" for name in IDENTIFIERS if one[name])
    return " · ".join(part for part in (names, str(one["year"] or ""), where, ids) if part)


def _place(one: Facts) -> str:
    return f"{one['listing_id']} in {one['dump']}, rank {one['position']}, of {one['paper_id'] or 'no paper'}"
