"""Words that decide whether the name of a Greek letter stands for the letter: what it follows, what follows it.

Only vocabulary belongs here.
"""


def _words(words: str) -> tuple[str, ...]:
    return tuple(words.split())


TERMS = {
    "alpha": _words(
        "matt channel blend mask composit map helix helic test version particle power band wave rhythm oscillat"
        " synuclein value beta.prun beta.search beta.cut beta.crown beta.type"
    ),
    "beta": _words(
        "distribut test version band decay amyloid sheet catenin cell wave rhythm oscillat bernoulli binomial release"
        " reduct power skeleton"
    ),
    "gamma": _words(
        "ray correct distribut knife radiat camera band function process burst wave oscillat power emission"
    ),
    "delta": _words("rule robot tuning hedg neutral encod compress wave band lake variant denois update learning bar"),
    "lambda": _words("calcul function expression term archit"),
    "chi": _words("squar"),
    "tau": _words("protein patholog deposit tangle lesion antibod pet"),
    "theta": _words("band wave rhythm oscillat power burst phase"),
    "omega": _words("3 6 regular fatty automat language"),
    "mu": _words("law calcul opioid rhythm"),
    "rho": _words("kinase gtpase"),
    "eta": _words("convers expan reduc"),
    "pi": _words("calcul"),
    "phi": _words("coefficient 1 2 3 4"),
}
"""Beginnings of words that a letter's name makes one term with: the term is spelt out, even beside formulas."""
NOUNS = _words(
    "alphabet angle budget coefficient constant covariance degree depth distribution domain error exponent factor"
    " formula function functions class classes gap graph hyperparameter map matrix norm operator parameter parameters"
    " permutation policy probability problem problems property radius rate ratio regime scalar set space size"
    " stepsize strength temperature threshold tolerance value values variable variables variance weight weights width"
)
"""Nouns of mathematics that introduce a letter, as in `the maximum degree Delta`."""
FOLLOWERS = _words(
    "and or of is are was be to in for with as that such where when which we the by from at on via then can may denote"
    " denotes control controls approaches grows increases decreases satisfies satisfying over into than between relates"
    " using under"
)
"""Words that follow a letter and go on with the sentence."""
RARE = frozenset(_words("epsilon zeta eta lambda nu xi rho sigma phi omega mu"))
"""Names that are no word of English: alone they are letters, unless they count or belong to somebody."""
BANDS = frozenset(_words("alpha beta gamma delta theta"))
"""Names of the bands of brain waves, which are listed like letters."""
