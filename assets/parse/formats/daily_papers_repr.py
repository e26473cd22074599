"""Python's own notation: records that a script printed instead of writing JSON, turned into JSON.

Nothing is evaluated. Strings are read and written anew, `True`, `False` and `None` get their names in JSON, and
everything else stays as it is: what is no JSON then is refused as any malformed record is.
"""

import json
import re

TOKEN = re.compile(
    r"""'((?:[^'\\]|\\.)*+)'|"((?:[^"\\]|\\.)*+)"|\b(True|False|None)\b|(['"])""",
    re.DOTALL,
)
ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", re.DOTALL)
NAMES = {"True": "true", "False": "false", "None": "null"}
MEANINGS = {"n": "\n", "r": "\r", "t": "\t", "a": "\a", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": ""}
LONGEST = 1_000_000
"""Characters of a record beyond which it is taken for an attack."""


def json_of(text: str) -> str | None:
    """Turns a dict in Python's notation into JSON.

    Args:
        text: Such as `{'paper': {'id': '2001.00001', 'hidden': False}}`.

    Returns:
        JSON, if the text was such a dict; if it was not, a text that is no JSON, or None.
    """
    if len(text) > LONGEST:
        return None
    parts: list[str] = []
    end = 0
    for found in TOKEN.finditer(text):
        if found[4]:  # a string without an end: nothing behind it can be told apart
            return None
        value = found[1] if found[2] is None else found[2]
        parts += (text[end : found.start()], NAMES[found[3]] if found[3] else _quoted(value))
        end = found.end()
    parts.append(text[end:])
    return "".join(parts)


def _quoted(text: str) -> str:
    """A string literal's inside as a JSON string."""
    return json.dumps(ESCAPE.sub(_meaning, text) if "\\" in text else text, ensure_ascii=False)


def _meaning(found: re.Match[str]) -> str:
    """What an escape stands for; one that is none stays as it is."""
    digits = found[1] or found[2] or found[3]
    if digits:
        code = int(digits, 16)
        return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
    sign: str = found[4]
    return MEANINGS.get(sign, sign if sign in "'\"\\" else found[0])
