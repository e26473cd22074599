"""Labelled records for record linkage: fictional works, each as several sources would state it.

Every way in which sources differ is a function of its own (`VARIANTS`), and so is every kind of work that looks like
another and is none (`SIBLINGS`). What is made depends on the number and the seed only.
"""

import random
import re
from collections.abc import Callable
from dataclasses import replace

import polars as pl

from tests.works import JOURNALS, NOUNS, Record, abstract, work

GENERIC = ("Editorial", "Introduction", "Preface", "Book review", "Letter to the editor", "In this issue", "Abstracts")


Chance = random.Random


def abbreviated(one: Record, _chance: Chance) -> Record:
    return replace(one, venue=JOURNALS.get(one.venue, one.venue))


def initials(one: Record, chance: Chance) -> Record:
    stop = chance.choice((".", ""))
    return replace(one, authors=tuple(re.sub(r", (\w)\w*", rf", \1{stop}", name) for name in one.authors))


def et_al(one: Record, _: Chance) -> Record:
    return replace(one, authors=(one.authors[0], "et al.") if len(one.authors) > 1 else one.authors)


def without_accents(one: Record, _: Chance) -> Record:
    table = str.maketrans({"ö": "oe", "ü": "ue", "å": "a", "ó": "o", "ê": "e", "é": "e", "í": "i", "Ł": "L"})
    return replace(one, authors=tuple(name.translate(table) for name in one.authors))


def capitals(one: Record, _: Chance) -> Record:
    return replace(one, title=one.title.upper(), venue=one.venue.upper())


def title_case(one: Record, _: Chance) -> Record:
    return replace(one, title=one.title.title() + ".")


def truncated(one: Record, _: Chance) -> Record:
    words = one.title.split()
    return replace(one, title=" ".join(words[: max(5, len(words) - 3)]) + " ...", abstract="")


def without_subtitle(one: Record, _: Chance) -> Record:
    return replace(one, title=one.title.split(": ")[0])


def typing_error(one: Record, chance: Chance) -> Record:
    at = chance.randrange(2, len(one.title) - 2)
    slips = (
        one.title[:at] + one.title[at + 1] + one.title[at] + one.title[at + 2 :],
        one.title[:at] + one.title[at + 1 :],
        one.title[:at] + one.title[at] + one.title[at:],
    )
    return replace(one, title=chance.choice(slips))


def scanned(one: Record, _: Chance) -> Record:
    misread = one.title.replace("rn", "m").replace("ffi", "fi").replace("ll", "11", 1).replace("tion", "t ion", 1)
    return replace(one, title=misread, abstract="")


def broken_words(one: Record, chance: Chance) -> Record:
    words = one.title.split()
    at = max(range(len(words)), key=lambda index: len(words[index]))
    cut = chance.randrange(3, max(4, len(words[at]) - 2))
    words[at] = f"{words[at][:cut]}-{words[at][cut:]}"
    return replace(one, title=" ".join(words))


def bracketed(one: Record, _: Chance) -> Record:
    return replace(one, title=f"[{one.title}]")


def marked_up(one: Record, _: Chance) -> Record:
    first, _space, rest = one.title.partition(" ")
    return replace(one, title=f"<i>{first}</i> {rest}".replace(" and ", " &amp; "))


def short_pages(one: Record, _: Chance) -> Record:
    start, _dash, end = one.pages.partition("-")
    common = next((at for at, pair in enumerate(zip(start, end, strict=False)) if pair[0] != pair[1]), 0)
    return replace(one, pages=f"{start}-{end[common:]}" if len(start) == len(end) else one.pages)


def dressed_pages(one: Record, chance: Chance) -> Record:
    return replace(
        one, pages=chance.choice(("pp. {}", "p. {}", "{}.", "{} S1")).format(one.pages.replace("-", "\u2013"))
    )


def first_page(one: Record, _: Chance) -> Record:
    return replace(one, pages=one.pages.split("-")[0])


def bare(one: Record, _: Chance) -> Record:
    return replace(one, doi="", abstract="", number="", volume="")


def without_doi(one: Record, _: Chance) -> Record:
    return replace(one, doi="")


def linked_doi(one: Record, _: Chance) -> Record:
    return replace(one, doi=f"http://dx.doi.org/{one.doi.upper()}" if one.doi else "")


def other_abstract(one: Record, chance: Chance) -> Record:
    dressed = ("Abstract: {}", "{} Copyright (C) The authors. All rights reserved.", "BACKGROUND: {}")
    return replace(one, doi="", abstract=chance.choice(dressed).format(one.abstract) if one.abstract else "")


def cut_abstract(one: Record, _: Chance) -> Record:
    return replace(one, doi="", abstract=one.abstract[: len(one.abstract) // 2])


def preprint(one: Record, chance: Chance) -> Record:
    year = str(int(one.year) - chance.randint(0, 2))
    told = one.abstract.split(". ")
    return replace(one, venue="arXiv", year=year, volume="", number="", pages="", doi="", abstract=". ".join(told[:-1]))


def next_year(one: Record, _: Chance) -> Record:
    return replace(one, year=str(int(one.year) + 1), doi="", number="")


VARIANTS: tuple[Callable[[Record, Chance], Record], ...] = (
    abbreviated,
    initials,
    et_al,
    without_accents,
    capitals,
    title_case,
    truncated,
    without_subtitle,
    typing_error,
    scanned,
    broken_words,
    bracketed,
    marked_up,
    short_pages,
    dressed_pages,
    first_page,
    bare,
    without_doi,
    linked_doi,
    other_abstract,
    cut_abstract,
    preprint,
    next_year,
)
"""How one work is stated in another way."""


def _other(one: Record, chance: Chance, title: str) -> Record:
    """Another work in the same volume, on the next pages, with an abstract and a DOI of its own."""
    start = int(one.pages.split("-")[-1]) + 1
    return replace(
        one,
        title=title,
        doi=f"{one.doi}.{chance.randint(2, 9)}",
        pages=f"{start}-{start + chance.randint(1, 20)}",
        abstract=abstract(chance),
    )


def next_part(one: Record, chance: Chance) -> Record:
    return _other(one, chance, f"{one.title}. Part {chance.choice(list(FIRST_PART))}")


def erratum(one: Record, chance: Chance) -> Record:
    head = chance.choice(
        ("Erratum: {}", "Correction to: {}", "{} (vol 12, pg 34, 2009)", "Corrigendum to \u201c{}\u201d")
    )
    return replace(_other(one, chance, head.format(one.title)), abstract="")


def reply(one: Record, chance: Chance) -> Record:
    head = chance.choice(("Reply to \u201c{}\u201d", "Comment on {}", "Re: {}", "{}: reply", "{} - Invited commentary"))
    stranger = work(chance.randrange(10**6))
    return replace(_other(one, chance, head.format(one.title)), abstract="", authors=stranger.authors)


def later_report(one: Record, chance: Chance) -> Record:
    return _other(one, chance, f"{one.title}: report of the year {2000 + chance.randint(1, 20)}")


def namesake(one: Record, chance: Chance) -> Record:
    stranger = work(chance.randrange(10**6))
    year = str(int(one.year) + chance.choice((-6, -4, 5, 7)))
    return replace(stranger, title=one.title, year=year, doi=f"{stranger.doi}.n")


def sequel(one: Record, chance: Chance) -> Record:
    words = one.title.split()
    at = max(range(len(words)), key=lambda index: len(words[index]))
    return _other(one, chance, " ".join([*words[:at], chance.choice(NOUNS), *words[at + 1 :]]))


def next_phase(one: Record, chance: Chance) -> Record:
    return _other(one, chance, f"{one.title}, phase {chance.choice(('II', 'III'))}")


def generic(one: Record, chance: Chance) -> Record:
    """A text with a title that thousands have; those of one journal and different volumes are different works."""
    return replace(_other(one, chance, chance.choice(GENERIC)), abstract="", volume=str(chance.randint(1, 400)), doi="")


FIRST_PART = {"II": "I", "2": "1", "B": "A", "two": "one"}
"""How a second part is numbered, and the first before it."""
DISTINCTIVE = (truncated, without_subtitle, bare, preprint)
"""Variants that may take away all that sets two works that look alike apart: nobody could tell them."""
SIBLINGS: tuple[Callable[[Record, Chance], Record], ...] = (
    next_part,
    erratum,
    reply,
    later_report,
    namesake,
    sequel,
    next_phase,
    generic,
)
"""Works that look like another and are none."""


def records(count: int, *, seed: int = 0) -> list[Record]:
    """Records of `count` works and their siblings: each as its publisher states it and in up to three other ways."""
    made = []
    for number in range(count):
        chance = random.Random(f"{seed} {number}")
        works = [work(number)]
        if chance.random() < 0.4:
            kind = chance.choice(SIBLINGS)
            works.append(replace(kind(works[0], chance), work=f"{kind.__name__} of {number}", manner=kind.__name__))
            if kind is next_part:
                works[0] = replace(works[0], title=f"{works[0].title}. Part {FIRST_PART[works[1].title.split()[-1]]}")
        for one in works:
            made.append(one)
            made += [_stated(one, chance, alone=len(works) == 1) for _ in range(chance.randint(0, 3))]
    return made


def _stated(one: Record, chance: Chance, *, alone: bool) -> Record:
    """The work in another way: up to three variants, one after another."""
    ways = [way for way in VARIANTS if alone or way not in DISTINCTIVE]
    changed = one
    for change in chance.sample(ways, chance.randint(1, 3)):
        changed = replace(change(changed, chance), manner=f"{changed.manner}+{change.__name__}")
    return changed


def labelled(count: int, *, seed: int = 0) -> pl.DataFrame:
    """The records as a table.

    Args:
        count: Number of works, not counting those that look like them.
        seed: Another seed, other damage.

    Returns:
        Columns record_id, source, title, authors (separated by `;`), venue, year, volume, number, pages, doi, abstract,
        and the truth: work and manner. The order is that of the works.
    """
    rows = [
        {
            "record_id": f"r{at:07}",
            "source": "made up",
            "title": one.title,
            "authors": "; ".join(one.authors),
            **{name: getattr(one, name) for name in ("venue", "year", "volume", "number", "pages", "doi", "abstract")},
            "work": one.work,
            "manner": one.manner,
        }
        for at, one in enumerate(records(count, seed=seed))
    ]
    return pl.DataFrame(rows)
