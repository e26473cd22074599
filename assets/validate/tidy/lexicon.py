"""Small closed lists of English words that tell a rule where a sentence, a clause or a compound begins or ends.

Only lists of ordinary words belong here, no names. They are evidence and never the repair itself.
"""

from assets.validate.tidy.common_words import COMMON_WORDS

_CONJUNCTIONS = "and or nor but to und oder et ou y e o plus versus vs as than through"
CONJUNCTIONS = frozenset(_CONJUNCTIONS.split())
"""Words after which a hyphen that hangs in the air is a suspended one: `pre- and post-training`."""

_FUNCTION_WORDS = """
a about across after all also although among an and any are as at based be because been before being between both
but by can could does due during each either especially even every for from further had has have hence how however
if in including instead into is it its like may might more most must namely neither nor not of on one only or other
our over particularly rather should since so some specifically such than that the their them then there thereby
therefore these they this those though through thus to toward towards under unlike until up upon using via was we
were what when where whereas whether which while who whose why will with within without would yet you your
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())
"""Words that hold a sentence together and are no part of a name."""

_OPENERS = """
accordingly additionally besides code codes comprehensive consequently currently data datasets despite empirical
empirically evaluation evaluations existing experimental experimentally experiments extensive finally first firstly
following fourth furthermore generally given here importantly inspired interestingly lastly many meanwhile
moreover motivated nevertheless next notably numerous often overall previous previously project recent recently
remarkably results second secondly several similarly simulations specifically subsequently surprisingly third
thirdly today traditional traditionally typically ultimately
"""
OPENERS = FUNCTION_WORDS | frozenset(_OPENERS.split())
"""Words, in lower case, with which sentences of an abstract begin."""

_PREFIXES = """
anti auto bi bio co counter cross cyber de di down electro extra fore geo hetero homo hydro hyper in inter intra
macro mega meta micro mid mini mis mono multi nano neo neuro non omni out over para photo poly post pre pro pseudo
psycho quasi re self semi socio spatio sub super supra tele thermo trans tri ultra un under uni up
"""
PREFIXES = frozenset(_PREFIXES.split())
"""First members that stand before a word with a hyphen, with a space or with neither, as the author likes."""

_HYPHEN_PREFIXES = (
    "anti co counter cross inter intra macro meta micro multi non post pre pseudo quasi self semi sub super ultra"
)
HYPHEN_PREFIXES = frozenset(_HYPHEN_PREFIXES.split())
"""First members that are no words of their own: a hyphen after them binds."""

_CLOSED_PREFIXES = "be com con de dis em en ex im in inter ob out over per pre pro re sub super trans un under"
CLOSED_PREFIXES = frozenset(_CLOSED_PREFIXES.split())
"""First members that make one word with what follows, where that word is a common one: `re- search`."""

_WORD_ENDINGS = """
ance ances ated ating bility ble cal cally ced ces cial cies cing ction ded ding ence ences ential ents fication
ficial fied ful fully gence gic guage ical ically ies iest ify ing ings ion ional ions ious ises istic ities ity
ive ively ization ized izes izing lems ling lished mance mation mative ment ments nal ned ness ning nity nology
ous ped pendent rics rithm rithms rization sary sation sion sional sions sis sive stic sures tal tance tation
tations tection ted tial tic tical ties ting tinuous tion tional tions tive tively tor tors tual ture tures ual
uation ular ulated ulation uous ured uring vances ver vised
"""
WORD_ENDINGS = frozenset(_WORD_ENDINGS.split())
"""Ends of words that are no words themselves."""

_SECOND_MEMBERS = """
agnostic aligned annotated augmented aware based centric consuming dependent driven efficient enabled end enhanced
free generated grained guided independent informed intensive invariant labeled level oriented only preserving
quality related scale sensitive shot source specific stage style supervised term time trained tuned tuning
"""
SECOND_MEMBERS = frozenset(_SECOND_MEMBERS.split())
"""Second members of compounds that an author hardly ever writes apart with a hyphen in between."""

_SPLIT_WORDS = """
ahead bed beds board boards bot bots card cards casing chat check checks corner crowd fake fakes fold folds foot
former forward front ground grounds head heads heat hold holds house kit kits lead leader lingual line lines list
lists long maker makers man map maps mark marks mate mates neck new news note notes off out over phone phones pipe
place point points proof room score scores security set sets side sided sight smart sourcing speed stamp stamps
stand standing stone stream structure sum symmetry team tell telling top tree type types up ups wall ware way wide
wire wise word words work works world
"""
SPLIT_WORDS = frozenset(_SPLIT_WORDS.split())
"""Halves of compounds that authors write as one word or as two."""

_UNFINISHED_WORDS = """
a an and although are as at because been being between both but by could during each either every for from has
have how if in including into is its itself may might must neither nor not of on or our shall should since some such
than that the their these this those through to towards under until upon using very via was we were what when where
whereas whether which while who whose will with within without would your
"""
UNFINISHED_WORDS = frozenset(_UNFINISHED_WORDS.split())
"""Words that hardly any sentence ends with."""

_FRENCH_WORDS = "aux ce ces cette dans de des du est et la le les leur nous par pour que qui sont sur un une"
FRENCH_WORDS = frozenset(_FRENCH_WORDS.split())
"""Words by which a text in French is known; it has a space before a colon by right."""


def is_word(text: str) -> bool:
    """Whether a text in lower case is a word that everybody uses, alone or as half of a compound."""
    return text in COMMON_WORDS or text in FUNCTION_WORDS or text in SPLIT_WORDS
