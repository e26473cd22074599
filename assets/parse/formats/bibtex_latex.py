r"""LaTeX in BibTeX: accents become letters, and braces that only protect the case of a word go.

Titles and abstracts keep all other LaTeX: the cleaning rules know it, and say what they changed. Names, journals and
other short values are read in full, as nothing looks at them again.
"""

import re
import unicodedata

from assets.validate.restore.symbols import ACCENTS, FONT_SWITCHES, LETTERS, SIGNS, TEXT_FONTS

SIGNS_OF_TEXT = {
    name: sign for name, sign in SIGNS.items() if name.startswith(("text", "guill")) or name in {"S", "euro"}
} | {"textbraceleft": "{", "textbraceright": "}"}
"""Signs whose commands mean nothing else, and that no cleaning rule has to be careful with."""
LONGEST_FORMULA = 2_000
"""Characters of a formula; a dollar sign whose partner is further away is money."""
FONTS = FONT_SWITCHES | TEXT_FONTS | {"url", "path", "relax", "protect", "noopsort"}
"""Commands that change the look of their argument, or nothing."""
READ_IN_FULL = {
    "&": "&",
    "%": "%",
    "_": "_",
    "#": "#",
    "$": "$",
    "{": "{",
    "}": "}",
    " ": " ",
    ",": " ",
    "-": "",
    "/": "",
}
READ_ALWAYS = {"&": "&", "%": "%", "_": "_", "#": "#", "-": "", "/": ""}

IS_MARKED = re.compile(r"[\\{}$~]")
_LETTER = r"[^\W\d_]"
_TOKEN = re.compile(
    rf"""
      (?P<accent> \\(?:(?P<sign>['"`^~=.]) | (?P<name>[cvHurkdb])(?=[\s{{\\])) \s* (?:
            \{{ \s* \\(?P<inner>['"`^~=.]) \s* (?:\{{(?P<nested>{_LETTER})\}}|(?P<stacked>{_LETTER})) \s* \}}
          | \{{ \s* (?:\\(?P<grouped_dotless>[ij])|(?P<grouped>{_LETTER})(?P<rest>{_LETTER}*)) \s* \}}
          | \\(?P<dotless>[ij])(?![A-Za-z])(?:\s*\{{\}}|\s+)?
          | (?P<letter>{_LETTER}) ) )
    | \\(?P<bare>[~^"'`])\{{\s*\}}
    | \\(?P<word>[A-Za-z]+)(?P<gap>\s*)(?P<empty>\{{\}})?
    | \\(?P<escaped>.)
    | (?P<open>\{{) | (?P<close>\}}) | (?P<dollar>\$) | (?P<tie>~)
    """,
    re.VERBOSE | re.DOTALL,
)
_FORMULA_END = re.compile(r"(?<!\\)\$")
_COMMAND = re.compile(r"\s*\\([A-Za-z]+)")


def readable(text: str, *, in_full: bool) -> str:
    """A value as it would be printed.

    Args:
        text: A value without its outer delimiters.
        in_full: Whether fonts, escaped signs and ties are read too; titles and abstracts leave them to the cleaning.

    Returns:
        The text; formulas and unknown commands stay as they are, with their arguments.
    """
    return _Reading(text, in_full=in_full).result() if IS_MARKED.search(text) else text


class _Reading:
    """One pass over one text."""

    def __init__(self, text: str, *, in_full: bool) -> None:
        self.text = text
        self.in_full = in_full
        self.escapes = READ_IN_FULL if in_full else READ_ALWAYS
        self.output: list[str] = []
        self.keeps_closing: list[bool] = []
        self.expects_argument = -1
        """Offset at which a brace would open the argument of a command that stays."""

    def result(self) -> str:
        """Reads the text."""
        at = 0
        while (token := _TOKEN.search(self.text, at)) is not None:
            self.output.append(self.text[at : token.start()])
            kind = token.lastgroup or ""
            at = self._formula_end(token.start()) if kind == "dollar" else token.end()
            if kind == "dollar":
                self.output.append(self.text[token.start() : at])
            else:
                self.output.append(self._read(token))
        self.output.append(self.text[at:])
        return "".join(self.output)

    def _read(self, token: re.Match[str]) -> str:
        if token["accent"]:
            return _accented(token)
        if token["word"]:
            return self._command(token)
        if token["bare"] or token["escaped"]:
            return token["bare"] or self.escapes.get(token["escaped"], token[0])
        if token["tie"]:
            return " " if self.in_full else "~"
        return self._opening(token) if token["open"] else self._closing(token)

    def _command(self, token: re.Match[str]) -> str:
        """A letter, a sign, a font, or a command that stays."""
        letter = _printed(token["word"])
        if letter:
            return letter
        if self.in_full and token["word"] in FONTS:
            return ""
        self.expects_argument = token.end()
        return token[0]

    def _opening(self, token: re.Match[str]) -> str:
        """A brace: kept where it opens an argument of a command, or a group that begins with one that stays."""
        command = _COMMAND.match(self.text, token.end())
        keeps = token.start() == self.expects_argument or (command is not None and self._stays(command[1]))
        self.keeps_closing.append(keeps)
        return "{" if keeps else ""

    def _closing(self, token: re.Match[str]) -> str:
        keeps = self.keeps_closing.pop() if self.keeps_closing else True
        if keeps:
            self.expects_argument = token.end()
        return "}" if keeps else ""

    def _stays(self, word: str) -> bool:
        """Whether a command at the beginning of a group stays, and with it the group."""
        is_read = bool(_printed(word)) or (len(word) == 1 and word in ACCENTS) or word in TEXT_FONTS
        return not is_read and not (self.in_full and word in FONTS)

    def _formula_end(self, start: int) -> int:
        """The offset after a formula; after the dollar sign alone where none begins."""
        end = _FORMULA_END.search(self.text, start + 1, start + LONGEST_FORMULA)
        return end.end() if end else start + 1


def _printed(word: str) -> str:
    """The letter or sign that a command prints; nothing for other commands."""
    return LETTERS.get(word) or SIGNS_OF_TEXT.get(word) or ""


def _accented(token: re.Match[str]) -> str:
    """A letter with its accent, composed where Unicode has it so."""
    letter = token["grouped"] or token["grouped_dotless"] or token["dotless"] or token["letter"]
    accents = ACCENTS[token["sign"] or token["name"]]
    if token["inner"]:
        letter, accents = token["nested"] or token["stacked"], ACCENTS[token["inner"]] + accents
    return unicodedata.normalize("NFC", letter + accents) + (token["rest"] or "")
