# ruff: noqa: RUF001  characters that look like others are what this module is about
"""The names that LaTeX gives to characters: what a command stands for, with its backslash or after losing it.

Only vocabulary belongs here; when a name may be read as a command is decided in the modules that use it.
"""

import re
from collections.abc import Iterable


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


def longest_first(names: Iterable[str]) -> str:
    """A regular expression for any of the names, a longer one before its own beginning."""
    return "|".join(map(re.escape, sorted(names, key=lambda name: (-len(name), name))))


GREEK_LOWER = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ", "eta": "η", "theta": "θ",
    "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ",
    "tau": "τ", "upsilon": "υ", "phi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
}  # fmt: skip
GREEK_UPPER = {
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Upsilon": "Υ",
    "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
}  # fmt: skip
GREEK_VARIANTS = {
    "varepsilon": "ε", "vartheta": "ϑ", "varpi": "ϖ", "varrho": "ϱ", "varsigma": "ς", "varphi": "φ", "varkappa": "ϰ",
}  # fmt: skip
"""Names that no other word shares: without a backslash they still mean only this."""
GREEK = GREEK_LOWER | GREEK_UPPER | GREEK_VARIANTS

OPERATORS = {
    # relations
    "leq": "≤", "geq": "≥", "neq": "≠", "leqslant": "≤", "geqslant": "≥", "leqq": "≤", "geqq": "≥", "approx": "≈",
    "simeq": "≃", "cong": "≅", "equiv": "≡", "propto": "∝", "asymp": "≍", "lesssim": "≲", "gtrsim": "≳",
    "triangleq": "≜", "preceq": "⪯", "succeq": "⪰", "notin": "∉", "subseteq": "⊆", "supseteq": "⊇", "subsetneq": "⊊",
    "vdash": "⊢",
    # arrows
    "xrightarrow": "→", "xleftarrow": "←",
    "rightarrow": "→", "leftarrow": "←", "leftrightarrow": "↔", "longrightarrow": "→", "longleftarrow": "←",
    "hookrightarrow": "↪", "Rightarrow": "⇒", "Leftarrow": "⇐", "Leftrightarrow": "⇔", "Longrightarrow": "⇒",
    "longleftrightarrow": "↔", "mapsto": "↦", "longmapsto": "↦", "uparrow": "↑", "downarrow": "↓", "nearrow": "↗",
    "searrow": "↘", "rightsquigarrow": "⇝",
    # binary operators
    "cdot": "·", "otimes": "⊗", "oplus": "⊕", "odot": "⊙", "ominus": "⊖", "setminus": "∖", "bigcup": "⋃",
    "bigcap": "⋂", "sqcup": "⊔", "bigotimes": "⨂", "bigoplus": "⨁",
    "rtimes": "⋊", "ltimes": "⋉",
    # signs
    "infty": "∞", "nabla": "∇", "forall": "∀", "emptyset": "∅", "varnothing": "∅", "hbar": "ℏ",
    "ldots": "…", "cdots": "⋯", "langle": "⟨", "rangle": "⟩", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈",
    "rceil": "⌉", "lVert": "‖", "rVert": "‖", "lvert": "|", "rvert": "|",
}  # fmt: skip
"""Names that are no word of a language and no abbreviation, apart from `approx` and `forall`."""

AMBIGUOUS = {
    "times": "×", "sim": "~", "pm": "±", "mp": "∓", "le": "≤", "ge": "≥", "ne": "≠", "ll": "≪", "gg": "≫", "in": "∈",
    "ni": "∋", "to": "→", "gets": "←", "subset": "⊂", "supset": "⊃", "cup": "∪", "cap": "∩", "wedge": "∧", "vee": "∨",
    "circ": "∘", "bullet": "•", "star": "⋆", "ast": "*", "top": "⊤", "bot": "⊥", "perp": "⊥", "parallel": "∥",
    "mid": "|", "prime": "′", "dagger": "†", "ddagger": "‡", "ell": "ℓ", "partial": "∂", "sum": "∑", "prod": "∏",
    "int": "∫", "exists": "∃", "neg": "¬", "div": "÷", "deg": "°", "degree": "°", "dots": "…", "square": "□",
    "diamond": "⋄", "land": "∧", "lor": "∨", "implies": "⇒", "iff": "⇔", "Re": "ℜ", "Im": "ℑ", "aleph": "ℵ",
    "prec": "≺", "succ": "≻", "checkmark": "✓", "xmark": "✗", "Vert": "‖", "vert": "|", "backslash": "\\",
    "lbrace": "{", "rbrace": "}", "colon": ":", "micro": "µ",
}  # fmt: skip
"""Names that are words, units or abbreviations as well: without a backslash they need evidence."""

FUNCTIONS = _names(
    "log ln exp lim max min sup inf arg argmax argmin sin cos tan tanh cosh sinh det dim ker Pr gcd deg poly polylog"
    " mod softmax sigmoid KL"
)
"""Names that LaTeX sets as words: the name is already what they stand for."""

SPELT_OUT = _names(
    "lg liminf limsup sgn sign tr Tr rank diag supp conv coth sec csc cot arcsin arccos arctan hom Hom Var Cov argsup"
    " arginf esssup bmod loglog polyloglog erf id"
)
"""More such names, which only count with their backslash."""

LETTERS = {
    "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å",
    "dh": "ð", "th": "þ", "dj": "đ", "i": "ı", "j": "ȷ",
}  # fmt: skip
SIGNS = {
    "S": "§", "dag": "†", "ddag": "‡", "copyright": "©", "pounds": "£", "euro": "€", "texteuro": "€",
    "textregistered": "®", "texttrademark": "™", "textdegree": "°", "textmu": "µ", "textless": "<",
    "textgreater": ">", "textbar": "|", "textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^",
    "textunderscore": "_", "textendash": "–", "textemdash": "—", "textellipsis": "…", "textquotedblleft": "“",
    "textquotedblright": "”", "textquoteleft": "‘", "textquoteright": "’", "textquotesingle": "'", "textbullet": "•",
    "textdollar": "$", "textpercent": "%", "texttimes": "×", "textpm": "±", "bowtie": "⋈",
    "Join": "⋈", "natural": "♮", "oslash": "⊘", "circledast": "⊛",
    "guillemotleft": "«", "guillemotright": "»", "slash": "/", "item": "•",
    "TeX": "TeX", "LaTeX": "LaTeX", "LaTeXe": "LaTeX2e", "BibTeX": "BibTeX",
    # macros that nearly every author of a field defines in the same way
    "eg": "e.g.", "ie": "i.e.", "etc": "etc.", "etal": "et al.", "wrt": "w.r.t.", "vs": "vs.", "cf": "cf.",
    "aka": "a.k.a.",
}  # fmt: skip

ACCENTS = {
    "'": "\u0301", "`": "\u0300", '"': "\u0308", "^": "\u0302", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "c": "\u0327", "v": "\u030c", "H": "\u030b", "u": "\u0306", "r": "\u030a", "k": "\u0328", "d": "\u0323",
    "b": "\u0331",
}  # fmt: skip
"""Accent command -> combining character."""
MATH_ACCENTS = {
    "hat": "\u0302", "widehat": "\u0302", "tilde": "\u0303", "widetilde": "\u0303", "bar": "\u0304",
    "overline": "\u0304", "vec": "\u20d7", "dot": "\u0307", "ddot": "\u0308", "check": "\u030c", "breve": "\u0306",
    "acute": "\u0301", "grave": "\u0300", "mathring": "\u030a",
    "Hat": "\u0302", "Tilde": "\u0303", "Bar": "\u0304", "Vec": "\u20d7", "Dot": "\u0307", "Ddot": "\u0308",
}  # fmt: skip
DOUBLE_STRUCK = {"R": "ℝ", "N": "ℕ", "Z": "ℤ", "Q": "ℚ", "C": "ℂ", "P": "ℙ", "H": "ℍ", "E": "𝔼"}
"""Letters that \\mathbb turns into characters of their own."""

TEXT_FONTS = _names(
    "textbf textit texttt textsc textsf textrm textsl textmd textup textnormal emph underline uline mbox hbox fbox"
    " makebox uppercase lowercase enquote text"
)
MATH_FONTS = _names(
    "mathcal mathbb mathbf mathrm mathsf mathtt mathfrak mathscr mathit mathds mathbbm Bbb boldsymbol bm operatorname"
    " operatorname* ensuremath"
)
WRAPPERS = _names("ul uuline hl st sout smash pmb mathop mathrel mathbin mathord")
"""Commands that print their argument as it is, and do more to it than a font does."""
FONT_SWITCHES = _names("it bf em sc tt rm sf sl cal itshape bfseries scshape ttfamily rmfamily sffamily boldmath")
SIZES = _names(
    "tiny scriptsize footnotesize small normalsize large Large LARGE huge Huge scriptstyle scriptscriptstyle"
    " displaystyle textstyle"
)
SPACES = _names("quad qquad enspace thinspace space newline linebreak par noindent hfill smallskip medskip")
IGNORED = _names("xspace allowbreak protect relax null centering limits nolimits displaylimits nobreak")
"""Commands that print nothing."""
