"""How abstracts speak of what they link to: the phrases that tell code from data, a demo from a page, now from later.

Regular expressions only; what follows from them is decided in `kinds`. They are wide on purpose: they are held
against the few words of one sentence around a link, never against a whole abstract.
"""

SOURCE_CODE = (
    r"(?i)\b(?:codes?|code-?bases?|implementations?|software|scripts?|tool-?kits?|tool-?box(?:es)?|librar(?:y|ies)"
    r"|packages?)\b"
)
"""Names source code and nothing else."""
CODE = (
    rf"{SOURCE_CODE}|(?i)\b(?:plug-?ins?|kernels|frameworks?|notebooks?|api|re-?implementations?|simulator|environments?"
    r"|suite|baselines?|pipelines?|tools?|methods?|algorithms?|prompts)\b"
)
"""Names what a repository of code holds."""
DATA = (
    r"(?i)\b(?:data|data-?sets?|data-?bases?|corpus|corpora|benchmarks?|[a-z0-9-]*bench|annotations?|treebanks?"
    r"|lexicons?|lexica|ontolog(?:y|ies)|dictionar(?:y|ies)|test-?sets?|testbeds?|word-?nets?"
    r"|knowledge (?:base|graph)s?)\b"
)
MODEL = r"(?i)\b(?:models?|weights|check-?points?|llms?|vlms?|embeddings|adapters|pre-?trained|parameters)\b"
VIDEO = (
    r"(?i)\b(?:(?:demo\w*|short|teaser|sample|example|result|supplement\w+|qualitative|visual) )?"
    r"(?:(?:videos|screen-?casts?)\b(?: (?:clips|demo\w*|examples|results|samples))?|video "
    r"(?:clips?|demo\w*|examples?|presentations?|recordings?|results?|samples?|synopsis|tours?|walk-?throughs?)\b"
    r"|video(?:\W*$|\s*[:,(]|\s+(?:and|at|available|can|demonstrat\w+|describing|explaining|for|illustrating|in|is|link"
    r"|of|on|presenting|showing|that|to|with)\b))"
)
"""Names videos that can be watched; `video generation` names a task."""
MORE_THAN_VIDEOS = r"(?i)\b(?:details|information|materials?|resources|interactive)\b"
DEMO = (
    rf"{VIDEO}|(?i)\b(?:demos?|demonstrations?|demonstrators?|audios?|clips|playground|interfaces?|gallery|listen"
    r"|visuali[sz]ations?"
    r"|(?:audio|sound|speech|generated|synthesi[sz]ed|music|more|our|visual|output|example) "
    r"(?:samples?|examples?|clips?)"
    r"|(?:samples?|examples?) (?:are|is|can|page)|(?:visual|qualitative|more|additional|animated|generation) results"
    r"|web ?apps?|web[ -]based (?:interface|demo|tool)|web (?:applications?|interface|service|tool|server)"
    r"|applications? (?:is|are|can)|online (?:tool|system|service|platform)|interactive (?:tool|viewer|version|website)"
    r"|live (?:system|version|at)|try (?:it|out))\b"
)
"""Names something to look at, listen to or try out."""
PROJECT = (
    r"(?i)\bproject(?:'s|\x{2019}s)?[ -](?:web[ -]?)?(?:pages?|sites?|home-?page|url|link)\b"
    r"|^\W*(?:our |the )?(?:project )?web ?(?:site|page)\b|\band web ?(?:site|page) ?:"
    r"|\bproject (?:is|at|can|will)\b|\bproject ?:|\bhome ?page\b|\b(?:companion|official) (?:web ?)?(?:page|site)"
    r"|\bmore (?:details|information)\b"
)
"""Names the link itself as the page of a project."""
PAPER = (
    r"(?i)\b(?:(?:full|complete|long|longer|extended|original|companion) (?:paper|version|article|report)|pre-?print"
    r"|technical report|paper (?:is|can|at)\b|paper ?:)"
)

DATA_RELEASED = (
    rf"{DATA}[^.;]*\b(?:available|released?|found|access\w*|downloaded|hosted|published|provided|shared|obtained"
    rf"|public\w*|maintained|open-?sourced|located|at|here|via|link)\b|{DATA}\s*(?::|at|in|on|\(|\[)\s*$"
    rf"|(?i:release|publish|open-?source|share|provide|make|made|contribute|download|access)\w*\b[^.;]*{DATA}"
)
"""Says that data lie there, not only that there are data: `the results of our benchmark suite (link)` does not."""

MODEL_RELEASED = (
    r"(?i)\b(?:models?|weights|check-?points?|embeddings|adapters)\s*(?:(?:is|are|was|were|can|will|has|have|at|on|in|via"
    r"|here|to be|publicly|openly|freely|available)\b|[:(]|$)"
    r"|\b(?:model weights|weights|check-?points?|pre-?trained models?)\b"
    r"|\b(?:release|publish|open-?source|share|provide|deploy)\b[^.;]*\bmodels?\b"
)
"""Says that weights lie there, not only that there are models."""

READING_LIST = (
    r"(?i)\b(?:(?:paper|reading|resource|article|publication|curated) (?:lists?|collections?)"
    r"|(?:lists?|collections?|summary|catalog(?:ue)?s?|compilation) of (?:all |the |these |related |relevant |existing "
    r"|recent |research |surveyed |reviewed )*(?:papers|works?|literature|studies|articles|publications|references"
    r"|resources|methods)"
    r"|curated (?:list|collection|repository) of|resource repository|literature|bibliography|reference list"
    r"|up-to-date (?:resources?|links?|collection|list)|(?:related|relevant|recent|surveyed|reviewed|included) papers"
    r"|(?:related|latest|relevant|recent) works|papers (?:included|covered|discussed|reviewed|listed|featured|examined)"
    r"|(?:this|our|the) (?:survey|review|tutorial)(?:'s|\x{2019}s)? (?:is|are|can|at|page|project|website|repository)"
    r"|associated with (?:this|our|the) (?:survey|review)|(?:continuously|regularly|actively|constantly|periodically) "
    r"(?:updated?|maintain(?:ed)?|track) (?:collection|list|repository|survey|resources?))"
)
LIST_NAME = r"(?i)^(?:awesome.*|.*[-_]awesome|.*(?:paper|reading)[-_]?list.*|.*must[-_]?read.*|.*[-_]papers)$"
"""Repositories whose name says that they are a reading list."""
SURVEY_NAME = r"(?i)(?:^|[-_])(?:surveys?|reviews?|overview|roadmap)(?:[-_]|$)|(?-i:[a-z0-9A-Z](?:Survey|Review)$)"
SURVEY_TITLE = (
    r"(?i)\bsurvey\b|\b(?:systematic|literature|comprehensive|critical|brief|short) review\b|\breview (?:of|on)\b"
    r"|: (?:an?|the) (?:[\w-]+ ){0,4}(?:review|overview|roadmap)\b"
)

AVAILABLE = r"av[ail]{1,5}[ai]ble"
"""The word, as it is written and misspelt."""
_SOON = r"(?:\w+ly|also|all|both|soon|then|eventually|further|fully)"
FUTURE = (
    rf"(?i)\b(?:will|shall|would) (?:{_SOON} )*be (?:(?:{_SOON}|open|made) )*"
    rf"(?:{AVAILABLE}|accessible|released?|published|public|open|opened|open[- ]?sourced?"
    r"|publicly (?:at|on|in|via)|provided|shared|uploaded|hosted|put|posted|distributed|found|online|given|here"
    r"|accessed|disclosed"
    r"|(?:made )?(?:at|on|in)(?: (?:the|this|our|following|project|web) ?\w*)*:?\s*$)"
    rf"|\bwill (?:{_SOON} )*(?:{AVAILABLE}|released|open[- ]?sourced|published)\b"
    rf"|\b(?:we|authors|team|and)(?: will|'ll|\x{{2019}}ll| shall) (?:(?:{_SOON}|be) )*"
    r"(?:releas(?:e|ing)|publish(?:ing)?|open-?sourc(?:e|ing)|open(?:ing)?|provid(?:e|ing)|shar(?:e|ing)|upload"
    r"|mak(?:e|ing)|host|put|distribute)\b"
    rf"|\bto be (?:{_SOON} )*(?:made (?:\w+ly )?(?:available|public)|released|published|open-?sourced|shared|uploaded"
    r"|announced)\b"
    r"|\b(?:plan|intend|promise|commit|aim|going|working\b[^.;]*) to (?:\w+ly )?"
    r"(?:release|publish|open-?source|make|share|provide)\b"
    r"|\bsoon (?:be )?(?:available|released|public)|\b(?:available|released|public\w*|online|here) soon\b"
    r"|\bnot yet (?:available|released|public)"
)
"""Says that something is to come."""
PRESENT_CLAUSE = (
    r"(?i)^.*(?:\band|\bwhile|\bwhereas|[,;]) "
    r"(we (?:also |now |here )?(?:provide|release|share|show|present|make|have) "
    r"|(?:our|the|an?|some|more)(?: [\w-]+){1,5} (?:is|are|can be|has been|have been) )"
)
"""Up to the last clause that speaks of now: `we will release the code, and we provide samples at`."""
CONDITION = (
    r"(?i)\b(?:upon|after|on|following|pending|subject to) (?:\w+ ){0,4}?"
    r"(?:acceptance|publication|peer[- ]review|review process)\b"
    r"|\b(?:once|when|as soon as) [^,;]*\b(?:accepted|published|approved)\b"
    r"|\bcoming soon\b|^[\s)\]}]*soon\b"
)
"""Says what it waits for."""
FUTURE_AFTER = r"(?i)^[\s)\]}*'\"]*(?:\(?\s*coming soon|will (?:soon )?be |to be )"
