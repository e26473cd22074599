"""The words around a quantity that say what it is. Lists of words only; what is concluded from them stands elsewhere."""

CURRENCY_SIGN = r"[$€£¥₹]"
EDGE = r"(?-u:\b)"
"""An edge of a word in ASCII: the Unicode one is many times slower wherever a text is not ASCII."""

_APPROXIMATELY = (
    r"about|approximately|approx\.?|around|roughly|nearly|almost|some|circa|ca\.|an estimated|close to|estimated"
)
_MORE_THAN = r"(?:slightly |significantly |well |far )?(?:over|more than|above|greater than|larger than|better than|exceeding|exceeds|exceed|beyond|higher than)|in excess of|upwards? of"
_LESS_THAN = (
    r"(?:slightly |significantly |well |far )?(?:less than|under|below|fewer than|lower than|smaller than)|within|sub"
)
_AT_LEAST = r"at least|no less than|no fewer than|a minimum of|minimum of|not less than"
_AT_MOST = r"at most|no more than|a maximum of|maximum of|not more than|not exceeding"
_UP_TO = r"up ?to|as much as|as many as|as high as|as large as|as long as|as far as"
QUALIFIERS = {
    "approximately": rf"(?:(?i)(?:^|[^\p{{L}}])(?:{_APPROXIMATELY})(?: an?)? ?|[~≈∼≃] ?)$",
    "at_most": rf"(?:(?i)(?:^|[^\p{{L}}])(?:{_AT_MOST}) ?|[≤⩽] ?|<= ?)$",
    "at_least": rf"(?:(?i)(?:^|[^\p{{L}}])(?:{_AT_LEAST}) ?|[≥⩾] ?|>= ?)$",
    "more_than": rf"(?:(?i)(?:^|[^\p{{L}}])(?:{_MORE_THAN})(?: an?)? ?|[>≫] ?)$",
    "less_than": rf"(?:(?i)(?:^|[^\p{{L}}])(?:{_LESS_THAN})(?: an?)? ?|[<≪] ?)$",
    "up_to": rf"(?i)(?:^|[^\p{{L}}])(?:{_UP_TO})(?: an?)? ?$",
}
"""Qualifier -> how a text ends that puts it before a number; the first that applies counts."""

APPROACH = (
    rf"(?i:{_APPROXIMATELY}|{_MORE_THAN}|{_LESS_THAN}|{_AT_LEAST}|{_AT_MOST}|{_UP_TO}|only|just|merely|an average of|on average"
    r"|an average|a mere|an additional|another|a total of|a further|a remarkable|a|an|the|another|further|averagely|average|even"
    r"|as low as|as little as|a whopping|an impressive|a significant|a substantial|relatively|a relative|an absolute|absolute)"
)
"""What may stand between a verb or preposition and its number."""
APPROACHES = rf"(?:{APPROACH}\s){{0,3}}{CURRENCY_SIGN}?[~≈∼≃<>≤≥+]?\s?"

GAIN_VERB = (
    r"improv(?:e|es|ed|ing)|increas(?:e|es|ed|ing)|boost(?:s|ed|ing)?|rais(?:e|es|ed|ing)|rises?|rose|risen|grow(?:s|n|ing)?|grew"
    r"|enhanc(?:e|es|ed|ing)|outperform(?:s|ed|ing)?|surpass(?:es|ed|ing)?|exceed(?:s|ed|ing)?|beat(?:s|ing)?|gain(?:s|ed|ing)?"
    r"|advanc(?:e|es|ed|ing)|accelerat(?:e|es|ed|ing)|speed(?:s|ing)? up|sped up|lift(?:s|ed|ing)?|elevat(?:e|es|ed|ing)"
    r"|expand(?:s|ed|ing)?|extend(?:s|ed|ing)?|scal(?:e|es|ed|ing) up|amplif(?:y|ies|ied|ying)|jump(?:s|ed|ing)?|climb(?:s|ed|ing)?"
    r"|outpac(?:e|es|ed|ing)|outstrip(?:s|ped|ping)?|widen(?:s|ed|ing)?|inflat(?:e|es|ed|ing)|lead(?:s|ing)?|excel(?:s|led|ling)?"
    r"|push(?:es|ed|ing)|upgrad(?:e|es|ed|ing)|strengthen(?:s|ed|ing)?|double[sd]?|outscor(?:e|es|ed|ing)"
)
LOSS_VERB = (
    r"reduc(?:e|es|ed|ing)|decreas(?:e|es|ed|ing)|lower(?:s|ed|ing)|cut(?:s|ting)?|drop(?:s|ped|ping)?|declin(?:e|es|ed|ing)"
    r"|degrad(?:e|es|ed|ing)|sav(?:e|es|ed|ing)|shrink(?:s|ing)?|shrunk|shrank|diminish(?:es|ed|ing)?|minimi[sz](?:e|es|ed|ing)"
    r"|fall(?:s|en|ing)?|fell|slow(?:s|ed|ing)? down|los(?:e|es|ing)|lost|compress(?:es|ed|ing)?|prun(?:e|es|ed|ing)|narrow(?:s|ed|ing)?"
    r"|mitigat(?:e|es|ed|ing)|suppress(?:es|ed|ing)?|eliminat(?:e|es|ed|ing)|shorten(?:s|ed|ing)?|deteriorat(?:e|es|ed|ing)"
    r"|curtail(?:s|ed|ing)?|trim(?:s|med|ming)?|alleviat(?:e|es|ed|ing)|underperform(?:s|ed|ing)?|worsen(?:s|ed|ing)?|plummet(?:s|ed|ing)?"
    r"|remov(?:e|es|ed|ing)|reduc\w+|halve[sd]?|lag(?:s|ged|ging)?|trail(?:s|ed|ing)?|lower|collaps(?:e|es|ed|ing)|weaken(?:s|ed|ing)?"
)
GAIN_NOUN = (
    r"(?:improvement|increase|gain|boost|speed-?up|acceleration|rise|growth|uplift|lead|advantage|enhancement|jump|surge|lift|increment"
    r"|margin|augmentation|leap|expansion|outperformance)s?|speed up"
)
LOSS_NOUN = (
    r"(?:reduction|decrease|drop|decline|degradation|saving|cut|loss|decay|deterioration|fall|slowdown|shrinkage|compression"
    r"|penalty|overhead reduction|mitigation|shortfall)s?|losses"
)
GAIN_WORD = r"faster|higher|larger|greater|better|bigger|longer|wider|deeper|stronger|quicker|more|increased|improved|deeper|heavier|denser|richer|broader"
LOSS_WORD = (
    r"lower|fewer|less|smaller|cheaper|shorter|slower|worse|lighter|reduced|decreased|weaker|thinner|narrower|sparser"
)

METRIC = (
    r"(?:accurac(?:y|ies)|precision|recall|F1|F_1|F1[- ]scores?|F1[- ]measures?|F-scores?|F-measures?|AUC|AUROC|AUPRC|ROC-AUC|AP|mAP|mAP@[0-9.:]+"
    r"|mIoU|IoU|pass@[0-9k]+|Pass@[0-9k]+|pass rates?|success rates?|success|win[- ]rates?|error rates?|errors?|WER|CER|EER|BLEU|ROUGE|ROUGE-L"
    r"|sensitivity|specificity|exact match|EM|scores?|performance|agreement|solve rates?|hit rates?|hit ratios?|R@[0-9]+|Recall@[0-9]+"
    r"|NDCG|NDCG@[0-9]+|MRR|Dice|Dice scores?|UAS|LAS|detection rates?|recognition rates?|completion rates?|resolution rates?"
    r"|classification rates?|acceptance rates?|resolve rates?|completeness|faithfulness|consistency|correctness|top-?[0-9]|top-?[0-9] (?:accuracy|error)|rates?|acc"
    r"|accuracy scores?|UAR|PCK|PQ|J&F|G-Mean|kappa|refusal rates?|attack success rates?|ASR)"
)
"""What a percentage can be the score of."""
MODEL = (
    r"(?:models?|LLMs?|SLMs?|MLLMs?|LMMs?|VLMs?|VLAs?|LMs?|LVLMs?|PLMs?|LRMs?|language models?|transformers?|Transformers?|networks?|variants?|versions?"
    r"|counterparts?|scales?|sizes?|baselines?|agents?|checkpoints?|backbones?|teachers?|students?|policy|policies|decoders?|encoders?"
    r"|verifiers?|generators?|reward models?|architectures?|parameters?|MoE|Mixture|dense|active|activated|Instruct|Chat|Base)"
)
"""What a size alone (`7B`) is the size of."""
FAMILY = (
    r"(?i:llama|qwen|mistral|mixtral|gemma|opt|pythia|gpt|gpt-neo|gpt-neox|gpt-j|gpt2|gpt3|bloom|bloomz|falcon|vicuna|alpaca|t5|flan|flan-t5|palm"
    r"|deepseek|phi|yi|baichuan|chatglm|glm|internlm|internvl|llava|codellama|starcoder|codegen|olmo|mamba|rwkv|mpt|vit|minicpm"
    r"|smollm|tinyllama|galactica|chinchilla|gopher|command|nemotron|granite|jamba|stablelm|redpajama-incite|wizardlm|wizardcoder"
    r"|openllama|tulu|zephyr|orca|r1|qwq|qvq|molmo|idefics|paligemma|cogvlm|flux|sana|wan|hunyuan|kimi|ernie|megatron|turing-nlg"
    r"|bert|roberta|xlm|mt5|byt5|ul2|lamda|minerva|codet5|dolly|koala|aya|seamless|whisper|amber|blip|flamingo|kosmos|emu|janus)"
)
"""Beginnings of names of model families: with one, a size in millions or billions is a number of parameters."""
DATA_WORD = r"(?i:images?|videos?|clips|pairs|datasets?|data|corpus|corpora|benchmarks?|samples?|documents?|examples|tokens?|words|masks|people|users|pages|dollars?|rows|records|points)"
STOP = (
    r"(?:of|in|on|for|and|or|with|which|that|while|when|where|to|at|from|by|over|compared|than|vs|versus|but|as|is|are|was|were|has|have"
    r"|if|after|before|without|under|across|during|between|into|using|respectively|however|whereas|it|its|this|these|their|our|we|not"
    r"|within|via|through|per|against|among|can|could|may|will|would|despite|due|relative|even|only|also|be|been|being|on\saverage)(?-u:\b)"
)
"""Words that end a phrase."""
