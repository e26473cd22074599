"""Words that say nothing about what a paper is about: function words, and what every abstract says of itself.

All are in search form and without plural endings, as `words` folds them. They are neither words of the space nor at the
ends of a label. Words of a field (`model`, `data`, `learning`) are none of them: how much they tell, the counts say.
"""

FUNCTION = """
a about above accordingly across after afterward again against albeit all almost alone along already also although
always am amid among amongst an and another any anything are aren around as at away be became because become been
before beforehand behind being below beside between beyond both but by can cannot could couldn de did didn do doe
doesn doing don done down due during each eg either else elsewhere enough especially etc even ever every everything
except few fewer first five for four from further furthermore had hardly has have haven having he hence her here
hereby herein him his how however i ie if in indeed instead into is isn it its itself just last least less let like
likely ll made make many may maybe me meanwhile might mine more moreover most mostly much must my namely near nearly
neither never nevertheless next no nobody none nor not notably nothing now of off often on once one only onto or other
otherwise our ours out over own part per perhaps please quite rather re really regarding respectively s said same
second see seem seemed several shall she should since so some somehow something sometime somewhat soon still such t
ten than that the their theirs them themselve then thence there thereby therefore therein these they thi third this
those though three through throughout thu thus to together too toward twice two under underlying unless unlike until
up upon us use used useful using usually ve very via wa was we well were weren what whatever when whence whenever
where wherea whereas whereby wherein whether which while who whole whom whose why will with within without won would
yet you your zero
"""
"""Articles, pronouns, prepositions, conjunctions, auxiliaries, adverbs of degree, small numerals."""

OF_ABSTRACTS = """
ability able abstract accomplish account achieve achieved achieving acquire actual actually adapt additional
additionally address addressed addressing advance advanced advantage aim aimed allow allowed allowing alternative
analyse analysed analyze analyzed appear applied apply applying approach appropriate art article aspect author
available based baseline begin benefit best better bridge bring broad build building built call called capability
capable capture carefully case cause certain challenge challenging chapter choose claim clear clearly code codebase
com combine combined combining common commonly comparable compare compared comparing comparison competitive
complementary complete completely comprehensive conclude conclusion conduct conducted consider considerable
considerably considered consist consistent consistently contain contrast contribute contribution corresponding create
created creating critical crucial current currently deal define defined demonstrate demonstrated demonstrating denote
depend derive derived describe described description despite detail detailed determine develop developed developing
development differ difference different difficult difficulty direct directly discus discuss discussed discussion
display easily easy effective effectively effectiveness efficient efficiently effort employ employed employing enable
enabled enabling end enhance enhanced enhancement enhancing ensure ensuring entire entirely equally essential
establish established evaluate evaluated evaluating evaluation examine example excellent exhibit exist existing expect
expected experiment experimental experimentally explore explored exploring extend extended extensive extensively
extremely face facilitate fact fail fall feature field final finally find finding fix focus focused follow followed
following form found framework fully fundamental future gain gap general generally get give given giving go goal good
great greater greatly group growing guarantee handle help helpful high higher highest highlight highly hold identified
identify identifying impact implement implementation implemented implication importance important importantly
impressive improve improved improvement improving include included including inconsistent increase increased
increasing increasingly inherent initial insight inspired integrate integrated integrating interest interesting
introduce introduced introducing introduction investigate investigated investigating involve involving io issue keep
kind know known lack large largely larger latter lead leading learned leave led level leverage leveraged leveraging
lie limit limitation limited little long look low lower main mainly maintain maintaining major making manner mean
meaning means meet method methodology need needed new newly notable note novel number observe observed obtain obtained
obtaining offer offering open order org original outperform outperformed outperforming overall overcome paper
particular particularly perform performance performed performing pose possible possibly potential potentially
practical practice present presented presenting previous previously primarily primary prior problem procedure proceed
produce produced producing promise promising proper propose proposed proposing prove proven provide provided providing
publicly purpose put question raise range reach recent recently reduce reduced reducing refer related relatively
release released relevant rely remain remaining remarkable remarkably report reported represent require required
requirement requiring respect result resulting reveal rich role room satisfy section seek serve set setting shed short
show showed showing shown significant significantly similar similarly simple simply single small smaller solution
solve solved solving sota source specific specifically standard start state strategy strong stronger struggle studied
study studying substantial substantially succeed success successful successfully suffer sufficient suggest suggested
suitable summarize superior superiority support supported surpass surpassing take taken taking task technique tend
term termed test tested testing thank thoroughly tool total traditional traditionally try turn type typical typically
uncover understand understanding understood unfortunately unique usage user utilize utilized utilizing validate
validated validation valuable value variety variou various vast verified verify version view vital want way wide
widely widespread work working world year yield yielding
"""
"""Nouns, verbs and adjectives with which abstracts of all fields speak of themselves."""

OF_OTHER_LANGUAGES = """
al als auch auf aux avec che ces cette como con dans das dem den der des deux di du ein eine el elle en entre es est
et ete etre fur ha il ist la las le les leur lo los mas ne nicht nou nous oder ou para pas por pour que
qui se sich sind son sont sur um una und une uno vom von vou vous werden wie wird zu zum zur
"""
"""Function words of the languages that English corpora hold most often beside English, folded: `für` is `fur`."""

STOP_WORDS = frozenset(
    [
        *FUNCTION.split(),
        *OF_OTHER_LANGUAGES.split(),
        *OF_ABSTRACTS.split(),
        *(f"{word}e" for word in OF_ABSTRACTS.split()),
    ]
)
"""All of them; `approaches` without its s is `approache`."""
