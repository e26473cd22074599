# ruff: noqa: RUF001  typographic marks are what is looked for
"""What kind of record a listing is, by certain wording only.

The title decides, but for theses, whose abstracts say so. A word that may as well be a topic (peer review, survey
data, the Church-Turing thesis) decides nothing: a record without a sign is an article.
"""

import polars as pl

from schemas.vocabulary import RecordType

ERRATUM = (
    r"^\W*(?:erratum|errata|corrigend(?:um|a)|addendum)\b(?:$|\W*(?:to|for|on|in|of|note|notice)?\b)"
    r"|^\W*(?:author |publisher |editorial )?corrections?(?: to\b|\s*:)"
    r"|^\W*(?:retraction(?: note| notice)?|retracted(?: article| paper| chapter)?|withdrawn|withdrawal notice)\W*[:\])]"
    r"|^\W*retraction (?:note|notice)\b|^\W*expression of concern\b"
    r"|\W(?:erratum|corrigendum)\W*$|\((?:retracted|withdrawn)(?: article| paper)?\)"
)
PROCEEDINGS = (
    r"^\W*(?:(?:conference|workshop|companion|joint|electronic|informal|post|pre)[ -])*proceedings(?: of\b|\W*$|\W*:)"
    r"|^(?:the )?\d{4} proceedings of\b|(?:\d{4}|,)\W+conference proceedings\W*$"
)
_FRONT = (
    "editorial|preface|foreword|front ?matter|back ?matter|table of contents|contents|title page|masthead|"
    "copyright(?: page)?|(?:author|subject|name) index|index|acknowledge?ments?|committees?|organizers|sponsors|"
    "reviewers|obituary|(?:organizing|program|organising|programme|technical) committees?|editorial board|"
    "list of (?:reviewers|authors|participants|papers)|welcome(?: message| address)?|"
    "conference (?:organization|program|schedule)|editors?['’]?s?['’]? notes?"
)
FRONT_MATTER = (
    rf"^\W*(?:{_FRONT})\W*$"
    r"|^\W*editorial\W*(?::|\bintroduction to\b|\bfor (?:the )?(?:special|volume|issue))"
    r"|^\W*(?:preface|foreword)(?: to (?:the|this|volume)\b| by the\b)|: (?:editorial|foreword|preface)\W*$"
    r"|^\W*(?:guest )?editors?['’]?s?['’]? (?:introduction|foreword|preface|message|column)\b"
    r"|^\W*introduction to (?:the |this )?(?:\w+ ){0,3}special (?:issue|section)\b"
    r"|^\W*(?:message|welcome|letter|introduction)s? (?:from|by) (?:the )?(?:\w+ ){0,3}"
    r"(?:chairs?|editors?|organi[sz]ers)\b"
)
_DEGREE = r"(?:ph\.? ?d\.?|doctoral|doctorate|master(?:['’]?s)?|m\.?sc\.?|bachelor(?:['’]?s)?|diploma|habilitation)"
THESIS_TITLE = rf"\b{_DEGREE} (?:thesis|dissertation)\b(?:\W*$|\W*[:)])|^(?:thesis|dissertation)\W*:"
THESIS_ABSTRACT = (
    rf"\bin (?:this|my|the present) (?:{_DEGREE} )?(?:thesis|dissertation)\b"
    rf"|\bthis (?:{_DEGREE} )?dissertation\b|\bthis {_DEGREE} thesis\b"
    r"|(?:^|[.!?,] )(?:this|my|the present) thesis (?:\w+ly |also |then |first |will )?"
    r"(?:(?:adapt|add|address|advanc|aim|argu|attempt|begin|claim|combin|consist|contain|contribut|cover|deal|defin|"
    r"demonstrat|deriv|describ|design|detail|develop|discuss|establish|evaluat|examin|explor|extend|focus|giv|highlight|"
    r"improv|innovativ|introduc|investigat|leverag|mak|offer|outlin|present|propos|provid|report|seek|show|spans|start|"
    r"stud|tackl|tri|us)\w*|is (?:about|a|concerned|dedicated|devoted|motivated|organi[sz]ed|structured))\b"
    r"|\b(?:aims?|contributions?|core|focus|goals?|objectives?|purpose|scope|topic) of (?:this|my) "
    r"(?:thesis|dissertation)\b"
    rf"|\bpart of (?:the|my|this) (?:{_DEGREE} )?(?:dissertation|thesis)\b"
)
NO_THESIS = r"\bthesis (?:proposal|statement)|\bthesis proposes that\b"
_WHOM = (
    r"(?:academics|adults|attitudes|authors|citizens|clinicians|consumers|customers|developers|doctors|employees|"
    r"engineers|experts|farmers|households|individuals|maintainers|managers|opinions?|parents|participants|patients|people|"
    r"perceptions?|physicians|practitioners|professionals|programmers|public|researchers|respondents|scientists|"
    r"students|teachers|undergraduates|users|voters|workers|young)\b"
)
_KINDS = (
    r"(?:bibliometric|brief|comparative|comprehensive|concise|contemporary|critical|extensive|historical|holistic|in-depth|"
    r"integrative|literature|mapping|methodological|narrative|rapid|scoping|short|state[- ]of[- ]the[- ]art|structured|"
    r"systematic|technical|thorough|topical|umbrella|unified)"
)
SURVEY = (
    rf"\bsurvey\W*$|\bsurvey\s*[:(,—–]|\bsurvey -|\bsurvey (?:on|and|paper|toward|towards|article)\b"
    rf"|\b(?:a|the|this|our|an|{_KINDS}) survey (?:of|for|from|in|about|across|with|to|beyond|over|through)\b"
    rf"|^survey (?:of|on)\b|^surveying\b"
    rf"|\b{_KINDS} (?:\w+ )?reviews?\b|\breviews? (?:of|on) (?:the )?(?:literature|state)|\bliterature reviews?\b"
    rf"|(?:^|[:.?!—–-]\s*)(?:a |an |the )?(?:\w+ )?review\W*$"
    rf"|(?:^|[:.?!—–-] )(?:a |an )?(?:\w+ )?review (?:of|on|and)\b"
    rf"|(?:^|[:.?!—–-] )(?:an |a )?(?:\w+ )?overview(?:\W*$| (?:of|on|and)\b)|\bmeta-analys[ie]s\b"
    rf"|(?:^|[:.?!—–-] )(?:an? )?(?:\w+ )?(?:tutorial|primer)(?:\W*$|\W*:| (?:on|introduction|for|to|and|of)\b)"
    rf"|\bsystematic (?:literature )?mapping\b|\bmapping study\b"
)
ABOUT_REVIEWS = r"\b(?:peer|code|product|movie|film|customer|user|book|app|hotel|restaurant|online|paper) reviews?\b"
CONTEST = r"\bshared task|\btask \d|\bchallenge \d|\btrack\b|\bcompetition\b|\bsemeval|\bclef\b"
POLL = (
    rf"\bsurvey (?:of|with|among|on) (?:\w+ ){{0,2}}{_WHOM}|\b(?:attitudes?|interviews?|perceptions?|questionnaires?)\b"
    r"|\b(?:census|community|customer|developer|household|member|practitioner|reader|regional|user) survey\b"
)
CONTEST_OVERVIEW = r"^(?:an )?overview of .*\b(?:19|20)\d\d\b"


def record_type(title: pl.Expr, abstract: pl.Expr) -> pl.Expr:
    """Tells the kind of each record.

    Args:
        title: String column, clean; nulls count as empty.
        abstract: String column, clean; nulls count as empty.

    Returns:
        Values of `RecordType`; the first that applies, in the order erratum, proceedings, front matter, thesis, survey.
    """
    name, said = title.fill_null("").str.to_lowercase(), abstract.fill_null("").str.to_lowercase()
    thesis = name.str.contains(THESIS_TITLE) | (said.str.contains(THESIS_ABSTRACT) & ~said.str.contains(NO_THESIS))
    survey = name.str.contains(SURVEY) & ~name.str.contains(POLL)
    return (
        pl.when(name.str.contains(ERRATUM))
        .then(pl.lit(str(RecordType.ERRATUM)))
        .when(name.str.contains(PROCEEDINGS))
        .then(pl.lit(str(RecordType.PROCEEDINGS)))
        .when(name.str.contains(FRONT_MATTER))
        .then(pl.lit(str(RecordType.FRONT_MATTER)))
        .when(thesis)
        .then(pl.lit(str(RecordType.THESIS)))
        .when(survey & ~_is_no_survey(name))
        .then(pl.lit(str(RecordType.SURVEY)))
        .otherwise(pl.lit(str(RecordType.ARTICLE)))
    )


def _is_no_survey(name: pl.Expr) -> pl.Expr:
    """Whether a title in lower case reports on a contest, or is about reviews that people write."""
    reviewed = name.str.contains(ABOUT_REVIEWS) & ~name.str.contains(r"\bsurvey\b|\breview (?:of|on)\b")
    return name.str.contains(CONTEST) | name.str.contains(CONTEST_OVERVIEW) | reviewed
