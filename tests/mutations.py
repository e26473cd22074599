"""Mutations: how dumps get damaged, by accident and on purpose; the same ones for the same number."""

import random

HOSTILE = (
    b"\x00",
    b"\xff\xfe",
    b"\xed\xa0\x80",  # half a surrogate pair in UTF-8
    b"\xe2\x80\xae",  # right-to-left override
    b"\x1b[31m",
    b'"',
    b"\\",
    b"\\u0000",
    b"\\ud800",
    b"{" * 300,
    b"[" * 3000,
    b"}",
    b"]",
    b"<",
    b"<a>" * 300,
    b"</record>",
    b"]]>",
    b"<![CDATA[",
    b"<!--",
    b"&lol;",
    b'<!DOCTYPE x [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;">]>',
    b'<!ENTITY xxe SYSTEM "file:///etc/passwd">',
    b"NaN",
    b"-1e999",
    b"9" * 5000,
    b"@article{",
    b"TY  - JOUR\n",
    b"ER  - \n",
    b"=HYPERLINK(1)",
    b"'; DROP TABLE papers; --",
    b"../../etc/passwd",
    b"\r",
    b"\n\n",
    b"\xe2\x80\xa8",
    b"$$\\frac{" * 40,
    b"A" * 20_000,
)


def mutate(content: bytes, number: int, *, other: bytes = b"") -> bytes:
    """Damages a dump in one to six places.

    Args:
        content: A sound dump.
        number: Which of all mutations.
        other: Another dump, from which pieces may be copied.
    """
    chance = random.Random(number)
    for _ in range(chance.randint(1, 6)):
        content = chance.choice(KINDS)(content, chance, other or content)
    return content


def _span(content: bytes, chance: random.Random, most: int = 400) -> tuple[int, int]:
    start = chance.randint(0, len(content))
    return start, min(len(content), start + chance.randint(0, most))


def _flip(content: bytes, chance: random.Random, _: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        if changed:
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _remove(content: bytes, chance: random.Random, _: bytes) -> bytes:
    start, end = _span(content, chance)
    return content[:start] + content[end:]


def _repeat(content: bytes, chance: random.Random, _: bytes) -> bytes:
    start, end = _span(content, chance)
    return content[:end] + content[start:end] * chance.randint(1, 4) + content[end:]


def _insert(content: bytes, chance: random.Random, _: bytes) -> bytes:
    at = chance.randint(0, len(content))
    return content[:at] + chance.choice(HOSTILE) + content[at:]


def _truncate(content: bytes, chance: random.Random, _: bytes) -> bytes:
    return content[: chance.randint(0, len(content))]


def _swap(content: bytes, chance: random.Random, _: bytes) -> bytes:
    (a, b), (c, d) = sorted((_span(content, chance), _span(content, chance)))
    return content[:a] + content[c:d] + content[b:c] + content[a:b] + content[d:] if b <= c else content


def _splice(content: bytes, chance: random.Random, other: bytes) -> bytes:
    start, end = _span(other, chance, 2000)
    at = chance.randint(0, len(content))
    return content[:at] + other[start:end] + content[at:]


KINDS = (_flip, _remove, _repeat, _insert, _truncate, _swap, _splice)
