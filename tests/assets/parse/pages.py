"""Made-up result pages for the tests of the parse step."""

import random
from collections.abc import Iterable, Sequence

BADGE, BOX, SUBSCRIBE, CREDIT = (
    "new",
    "Get trending papers in your email inbox!",
    "Subscribe",
    "byAK and the research community",
)
HEADER = (BADGE, BOX, SUBSCRIBE, CREDIT, "Mar 14")

_KINDS = ["Floating", "Self-Tuning", "Low-Cost", "Wooden", "Distributed", "Thermal", "Portable", "Recurrent"]
_THINGS = ["Gauges", "Lanterns", "Mapping Kites", "Bridges", "Tide Tables", "Weather Buoys", "Gliders", "Beacons"]
_TASKS = ["Measuring Sediment", "Tracking Otters", "Forecasting Fog", "Counting Ferries", "Sorting Pebbles"]
_PLACES = ["Shallow Estuaries", "Alpine Lakes", "Crowded Harbours", "Frozen Canals", "Volcanic Islands"]
_SENTENCES = [
    "Earlier instruments drift within a week and have to be recalibrated by hand.",
    "We describe the design, its limits, and two seasons in the field.",
    "A simple model explains most of the variance that volunteers report.",
    "Compared with the usual practice, errors fall by a third at half the price.",
    "All drawings, readings and notes are shared so that others can repeat the work.",
    "The approach holds up in storms, although batteries remain a weak point.",
    "Surprisingly, the oldest stations turn out to be the most consistent ones.",
]

Record = tuple[str, str]


def papers(count: int, seed: int = 1) -> list[Record]:
    """Titles and abstracts of papers that do not exist; the words of a title occur in its abstract."""
    rng = random.Random(seed)
    return [_paper(rng) for _ in range(count)]


def _paper(rng: random.Random) -> Record:
    kind, thing, task, place = (rng.choice(words) for words in (_KINDS, _THINGS, _TASKS, _PLACES))
    title = f"{kind} {thing} for {task} in {place}"
    opening = f"{task} in {place.lower()} is hard. We present {kind.lower()} {thing.lower()}."
    return title, " ".join([opening, *rng.sample(_SENTENCES, rng.randint(3, 6))])


def body(records: Iterable[Record]) -> list[str]:
    """The paragraphs of records, titles and abstracts in turn."""
    return [paragraph for record in records for paragraph in record]


def text(*parts: str | Sequence[str]) -> bytes:
    """Spans and lists of paragraphs as the bytes of a dump."""
    paragraphs = [one for part in parts for one in ([part] if isinstance(part, str) else part)]
    return "\n\n".join(paragraphs).encode()
