"""Abstracts that never were, with what the enrich step looks for: links, claims, names, acronyms and numbers.

About as often as in real abstracts of machine learning: every sixth has a link, every thirtieth claims a release
without one, two in three introduce an acronym, and most have a number.
"""

import random

import polars as pl

from tests.works import NOUNS, abstract

SENTENCES = 11
"""Beside what is looked for; an abstract then has about 1,200 characters, as real ones do."""
_NAMES = ("Lumen", "TideNet", "Harbour-7B", "GullBench", "ReefNet-v2", "KelpQA")


def _acronym(chance: random.Random) -> str:
    words = [chance.choice(NOUNS).capitalize() for _ in range(3)]
    return f"We introduce {' '.join(words)} ({''.join(word[0] for word in words)}) for {chance.choice(NOUNS)}."


def _number(chance: random.Random) -> str:
    share, factor, size = chance.uniform(1, 99), chance.uniform(1.1, 9), chance.choice((1, 7, 13, 70))
    return chance.choice(
        (
            f"Accuracy improves by {share:.1f}% over the {size}B model, at {factor:.1f}x the speed.",
            f"It reaches {share:.1f}% on GullBench, up from {share / 2:.1f}%, with {size} billion parameters.",
            f"Training takes {size * 8} GPU hours and costs ${size * 15}.",
        )
    )


def _link(chance: random.Random) -> str:
    name = f"{chance.choice(NOUNS)}/{chance.choice(_NAMES)}-{chance.randrange(10**6)}"
    return chance.choice(
        (
            f"Our code is available at https://github.com/{name}.",
            f"Code and models will be released at https://github.com/{name}/.",
            f"The dataset is at https://huggingface.co/datasets/{name}.",
            f"Project page: https://{name.lower().replace('/', '-')}.github.io",
        )
    )


def _claim(chance: random.Random) -> str:
    return chance.choice(
        ("We release our code and models.", "Code will be made publicly available.", "Our dataset is freely available.")
    )


def made_up(count: int, seed: int = 1) -> pl.DataFrame:
    """Makes papers.

    Args:
        count: How many.
        seed: Other papers for another seed.

    Returns:
        Columns paper_id, title, abstract; sorted by paper_id.
    """
    chance = random.Random(seed)
    rows = []
    for number in range(count):
        sentences = [abstract(chance, SENTENCES)]
        for share, made in ((0.65, _acronym), (0.7, _number), (0.16, _link), (0.03, _claim)):
            if chance.random() < share:
                sentences.append(made(chance))
        title = f"{chance.choice(_NAMES)}: {chance.choice(NOUNS)} of {chance.choice(NOUNS)}"
        rows.append((f"p{number:016x}", title, " ".join(sentences)))
    return pl.DataFrame(rows, schema=["paper_id", "title", "abstract"], orient="row")
