"""Titles: what of a title is compared, apart from how a source dresses it up.

Databases add notes in brackets (`[Review] [31 refs]`, `[Erratum appears in ...]`), markup and entities; papers about
other papers carry the other's title. Both must be told from the title itself.
"""

from html import unescape

import polars as pl

from assets.parse.selective import change_some
from assets.validate.search_form import search_forms

ENTITY = r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31});"
INDEX_TAG = r"(?i)</?(?:su[bp]|inf|i|b|em)>"
"""Markup within words: `K<inf>Ca</inf>3.1`."""
TAG = r"</?[A-Za-z][A-Za-z0-9]{0,11}(?: [^<>]{0,80})?/?>"
_SAID_OF_RECORDS = (
    r"(?:published |see |author )?(?:erratum|errata|corrected|correction|corrigendum|retraction|comments?|update)"
    r" (?:appears|in|on|for|and)\b.*|see comments?|.*\brefs?\b\.?|review|.*\babstracts?(?: no\.?:? ?\S+)?|letter"
    r"|.*\b(?:transl|translation)\b\.?|multiple letters|[a-z]"
)
NOTE = rf"(?i)[\s.]*[\[(]\s*(?:{_SAID_OF_RECORDS})\s*[\])][\s.\"']*$"
"""A note that a database puts after a title."""
LANGUAGES = (
    "french|german|russian|chinese|japanese|spanish|italian|polish|portuguese|hungarian|czech|danish|dutch|swedish"
    "|norwegian|turkish|hebrew|korean|ukrainian|bulgarian|english|persian|romanian|serbian|croatian|slovak|finnish"
)
IN_LANGUAGE = rf"(?i)(\w{{3}}\W*\s)[\s.]*[\[(]\s*(?:article in |in )?(?:{LANGUAGES})\s*[\])].*$"
"""The language of the original, and the original title, which some databases put after it."""
OPEN_NOTE = r"(?i)\W*[\[(]\s*(?:published )?(?:erratum|correction|corrigendum|retraction) (?:appears|in)\b.*$"
"""The same, its bracket never closed or with brackets within."""

KINDS = {
    "correction": r"^(?:publisher s )?(?:erratum|errata|corrigend\w+|correction|addendum|retraction|retracted)\b"
    r"|\b(?:erratum|corrigendum|retraction)$",
    "reply": r"^(?:author s? |authors |in )?(?:reply|response|rebuttal)(?: (?:to|by|from|of)\b|$)"
    r"|^(?:re|reply) |\b(?:author s? |authors )?(?:reply|rebuttal)$",
    "comment": r"^(?:invited |editorial )?(?:comments?|commentary|letters?|remarks?|editorial|discussion)"
    r"(?: (?:on|to|regarding|re|about)\b|$)|\b(?:invited commentary|editorial comment)$",
    "review": r"^(?:book )?review of\b",
}
"""What is written about another paper, by how its title begins or ends in search form; the first that fits."""

NAME = r"^\W*([\pL\pN][^\s:]{2,29}):\s"
"""What a paper calls its method, before the colon of its title; the rest may change from version to version."""
GENERIC_WORDS = (
    "a", "about", "abstract", "abstracts", "acknowledgements", "acknowledgments", "an", "and", "anniversary",
    "announcement", "annual", "authors", "book", "books", "calendar", "call", "chair", "chairs", "column",
    "comment", "commentary", "comments", "conclusion", "conclusions", "conference", "contents", "contributors",
    "correction", "correspondence", "corrigendum", "cover", "discussion", "editor", "editorial", "editorials",
    "editors", "errata", "erratum", "events", "for", "foreword", "from", "front", "guest", "in", "index",
    "information", "interview", "introduction", "introductory", "invited", "issue", "issues", "journal",
    "keynote", "letter", "letters", "list", "matter", "meeting", "meetings", "memoriam", "message", "minutes",
    "new", "news", "note", "notes", "obituary", "of", "on", "opening", "organization", "overview", "panel",
    "paper", "papers", "poster", "posters", "preface", "president", "proceedings", "program", "remarks",
    "reply", "report", "reports", "response", "retraction", "review", "reviewers", "reviews", "s", "section",
    "session", "special", "summary", "symposium", "table", "talk", "technical", "thanks", "the", "this",
    "title", "to", "tutorial", "tutorials", "untitled", "update", "volume", "welcome", "workshop", "year",
)  # fmt: skip
"""Words of which whole titles are made that recur from issue to issue."""
ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "xi": "11", "xii": "12"}
"""Roman numerals that are nothing else; `i`, `v` and `x` are letters as often."""
IN_SERIES = (
    r"\b(parts?|vol|volume|phase|type|chapter|section|paper|study|report|no|number)"
    r" (i|v|x|one|two|three|four|five|first|second|third)\b"
)
"""A number in a word that only counts as one after these."""
AFTER_SERIES = {
    "i": "1", "v": "5", "x": "10", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "first": "1",
    "second": "2", "third": "3",
}  # fmt: skip


SMALL_WORDS = (
    "an", "as", "at", "by", "et", "in", "is", "of", "on", "or", "to", "al", "pp", "eg", "ie", "vs", "de", "la", "le",
)  # fmt: skip
"""Words of two letters that tell nothing; others do, as `VL` in the name of a model."""
ARE_YEARS = r"^(?:(?:19|20)[0-9]{2} ?)+$"
LETTER = r"[\pL\pN]"
PLUS_PLUS = "++"
"""The successor of something has this to its name, and search forms have no signs."""


def bare_title(title: pl.Series) -> pl.Series:
    """Takes markup and the notes of databases off titles.

    Args:
        title: String; nulls count as empty.

    Returns:
        String without nulls; a title that would have no letter left stays as it is.
    """
    text = title.fill_null("")
    has_entity = text.str.contains(ENTITY)
    if has_entity.any():
        decoded = text.filter(has_entity).map_elements(lambda one: unescape(unescape(one)), return_dtype=pl.String)
        text = text.scatter(has_entity.arg_true(), decoded)
    bare = (
        pl.col("title")
        .str.replace_all(INDEX_TAG, "")
        .str.replace_all(TAG, " ")
        .str.replace(OPEN_NOTE, "")
        .str.replace(IN_LANGUAGE, "$1")
    )
    for _ in range(2):  # `[Review] [31 refs]`
        bare = bare.str.replace(NOTE, "")
    return (
        text.rename("title")
        .to_frame()
        .select(pl.when(bare.str.contains(LETTER)).then(bare).otherwise("title").alias("title"))["title"]
    )


def title_forms(title: pl.Series, searched: pl.Series) -> pl.DataFrame:
    """Makes what is compared of titles.

    Args:
        title: String, as a source has it.
        searched: Its search form.

    Returns:
        Columns title (search form), title_key (without spaces), title_words (list), title_telling (those of two
        letters or more that are no small words, once each), title_numbers (its numbers in sorted order, as one text),
        numbers_are_years (whether it has numbers and all are), title_name (of a method, or null), title_kind (key of
        KINDS, or null), is_generic (whether it has no word but those that recur from issue to issue).
    """
    bare = bare_title(title)
    dressed = bare != title
    read = change_some(searched.fill_null(""), dressed, lambda _: search_forms(bare.filter(dressed))).to_frame("title")
    word = pl.element()
    counted = pl.col("title").str.replace_all(IN_SERIES, "$1 #$2")
    numbers = (
        counted.str.extract_all(r"[0-9]+|\b(?:ii|iii|iv|vi|vii|viii|ix|xi|xii)\b|#[a-z]+")
        .list.eval(word.str.strip_chars_start("#").replace(AFTER_SERIES | ROMAN).str.replace("^0+([0-9])", "$1"))
        .list.sort()
        .list.join(" ")
    )
    kind = pl.coalesce(
        pl.when(pl.col("title").str.contains(pattern)).then(pl.lit(name)) for name, pattern in KINDS.items()
    )
    name = search_forms(bare.str.extract(NAME)).str.replace_all(" ", "", literal=True)
    signs = bare.str.count_matches(PLUS_PLUS, literal=True)
    marked = pl.when(signs.alias("signs") > 0).then(numbers + " ++").otherwise(numbers)
    return read.select(
        "title",
        title_key=pl.col("title").str.replace_all(" ", "", literal=True),
        title_words=pl.col("title").str.split(" "),
        title_telling=pl.col("title")
        .str.split(" ")
        .list.eval(word.filter(word.str.contains(r"\D{2}") & ~word.is_in(SMALL_WORDS)).unique()),
        title_numbers=marked,
        numbers_are_years=numbers.str.contains(ARE_YEARS) & (signs == 0),
        title_name=pl.when(~name.alias("name").is_in(GENERIC_WORDS)).then(name),
        title_kind=kind,
        is_generic=pl.col("title")
        .str.split(" ")
        .list.eval(word.is_in(GENERIC_WORDS) | word.str.contains("^[0-9]*$"))
        .list.all(),
    )
