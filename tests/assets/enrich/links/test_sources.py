import polars as pl

from assets.enrich.links.sources import source_links
from schemas.enrichment import SourceLinks

LISTING, OTHER, NOBODY = (letter * 32 for letter in "abc")
PAPER = "p" + "0" * 16
URLS = {
    "https://github.com/Lumen/Lamp/tree/main": ("https://github.com/lumen/lamp", "code", "Lumen/Lamp"),
    "http://arxiv.org/pdf/2101.00001v2": ("https://arxiv.org/abs/2101.00001", "paper", None),
    "https://youtu.be/aB-1": ("https://youtube.com/watch?v=aB-1", "video", None),
    "https://huggingface.co/datasets/Lumen/Lamp": ("https://huggingface.co/datasets/Lumen/Lamp", "data", "Lumen/Lamp"),
    "https://lumen.github.io/lamp/": ("https://lumen.github.io/lamp", "project", None),
    "https://lamp.org/": ("https://lamp.org", None, None),
    "https://bit.ly/lamp": (None, None, None),
    "a lamp": (None, None, None),
}


def listings(**urls: list[str]) -> pl.DataFrame:
    rows = {"listing_id": list(urls), "urls": list(urls.values())}
    return pl.DataFrame(rows, schema={"listing_id": pl.String, "urls": pl.List(pl.String)})


def members(*listing_ids: str) -> pl.DataFrame:
    return pl.DataFrame({"paper_id": [PAPER] * len(listing_ids), "listing_id": listing_ids})


def test_what_sources_state_is_described() -> None:
    found = source_links(listings(**{LISTING: list(URLS)}), members(LISTING))
    SourceLinks.validate(found)
    assert found["position"].to_list() == list(range(1, len(URLS) + 1))
    assert dict(zip(found["url"], found.select("canonical_url", "kind", "repository").iter_rows(), strict=True)) == URLS


def test_listings_keep_their_order_and_those_of_no_paper_are_left_out() -> None:
    stated = listings(**{OTHER: ["https://lamp.org"], LISTING: ["https://lamp.org"] * 2, NOBODY: ["https://x.org"]})
    found = source_links(stated, members(LISTING, OTHER))
    assert found.select("listing_id", "position").rows() == [(LISTING, 1), (LISTING, 2), (OTHER, 1)]


def test_nothing_stated_is_an_empty_table() -> None:
    for stated in (listings(), listings(**{LISTING: []})):
        found = source_links(stated, members(LISTING))
        SourceLinks.validate(found)
        assert found.is_empty()
