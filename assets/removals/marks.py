"""Marks: by what a listing can be known again as one of a removed paper, as hashes that say nothing to a reader.

A mark is a kind and a hash in one text, such as `arxiv:0f3c…`. Identifiers have the hash of their identity key, so that
a paper that is taken back gets its id again. A title has one mark as the source has it and one as the cleaning rules
leave it, both without spaces and signs; one of few words is marked as short, and one like "Editorial" not at all.
"""

import polars as pl

from assets.dedupe.forms.authors import author_forms
from assets.dedupe.forms.titles import title_forms
from assets.dedupe.papers.identity_keys import ID_KINDS
from assets.dedupe.signatures.minhash import signatures
from assets.hashing import blake2b_hex
from assets.validate.catalogue import RULES
from assets.validate.rules import apply_rules
from assets.validate.search_form import search_forms

TITLE, SHORT_TITLE, NUMBERS, AUTHOR = "title", "short_title", "numbers", "author"
DIGITS = 32
TITLE_WORDS = 4
"""Words from which a title is not short: it hardly belongs to two works, as "Introduction to Topology" does."""
ABSTRACT_WORDS = 25
"""Words from which an abstract is told by its signature; shorter ones are formulas of politeness, or cut short."""
NEEDED = ("listing_id", "title_raw", "abstract_raw", "authors", "defect", *ID_KINDS.values())
"""Columns of `listings` from which marks are made."""
TITLE_RULES = tuple(rule for rule in RULES if "title" in rule.fields)
NOTHING = pl.lit(None, dtype=pl.String)


def of_keys(keys: pl.Series) -> pl.Series:
    """The marks of identity keys.

    Args:
        keys: `kind:value`, as in `paper_keys`; no nulls.
    """
    kinds = keys.str.extract(r"^([a-z0-9_]+):")
    hashes = blake2b_hex(keys, digits=DIGITS)
    return pl.select(pl.concat_str(pl.lit(kinds), pl.lit(":"), pl.lit(hashes))).to_series().alias("mark")


def _marks(listing_ids: pl.Series, kind: str, values: pl.Series) -> pl.DataFrame:
    """One mark for each value that is there."""
    rows = pl.DataFrame({"listing_id": listing_ids, "value": values}).drop_nulls().filter(pl.col("value") != "")
    return rows.select("listing_id", mark=of_keys(pl.Series(f"{kind}:" + rows["value"])))


def id_marks(listings: pl.DataFrame) -> pl.DataFrame:
    """The marks of the identifiers that listings state.

    Args:
        listings: Columns NEEDED.

    Returns:
        Columns listing_id, mark; the kinds are those of identity keys.
    """
    found = [
        listings.select("listing_id", key=pl.concat_str(pl.lit(f"{kind}:"), column)).drop_nulls()
        for kind, column in ID_KINDS.items()
    ]
    keys = pl.concat(found)
    return keys.select("listing_id", mark=of_keys(keys["key"]))


def title_marks(listings: pl.DataFrame) -> pl.DataFrame:
    """The marks of the titles of listings, as the dumps have them and as the cleaning rules leave them.

    Args:
        listings: Columns NEEDED.

    Returns:
        Columns listing_id, mark.
    """
    raw = listings["title_raw"].fill_null("")
    repaired = apply_rules(pl.DataFrame({"title": raw}).with_columns(abstract=NOTHING), TITLE_RULES)["title"]
    changed = repaired != raw
    titles = pl.concat([raw, repaired.filter(changed)])
    ids = pl.concat([listings["listing_id"], listings["listing_id"].filter(changed)])
    forms = title_forms(titles, search_forms(titles))
    words = forms["title_words"].list.len()
    parts = []
    for kind, counts in ((TITLE, words >= TITLE_WORDS), (SHORT_TITLE, words < TITLE_WORDS)):
        telling = counts & ~forms["is_generic"]
        parts.append(_marks(ids.filter(telling), kind, forms["title_key"].filter(telling)))
    return pl.concat(parts).unique().sort("listing_id", "mark")


def detail_marks(listings: pl.DataFrame) -> pl.DataFrame:
    """The marks of what tells works with like texts apart: numbers in their titles, words of the first author's name.

    Args:
        listings: Columns NEEDED.

    Returns:
        Columns listing_id, mark; a listing without numbers in its title has the mark of none.
    """
    ids, titles = listings["listing_id"], listings["title_raw"].fill_null("")
    numbers = title_forms(titles, search_forms(titles))["title_numbers"]
    names = pl.DataFrame({"listing_id": ids, "name": author_forms(listings["authors"])["author_first"]})
    names = names.explode("name", empty_as_null=False)
    parts = [_marks(ids, NUMBERS, "#" + numbers), _marks(names["listing_id"], AUTHOR, names["name"])]
    return pl.concat(parts).unique().sort("listing_id", "mark")


def abstract_signatures(listings: pl.DataFrame) -> pl.Series:
    """The signatures of the abstracts of listings.

    Args:
        listings: Columns NEEDED.

    Returns:
        Signatures in the same order; null where there is no abstract, or one of a few words.
    """
    searched = search_forms(listings["abstract_raw"])
    is_long = searched.str.count_matches(" ", literal=True) >= ABSTRACT_WORDS - 1
    return signatures(pl.select(pl.when(pl.lit(is_long)).then(pl.lit(searched))).to_series())
