"""Decide: from the features of a pair to match, no match or unsure, with the reason.

One table of rules and one of weights for all sources. First come the rules that need no weighing, the first that
applies decides; then the evidence is added up.
"""

from enum import StrEnum
from typing import NamedTuple

import polars as pl

from assets.dedupe.agreement import agree
from assets.dedupe.records import ID_COLUMNS
from assets.dedupe.weights import PRIOR, WEIGHTS
from schemas.agreement import AbstractAgreement as Abstract
from schemas.agreement import Agreement, NumbersAgreement
from schemas.agreement import AuthorAgreement as Authors
from schemas.agreement import PlaceAgreement as Place
from schemas.agreement import TitleAgreement as Title
from schemas.agreement import VenueAgreement as Venue
from schemas.agreement import YearAgreement as Year
from schemas.match_vocabulary import Decision, MatchReason, Verdict
from schemas.matches import MatchPairs
from schemas.render import polars_schema

RULE_VERSION = "evidence-2"

MATCH_FROM = 0.0
"""Bits of evidence from which a pair is a match."""
UNSURE_FROM = -3.0
"""Bits from which a person should look at it."""
CERTAIN = 20.0
"""Bits that a rule stands for."""

ONE_OF_A_KIND = ("arxiv_id", "pmid", "acl_id")
"""Kinds of identifiers of which a work has one. It may have several DOIs, and several records in an index."""

c = pl.col
_SAME_ID = pl.any_horizontal(c(f"same_{name}") for name in ID_COLUMNS if name not in ("arxiv_id", "doi"))
_OTHER_ID = pl.any_horizontal(c(f"same_{name}") == pl.lit(value=False) for name in ONE_OF_A_KIND)


def _is(field: str, *degrees: StrEnum) -> pl.Expr:
    return c(f"{field}_agreement").is_in([str(one) for one in degrees])


UNLIKE = (
    Title.GENERIC,
    Title.INSIDE_LOOSE,
    Title.WITHIN,
    Title.LOOSE,
    Title.WITHIN_FAR,
    Title.WEAK,
    Title.DIFFERENT,
)
"""Titles that are not alike enough to confirm a common identifier."""
ONE_PLACE = (Place.RANGE, Place.CITATION, Place.VOLUME_AND_PAGE, Place.PAGE)
OTHER_PLACE = (Place.OTHER_VOLUME, Place.ONLY_OTHER_PAGE, Place.OTHER_VOLUME_AND_PAGE, Place.OTHER_PAGE)

_ALIKE = ~_is("title", *UNLIKE)
_OTHER_TITLE = _is("title", Title.DIFFERENT) & ~_is("place", Place.RANGE)
"""A page may hold several short papers; a range of pages holds one, whose title may be translated."""
_SAME_PLACE = _is("place", *ONE_PLACE)
_OTHER_PLACE = _is("place", *OTHER_PLACE)
_ELSEWHERE = _OTHER_PLACE & (_is("venue", Venue.DIFFER) | (_is("venue", Venue.NEAR) & ~_is("place", Place.OTHER_PAGE)))
"""An abstract that appears in the supplements of two journals is two publications."""
_NO_WITNESS = (
    _is("authors", Authors.UNKNOWN)
    & _is("abstract", Abstract.UNKNOWN)
    & _is("place", Place.UNKNOWN, Place.BARE, Place.ONE_SIDE, Place.INCOMPARABLE, Place.PREPRINT)
    & ~_is("doi", Agreement.EQUAL)
    & ~_is("title", Title.EQUAL_LONG, Title.EQUAL)
    & ~(_is("title", Title.NEAR) & _is("year", Year.EQUAL, Year.UNKNOWN))
    & ~(_is("title", Title.BEGINS) & _is("year", Year.EQUAL))
)
"""A short title alone proves nothing. An equal one of 25 letters does, unless the year speaks against it: of 16,539
such pairs of real listings, 11 had different identifiers (`python -m tests.bench.anchored_report`)."""
_ONE_WITNESS = (
    _is("authors", Authors.ALL_ONE, Authors.HALF, Authors.ALIKE, Authors.FEW, Authors.UNKNOWN)
    & _is("title", Title.LOOSE, Title.WEAK, Title.WITHIN, Title.WITHIN_FAR, Title.INSIDE_LOOSE)
    & ~_is("abstract", Abstract.EQUAL, Abstract.NEAR)
    & ~_is("year", Year.UNKNOWN)
    & ~_SAME_PLACE
    & ~c("same_name").fill_null(value=False)
)
"""One author in common and half a title, and the year is told: a sequel, as often as not."""

_BALANCED, _CLOSE = c("bits") >= MATCH_FROM, c("bits") >= UNSURE_FROM


class Rule(NamedTuple):
    """What is decided on the pairs for which a condition holds, and no rule before it."""

    condition: pl.Expr
    decision: Decision
    reason: MatchReason
    summary: str
    """The condition in words."""


RULES = (
    Rule(c("same_arxiv_id"), Decision.MATCH, MatchReason.SAME_ARXIV_ID, "Both state one arXiv identifier."),
    Rule(
        _OTHER_ID,
        Decision.NO_MATCH,
        MatchReason.ID_CONFLICT,
        "They state different arXiv, PubMed or ACL Anthology identifiers, of which a work has one.",
    ),
    Rule(
        _SAME_ID & _ALIKE,
        Decision.MATCH,
        MatchReason.SAME_IDENTIFIER,
        "Both state one identifier of another kind than arXiv's and DOIs, and the titles are alike.",
    ),
    Rule(
        _SAME_ID,
        Decision.UNSURE,
        MatchReason.TITLES_DIFFER,
        "Both state one such identifier, and the titles are not alike.",
    ),
    Rule(
        c("same_doi") & _ALIKE & ~_OTHER_PLACE,
        Decision.MATCH,
        MatchReason.SAME_DOI,
        "Both state one DOI, the titles are alike, and the places do not differ.",
    ),
    Rule(
        _is("doi", Agreement.DIFFER) & ~_SAME_PLACE,
        Decision.NO_MATCH,
        MatchReason.ID_CONFLICT,
        "They state different DOIs, neither or both of a preprint, and not one place.",
    ),
    Rule(
        _ELSEWHERE,
        Decision.NO_MATCH,
        MatchReason.PLACES_DIFFER,
        "The places differ and so do the venues; where the venues are near, by more than the page of one volume.",
    ),
    Rule(
        c("same_text"),
        Decision.MATCH,
        MatchReason.SAME_TITLE_AND_ABSTRACT,
        "The titles are equal, and so are the abstracts, in search form or as a listing page shows them; under a title "
        "that recurs from issue to issue, an abstract needs a hundred letters.",
    ),
)
"""The rules that need no weighing, in the order in which they are tried."""

WEIGHED = (
    Rule(
        _OTHER_TITLE & _CLOSE,
        Decision.UNSURE,
        MatchReason.TITLES_DIFFER,
        "The titles have little in common, the evidence is close to enough or better, and no range of pages is the "
        "same: one page may hold several papers.",
    ),
    Rule(
        (_NO_WITNESS | _ONE_WITNESS) & _BALANCED,
        Decision.UNSURE,
        MatchReason.UNCLEAR_EVIDENCE,
        "The evidence is enough, but rests on too little: a title alone that is short or not quite equal, or part of a "
        "title and some of the authors, as a sequel has them.",
    ),
    Rule(_BALANCED, Decision.MATCH, MatchReason.STRONG_EVIDENCE, "The evidence is enough for a match."),
    Rule(c("same_doi"), Decision.UNSURE, MatchReason.TITLES_DIFFER, "Both state one DOI, and all else is against it."),
    Rule(
        _is("numbers", NumbersAgreement.DIFFER),
        Decision.NO_MATCH,
        MatchReason.NUMBERS_DIFFER,
        "The numbers in the titles differ.",
    ),
    Rule(
        _is("kind", Agreement.DIFFER),
        Decision.NO_MATCH,
        MatchReason.KINDS_DIFFER,
        "One is about a paper, such as an erratum or a reply, and the other is not, or is another kind of it.",
    ),
    Rule(_CLOSE, Decision.UNSURE, MatchReason.UNCLEAR_EVIDENCE, "The evidence is close to enough."),
    Rule(pl.lit(value=True), Decision.NO_MATCH, MatchReason.WEAK_EVIDENCE, "Anything else."),
)
"""What follows from the evidence, in the order in which it is tried after RULES."""


def evidence() -> pl.Expr:
    """The bits for one work, from the columns of agreement."""
    fields = [
        c(f"{field}_agreement").replace_strict(
            {str(degree): bits for degree, bits in weights.items()}, return_dtype=pl.Float64
        )
        for field, weights in WEIGHTS.items()
    ]
    return pl.sum_horizontal(pl.lit(PRIOR), *fields)


def decide(features: pl.DataFrame) -> pl.DataFrame:
    """Decides each pair.

    Args:
        features: As `features.compare` returns them; every pair shares at least one key.

    Returns:
        Rows of `match_pairs`, sorted.
    """
    weighed = agree(features).with_columns(bits=evidence())
    rules = [*RULES, *WEIGHED]
    chosen = pl.coalesce(
        pl.when(rule.condition.fill_null(value=False)).then(pl.lit(at)) for at, rule in enumerate(rules)
    )
    numbered = weighed.with_columns(rule=chosen)
    return _scored(
        numbered.with_columns(
            decision=c("rule").replace_strict(
                {at: str(rule.decision) for at, rule in enumerate(rules)}, return_dtype=pl.String
            ),
            reason=c("rule").replace_strict(
                {at: str(rule.reason) for at, rule in enumerate(rules)}, return_dtype=pl.String
            ),
            rule_version=pl.lit(RULE_VERSION),
        )
    )


def _scored(decided: pl.DataFrame) -> pl.DataFrame:
    """Makes probabilities of the bits: on the side of the decision, and beyond doubt where a rule decided."""
    by_rule = c("rule") < len(RULES)
    bits = (
        pl.when(by_rule & (c("decision") == Decision.MATCH))
        .then(CERTAIN)
        .when(by_rule & (c("decision") == Decision.NO_MATCH))
        .then(-CERTAIN)
        .when(c("decision") == Decision.UNSURE)
        .then(c("bits").clip(UNSURE_FROM, MATCH_FROM))
        .when(c("decision") == Decision.NO_MATCH)
        .then(c("bits").clip(upper_bound=UNSURE_FROM))
        .otherwise("bits")
    )
    score = (1 / (1 + pl.lit(2.0).pow(-bits))).round(6)
    return decided.with_columns(score=score).select(polars_schema(MatchPairs).names()).sort("listing_a", "listing_b")


def overrule(decided: pl.DataFrame, judged: pl.DataFrame) -> pl.DataFrame:
    """Puts what people decided in the place of what the rules decided; bits and features stay as they are.

    Args:
        decided: Rows of `match_pairs`.
        judged: Columns listing_a, listing_b, verdict; pairs that were not compared do not count.

    Returns:
        Rows of `match_pairs`, in the same order.
    """
    verdicts = judged.select("listing_a", "listing_b", "verdict").unique(["listing_a", "listing_b"], keep="last")
    same, different = c("verdict") == Verdict.SAME, c("verdict") == Verdict.DIFFERENT
    told = {
        "decision": (str(Decision.MATCH), str(Decision.NO_MATCH)),
        "reason": (str(MatchReason.JUDGED_SAME), str(MatchReason.JUDGED_DIFFERENT)),
        "score": (1.0, 0.0),
    }
    return (
        decided.join(verdicts, on=["listing_a", "listing_b"], how="left", maintain_order="left")
        .with_columns(
            pl.when(same).then(pl.lit(yes)).when(different).then(pl.lit(no)).otherwise(name).alias(name)
            for name, (yes, no) in told.items()
        )
        .drop("verdict")
    )
