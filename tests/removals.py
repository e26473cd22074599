"""Listings of a paper that is removed, and of others, as tests of removals want them."""

from datetime import UTC, datetime

import polars as pl

from assets.dedupe.papers.identity import Known
from assets.removals.describe import describe
from assets.removals.lines import Removal
from tests.frames import listing_id, table

PAPER = "p" + "a" * 16
TITLE = "Tide Tables for Patient Readers of Old Almanacs"
ABSTRACT = (
    "Almanacs of the last century print the tides of harbours that no longer exist. We read two hundred of them and "
    "compare every printed hour with the water that gauges have seen since. Most tables are wrong by less than a "
    "quarter of an hour, and those that are wrong by more were printed in years of war, when nobody went to look."
)
OTHER_ABSTRACT = (
    "A reader of novels who has no patience skips the tides. In an experiment with sixty students and a library by the "
    "sea, chapters about the weather were left out by half of them, and chapters about love by a third. We conclude "
    "that authors should put the storm into the dialogue and leave the moon to the epilogue of the last volume."
)


def listings(*rows: dict[str, object]) -> pl.DataFrame:
    """Rows of `listings`; `id` names the listing."""
    given = [{"listing_id": listing_id(str(row["id"])), **{k: v for k, v in row.items() if k != "id"}} for row in rows]
    return table("listings", given, dump_id="0" * 64, page=1, position=1, locator="0-9", source_fields="{}")


def removal(*rows: dict[str, object], known: Known | None = None, paper_id: str = PAPER) -> Removal:
    """The removal of a paper of these listings."""
    now = datetime(2025, 3, 1, tzinfo=UTC)
    made_up_of = listings(*rows)
    return describe(paper_id, made_up_of, known or Known.nothing(), reason="asked for", author="Ada", now=now)
