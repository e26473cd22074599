"""Explanation: what is known of a pair of listings, gathered from the published file and the judgements.

Nothing is printed here: `explain` shows it to people and hands it to programs.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.cli.pairs import Facts, Named, listing_facts, stored_judgements

if TYPE_CHECKING:
    import duckdb

MOST_REACHED = 20_000
"""Listings that the search for a chain of pairs looks at before it gives up."""
MOST_KEYS = 12
"""Keys of one listing alone that are told."""

VERDICT_COLUMNS = ("listing_a", "listing_b", "decision", "reason", "score", "blocked_by", "rule_version")
"""Columns of `match_pairs` that are no features."""


@dataclass(frozen=True)
class Chain:
    """The shortest way from one listing to another over pairs that match."""

    pairs: list[Facts]
    """Its pairs in order, each with from, to, reason, score and papers; none where there is no way."""
    complete: bool
    """Whether everything within reach was looked at."""


def explanation(connection: "duckdb.DuckDBPyConnection", one: Named, other: Named, home: Path) -> Facts:
    """Gathers what is known of two listings, as values that JSON can hold once dates are texts."""
    pair = (min(one.listing_id, other.listing_id), max(one.listing_id, other.listing_id))
    facts = listing_facts(connection, list(pair))
    compared = _compared(connection, pair)
    together = one.group == other.group
    chain = _chain(connection, one.listing_id, other.listing_id, one.paper_id if together else None)
    found: Facts = {
        "listings": [facts[one.listing_id], facts[other.listing_id]],
        "same_paper": together,
        "compared": compared is not None,
        "pair": compared,
        "chain": chain.pairs,
        "chain_complete": chain.complete,
        "cuts": [] if together else _cuts(connection, one.group, other.group),
        "judgements": _judgements(home, pair),
        "other_pairs": [] if together or compared else _other_pairs(connection, one.group, other.group),
        "keys": None,
        "would_be": None,
    }
    return found | _hindsight(connection, pair, compared)


def _compared(connection: "duckdb.DuckDBPyConnection", pair: tuple[str, str]) -> Facts | None:
    """What the last run made of the pair; None where it was not compared."""
    answer = connection.execute("FROM audit.match_pairs WHERE listing_a = ? AND listing_b = ?", list(pair))
    names = [column[0] for column in answer.description or []]
    row = answer.fetchone()
    return None if row is None else decided(dict(zip(names, row, strict=True)))


def decided(row: Facts) -> Facts:
    """A row of `match_pairs` with its features in a list of their own, each with its weight and meaning.

    The weights are those of the rules as they are now; a pair that other rules decided is shown without.
    """
    from assets.dedupe.decide import RULE_VERSION
    from assets.dedupe.hindsight import bits_of
    from assets.dedupe.weights import PRIOR
    from schemas.matches import MatchPairs
    from schemas.render import column_facts, vocabulary_definitions

    weighed = row["rule_version"] == RULE_VERSION
    features = [
        {
            "feature": one.name,
            "value": row[one.name],
            "bits": bits_of(one.name, row[one.name]) if weighed else None,
            "unit": one.unit,
            "meaning": one.description,
        }
        for one in column_facts(MatchPairs)
        if one.name in row and one.name not in VERDICT_COLUMNS
    ]
    meaning = vocabulary_definitions()["MatchReason"].get(row["reason"], "")
    told = {"reason_meaning": meaning, "prior_bits": PRIOR if weighed else None, "features": features}
    return {name: row[name] for name in VERDICT_COLUMNS} | told


def _chain(connection: "duckdb.DuckDBPyConnection", start: str, goal: str, paper_id: str | None) -> Chain:
    """Goes from pair to pair, all listings at one distance at a time; stays in one paper where that is said."""
    step = """
        SELECT listing_a, listing_b, reason, score,
               coalesce(a.paper_id, listing_a), coalesce(b.paper_id, listing_b)
        FROM audit.match_pairs LEFT JOIN paper_listings AS a ON a.listing_id = listing_a
        LEFT JOIN paper_listings AS b ON b.listing_id = listing_b
        WHERE decision = 'match' AND (list_contains($now, listing_a) OR list_contains($now, listing_b))
          AND ($paper IS NULL OR (a.paper_id = $paper AND b.paper_id = $paper))
        ORDER BY score DESC, listing_a, listing_b
    """
    came_by: dict[str, Facts] = {start: {}}
    frontier = [start]
    while frontier and goal not in came_by and len(came_by) < MOST_REACHED:
        rows = connection.execute(step, {"now": frontier, "paper": paper_id}).fetchall()
        now, frontier = set(frontier), []
        for a, b, reason, score, paper_a, paper_b in rows:
            for here, there, papers in ((a, b, [paper_a, paper_b]), (b, a, [paper_b, paper_a])):
                if here in now and there not in came_by:
                    came_by[there] = {"from": here, "to": there, "reason": reason, "score": score, "papers": papers}
                    frontier.append(there)
    if goal not in came_by:
        return Chain([], complete=not frontier)
    pairs, here = [], goal
    while here != start:
        pairs.append(came_by[here])
        here = came_by[here]["from"]
    return Chain(pairs[::-1], complete=True)


def _rows(connection: "duckdb.DuckDBPyConnection", query: str, values: list[Any]) -> list[Facts]:
    """The rows of a query; none where the published file is of an earlier version and has no such table."""
    import duckdb

    try:
        answer = connection.execute(query, values)
    except duckdb.CatalogException:
        return []
    names = [column[0] for column in answer.description or []]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def _cuts(connection: "duckdb.DuckDBPyConnection", group_a: str, group_b: str) -> list[Facts]:
    """Where the grouping departed from the decisions on pairs of listings of two papers."""
    query = """
        SELECT listing_a, listing_b, reason, detail
        FROM audit.cluster_cuts LEFT JOIN paper_listings AS a ON a.listing_id = listing_a
        LEFT JOIN paper_listings AS b ON b.listing_id = listing_b
        WHERE [coalesce(a.paper_id, listing_a), coalesce(b.paper_id, listing_b)] IN ([$1, $2], [$2, $1])
        ORDER BY ALL
    """
    return _rows(connection, query, [group_a, group_b])


def _other_pairs(connection: "duckdb.DuckDBPyConnection", group_a: str, group_b: str) -> list[Facts]:
    """Other listings of two papers that were compared, the most similar first."""
    query = """
        SELECT listing_a, listing_b, decision, reason, score
        FROM audit.match_pairs LEFT JOIN paper_listings AS a ON a.listing_id = listing_a
        LEFT JOIN paper_listings AS b ON b.listing_id = listing_b
        WHERE [coalesce(a.paper_id, listing_a), coalesce(b.paper_id, listing_b)] IN ([$1, $2], [$2, $1])
        ORDER BY score DESC, listing_a, listing_b LIMIT 3
    """
    return _rows(connection, query, [group_a, group_b])


def _judgements(home: Path, pair: tuple[str, str]) -> list[Facts]:
    """What people judged on a pair, the latest first."""
    return [
        {
            "verdict": one.verdict,
            "author": one.author,
            "note": one.note,
            "judged_at": one.judged_at,
            "deleted_at": one.deleted_at,
        }
        for one in reversed(stored_judgements(home))
        if one.pair == pair
    ]


def _hindsight(connection: "duckdb.DuckDBPyConnection", pair: tuple[str, str], compared: Facts | None) -> Facts:
    """What the rules of this version make of the pair, where the published decision is not theirs.

    That is so where it was never compared (then the keys are told as well), a person decided, or the rules were others.
    """
    from assets.dedupe.decide import RULE_VERSION
    from assets.dedupe.hindsight import as_if_compared, keys_of_two
    from assets.dedupe.records import of_listings, with_rendered
    from schemas.match_vocabulary import MatchReason

    judged = (MatchReason.JUDGED_SAME, MatchReason.JUDGED_DIFFERENT)
    if compared and compared["rule_version"] == RULE_VERSION and compared["reason"] not in judged:
        return {}
    clean, listed = (
        connection.sql(f"FROM {name} WHERE listing_id IN ($1, $2)", params=list(pair)).pl().lazy()
        for name in ("clean_listings", "listings")
    )
    records = with_rendered(of_listings(clean), listed)
    would_be = decided(as_if_compared(records).row(0, named=True))
    if compared:
        return {"would_be": would_be}
    keys = [(key["kind"], key["key"], key["listings"]) for key in keys_of_two(records).iter_rows(named=True)]
    shared = [{"kind": kind, "key": key} for kind, key, listings in keys if len(listings) > 1]
    alone = {one: [{"kind": kind, "key": key} for kind, key, listings in keys if listings == [one]] for one in pair}
    return {"keys": {"shared": shared, "alone": alone}, "would_be": would_be}
