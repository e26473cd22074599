"""The words around a quantity that say what it is.

Lists of words only; what is concluded from them stands elsewhere. In the lists `_` is a space, and a `|`, a `?` or a
bracket is that of a regular expression.
"""

EDGE = r"(?-u:\b)"
"""An edge of a word in ASCII: the Unicode one is many times slower wherever a text is not ASCII."""
CURRENCY_SIGN = r"[$€£¥₹]"


def any_of(words: str) -> str:
    """An expression for any of the words, which spaces separate."""
    return "|".join(word.replace("_", r"\s") for word in words.split())


def forms_of(verbs: str) -> str:
    """An expression for any form of regular verbs; `drop+p` doubles its last letter."""
    made = []
    for verb in verbs.split():
        stem, _, doubled = verb.partition("+")
        if stem.endswith("e"):
            made.append(f"{stem}[sd]?|{stem[:-1]}ing")
        elif stem.endswith("fy"):
            made.append(f"{stem}(?:ing)?|{stem[:-1]}ie[sd]")
        else:
            made.append(f"{stem}(?:e?s|{doubled}ed|{doubled}ing)?")
    return "|".join(made)


_APPROXIMATELY = any_of("about approximately approx\\.? around roughly nearly almost circa ca\\. close_to estimated")
_MORE_THAN = any_of(
    "over more_than above greater_than larger_than better_than higher_than exceeding exceeds exceed beyond"
    " in_excess_of upwards?_of"
)
_LESS_THAN = any_of("less_than under below fewer_than lower_than smaller_than")
_AT_LEAST = any_of("at_least no_less_than no_fewer_than not_less_than minimum_of")
_AT_MOST = any_of("at_most no_more_than not_more_than not_exceeding maximum_of")
_UP_TO = any_of("up_?to as_much_as as_many_as as_high_as as_large_as as_long_as as_far_as").replace(
    r"up\s?to", "up ?to"
)
_WORD_START = r"(?i)(?:^|[^\p{L}])"
QUALIFIERS = {
    "up_to": rf"{_WORD_START}(?:{_UP_TO})(?:\s(?:{_APPROXIMATELY}|an?))?\s?$",
    "approximately": rf"{_WORD_START}(?:{_APPROXIMATELY})(?:\san?)?\s?$|[~≈\x{{223C}}≃]\s?$",
    "at_most": rf"{_WORD_START}(?:{_AT_MOST})\s?$|(?:[≤⩽]|<=)\s?$",
    "at_least": rf"{_WORD_START}(?:{_AT_LEAST})\s?$|(?:[≥⩾]|>=)\s?$",
    "more_than": rf"{_WORD_START}(?:{_MORE_THAN})\s?$|{_WORD_START}(?:over|more\sthan)\san?\s?$|[>≫]\s?$",
    "less_than": rf"{_WORD_START}(?:{_LESS_THAN})\s?$|{_WORD_START}less\sthan\san?\s?$|[<≪]\s?$",
}
"""Qualifier -> how a text ends that puts it before a number; the first that applies counts."""

_BETWEEN = any_of(
    "only just merely an?_average_of on_average average a an the mere additional another total_of further even"
    " as_low_as as_little_as remarkable whopping impressive significant substantial notable relative absolute"
    " relatively slightly well far another a_single an_overall approximate"
)
COMPARED = (
    r"(?:times|fold|[x\x{D7}%]|points?|much|significantly)\s(?:larger|greater|higher|better|lower|smaller)\sthan\s?$"
)
"""Before a number that something is compared with, not one that is stated so."""
APPROACH = rf"(?i:{_APPROXIMATELY}|{_MORE_THAN}|{_LESS_THAN}|{_AT_LEAST}|{_AT_MOST}|{_UP_TO}|{_BETWEEN})"
"""What may stand between a verb or preposition and its number."""
APPROACHES = rf"(?:(?:^|\s){APPROACH}){{0,4}}\s*(?:{CURRENCY_SIGN}|[~≈\x{{223C}}≃<>≤≥+(:=]){{0,2}}\s?$"
"""All of that, up to the number."""

COMPARING_VERB = forms_of("outperform surpass exceed outpace outstrip+p outscore") + "|beats?|beating|leads?|leading"
"""Verbs whose object is what is compared with, not what changes."""
RISING_VERB = (
    forms_of(
        "improve increase boost raise enhance gain advance accelerate lift elevate expand extend amplify jump"
        " climb widen inflate excel+l upgrade strengthen double augment"
    )
    + "|"
    + any_of(
        "rises? rising rose risen grow(?:s|n|ing)? grew speed(?:s|ing)?_up sped_up scal(?:es?|ed|ing)_up"
        " push(?:es|ed|ing)"
    )
)
GAIN_VERB = f"{RISING_VERB}|{COMPARING_VERB}"
LOSS_VERB = (
    forms_of(
        "reduce decrease drop+p decline degrade save diminish minimize minimise narrow mitigate suppress eliminate"
        " shorten deteriorate curtail trim+m alleviate underperform worsen plummet compress prune remove halve"
        " lag+g collapse weaken lower"
    )
    + "|"
    + any_of(
        "cuts? cutting shrinks? shrinking shrunk shrank falls? falling fallen fell lost loses? losing"
        " slow(?:s|ed|ing)?_down"
    )
)
GAIN_NOUN = any_of(
    "improvements? increases? gains? boosts? speed-?ups? speed_ups? accelerations? rises? growth uplifts? leads?"
    " advantages? enhancements? jumps? surges? lifts? increments? margins? leaps? expansions? outperformance"
    " scale-ups?"
)
LOSS_NOUN = any_of(
    "reductions? decreases? drops? declines? degradations? savings? cuts? loss losses decay deteriorations? falls?"
    " slowdowns? shrinkage compressions? penalty mitigations?"
)
GAIN_WORD = any_of(
    "faster higher larger greater better bigger longer wider deeper stronger quicker more increased improved"
    " heavier denser"
)
LOSS_WORD = any_of(
    "lower fewer less smaller cheaper shorter slower worse lighter reduced decreased weaker thinner narrower"
)

_RATES = any_of(
    "success win win- error pass hit solve detection recognition completion resolution classification refusal"
)
METRIC = (
    rf"(?:(?i:(?:{_RATES}|attack\ssuccess)\srates?|"
    + any_of(
        "accurac(?:y|ies)(?:_scores?)? precision recall(?:@[0-9]+)? success errors? sensitivity specificity"
        " exact_match scores? performance agreement completeness faithfulness consistency correctness"
        " top-?[0-9]_(?:accuracy|error(?:_rate)?) rates? F-scores? F-measures?"
    )
    + ")|"
    + any_of(
        "F1[-_]scores? F1[-_]measures? F1 AUC AUROC AUPRC ROC-AUC AP mAP@[0-9.:]+ mAP mIoU IoU [Pp]ass@[0-9k]+ WER"
        " CER EER BLEU ROUGE(?:-[L12])? EM R@[0-9]+ NDCG(?:@[0-9]+)? MRR Dice UAS LAS acc UAR PCK PQ kappa ASR"
    )
    + ")"
)
"""What a percentage can be the score of."""
QUALITY = rf"(?:{METRIC}|" + any_of(
    "latency memory time usage cost costs speed throughput FLOPs energy perplexity efficiency quality compute FID"
    " size consumption overhead parameters robustness loss power bandwidth runtime results? computation footprint"
) + ")"  # fmt: skip
"""What can rise or fall."""
MODEL_NOUN = "(?:" + any_of(
    "models? LLMs? SLMs? MLLMs? LMMs? VLMs? VLAs? LMs? LVLMs? PLMs? LRMs? [Tt]ransformers? networks? variants?"
    " versions? counterparts? baselines? agents? checkpoints? backbones? teachers? students? policy policies"
    " decoders? encoders? verifiers? generators? architectures?"
) + ")"  # fmt: skip
MODEL = rf"(?:{MODEL_NOUN}|scales?|sizes?|parameters?|MoE|Mixture|dense|active|activated|Instruct|Chat|Base)"
"""What a size alone (`7B`) is the size of."""
FAMILY = "(?i:" + any_of(
    "llama qwen mistral mixtral gemma opt pythia gpt gpt-neo gpt-neox gpt-j bloom bloomz falcon vicuna alpaca t5"
    " flan flan-t5 palm deepseek phi yi baichuan chatglm glm internlm internvl llava codellama starcoder codegen"
    " olmo mamba rwkv mpt vit minicpm smollm tinyllama galactica chinchilla gopher nemotron granite jamba stablelm"
    " wizardlm wizardcoder openllama tulu zephyr orca qwq molmo idefics paligemma cogvlm ernie megatron turing-nlg"
    " bert roberta xlm mt5 byt5 ul2 lamda minerva codet5 dolly koala aya whisper blip flamingo kosmos"
) + ")"  # fmt: skip
"""Beginnings of names of model families: with one, a size in millions or billions is a number of parameters."""
DATA_WORD = "(?i:" + any_of(
    "images? videos? clips pairs datasets? data corpus corpora benchmarks? samples? documents? examples tokens?"
    " words masks people users pages dollars? rows records points bytes characters"
) + ")"  # fmt: skip
STOP = (
    "(?:"
    + any_of(
        "of in on for and or with which that while when where to at from by over compared than vs versus but as is"
        " are was were has have if after before without under across during between into using respectively however"
        " whereas it its this these their our we not within via through per against among can cannot could may will"
        " would despite due relative_to even only also be been being on_average the"
    )
    + f"){EDGE}"
)
"""Words that end a phrase."""
COMMON_VERB = any_of(
    "achieve[sd] show(?:s|ed|n) reach(?:es|ed) use[sd] remain(?:s|ed) follow(?:s|ed) fail(?:s|ed) comes? came"
    " need(?:s|ed) perform(?:s|ed) help(?:s|ed) leaves left close[sd] provide[sd] require[sd] allow(?:s|ed)"
    " enable[sd] produce[sd] makes made obtain(?:s|ed) gives gave given suffices? exist(?:s|ed)? appear(?:s|ed)?"
    " become(?:s)? became occur(?:s|red)? lose[sd]? lost win(?:s)? won contain(?:s|ed)? consist(?:s|ed)?"
    " include[sd]? demonstrate[sd]? suggest(?:s|ed)? indicate[sd]? take[sn]? took"
)
"""Verbs that end the name of a thing: what comes before them is their subject."""
