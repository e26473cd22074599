"""The ways in which a text names what a quantity is about, kind by kind.

The subject stands before the number (`accuracy of 84%`) or behind it (`84% accuracy`); what lies between is the gap.
"""

from dataclasses import dataclass

from assets.enrich.quantities.sizes import FAMILY_NAME, NAME
from assets.enrich.quantities.units import CHIP
from assets.enrich.quantities.words import (
    COMMON_VERB,
    COMPARING_VERB,
    EDGE,
    GAIN_NOUN,
    GAIN_WORD,
    LOSS_NOUN,
    LOSS_VERB,
    LOSS_WORD,
    METRIC,
    MODEL_NOUN,
    QUALITY,
    RISING_VERB,
    STOP,
    any_of,
)
from schemas.quantity_vocabulary import QuantityKind

_ADJECTIVE = any_of(
    "overall average relative absolute final all further additional consistent significant mean minimal marginal"
    " slight substantial notable impressive remarkable respective better SOTA"
)
_ARTICLE = f"(?:{any_of('the an? its their our all')})"
THE = rf"(?:{_ARTICLE}\s)*"
_SOME = rf"(?:(?:{_ARTICLE}|{_ADJECTIVE})\s)*"
_WORD = r"[\p{L}0-9][\p{L}\p{N}@/+.&_'\x{2019}-]*"
_WORDS = rf"{_WORD}(?:\s{_WORD}){{0,4}}"
_DIFFERENCE = rf"(?:{GAIN_NOUN}|{LOSS_NOUN})"
_VERB = rf"(?:{RISING_VERB}|{LOSS_VERB})"
_ASIDE = r"(?:\s(?:of|on|for|in|across|over|per)\s[^,.;()]{1,60})?"
_BY = r",?\sby(?:\s(?:a\s)?factors?\sof)?(?:\s[a-z]+ly)?"

_OTHER = any_of("one two up often likely terms number amount year month day hour annum that range order best")
_QUALITY_WORD = any_of(
    "novel difficult robust diverse complex compact precise concise dense sparse correct secure frequent realistic"
    " coherent biased vulnerable prone relevant redundant tolerant resistant important end-to-end"
)
NO_NAME = (
    rf"(?i)^(?:(?:{_ARTICLE}|{_ADJECTIVE}|{COMPARING_VERB}|{GAIN_WORD}|{LOSS_WORD}|{STOP}|{_OTHER}|{_QUALITY_WORD})(?:\s|$))+$"
    r"|^(?:improvements?|gains?|increases?|reductions?)(?:\s|$)"
    r"|^(?-i:(?:effici|consist|suffici|differ|frequ)ent|[a-z-]+(?:ive|ate|able|ible|ous|ful|[^e]ed|ly|al))$"
)
"""What a pattern may find that names nothing: adjectives and adverbs alone."""
NAME_END = (
    rf"(?i)(?:^|\s)(?:{STOP}|[a-z]{{3,}}ly{EDGE})(?:\s.*)?$|\s(?:{COMMON_VERB}|{COMPARING_VERB})(?:\s.*)?$"
    r"|\s(?-i:[a-z]+[^e]ed)$"
)
"""What does not belong to a name any more: from a preposition, an adverb or a verb on."""

_PLACE = any_of("settings? scenarios? cases? conditions? situations? tasks? benchmarks? datasets? domains?")
PLACE = rf"(?i)(?:^|\s)(?:{_PLACE})$"
"""The end of a phrase that says where something rose or fell, and not what did: `in noisy settings`."""


@dataclass(frozen=True)
class Pattern:
    """One way of writing a subject."""

    kinds: tuple[QuantityKind, ...]
    """The kinds of quantities that it is read for."""
    text: str
    """The column that it is looked for in: lead and before end at the number, the others begin behind it."""
    expression: str
    """Its groups: subject, and gap, which stands between the subject and the number."""


def _behind(gap: str, subject: str, then: str = "") -> str:
    return rf"^(?P<gap>{gap})(?P<subject>{subject}){then}"


def _before(subject: str, gap: str, start: str = r"(?:^|[^\p{L}\p{N}-])") -> str:
    return rf"{start}(?P<subject>{subject})(?P<gap>{gap})$"


_K = QuantityKind
_DIFFERS = (_K.PERCENTAGE, _K.FACTOR)
_SCORES = (_K.PERCENTAGE, _K.CHANGE)
_KIND_OF_METRIC = any_of(
    "average mean test word character phoneme classification recognition detection task overall prediction"
    " zero-shot top-[0-9] [a-z]+ion [A-Z][\\w@-]*"
)
_KIND_OF_COST = any_of("total training compute inference average annual API computational estimated research market")
_COST = any_of("costs? budget price expense fee revenue investment funding")
_SCORED = rf"(?:(?:{_KIND_OF_METRIC})\s){{0,2}}{METRIC}"
_IS = any_of(
    "of is at to was were reaching reaches reached by from above over exceeding ranging as remains? stays?"
    " remained stayed averages hits"
)
_PLAIN_METRIC = any_of(
    "[Aa]ccuracy [Pp]recision [Rr]ecall [Ss]ensitivity [Ss]pecificity [Ss]core [Rr]ate error F1 AUC mAP mIoU"
)
"""Metrics that no verb is written like."""
_TRANSITIVE = rf"(?is)^.*(?:^|[^\p{{L}}-]){_VERB}\s{THE}"

MODELS = (
    Pattern((_K.PARAMETERS,), "before", _before(rf"{FAMILY_NAME}|{NAME}", r"[\s(-]{1,2}")),
    Pattern(
        (_K.PARAMETERS,),
        "after",
        _behind(
            r"(?:[\s-](?i:parameters?|params?|sized?|scale))?[\s-]",
            rf"(?:[A-Za-z][A-Za-z0-9-]*\s){{0,3}}?(?:{MODEL_NOUN}){EDGE}",
        ),
    ),
)
COUNTS = (
    Pattern((_K.COMPUTE,), "unit_text", _behind(r"[\s-](?:NVIDIA\s|Nvidia\s|Tesla\s)?", rf"{CHIP}{EDGE}")),
    Pattern((_K.ITEMS,), "item_text", _behind(r"\+?[\s-](?:of\s)?", ".+")),
    Pattern((_K.MONEY,), "after", _behind(r"\s(?:per|for\seach)\s", _WORD)),
    Pattern(
        (_K.MONEY,),
        "lead",
        _before(rf"(?:(?:{_KIND_OF_COST})\s)?(?:{_COST})", r"(?:\s(?:of|is|was|at|under|from|to))+"),
    ),
)
DIFFERENCES = (
    # an improvement in something
    Pattern(
        _DIFFERS,
        "after",
        _behind(rf"[\s-]{_SOME}(?:{_WORD}\s){{0,2}}?{_DIFFERENCE}\s(?:in|of)\s(?:terms\sof\s)?{THE}", _WORDS),
    ),
    # a higher something
    Pattern(
        _DIFFERS,
        "phrase",
        _behind(rf"[\s-](?:(?:times|significantly|much)\s)?(?:{GAIN_WORD}|{LOSS_WORD})\s", _WORDS),
    ),
    # an improvement of something, named before
    Pattern(_DIFFERS, "phrase", _behind(rf"[\s-]{_SOME}", rf"{_WORD}(?:\s{_WORD}){{0,4}}?", rf"\s{_DIFFERENCE}{EDGE}")),
    # of something, named behind
    Pattern(_SCORES, "phrase", _behind(rf"[\s-]{_SOME}", rf"(?:[A-Za-z0-9@-]+\s){{0,2}}?{METRIC}{EDGE}")),
    # by so much in something
    Pattern(
        _DIFFERS,
        "after",
        _behind(rf"\s(?:in|in\sterms\sof)\s{THE}", rf"(?:{_WORD}\s){{0,3}}?{QUALITY}", r"(?:[^\p{L}\p{N}-]|$)"),
    ),
    # an improvement in something of so much
    Pattern(_DIFFERS, "lead", _before(_WORDS, r"\s(?:of|by|from|up\sto)", rf"(?is){_DIFFERENCE}\s(?:in|of)\s{THE}")),
    # something improves by so much, from so much
    Pattern(
        (*_DIFFERS, _K.CHANGE),
        "lead",
        _before(
            rf"(?i:(?:(?:{_KIND_OF_METRIC})\s){{0,2}}{QUALITY}|context\slength)",
            rf"{_ASIDE}\s(?:is\s|was\s|are\s)?(?i:{_VERB})(?:\s\w+ly)?(?:\sfrom|{_BY})",
        ),
    ),
    # improves something by so much, from so much
    Pattern(_DIFFERS, "lead", _before(f"{_WORDS}?", f"{_ASIDE}{_BY}", _TRANSITIVE)),
    Pattern((_K.CHANGE,), "lead", _before(f"{_WORDS}?", rf"{_ASIDE},?\sfrom", _TRANSITIVE)),
    # and something by so much
    Pattern(
        _DIFFERS,
        "lead",
        _before(rf"(?:[a-z-]+\s){{0,2}}?{QUALITY}", r"\sby", rf"(?i)(?:,?\s(?:and|while|with)|,)\s{THE}"),
    ),
)
SCORES = (
    # something is so much
    Pattern(_SCORES, "lead", _before(_SCORED, rf"(?:\s(?:{_IS}))+")),
    Pattern(_SCORES, "lead", _before(rf"(?:(?:{_KIND_OF_METRIC})\s){{0,2}}(?:{_PLAIN_METRIC})", "")),
    # an improvement of so much, with its name before
    Pattern(
        _DIFFERS,
        "lead",
        _before(rf"{_WORD}(?:\s{_WORD})?", rf"\s{_DIFFERENCE}\s(?:of|by|from|up\sto)", rf"(?:^|\s){_ARTICLE}\s{_SOME}"),
    ),
    # so much of something
    Pattern((_K.PERCENTAGE, _K.TOKENS), "after", _behind(rf"\sof\s{THE}", _WORDS)),
)
PATTERNS = (*MODELS, *COUNTS, *DIFFERENCES, *SCORES)
"""The ways of writing a subject: the first that applies counts."""
