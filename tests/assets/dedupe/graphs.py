"""Records and decided pairs for tests of grouping, made of one letter a record."""

import polars as pl

from assets.dedupe.groups.cluster import Clustering
from assets.dedupe.records import RECORD_SCHEMA
from schemas.match_vocabulary import Decision, MatchReason, Verdict
from tests.frames import listing_id

NAMES = "abcdefghijklmnopqrstuvwxyz"


def sorted_ids(names: str) -> dict[str, str]:
    """Listing ids that sort as the letters do."""
    return {name: f"{ord(name):02x}" + listing_id(name)[2:] for name in names}


IDS = sorted_ids(NAMES)
LETTERS = {identifier: name for name, identifier in IDS.items()}


def records(names: str, **stated: dict[str, str]) -> pl.DataFrame:
    """Records by letter; `stated` gives columns, each a value by letter; the source is one for all if not given."""
    rows = [
        {"source": "one", **{column: values.get(name) for column, values in stated.items()}, "listing_id": IDS[name]}
        for name in names
    ]
    return pl.DataFrame(rows, schema=RECORD_SCHEMA)


def pairs(matches: str = "", no_matches: str = "", unsure: str = "", **scores: float) -> pl.DataFrame:
    """Pairs by letters, as in `"ab bc"`; scores by pair where they are not the usual ones, reasons by `equal`."""
    usual = {Decision.MATCH: 0.97, Decision.NO_MATCH: 0.1, Decision.UNSURE: 0.6}
    reasons = {
        Decision.MATCH: MatchReason.STRONG_EVIDENCE,
        Decision.NO_MATCH: MatchReason.WEAK_EVIDENCE,
        Decision.UNSURE: MatchReason.UNCLEAR_EVIDENCE,
    }
    told = [
        (
            *sorted((IDS[pair[0]], IDS[pair[1]])),
            str(decision),
            str(reasons[decision]),
            scores.get(pair, usual[decision]),
        )
        for decision, listed in zip(usual, (matches, no_matches, unsure), strict=True)
        for pair in listed.split()
    ]
    schema = {
        "listing_a": pl.String,
        "listing_b": pl.String,
        "decision": pl.String,
        "reason": pl.String,
        "score": pl.Float64,
    }
    return pl.DataFrame(told, schema=schema, orient="row")


def judged(same: str = "", different: str = "") -> pl.DataFrame:
    """Judgements by letters."""
    told = [
        (*sorted((IDS[pair[0]], IDS[pair[1]])), str(verdict))
        for verdict, listed in ((Verdict.SAME, same), (Verdict.DIFFERENT, different))
        for pair in listed.split()
    ]
    return pl.DataFrame(told, schema=["listing_a", "listing_b", "verdict"], orient="row").cast(pl.String)


def groups(clustering: Clustering) -> str:
    """The groups by letters, as in `"abc d"`."""
    grouped = clustering.groups.group_by("cluster", maintain_order=True).agg("listing_id")
    return " ".join("".join(LETTERS[member] for member in members) for members in grouped["listing_id"])


def cuts(clustering: Clustering) -> set[tuple[str, str]]:
    """The cuts by letters: pair and reason."""
    return {
        (LETTERS[a] + LETTERS[b], reason)
        for a, b, reason in clustering.cuts.select("listing_a", "listing_b", "reason").rows()
    }
