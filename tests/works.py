"""Works that never were, with titles and abstracts as varied as real ones: the material of record linkage.

`tests.papers` has few words and numbers its titles, which suits tests of formats; here two works have little in common.
"""

import random
from dataclasses import dataclass

from tests.papers import Paper, paper


def _words(text: str, separator: str | None = None) -> tuple[str, ...]:
    return tuple(text.split(separator))


ADJECTIVES = _words(
    "adaptive ancient brittle calm coastal daily deep delayed distant early exact faint gradual hidden inner late "
    "layered linear local mixed narrow nightly partial patient quiet rapid repeated robust seasonal shallow sparse "
    "stable steep tidal uneven unseen warm weighted"
)
NOUNS = _words(
    "anchors archives barges beacons breezes bridges buoys canals cargoes charts cliffs clocks cranes currents docks "
    "eels estuaries ferries fogs gulls harbours herrings hulls islands jetties kelp ladders lagoons lighthouses locks "
    "maps masts meadows moorings mussels nets oysters pilots piers ports quays rafts reefs ropes rudders sails salmon "
    "sediments shells shoals signals storms swans tides tugs vessels waves weirs whales winds"
)
DEEDS = _words(
    "assessment calibration classification comparison decline detection diffusion estimation forecasting growth "
    "management mapping measurement migration modelling monitoring recovery restoration retrieval sampling simulation "
    "treatment variation"
)
SETTINGS = _words(
    "a field study|a randomised trial|an observational cohort|evidence from twelve villages|a survey of methods|"
    "lessons of a long winter|a Bayesian approach|results of the northern survey|a case report|theory and practice",
    "|",
)
PLACES = _words("Aldermere Brackwater Corvay Dunhelm Estholm Farrow Gullness Hartsea Ilverby Kestrel Lomond Marholm")
JOURNALS = {
    "Journal of Harbour Engineering": "J Harb Eng",
    "International Review of Coastal Science": "Int. Rev. Coast. Sci.",
    "Annals of Small Weather": "Ann Small Weather",
    "Proceedings of the Conference on Quiet Engines": "Proc. Conf. Quiet Engines",
    "Transactions on Tidal Systems": "Trans. Tidal Syst.",
    "The Lighthouse Quarterly": "Lighthouse Q",
}
"""Full name and abbreviation."""


@dataclass(frozen=True)
class Record:
    """A work as one source states it."""

    work: str
    """What it is a record of: equal for records of one work."""
    manner: str
    """The variant or the kind of sibling that it was made by."""
    title: str
    authors: tuple[str, ...]
    """Family name, comma, given names."""
    venue: str
    year: str
    volume: str
    number: str
    pages: str
    doi: str
    abstract: str


def abstract(chance: random.Random, sentences: int = 7) -> str:
    def words(count: int) -> str:
        return " ".join(chance.choice(chance.choice((ADJECTIVES, NOUNS, DEEDS, NOUNS))) for _ in range(count))

    joints = ("of the", "and", "with", "under", "between", "for", "in", "beyond")
    told = [
        f"{words(4)} {chance.choice(joints)} {words(5)} {chance.choice(joints)} {words(3)}" for _ in range(sentences)
    ]
    return ". ".join(sentence.capitalize() for sentence in told) + "."


def work(number: int) -> Record:
    """The work with a number, as its publisher states it."""
    made: Paper = paper(number)
    chance = random.Random(f"work {number}")
    adjective, other = chance.sample(ADJECTIVES, 2)
    noun, second = chance.sample(NOUNS, 2)
    deed = chance.choice(DEEDS)
    frames = (
        f"{adjective} {deed} of {noun} and {second} in {chance.choice(PLACES)}",
        f"{deed} of {adjective} {noun} under {other} {second}",
        f"{adjective} {noun} for {other} {second} {deed}",
        f"on the {deed} of {noun} with {adjective} {second}",
    )
    title = chance.choice(frames)
    title = title[0].upper() + title[1:] + (f": {chance.choice(SETTINGS)}" if chance.random() < 0.5 else "")
    return Record(
        work=f"work {number}",
        manner="publisher",
        title=title,
        authors=tuple(f"{family}, {given}" for given, family in made.authors),
        venue=chance.choice(list(JOURNALS)),
        year=str(made.published.year),
        volume=made.volume,
        number=made.issue,
        pages=made.pages,
        doi=made.doi,
        abstract=abstract(chance),
    )
