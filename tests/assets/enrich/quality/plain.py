"""The measures of quality in plain Python, a text at a time: what the kernels have to agree with."""

import math
import re
from collections import Counter
from dataclasses import dataclass

from assets.enrich.quality.repetition import LEAST_COPY, POINTER, REACH
from assets.enrich.quality.surprise import ALPHABET, LEAN, LEAST_CHARACTERS, LEAST_READ, SYMBOLS
from assets.enrich.quality.words import LEAST_TITLE_BYTES, PASSAGE, STEM_BYTES, WINDOW

NAN = math.nan


def words_of(text: str) -> list[str]:
    """The words of a text of ASCII."""
    return re.findall(r"[0-9a-z]+", text.lower())


def vocabulary(title: str, text: str) -> tuple[float, ...]:
    """As `words.vocabulary`, of ASCII."""
    of_title, words = words_of(title), words_of(text)
    windows = [words[at : at + WINDOW] for at in range(len(words) - WINDOW + 1)]
    diversity = sum(len(set(window)) for window in windows) / (len(windows) * WINDOW) if windows else NAN
    seen, repeated = set(), set()
    for at in range(len(words) - PASSAGE + 1):
        passage = tuple(words[at : at + PASSAGE])
        if passage in seen:
            repeated.update(range(at, at + PASSAGE))
        seen.add(passage)
    stems = {word[:STEM_BYTES] for word in words}
    asked = [word[:STEM_BYTES] in stems for word in of_title if len(word) >= LEAST_TITLE_BYTES]
    shared = sum(asked) / len(asked) if asked and words else NAN
    return len(of_title), len(words), diversity, len(repeated) / len(words) if words else NAN, shared


def compression(text: str) -> float:
    """As `repetition.compression`."""
    data, last = text.encode(), {}
    copied, pointers, distance = set(), 0, 0
    for at in range(len(data) - LEAST_COPY + 1):
        piece = data[at : at + LEAST_COPY]
        now = at - last.get(piece, at)
        now = now if now <= REACH else 0
        last[piece] = at
        if now:
            copied.update(range(at, at + LEAST_COPY))
            pointers += now != distance
        distance = now
    return len(data) / (len(data) - len(copied) + POINTER * pointers) if data else NAN


def triples_of(text: str) -> list[tuple[int, ...]]:
    """Symbols in a row, three at a time."""
    symbols = [int(SYMBOLS[character.encode()[-1]]) for character in text]
    return list(zip(symbols, symbols[1:], symbols[2:], strict=False))


@dataclass
class Counts:
    """What follows what in some texts."""

    total: int
    abc: Counter[tuple[int, ...]]
    ab: Counter[tuple[int, ...]]
    bc: Counter[tuple[int, ...]]
    b: Counter[int]
    c: Counter[int]


def counts_of(texts: list[str]) -> Counts:
    """Counts the symbols of texts."""
    known = [triple for text in texts for triple in triples_of(text)]
    ab, bc = Counter((a, b) for a, b, _ in known), Counter((b, c) for _, b, c in known)
    return Counts(len(known), Counter(known), ab, bc, Counter(b for _, b, _ in known), Counter(c for _, _, c in known))


def surprise(text: str, others: Counts) -> float:
    """As `surprise.Model.surprise`, of a text that was not counted."""
    read = triples_of(text)
    if len(read) < LEAST_CHARACTERS or others.total < LEAST_READ:
        return NAN
    bits = 0.0
    for a, b, c in read:
        chance = (others.c[c] + 1) / (others.total + ALPHABET)
        chance = (others.bc[b, c] + LEAN * chance) / (others.b[b] + LEAN)
        chance = (others.abc[a, b, c] + LEAN * chance) / (others.ab[a, b] + LEAN)
        bits -= math.log2(chance)
    return bits / len(read)
