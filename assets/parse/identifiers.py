"""Identifiers: from what a source states to one form of each kind, checked by the syntax of the kind.

A prefix, a link or a version around an identifier is no harm. A value that is of another kind, or of none, is never
guessed at: it is kept beside the identifiers as one that breaks the syntax.
"""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from assets.parse.controls import without_controls
from assets.parse.privacy import without_addresses
from assets.parse.selective import change_some
from schemas.fields import DOI

KEPT_CHARACTERS = 200
"""Characters that are kept of an identifier that breaks its syntax."""
MOST_TRAILING = 6
"""Brackets that may stand after a DOI without belonging to it."""
LONGEST_DOI = 500
"""Bytes; no registered one has as many."""

_SCHEME = r"(?:https?://)?(?:www\.)?"
_MONTH = r"(?:0[1-9]|1[0-2])"
_ARCHIVE = (
    r"(?:acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|cond-mat|cs|dg-ga"
    r"|funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math|math-ph|mtrl-th|nlin|nucl-ex|nucl-th|patt-sol|physics|plasm-ph"
    r"|q-alg|q-bio|quant-ph|solv-int|supr-con)"
)
"""Archives that gave numbers in the old style, until March 2007."""
IS_ARXIV = (
    rf"^(?:0(?:7(?:0[4-9]|1[0-2])|[89]{_MONTH})\.[0-9]{{4}}|1[0-4]{_MONTH}\.[0-9]{{4}}|(?:1[5-9]|[2-9][0-9]){_MONTH}\.[0-9]{{5}}"
    rf"|{_ARCHIVE}/(?:9[1-9]{_MONTH}|0[0-6]{_MONTH}|070[1-3])[0-9]{{3}})$"
)
"""Numbers that arXiv can have given: four digits after the stop until 2014, five since; the old style until 2007."""
_ARXIV_HOST = (
    r"(?:(?:[a-z0-9-]+\.)?arxiv\.org|ar5iv\.labs\.arxiv\.org|xxx\.lanl\.gov|ar5iv\.org|alphaxiv\.org|arxiv-vanity\.com"
    r"|huggingface\.co|hf\.co)/(?:[a-z-]+/)?"
)
ARXIV_PREFIX = (
    rf"^\s*(?i-u:{_SCHEME}{_ARXIV_HOST}|oai:arxiv\.org:|(?:doi:\s*|{_SCHEME}(?:dx\.)?doi\.org/)?10\.48550/arxiv\."
    r"|arxiv[\s:.]+(?:id[\s:]+)?)"
)
ARXIV = (
    r"^\s*(?:(?P<new>[0-9]{4}\.[0-9]{4,5})|(?P<archive>[A-Za-z-]+)(?:\.[A-Za-z-]{2,12})?/(?P<old>[0-9]{7}))"
    r"(?:[vV](?P<version>[1-9][0-9]{0,3}))?(?:\.pdf|[.,;])?/?(?:[?#].*|\s*\[[\w., -]*\])?\s*$"
)
"""What follows the prefix: every character can be read in one way only, which lets the engine go straight through."""
DOI_STATED = (
    rf"^(?i-u:(?:{_SCHEME}(?:dx\.)?doi\.[a-z]+(?:\.[a-z]+)*/|(?:info:|urn:)?doi[:/]?)\s*)*"
    r"(10\.[0-9]{4,9}(?:\.[0-9]+)*(?:/|%2[Ff])[^\s\p{Cc}\p{Cf}]+)$"
)
ARXIV_DOI = "10.48550/arxiv."
TWO_DOIS = r"[,;|](?i-u:doi:|https?://(?:dx\.)?doi\.org/)?10\.[0-9]{4,9}/"
IS_ENCLOSED = r"""[.,;:'"()<>\[\]{}\x{201d}\x{2019}]$"""
_PUNCTUATION = ".,;:'\"([{<\u201d\u2019"
_ESCAPES = {f"%{ord(sign):{case}}": sign for case in ("02X", "02x") for sign in "/()<>:;[]#+&=,._-"} | {
    "&lt;": "<",
    "&gt;": ">",
    "&amp;": "&",
}
"""How signs of a DOI are written in links and markup."""
ACL = (
    rf"^(?i-u:acl:|{_SCHEME}(?:aclanthology\.(?:org|info)|aclweb\.org/anthology(?:-new)?)/(?:[\w./-]*/)?)?"
    r"(?:(?P<old>[A-Za-z][0-9]{2}-[0-9]{4})|(?P<new>[0-9]{4}\.[A-Za-z0-9_]+-[A-Za-z0-9_]+\.[0-9]{1,5}))"
    r"(?:v[0-9])?(?:\.pdf|\.bib)?/?$"
)
OPENREVIEW = (
    rf"^(?i:openreview:\s*|{_SCHEME}openreview\.net/(?:forum|pdf|attachment)\?(?:[^#]*&)?id=)?"
    r"([A-Za-z0-9_-]{6,24})(?:[&#].*)?$"
)
IS_OPENREVIEW_WORD = r"^\s*[a-z_-]+\s*$"
"""A bare word in small letters: more likely one of English than an identifier."""
PMID = (
    rf"^(?i-u:(?:pmid|pubmed|medline)[\s:]*|{_SCHEME}(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/)?"
    r"0*([1-9][0-9]{0,7})(?:\.0)?/?$"
)
DBLP = (
    rf"^(?i-u:dblp:|{_SCHEME}dblp\.(?:uni-trier\.de|dagstuhl\.de|org)/(?:rec/)?(?:(?:html|bibtex|bib[012]?|xml|rdf|nt)/)?)?"
    r"((?:conf|journals|books|phd|reference|series|tr|homepages|persons|www|dblpnote|ms|data)"
    r"(?:/[A-Za-z0-9_+:&'-]+(?:\.[A-Za-z0-9_+:&'-]+)*?){1,4}?)(?:\.(?:html|xml|bib|rdf|nt))?$"
)
S2 = (
    rf"^(?i:s2:|{_SCHEME}(?:api\.)?semanticscholar\.org/(?:graph/v1/)?(?:[a-z]+/)?(?:[^/\s]+/)?)?"
    r"([0-9A-Fa-f]{40})/?(?:[?#].*)?$"
)
OPENALEX = rf"^(?i-u:openalex:|{_SCHEME}(?:api\.)?openalex\.org/(?:works/)?)?([Ww][1-9][0-9]{{0,11}})$"


def arxiv_ids(raw: pl.Series) -> pl.DataFrame:
    """The arXiv identifiers in texts.

    Args:
        raw: String: bare, with a prefix or a version, or as a link.

    Returns:
        `id` and `version`: `1706.03762`, or `math/0309136` without a subject class, which is no part of it.
    """
    rest = raw.to_frame("rest").select(pl.col("rest").str.replace(ARXIV_PREFIX, ""))
    parts = rest.select(pl.col("rest").str.extract_groups(ARXIV).alias("parts")).unnest("parts")
    old = pl.concat_str(pl.col("archive").str.to_lowercase(), "old", separator="/")
    numbers = parts.select(pl.coalesce("new", old).alias("id"), pl.col("version").cast(pl.Int64))
    is_given = pl.col("id").str.contains(IS_ARXIV) & ~pl.col("id").str.contains(r"(?:\.0{4,5}|/[0-9]{4}000)$")
    return numbers.select(pl.when(is_given).then(pl.all()))


def acl_id(raw: pl.Expr) -> pl.Expr:
    """The ACL Anthology's identifier in a text: `P19-1001` or `2020.acl-main.1`."""
    found = raw.str.strip_chars().str.extract_groups(ACL).struct
    return pl.coalesce(found.field("old").str.to_uppercase(), found.field("new").str.to_lowercase())


def openreview_id(raw: pl.Expr) -> pl.Expr:
    """The identifier of a forum at OpenReview in a text; a bare word in small letters is none."""
    return pl.when(~raw.str.contains(IS_OPENREVIEW_WORD)).then(raw.str.strip_chars().str.extract(OPENREVIEW, 1))


def pmid(raw: pl.Expr) -> pl.Expr:
    """The PubMed identifier in a text: at most eight digits, without zeros before them."""
    return raw.str.strip_chars().str.extract(PMID, 1)


def dblp_key(raw: pl.Expr) -> pl.Expr:
    """The DBLP key in a text: `conf/acl/Foo20`."""
    return raw.str.strip_chars().str.extract(DBLP, 1)


def s2_id(raw: pl.Expr) -> pl.Expr:
    """The Semantic Scholar identifier in a text: 40 hexadecimal digits."""
    return raw.str.strip_chars().str.extract(S2, 1).str.to_lowercase()


def openalex_id(raw: pl.Expr) -> pl.Expr:
    """The OpenAlex identifier of a work in a text: `W` and digits."""
    return raw.str.strip_chars().str.extract(OPENALEX, 1).str.to_uppercase()


def dois(raw: pl.Series) -> pl.Series:
    """The DOIs in texts.

    Args:
        raw: String: bare, with a prefix, or as a link to the resolver.

    Returns:
        In lower case, without escapes and without punctuation of the sentence around it; null where there is none, or
        more than one.
    """
    if raw.null_count() == len(raw):
        return raw
    stated = change_some(raw, raw.str.contains("(?i-u:^\\s*https?://).*[?]"), _without_query)
    found = stated.to_frame("doi").select(pl.col("doi").str.strip_chars().str.extract(DOI_STATED, 1)).to_series()
    found = change_some(found, found.str.contains("[%&]"), _unescaped)
    found = change_some(found.str.to_lowercase(), found.str.contains(IS_ENCLOSED), _closed)
    doi = pl.col("doi")
    is_one = ~doi.str.contains(TWO_DOIS) & doi.str.contains(DOI) & (doi.str.len_bytes() <= LONGEST_DOI)
    return found.to_frame("doi").select(pl.when(is_one).then(doi)).to_series()


def _without_query(links: pl.Series) -> pl.Series:
    return links.str.replace(r"\?.*$", "")


def _unescaped(found: pl.Series) -> pl.Series:
    return found.str.replace_many(list(_ESCAPES), list(_ESCAPES.values()))


def _closed(found: pl.Series) -> pl.Series:
    """DOIs without punctuation at their end, and without closing brackets that were opened outside.

    Null if there are more of these than any text has.
    """
    for _ in range(MOST_TRAILING):
        before, found = found, found.str.strip_chars_end(_PUNCTUATION)
        for opening, closing in ("()", "[]", "{}", "<>"):
            surplus = found.str.count_matches(closing, literal=True) > found.str.count_matches(opening, literal=True)
            found = found.str.head(-1).zip_with(surplus & found.str.ends_with(closing), found)
    return found.set(found.ne_missing(before), None)


@dataclass(frozen=True)
class Kind:
    """A kind of identifier that stands in one column and becomes another."""

    name: str
    column: str
    """Column of `listings`; that of the statements is the name with `_raw`."""
    read: Callable[[pl.Expr], pl.Expr]


KINDS = (
    Kind("acl", "acl_id", acl_id),
    Kind("openreview", "openreview_id", openreview_id),
    Kind("pmid", "pmid", pmid),
    Kind("dblp", "dblp_key", dblp_key),
    Kind("s2", "s2_id", s2_id),
    Kind("openalex", "openalex_id", openalex_id),
)
"""The kinds beside arXiv and DOI, in the order of `invalid_ids`."""
COLUMN_OF = {"arxiv": "arxiv_id", "doi": "doi", **{kind.name: kind.column for kind in KINDS}}


def read_identifiers(frame: pl.DataFrame) -> pl.DataFrame:
    """Reads the identifiers of records.

    Args:
        frame: With the columns `arxiv_raw`, `doi_raw` … of the statements.

    Returns:
        `arxiv_id`, `arxiv_version`, `doi`, `acl_id` … and `invalid_ids`, one row per record. A DOI that arXiv gave
        states the arXiv identifier too, where no other is stated.
    """
    arxiv = arxiv_ids(frame["arxiv_raw"]).rename({"id": "arxiv_id", "version": "arxiv_version"})
    columns = [kind.read(pl.col(f"{kind.name}_raw")).alias(kind.column) for kind in KINDS]
    read = frame.select(*arxiv.get_columns(), dois(frame["doi_raw"]).alias("doi"), *columns)
    read = read.with_columns(_invalid(frame, read))
    by_arxiv = read["doi"].str.starts_with(ARXIV_DOI)
    if by_arxiv.any():
        ids = arxiv_ids(read["doi"].set(~by_arxiv, None))["id"]
        read = read.with_columns(pl.coalesce("arxiv_id", ids))
    return read


def _invalid(frame: pl.DataFrame, read: pl.DataFrame) -> pl.Series:
    """What is stated as an identifier and is none: `kind: text`."""
    missing = {name: read[column].is_null() for name, column in COLUMN_OF.items()}
    broken = frame.select((pl.col(f"{name}_raw").str.contains(r"\S") & missing[name]).alias(name) for name in COLUMN_OF)
    kinds = [name for name, is_broken in broken.select(pl.all().any()).row(0, named=True).items() if is_broken]
    if not kinds:
        return pl.Series("invalid_ids", [[]], dtype=pl.List(pl.String)).new_from_index(0, frame.height)
    shown = pl.DataFrame([_shown(frame[f"{name}_raw"].set(~broken[name], None), name) for name in kinds])
    return shown.select(pl.concat_list(kinds).list.drop_nulls().alias("invalid_ids")).to_series()


def _shown(texts: pl.Series, name: str) -> pl.Series:
    bounded = without_controls(without_addresses(texts.str.head(KEPT_CHARACTERS)))
    return bounded.to_frame("text").select(pl.format(f"{name}: {{}}", "text").alias(name)).to_series()
