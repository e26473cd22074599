"""Papers that never were: the material from which tests and benchmarks write dumps in every format."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

SUBJECTS = [
    "gulls",
    "letters",
    "umbrellas",
    "tides",
    "lanterns",
    "ropes",
    "kettles",
    "maps",
    "harbours",
    "bells",
    "pigeons",
    "ledgers",
    "sails",
]
VERBS = [
    "Counting",
    "Sorting",
    "Mapping",
    "Folding",
    "Finding",
    "Keeping",
    "Mending",
    "Naming",
    "Weighing",
    "Reading",
    "Drawing",
    "Timing",
]
MANNERS = [
    "by Candlelight",
    "with Two Cameras",
    "under Heavy Rain",
    "for Patient Readers",
    "in Small Rooms",
    "from Afar",
]
GIVEN = [
    "Ada",
    "Bo",
    "Carla",
    "Dag",
    "Edith",
    "Filip",
    "Grete",
    "Håkon",
    "Inês",
    "Jürgen",
    "Karel",
    "Łucja",
    "Mina",
    "Noé",
    "Olga",
    "Pía",
]
FAMILY = [
    "Anker",
    "Brandt",
    "Castell",
    "Dörfler",
    "Ekholm",
    "Fischer",
    "Gómez",
    "Hansen",
    "Ibsen",
    "Jansen",
    "Kowal",
    "Lindqvist",
    "Müller",
    "Nagy",
]
CATEGORIES = ("cs.CL", "cs.CV", "cs.LG", "math.CO", "hep-th", "stat.ML")
VENUES = ("Harbour Studies", "Conference on Quiet Engines", "Annals of Small Weather")
SENTENCES = (
    "We study {0} in {1} and compare them with what was known before.",
    "Our method needs {2} per cent of the time and makes fewer mistakes.",
    "On {3} collections of letters it finds {2} % more {0} than the usual way of doing it.",
    "Most of what is lost is lost between {1} and the sea.",
    "We discuss where it fails & what follows for {0} of less than {3} grams.",
    "All data of the {3} seasons are described in the appendix.",
)


@dataclass(frozen=True)
class Paper:
    """One fictional paper; every format states some of it."""

    number: int
    title: str
    abstract: str
    authors: tuple[tuple[str, str], ...]
    """Given and family name of each."""
    published: date
    arxiv_id: str
    version: int
    doi: str
    categories: tuple[str, ...]
    venue: str
    volume: str
    issue: str
    pages: str
    votes: int
    comments: int

    @property
    def names(self) -> list[str]:
        """Names as they are displayed."""
        return [f"{given} {family}" for given, family in self.authors]


def paper(number: int, *, sentences: int = 6) -> Paper:
    """The paper with a number: always the same, titles and identifiers different for different numbers."""
    chance = random.Random(number)
    subject, place = chance.choice(SUBJECTS), chance.choice(SUBJECTS)
    told = [
        chance.choice(SENTENCES).format(subject, place, chance.randint(2, 98), chance.randint(2, 900))
        for _ in range(sentences)
    ]
    published = date(2008, 1, 1) + timedelta(days=number % 6000)
    start = chance.randint(1, 900)
    return Paper(
        number=number,
        title=f"{chance.choice(VERBS)} {subject.title()} {chance.choice(MANNERS)}, Part {number + 1}",
        abstract=" ".join(told),
        authors=tuple((chance.choice(GIVEN), chance.choice(FAMILY)) for _ in range(chance.randint(1, 6))),
        published=published,
        arxiv_id=f"{15 + number // 99_999:02}{1 + number % 12:02}.{number % 99_999 + 1:05}",
        version=chance.randint(1, 4),
        doi=f"10.5555/harbour.{number}",
        categories=tuple(chance.sample(CATEGORIES, chance.randint(1, 3))),
        venue=chance.choice(VENUES),
        volume=str(chance.randint(1, 60)),
        issue=str(chance.randint(1, 12)),
        pages=f"{start}-{start + chance.randint(4, 30)}",
        votes=chance.randint(0, 300),
        comments=chance.randint(0, 40),
    )


def papers(count: int, *, first: int = 0, sentences: int = 6) -> Iterator[Paper]:
    """The papers with the numbers from `first` on."""
    return (paper(number, sentences=sentences) for number in range(first, first + count))
