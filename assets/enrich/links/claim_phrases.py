"""How abstracts say that something is released, without a link: the phrases, and the nouns they are said of.

Narrow on purpose: they are held against every sentence of every abstract, where most that sounds like a release is none
(`the energy release`, `we release the constraint`, `publicly available data sets were used`). What follows from them is
decided in `claims`.
"""

from assets.enrich.links.phrases import AVAILABLE
from schemas.enrich_vocabulary import LinkKind

WORDS = [
    "releas",
    "open-sourc",
    "open sourc",
    "opensourc",
    "publish",
    "public",
    "avail",
    "avali",
    "accessible",
    "share",
    "coming soon",
    *(f"provide {word}code" for word in ("", "the ", "our ", "source ", "the source ", "our source ", "all ")),
]
"""Sentences without any of these claim nothing."""

NOUNS = {
    LinkKind.CODE: (
        r"(?:source[- ]?)?codes?|code-?bases?|(?:re-?)?implementations?|software|scripts?|tool-?kits?|tool-?box(?:es)?"
        r"|librar(?:y|ies)|packages?|pipelines?|frameworks?|tools?|simulators?|plug-?ins?"
    ),
    LinkKind.DATA: (
        r"data|data[- ]?sets?|data-?bases?|corpus|corpora|benchmarks?|[\w-]*[a-z]-?bench|annotations?"
        r"|test[- ]?(?:sets?|suites?)|(?:training|evaluation) sets?|testbeds?|tree-?banks?|lexicons?|lexica"
        r"|knowledge (?:base|graph)s?|leaderboards?"
    ),
    LinkKind.MODEL: (r"models?|(?:model )?weights|check-?points?|llms?|vlms?|adapters|embeddings"),
    LinkKind.DEMO: r"demos?|demonstrators?|playgrounds?|web ?(?:apps?|applications?|interfaces?)",
}
"""What may be released, by its kind."""
MAY_CLAIM = rf"(?i)(?-u:\b)(?:{'|'.join(NOUNS.values())})(?-u:\b)"
_HEAD_ENDS = (
    r"(?:\s*\([^()]*\))?(?:\s+(?:\w+ly|online|here|soon|available|both|themselves|used|trained|generated|collected))*"
    r"(?:\s+(?-i:[A-Z][\w-]*))*\s*(?:$|[,;/&]|\s(?:and|or|plus|as well|along|together)\b)"
)
HEADS = {kind: rf"(?i)(?:^|[\s/(])(?:{nouns}){_HEAD_ENDS}" for kind, nouns in NOUNS.items()}
"""A noun at the end of one of the things that a phrase lists: `code` in `code and data`, none in `a code data set`."""
_GROUP = r"\b(?:sets?|suites?|famil(?:y|ies)|collections?|series|all|both|parts?|versions?|pairs?|rang(?:e|es)) of\s"
GROUP = rf"(?i){_GROUP}"
"""`(a set of) models`"""
ATTRIBUTE = (
    r"(?i)\s\(?(?:of|for|to|in|used|from|with|on|that|which|developed|behind|by|underlying|needed|necessary|required"
    r"|associated|described|presented|and its|under|at|as (?:an?|open|part)"
    r"|implementing|containing|comprising|reproducing|supporting|generating)\b.*$"
)
"""What is said of a thing: `the code (of our method)`."""

_WELL = r"(?:\w+ly|also|hereby|here|now|further|then|both|soon|all|in addition|therefore|thus|again|even)"
_LATER = r"(?:will|shall|would|plan to|intend to|aim to|promise to|commit to|are going to|are committed to)"
_BEFORE_VERB = rf"(?:(?:{_WELL}|{_LATER}|are|have|has|do|be|(?:glad|happy|pleased|excited|proud) to),?\s+){{0,5}}"
_WHO = r"(?-u:\b)(?:we|the authors|this (?:paper|work|study))"
_RELEASE = r"(?:releas(?:e|es|ed|ing)|open[- ]?sourc(?:e|es|ed|ing)|publish(?:es|ed)?)"
_DETERMINER = r"(?:our|the|all|both|this|these|an?)"
_STOP = (
    r"(?:\.?\s*$|[;:.]\s|,\s(?:we|which|thus|this|it|making|establishing|enabling)\s|\s\(?(?:to|for|that|which|who"
    r"|whose|with|from|in|into|between|across|about|over|within|among|under|upon|so|on|at|by|via|where|containing"
    r"|comprising|consisting|including|of|such|through|following|after|once"
    r"|when|if|because|since|while|based|using|covering|spanning|as (?:a|an|open|part|the|free|public|we|our|soon)"
    r"|and (?:hope|we|show|report|evaluate|demonstrate|invite|encourage|present|propose|introduce|describe|provide|use"
    rf"|train|study)|\w{{3,}}ing {_DETERMINER})\b)"
)
"""Where the list of things ends and something is said of them."""
_THINGS = rf"((?:{_GROUP}|as well as\s|[^;]){{3,160}}?)"
_OPENLY = r"(?:publicly|freely|openly|fully|also|soon|readily|completely|open|widely|permanently|public)"

RELEASED = rf"(?i)({_WHO}\s+{_BEFORE_VERB}{_RELEASE}\s+{_THINGS}){_STOP}"
"""`we will also release (our code and models)`"""
ALSO_RELEASED = (
    rf"(?i){_WHO}\b[^;:]{{3,200}}?\band\s+"
    rf"({_BEFORE_VERB}(?:release\s+|open[- ]?source\s+{_DETERMINER}\s){_THINGS}){_STOP}"
)
"""`we introduce a lamp and release (our code)`; `closed and open-source models` are none."""
GIVEN = (
    rf"(?i)({_WHO}\s+{_BEFORE_VERB}(?:provide|share)\s+"
    rf"((?:(?:our|the|all|full|open|complete)\s+){{0,3}}(?:[\w/-]+\s+){{0,2}}?"
    r"(?:(?:source\s)?codes?|code-?bases?|scripts|check-?points)(?:(?:,|,? and| as well as)[^;:]{3,60}?)?))"
    rf"{_STOP}"
)
"""`we provide (source code)`; of data and models it only says that there are some."""
MADE = (
    rf"(?i)({_WHO}\s+{_BEFORE_VERB}ma(?:ke|kes|de|king)\s+"
    rf"((?:our|all|the|both|this|these|its|code|source|data)\b[^;:]{{0,120}}?)"
    rf"\s(?:(?:{_OPENLY}|and)\s+)*(?:{AVAILABLE}|public|open[- ]?sourced?|publicly accessible))\b"
)
"""`we make (our code) publicly available`"""
RELEASING = (
    r"(?i)(?:\bby|,|\band|\bwhile|\balso)\s+"
    rf"((?:\w+ly\s+)?(?:releasing|open[- ]?sourcing)\s+(?:our|all|the|both|these)\s{_THINGS}){_STOP}"
)
"""`we support this by releasing our (code)`"""
BORN_OPEN = (
    rf"(?i)({_WHO}\s+(?:\w+ly\s+|also\s+|further\s+)?"
    r"(?:introduce|present|provide|develop|propose|contribute|describe|build)s?\s+"
    r"(?:[\w-]+(?:\s\([^()]*\))?,\s+)?(?:an?|the first)(?:\s[\w-]+,?){0,2}?\s"
    rf"(?:open[- ]?sourced?|(?:publicly|freely|openly)[- ]available)(?:\s+and\s+\w+)?\s+{_THINGS}){_STOP}"
)
"""`we present an open-source (tool)`"""
MADE_OPEN = rf"(?i)({_WHO}\s+{_BEFORE_VERB}make\s+(?:{_OPENLY}\s+)*{AVAILABLE}\s+{_THINGS}){_STOP}"
"""`we make publicly available (our code)`"""
BY_US = (RELEASED, ALSO_RELEASED, GIVEN, MADE, MADE_OPEN, RELEASING, BORN_OPEN)
"""Claims with a subject that releases; the first group is the claim, the second what is released."""

_CLAUSE = r"(?:^\W*|[;:]\s+|[,)]\s+(?:and\s+|while\s+|but\s+)?)"
_OWN = r"(?:(?:all(?: of)?|both|the|our|these|this|its|full|complete|corresponding)\s+){0,3}"
_IS = (
    r"(?:is|are|has been|have been|was|were|(?:will|shall|would|can)(?: (?:also|soon|all|both|then))?(?: \w+ly)? be"
    r"|to be|will)"
)
_SAID_OPEN = (
    rf"(?:(?:{_OPENLY}|made|now|being|both|all)\s+)*"
    rf"(?:(?:{_OPENLY}|made|now)\s+(?:{AVAILABLE}|accessible|public|shared|provided)"
    r"|released?|open[- ]?sourced?|published|public)"
)
_AFTER_OPEN = (
    r"(?:[.,;:)!\x{2013}\x{2014}-]|\s\W|\s?$|\s(?:after|along|alongside|also|and|as|at|below|both|but|by|either|following"
    r"|for|from|here|if|in|into|later|now|on|once|online|open|openly|or|publicly|shortly|so|soon|such|through|thus|to"
    r"|together|under|upon|via|when|which|while|with|within|without)\b)"
)
OPEN = rf"(?i){_CLAUSE}(({_OWN}[^;:]{{0,140}}?)\s{_IS}\s(?:{_WELL}\s)*{_SAID_OPEN}){_AFTER_OPEN}"
"""`(our code and models) are publicly available`, but not `are publicly available tools`"""
_TAIL = (
    r"(?:\)?[.!]?\s*$|\s(?:(?:through|via|at) (?:this|our|project|github)\b|(?-i:at [A-Z])"
    r"|(?:through|via|at) (?:the )?(?:[\w-]+ )?(?:url|link|(?:home|web|project )?page|web-?site|repo\w*)\b"
    r"|online\b|here\b|soon\b|upon\b|at our|as open|by request|under (?:an?|the) "
    r"|on (?:github|gitlab|hugging ?face|zenodo|figshare|osf|pypi|(?:reasonable )?request|our|the project|acceptance"
    r"|publication)|from (?:the|our) (?:\w+ )?(?:authors?|website|github)"
    r"|for (?:free|download|public|research|non-?commercial|academic)"
    r"|in (?:the|our) (?:supp|app|github|repo|project)|after (?:acceptance|publication)"
    r"|to the (?:public|community|research)|with (?:the|our|this) (?:paper|submission|article)))"
)
HERE = rf"(?i){_CLAUSE}(({_OWN}[^;:]{{0,140}}?)\s{_IS}\s(?:{_WELL}\s)*(?:{AVAILABLE}|accessible|shared)){_TAIL}"
"""`(code) is available.`, and not `data are available for some languages`"""
SHORT = (
    rf"(?i)^\W*(({_OWN}[^;:,]{{0,60}}?)(?:\s*:)?\s(?:(?:{_OPENLY}|to be|made)\s)*"
    rf"(?:{AVAILABLE}|released|coming soon|open[- ]?sourced)){_TAIL}"
)
"""`(Code) available on request.`"""
OF_THINGS = (OPEN, HERE, SHORT)
"""Claims about a thing that is released, in the same groups."""

OURS = (
    r"(?i)^(?:all (?:of )?)?(?:our|both our)\b"
    r"|^all (?:of )?(?:the |these |this )?(?:[\w/-]+\s+){0,3}?(?:codes?|data|models|resources)\b"
)
CODE_FIRST = (
    r"(?i)^(?:the |all |full |complete |corresponding |both |associated |related )*(?:[\w/-]+\s){0,2}?"
    r"(?:codes?|code-?bases?|source codes?|implementations?|scripts?)\b"
)
"""Code is the authors' where nothing else is said."""
INTRODUCED = (
    r"(?i)^(?:the|this|these|both) (?:[\w/-]+\s+){0,4}?(?:data[- ]?sets?|data|corpus|corpora|benchmarks?|models?"
    r"|check-?points?|weights|software|tool-?kits?|tools?|library|packages?|frameworks?|demos?|annotations|lexicons?"
    r"|treebanks?)\b|^(?:data|data[- ]?sets?|models?|check-?points?|(?:model )?weights|demos?)\b"
)
"""Something that a sentence may speak of as known."""
CLAUSE_BEFORE = r"(?i)^(.*\b(?:is|are|was|were|be|been|has|have|can|we)\b.*,\s+(?:and|while|but)\s+)"
"""`our work is whole, and` before `the code is released`"""
OLDER = r"(?i)\s(?:was|were|had|used)\s"
"""What was there before the paper, or is only used in it."""
NOT_THEIRS = (
    r"(?i)\b(?:no|few|most|many|some|existing|other|such|any|only|prior|previous|current|recent|popular|commercial|third"
    r"|that|which|whose|if|when|where|whether|because|but|we|more|standard|common|real|enough|sufficient|several|known"
    r"|original|first|input|underlying data|labell?ed|unlabell?ed|sensor|user|private|is|are|was|were|has|have|be"
    r"|been|will)\b"
)
CONDITIONAL = (
    r"(?i)^\W*(?:if|when|whenever|where|since|because|although|though|while|unless|even|whereas|as|despite|until"
    r"|given)\b"
)
NEGATION = r"(?i)\b(?:not|never|cannot|neither|nor|without|no longer|n't)\b"
LOOSE_END = r"[\s.,;:(]*(?:\s(?:and|or|as well))?[\s.,;:(]*$"
BEFORE = r"(?i)\b(?:(?:previous|prior|earlier) (?:works?|stud(?:y|ies)|papers?)|previously)\b"
"""What was released with an older paper."""
FROM = r"(?i)^\s+from\b"
"""`we release the model from` what holds it; what is available may be so from somewhere."""
ENDS_AVAILABLE = rf"(?i)(?:{AVAILABLE}|accessible|shared)$"
LATER = rf"(?i)\b(?:{_LATER}|to be)\b"
SOON = r"(?i)\b(?:soon|later|shortly|in the (?:near )?future)\b"
ON_REQUEST = (
    r"(?i)\b(?:(?:up)?on (?:\w+ )?request\b|by request\b|from the (?:\w+ )?authors?(?:[.,;)]|\s+(?:up)?on\b|$))"
)
NEXT_CLAUSE = r"(?i)(?:;|,\s*(?:and|while|but|whereas|with)\s|\sand (?:we|our|the|all)\s).*$"
"""Where something else is spoken of."""
