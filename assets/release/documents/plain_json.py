"""Plain JSON: documents for programs, as text that is safe wherever it is pasted.

A description is often put into a page, in a `<script>` element, where `</script>` in a name of a file would end it.
"""

import json
from collections.abc import Mapping
from typing import Any

ESCAPED = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}
"""Characters that mean something to HTML or to older JavaScript -> how JSON writes them otherwise."""


def to_json(told: Mapping[str, Any]) -> str:
    """Writes a document.

    Args:
        told: Its content: numbers, texts, truth values, lists and mappings.

    Returns:
        JSON, ended by a line end; nothing in it ends a `<script>` element or begins a comment there.
    """
    return json.dumps(told, indent=2, ensure_ascii=False, allow_nan=False).translate(ESCAPED) + "\n"
