"""Known issues: the kinds of things that can be wrong with a release, each with the query that lists where they are.

A kind is a family of queries over a closed vocabulary or over columns: a new flag, reason or field is counted without a
change here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from assets.release.documents.question import is_filled, optional_columns
from schemas.enrich_vocabulary import LinkFlag, LinkStatus, MissingReason, QualityOutlier
from schemas.match_vocabulary import CutReason, Decision
from schemas.release_vocabulary import Severity
from schemas.render import definition_of
from schemas.render.sql import identifier, literal
from schemas.vocabulary import DumpReason, DumpStatus, Flag, RejectReason, Role


@dataclass(frozen=True)
class Family:
    """Issues of one kind, told apart by a key: a flag, a reason, a field."""

    name: str
    """Its name; that of an issue is `name:key`."""
    severity: Severity
    """How grave they are."""
    of: str
    """What they are a share of: the rows of this query."""
    query: str
    """Gives `key` and `id`, each pair once: where the issue is."""
    meanings: Mapping[str, str]
    """Key -> what the issue is, as one sentence; a key that is not here has the meaning of `any`."""


ANY = "any"
PAPERS, LISTINGS, DUMPS = "FROM papers", "FROM listings", "FROM dumps"


def _defined(members: Iterable[StrEnum], beginning: str = "") -> dict[str, str]:
    return {str(one): beginning + definition_of(one) for one in members}


def _empty_columns() -> str:
    counts = ", ".join(
        f"coalesce(NOT ({is_filled(one)}), true) AS {identifier(one.name)}" for one in optional_columns()
    )
    return f"""
    SELECT field AS key, paper_id AS id
    FROM (
        UNPIVOT (SELECT paper_id, {counts} FROM papers)
        ON COLUMNS(* EXCLUDE paper_id) INTO NAME field VALUE is_empty
    ) WHERE is_empty
    """


FAMILIES: tuple[Family, ...] = (
    Family(
        "dump_turned_away",
        Severity.LOST,
        DUMPS,
        f"SELECT reason AS key, dump_id AS id FROM dumps WHERE status = {literal(DumpStatus.REJECTED)}",
        _defined(DumpReason),
    ),
    Family(
        "record_rejected",
        Severity.LOST,
        LISTINGS,
        "SELECT reason AS key, listing_id AS id FROM audit.rejected_listings",
        _defined(RejectReason),
    ),
    Family(
        "flag",
        Severity.DAMAGED,
        PAPERS,
        "SELECT DISTINCT unnest(flags) AS key, paper_id AS id FROM papers",
        _defined(Flag),
    ),
    Family(
        "conflict",
        Severity.DOUBTFUL,
        PAPERS,
        "SELECT DISTINCT field AS key, paper_id AS id FROM paper_values WHERE differs",
        {ANY: "Listings of the paper state different values for this field; one was chosen by rule."},
    ),
    Family(
        "pair",
        Severity.DOUBTFUL,
        "FROM audit.match_pairs",
        f"""
        SELECT decision AS key, listing_a || ' ' || listing_b AS id FROM audit.match_pairs
        WHERE decision = {literal(Decision.UNSURE)}
        """,
        _defined([Decision.UNSURE], "Two listings that may be one paper. "),
    ),
    Family(
        "group",
        Severity.DOUBTFUL,
        "FROM audit.match_pairs",
        "SELECT reason AS key, listing_a || ' ' || listing_b AS id FROM audit.cluster_cuts",
        _defined(CutReason),
    ),
    Family(
        "link",
        Severity.DOUBTFUL,
        "FROM links",
        f"""
        SELECT status AS key, paper_id || ' ' || span_start AS id FROM links
        WHERE status = {literal(LinkStatus.PROMISED)}
        UNION ALL SELECT DISTINCT unnest(flags), paper_id || ' ' || span_start FROM links
        """,
        _defined([LinkStatus.PROMISED, *LinkFlag]),
    ),
    Family(
        "page_without_day",
        Severity.MISSING,
        "FROM pages",
        f"""
        SELECT coalesce(missing_reason, {literal(MissingReason.NOT_STATED)}) AS key, dump_id || ' ' || page AS id
        FROM pages WHERE listed_on IS NULL
        """,
        _defined(MissingReason, "The day of a page is not known. "),
    ),
    Family(
        "not_understood",
        Severity.MISSING,
        PAPERS,
        "SELECT field AS key, paper_id AS id FROM audit.missing_values",
        {ANY: "The field is empty although a source states something: it was not understood, or is not certain."},
    ),
    Family(
        "empty",
        Severity.MISSING,
        PAPERS,
        _empty_columns(),
        {one.name: f"Not stated. {one.description}" for one in optional_columns()},
    ),
    Family(
        "reference_unused",
        Severity.MISSING,
        f"FROM dumps WHERE role = {literal(Role.REFERENCE)}",
        f"""
        SELECT 'dump' AS key, dump_id AS id FROM dumps
        WHERE role = {literal(Role.REFERENCE)} AND dump_id NOT IN (
            SELECT dump_id FROM paper_listings JOIN clean_listings USING (listing_id)
        )
        """,
        {"dump": "No listing of this reference belongs to a paper: it added nothing."},
    ),
    Family(
        "alias",
        Severity.DOUBTFUL,
        "FROM paper_aliases",
        """
        SELECT 'leads_nowhere' AS key, old_paper_id AS id FROM paper_aliases
        WHERE paper_id NOT IN (SELECT paper_id FROM papers)
        """,
        {"leads_nowhere": "The identifier was merged into a paper that is not in this release."},
    ),
    Family(
        "outlier",
        Severity.ODD,
        PAPERS,
        "SELECT outlier AS key, paper_id AS id FROM outliers",
        _defined(QualityOutlier),
    ),
)
"""Everything that is looked for, the gravest first."""
