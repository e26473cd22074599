"""XML markup that holds no elements: comments, CDATA, processing instructions, the DOCTYPE; and one start tag.

Offsets only, of bytes that may be hostile: every function here is linear over a whole dump, however it is broken.
"""

import re
from dataclasses import dataclass, field

from assets.parse.reader import Content

NAME = rb"[^\s/<>\"'=!?&;:]"
"""A character of an element's name; more than XML allows, for what is wrong with a name is found when it is parsed."""
PREFIX = rb"(?:" + NAME + rb"{1,64}+:)?"
"""The prefix of a qualified name; no longer than any prefix is."""
TAG_REST = re.compile(rb"(?:[^\"'<>]++|\"[^\"<]*+\"|'[^'<]*+')*+>")
"""A start tag from the end of its name: `>` and `/` may stand in its values, `<` may not."""
CLOSINGS = {b"<!--": b"-->", b"<![CDATA[": b"]]>", b"<?": b"?>"}
"""What begins a stretch without elements -> what ends it."""
DOCTYPE = b"<!DOCTYPE"
_DOCTYPE_REST = re.compile(
    rb"(?:[^\"'\[>]++|\"[^\"]*+\"|'[^']*+')*+"
    rb"(?:\[(?:[^\"'\]<]++|\"[^\"]*+\"|'[^']*+'|<!--(?:[^-]|-(?!->))*+-->|<\?(?:[^?]|\?(?!>))*+\?>|<)*+\]\s*+)?+>"
)


@dataclass
class Markup:
    """Finds the ends of comments and the like, one after the other; remembers what it looked for in vain."""

    content: Content
    _next_end: dict[bytes, int] = field(default_factory=dict)
    """Closing -> offset of the one found last; the end of the content, if there is none left."""
    _has_broken_doctype: bool = False

    def end_of(self, opening: bytes, start: int) -> int | None:
        """Where a comment, CDATA section, processing instruction or DOCTYPE ends.

        Args:
            opening: What it begins with: a key of CLOSINGS, or DOCTYPE.
            start: Offset of that; not less than in the call before.

        Returns:
            Offset after its end. None if it never ends, or another of its kind begins before it does: then it is a
            damage of the record it stands in, and no reason to lose the records after it.
        """
        inside = start + len(opening)
        if opening == DOCTYPE:
            return self._end_of_doctype(inside)
        closing = CLOSINGS[opening]
        if (end := self._next_end.get(closing, -1)) < inside:
            end = self.content.find(closing, inside)
            end = len(self.content) if end < 0 else end
            self._next_end[closing] = end
        if end == len(self.content) or self.content.find(opening, inside, end) >= 0:
            return None
        return end + len(closing)

    def _end_of_doctype(self, inside: int) -> int | None:
        match = None if self._has_broken_doctype else _DOCTYPE_REST.match(self.content, inside)
        self._has_broken_doctype = match is None
        return match.end() if match else None
