# ruff: noqa: RUF001, RUF002  characters that look like others are what this module is about
"""Mathematics that lost its backslashes: `11.9times`, `sim1,400`, `m gg n`, `QK^top`.

A name that no word shares is a command wherever it stands alone. A name that is a word as well (`times`, `in`, `to`,
`le`, `top`, `sim`) is one only between things that make a formula of it: numbers, one-letter symbols, brackets.
Greek letters have their own module, and so have names that are glued to each other.
"""

import re

import polars as pl

from assets.validate.protect import substitute
from assets.validate.restore.latex_commands import fraction, term
from assets.validate.restore.symbols import AMBIGUOUS, GREEK, OPERATORS, longest_first
from assets.validate.rules import Rule
from schemas.vocabulary import RuleFamily

SIGNS = frozenset(
    {"infty", "nabla", "emptyset", "varnothing", "hbar", "ldots", "cdots", "uparrow", "downarrow", "nearrow", "searrow"}
)
CLOSING = frozenset({"rangle", "rceil", "rfloor", "rVert", "rvert"})
KEEP_SPACE = SIGNS | CLOSING
"""Names of things and of closing brackets, not of relations between two things: the space after them stays."""
PLAIN = OPERATORS.keys() - {"approx", "forall"}

# One letter that is no word, a number, a bracket, a Greek letter: what may stand on either side of an operator.
LETTER = "[b-zB-HJ-Z]"
GREEK_WORD = longest_first(GREEK)
ALONE = r"(?<![A-Za-z\\])"
END = r"(?![A-Za-z])"
BEFORE_SYMBOL = (
    rf"(?=-?[\d([{{|∞√Α-Ωα-ωϑφ]|-?{LETTER}{END}|[aAI][_^]|-?(?:{GREEK_WORD}|infty|sqrt|log|max|min|poly)(?![a-z]))"
)
_LEFT_CLOSED = re.compile(r"(?:(?<!\s\(\w)(?<!^\(\w)\)|[\]}'*∞ℓΑ-Ωα-ωϑφ]|(?:^|[^\w.])[.]?\d[\d.,]*%?)$")
_LEFT_LETTER = re.compile(rf"(?:(?:^|[\s(\[{{,=<>|/+~_^∘·×±≤≥≈∈→⊗-])(?:{LETTER}|{GREEK_WORD})|[_^][aAI]|[_^]\d)$")
SIM_OPENERS = " ([{)}]$=<>/|+\n\ufdd0"
"""What may stand before `about 5` without a space."""
PARTICLES = frozenset({"2.5", "10", "1", "1.0"})
"""Sizes of particulate matter, which is called pm2.5."""
SCRIPTS = AMBIGUOUS | {"dag": "†", "natural": "♮"}
REACH = 16
"""Characters before an operator that decide about it."""

_PLAIN = re.compile(rf"{ALONE}({longest_first(PLAIN)}){END}( ?)")
_FORALL = re.compile(rf"{ALONE}(?<!-)forall(?= ?{LETTER}{END}| ?\\{{|_)")
_APPROX = re.compile(rf"{ALONE}approx(?=\s?(?:\.?\d|[$~≥({{-]|sim)|\s(?:{LETTER}|{GREEK_WORD}){END}|[A-Z]{END})( ?)")
_GLUED_TIMES = re.compile(
    rf"(?<=[\d°])([KMBkx%]?)\{{?times\}}?(?![A-Za-z](?![\^_(]|{END}))(?P<space> ?)(?=(?P<next>.?))|(?<=\d )times(?=\d)"
)
_LETTER_TIMES = re.compile(rf"{ALONE}(?![lor]times)({LETTER})times ?(?=\d|[A-Za-z(]{END}|\()")
_TIMES = re.compile(
    rf" times (?=\d|{LETTER}{END}(?!'))|(?<=[)\]}}])times(?=[(\[{{\d ])|(?<=\()times (?=\d)|{ALONE}(?<!\d )times(?=\d)"
)
_MEASURE = re.compile(r"\d ?(?:[cmkμn]?m|px|pixels?|[°μ])$")
_REPEATED = re.compile(rf" times (?:\d|{LETTER}(?: times|[_^)=,]))")
_SIM = re.compile(
    rf"{ALONE}sim( ?)(?=\.?\d[\d,.]*(?:[^\w]|$|_|[a-zA-Z]{{1,2}}{END}|times|[kKMB]?[A-Z]{{1,3}}s?{END})"
    rf"|(?<= )(?:{LETTER}|{GREEK_WORD}|mathcal|-?\d){END}|(?<= )\{{)"
)
_PLUS_MINUS = re.compile(
    rf"{ALONE}(?:pm|mp)(?=( ?)(\d[\d.,]*\s?[%°]?)(?!\w))|(?:{ALONE}|(?<=1))pm(?= ?(?:[α-ω]|{GREEK_WORD}){END})"
    rf"|(?<=[\^_])pm{END}|(?<=[\^_]\{{)pm(?=\}})|(?<=\{{)pm(?= 1\}})"
)
_INEQUALITY = re.compile(
    rf"(?P<before>^|.)(?P<name>le|ge|ll|gg|ne){END}(?: ?{BEFORE_SYMBOL}|(?= [A-Z]{{2,3}}{END}))", re.DOTALL
)
_IN = re.compile(rf" in (?=\[-?[\d.]+,|\(-?[\d.]+,|\{{|ℝ|ℕ|ℤ|[RNZQC][\^_])|{ALONE}(?P<glued>[A-Za-z])in ?(?=[RNZQC]\^)")
_TO = re.compile(r" to (?=-?(?:infty|∞))")
_SET = re.compile(rf" (?:cup|cap|subset|supset|wedge|vee|perp) (?={LETTER}{END}|[({{])")
_COMPOSED = re.compile(rf"( ?)circ( ?)(?=(?:{LETTER}|{GREEK_WORD}|[Α-Ωα-ω]){END})")
_DEGREES = re.compile(r"(?<=\d)\^\{?(?:circ|∘)\}?(?![A-Za-z]{2})|(?<=\d)\^circ(?=times)")
_SCRIPT = re.compile(rf"(?<=[_^])(\{{?)(top|circ|star|ast|prime|dagger|dag|bullet|perp|parallel|natural)(\}}?){END}")
_BULLET = re.compile(r"(?:^|(?<=[.:;!?] ))bullet (?=[A-Z])")
_DOTS = re.compile(r"(?<=,)( ?)dots(?=\s?[,)\]}])|(?<=[\d)] )dots(?= \d)")
_ELL = re.compile(rf"{ALONE}ell{END}")
_NORM = re.compile(
    r"(?<![A-Za-z0-9_\\])l(?=_\{?(?:[012pq]|infty|inf|∞)\}?[-\s,]?\s?(?:norm|regular|ball|loss|distanc|penal|minimi|bound"
    r"|robust|attack|perturb|error|metric|space|constrain|spars|quasi|sense))"
)
# Rendering takes a root with its argument: one that is left stood in another command, which may have cut the argument.
_ROOT = re.compile(rf"{ALONE}sqrt(?:\[([23])\]\{{([^{{}}]*)\}}|\{{(\w+)\}})(?!\{{)")
_ROOT_OF_LETTER = re.compile(rf"{ALONE}sqrt ?([A-Za-z0-9]|{GREEK_WORD}){END}(?!\d)")
_FRACTION = re.compile(rf"{ALONE}frac\{{(\w+)\}}\{{(\w+)\}}|{ALONE}frac(\d)(\d)(?!\d)")
_BIG_SUM = re.compile(rf"{ALONE}(sum|prod|int)(?=_\{{|_[a-z]=|_\d\^)")
_SOFT_O = re.compile(
    r"(?<![A-Za-z\\])(?:wide)?tilde ?(?:\{(Omega|Theta|[OoΩΘ])\}|(Omega|Theta|[OoΩΘ]))(?= ?[(]|left| ?[bB]ig)"
)
_INDEX_BEFORE = re.compile(r"[_^]\d$")
_ROOTS = {None: "√", "2": "√", "3": "∛"}


def _before(match: re.Match[str], group: str | int = 0) -> str:
    return match.string[max(0, match.start(group) - REACH) : match.start(group)]


def _follows_symbol(match: re.Match[str], group: str | int = 0) -> bool:
    """Whether an operator stands after a number, a one-letter symbol or a closing bracket."""
    before = _before(match, group)
    return bool(_LEFT_CLOSED.search(before) or _LEFT_LETTER.search(before))


def _operator(match: re.Match[str]) -> str:
    """The character of a plain name; glued to what is before it, it takes what is after it close as well."""
    name, space = match[1], match[2]
    left = match.string[match.start() - 1 : match.start()].strip()
    return OPERATORS[name] + ("" if left and left not in "([{,-" and name not in KEEP_SPACE else space)


def _named(match: re.Match[str]) -> str:
    """The character of the one name in a match, after a symbol only, with the space around it as it was."""
    name = match[0].strip()
    return match[0].replace(name, AMBIGUOUS[name]) if _follows_symbol(match) else match[0]


def _glued_times(match: re.Match[str]) -> str:
    if match[1] is None:
        return "× "
    return f"{match[1]}×{'' if match['next'].isdigit() else match['space']}"


def _times(match: re.Match[str]) -> str:
    """A sign between two factors; after a number, `times d` is English unless the formula goes on."""
    if match[0] == " times ":
        if _MEASURE.search(_before(match)):
            return " × "
        number_before = _before(match)[-1:].isdigit()
        if not _follows_symbol(match) or (number_before and not _REPEATED.match(match.string, match.start())):
            return match[0]
    return match[0].replace("times", "×")


def _sim(match: re.Match[str]) -> str:
    """About a number, or distributed as a symbol; `sim2real` and a policy trained `in sim` are words."""
    follows = match.string[match.end() : match.end() + 1]
    about = follows.isdigit() or follows == "."
    before = match.string[match.start() - 1 : match.start()]
    proven = (before == "" or before in SIM_OPENERS) if about else _follows_symbol(match) or _spaced_symbol(match)
    left = _before(match)
    glued_range = (before.isdigit() or before == "%") and bool(_LEFT_CLOSED.search(left) or "^" in left[-3:])
    return ("~" if glued_range else f"~{match[1]}") if proven or (about and glued_range) else match[0]


def _spaced_symbol(match: re.Match[str]) -> bool:
    before = _before(match)
    return before.endswith(" ") and bool(_LEFT_CLOSED.search(before[:-1]) or _LEFT_LETTER.search(before[:-1]))


def _plus_minus(match: re.Match[str]) -> str:
    """An error margin: a decimal or a percentage on either side, or a bracket before it; `5 pm` is a time."""
    sign = match[0].replace("pm", "±").replace("mp", "∓")
    if match[2] is None:
        return sign
    if match[1] == "":
        return sign if match[2].rstrip(".,") not in PARTICLES else match[0]
    left = _before(match).rstrip(" ")
    number = re.search(r"(?<![\w.])[\d.,]+(?:\s?%)?$|[\d.]+\)$", left)
    exact = (
        "." in match[2].rstrip(".,")
        or match[2][-1] in "%°"
        or (number is not None and re.search(r"[.%]|\d{3}", number[0]))
    )
    opened = left.endswith(("(", "{", "[", "=", "of", "within", "by", "and", "error"))
    return sign if (number is not None and exact) or (opened and (exact or left.endswith(("(", "{")))) else match[0]


def _inequality(match: re.Match[str]) -> str:
    """A relation after a symbol or a bracket, or glued to a number; `ge 25` after any word, for it is no word."""
    before, name = match["before"], match["name"]
    number = match.string[match.end() : match.end() + 1].isdigit()
    if before == "" or before.isspace():
        left = match.string[max(0, match.start() - REACH) : match.start()]
        proven = bool(_LEFT_CLOSED.search(left) or _LEFT_LETTER.search(left))
        proven = proven or (number and (name == "ge" or (name == "le" and match[0].endswith(name))))
    else:
        proven = before in "([{|_" or (not before.isalpha() and _follows_symbol(match, "name"))
    return match[0].replace(name, AMBIGUOUS[name]) if proven else match[0]


def _element(match: re.Match[str]) -> str:
    if match["glued"]:
        return f"{match['glued']}∈"
    counts = match.string[match.start() - 1 : match.start()].isdigit() and not _INDEX_BEFORE.search(_before(match))
    return " ∈ " if _follows_symbol(match) and not counts else match[0]


def _composed(match: re.Match[str]) -> str:
    """Composition of two functions; closed up if it was glued to one of them."""
    if not _follows_symbol(match):
        return match[0]
    return " ∘ " if match[1] and match[2] else "∘"


def restore_times(text: pl.Expr) -> pl.Expr:
    """`11.9times faster`, `64times64`, `n times d` -> with multiplication signs; `10 times larger` stays.

    Args:
        text: String column; nulls stay null.

    Returns:
        The same column with multiplication signs.
    """
    steps = ((_GLUED_TIMES, _glued_times), (_LETTER_TIMES, r"\1×"), (_TIMES, _times))
    return substitute(text, r"[\dKMBkx%]\{?times|[^a-z]times[^a-z]|\b[A-Za-z]times", *steps)


def restore_relations(text: pl.Expr) -> pl.Expr:
    """`approx 16`, `sim1,400`, `11.0 pm 1.3`, `m gg n` -> `≈ 16`, `~1,400`, `11.0 ± 1.3`, `m ≫ n`.

    Args:
        text: String column; nulls stay null.

    Returns:
        The same column with relations, arrows and signs as characters.
    """
    trigger = (
        rf"(?:{longest_first(PLAIN)}|approx)(?:[^a-z]|$)|sim ?[\d.]|[^a-z]sim[^a-z]|[^a-z](?:pm|mp)[^a-z]"
        r"|[^a-zA-Z](?:le|ge|ll|gg|ne)[^a-zA-Z]| to (?:-?infty|-?∞)| in (?:[\[({ℝℕℤ]|[RNZQC][_^])|in ?[RNZQC]\^"
    )
    steps = (
        (_FORALL, "∀"),
        (_PLAIN, _operator),
        (_TO, lambda match: " → " if _follows_symbol(match) else match[0]),
        (_APPROX, lambda match: "≈" + match[1]),
        (_SIM, _sim),
        (_PLUS_MINUS, _plus_minus),
        (_INEQUALITY, _inequality),
        (_IN, _element),
    )
    return substitute(text, trigger, *steps)


def restore_signs(text: pl.Expr) -> pl.Expr:
    """`QK^top`, `: bullet On`, `ell_1`, `sqrt{n}`, `90^circ` -> `QK^⊤`, `: • On`, `ℓ_1`, `√n`, `90°`.

    Args:
        text: String column; nulls stay null.

    Returns:
        The same column with signs, roots and fractions whose whole argument is there.
    """
    trigger = (
        r"circ[^a-z]|\^\{?∘"
        r"|[_^]\{?(?:top|natural|parallel|dag|star|ast|prime|dagger|perp|bullet|circ)|bullet |dots[^a-z]"
        r"|[^A-Za-z]ell[^a-z]|[^A-Za-z]l_"
        r"|sqrt|frac[{\d]|(?:sum|prod|int)_|tilde ?[{OoT]| (?:cup|cap|subset|supset|wedge|vee|perp) [b-zA-Z({]"
    )
    steps = (
        (_DEGREES, "°"),
        (_SCRIPT, lambda match: f"{match[1]}{SCRIPTS[match[2]]}{match[3]}"),
        (_COMPOSED, _composed),
        (_SET, _named),
        (_BULLET, "• "),
        (_DOTS, lambda match: match[0].replace("dots", "…")),
        (_ELL, "ℓ"),
        (_NORM, "ℓ"),
        (_ROOT, lambda match: _ROOTS[match[1]] + term(match[2] or match[3])),
        (_ROOT_OF_LETTER, r"√\1"),
        (_FRACTION, lambda match: fraction(match[1] or match[3], match[2] or match[4])),
        (_BIG_SUM, lambda match: AMBIGUOUS[match[1]]),
        (_SOFT_O, lambda match: f"{match[1] or match[2]}\u0303".replace("O\u0303", "Õ").replace("o\u0303", "õ")),
    )
    return substitute(text, trigger, *steps)


RULES = (
    Rule(
        name="lost_sign",
        family=RuleFamily.RESTORE,
        version=2,
        summary="A sign of mathematics: `QK^top V` becomes `QK^⊤ V`, `sqrt{n}` becomes `√n`; `top-1` stays.",
        apply=restore_signs,
    ),
    Rule(
        name="lost_times",
        family=RuleFamily.RESTORE,
        version=2,
        summary="A multiplication sign: `11.9times faster` becomes `11.9× faster`; `10 times larger` stays.",
        apply=restore_times,
    ),
    Rule(
        name="lost_relation",
        family=RuleFamily.RESTORE,
        version=2,
        summary="A relation or arrow: `sim1,400` becomes `~1,400`, `m gg n` becomes `m ≫ n`; `sim2real` stays.",
        apply=restore_relations,
    ),
)
