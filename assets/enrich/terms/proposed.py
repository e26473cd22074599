"""What a paper proposes: a method, system, data set or benchmark that has a name of its own.

`NAME: what it is` in the title, confirmed where the abstract uses the name as one that is introduced; or the abstract
says itself that it proposes NAME.
"""

import polars as pl

from assets.enrich.terms.brackets import SHORT
from assets.enrich.terms.gazetteer.read import gazetteer
from assets.enrich.terms.pieces import cut_before
from schemas.enrich_vocabulary import TermKind, TermRule

_VERB = (
    r"(?:propos|introduc|present|develop|releas|design|describ|contribut|creat|buil|construct|curat|collect|unveil|launch"
    r"|offer|establish|provid|publish|open-sourc)(?:e|es|ed|ing|s|d|t)?"
)
_CUE = (
    r"(?i)\b(?:we|paper|work|study|article|report|authors)\s"
    rf"(?:(?:\w+ly|also|first|then|thus|here|hence|next)\s)?{_VERB}\s"
)
_NAME = rf"(?:{SHORT})"
_TITLE = r"^\W{0,2}((?:[\p{L}\p{N}][^\s:]*)(?:\s[\p{Lu}\p{N}][^\s:]*){0,3})\s?(?::\s|\s[-\u2013\u2014]+\s)(.+)$"
_PARTED = r":|\s[-\u2013\u2014]"
"""What every title that has a name before its subtitle holds."""
_ALREADY = r"^(?:(?:the|a|an|our|two|three|first|novel|new|simple|in this|called|for|of)\s)*$"
_CALLED = r"(?:called|named|dubbed|termed|coined|namely|titled|we call|referred to as|denoted as|denoted by|as)\s$"
_SUBJECT = (
    r"^(?:\s?\([^()]{1,80}\))?,?\s(?:is|are|can|also|achiev|outperform|us|leverag|employ|consist|enabl|improv|reduc|offer"
    r"|provid|combin|learn|generat|includ|contain|cover|compris|introduc|demonstrat|surpass|exceed|attain|integrat|adopt"
    r"|allow|support|feature|yield|show|deliver|scal|train|produc|exhibit|effectively|significantly|consistently"
    r"|not only|builds|works|has|does|first|operat|utiliz|incorporat|exploit|aims|aim)[a-z]*\b"
)
_APPOSITION = r"^(?:\s?\([^()]{1,120}\))?(?:,|\sis|\s[-\u2013\u2014]+)\s(?:a|an|the|our|which|the first)\s"
_DISTINCT = r"\p{Lu}.*\p{Lu}|\p{Lu}.*\d|\d.*\p{Lu}|\p{Ll}\p{Lu}"
_IS_A = r"^(?:\s?\([^()]{1,120}\))?(?:,|\sis|\s[-\u2013\u2014]+)\s(?:a|an|the|our)\s"
_HEAD_ENDS = (
    r"\s(?:for|of|to|on|with|via|from|using|in|by|through|towards?|that|which|designed|and|covering|comprising"
    r"|consisting|containing)\b"
)
_BENCHMARK = r"(?i)\b(?:benchmarks?|testbed|test suite|evaluation suite|leaderboard|challenge set)\b"
_DATASET = r"(?i)\b(?:data\s?sets?|corpus|corpora|treebank|collection|data bank)\b"
_LINKS_ON = r"(?i)\b(?:of|to|for|on|in|with|using|from|that|and|by|as|at|is|are|how|where|when)\b"
_KINDS = (
    r"frameworks?|models?|datasets?|corpus|corpora|benchmarks?|methods?|algorithms?|approach|modules?|networks?|systems?"
    r"|tasks?|metrics?|loss|functions?|architectures?|strategy|techniques?|mechanisms?|pipelines?|toolkits?|library"
    r"|evaluation|policy|scheme|protocol|layers?|suite|score|index|attack|neuron|platform|paradigm|objective|training"
)
_CLOSES = (
    rf"^[\"'\u201D\u2019*]*\)(?:$|[.,;:]|\s?[\u2013\u2014-]|\s(?i:{_KINDS}|to|for|that|which|as|in|with|on|by|and|using|is|via"
    r"|from|based|where|when|we|it|can|has|does|learns|a|an|the|through|at|into|of)\b)"
)
_EVERYBODYS = (
    r"^(?:[ML]?LLM|[LS]?LM|VLM|LVLM|NLP|NLG|NLU|NLI|NMT|SMT|RNN|CNN|DNN|GNN|GCN|GAN|VAE|MLP|LSTM|SVM|RAG|ICL|CoT|MoE|SSM|ViT|DiT|MDP"
    r"|MCTS|RLHF|DPO|PPO|SFT|PEFT|LoRA|API|GPU|CPU|NER|ASR|TTS|OCR|VQA|KGs?|XAI|AGI|PDE|ODE|SDE|SGD|MRI|FID)$"
)
"""Short forms of the whole field: a paper that writes them out proposes something of their kind."""
_FULL_NAME = r"\p{Lu}[\p{L}\p{N}-]*(?:\s(?:(?:of|for|with|in|to|the)\s){0,2}\p{Lu}[\p{L}\p{N}-]*){1,5}"
_RESOURCE = r"corpus|data\s?set|treebank|benchmark|toolkit|framework"
_IS_PROPOSED = (
    r"^[\"'\u201D\u2019*]*\)\sis\s(?:(?:\w+ly|then|also|further|first)\s)?(?:proposed|introduced|presented)\b"
)
_EARLIER = r"(?i)\b(?:recently|previous\w*|prior|earlier)\b"
VERB = 14
"""Characters of the longest verb of `_PLAINLY` with the spaces around it."""
_PLAINLY = r"(?i)\b(?:propos|introduc|present)(?:e|es|ed|ing|s)?\s$"
_GENERIC = (
    r"^(?i:abstract|introduction|background|objectives?|methods?|results?|conclusions?|erratum|corrigendum|comment"
    r"|editorial|review|survey|reply|response|note|preface|overview|discussion|part|chapter|case report|tutorial)\b"
)


def proposed(texts: pl.DataFrame, defined: pl.DataFrame) -> pl.DataFrame:
    """Finds what papers propose.

    Args:
        texts: Columns `row` (unique), `title` and `text` (String; null has none).
        defined: Rows of `acronyms` of the same texts.

    Returns:
        row, kind, name, surface, rule, span_start, span_end; one row per paper and name, sorted.
    """
    found = pl.concat([_by_title(texts), _by_abstract(texts), _by_definition(texts, defined)])
    return (
        found.sort("row", "order", "span_start")
        .unique(["row", "name"], keep="first", maintain_order=True)
        .unique(["row", "span_start"], keep="first", maintain_order=True)
        .with_columns(span_end=pl.col("span_start") + pl.col("name").str.len_chars().cast(pl.Int64), surface="name")
        .select("row", "kind", "name", "surface", "rule", "span_start", "span_end")
        .sort("row", "span_start")
    )


def _by_title(texts: pl.DataFrame) -> pl.DataFrame:
    """The names before a colon or dash of the title, where the abstract uses them as new ones."""
    named = (
        texts.filter(pl.col("title").str.contains(_PARTED))
        .with_columns(
            name=pl.col("title").str.extract(_TITLE, 1).str.strip_chars(" ,.;\"'"),
            subtitle=pl.col("title").str.extract(_TITLE, 2),
        )
        .filter(
            pl.col("name").str.len_chars().is_between(2, 40),
            ~pl.col("name").str.contains(_GENERIC),
            pl.col("text").str.contains(pl.col("name"), literal=True),
        )
        .with_columns(pieces=pl.col("text").str.split(pl.col("name")))
        .explode("pieces")
    )
    length = pl.col("pieces").str.len_chars().cast(pl.Int64)
    name_length = pl.col("name").str.len_chars().cast(pl.Int64)
    reached = (length + name_length).cum_sum().over("row") - name_length
    places = (
        named.with_columns(
            span_start=reached,
            before=pl.col("pieces").str.slice(-120),
            after=pl.col("pieces").shift(-1).str.slice(0, 160),
            is_last=(pl.col("row") != pl.col("row").shift(-1)).fill_null(value=True),
        )
        .filter(~pl.col("is_last"))
        .filter(
            ~pl.col("before").str.contains(r"[\p{L}\p{N}_-]$|://\S*$"),
            ~pl.col("after").str.contains(r"^(?:[\p{L}\p{N}_]|-[\p{L}\p{N}])"),
        )
    )
    after, sentence = pl.col("after"), pl.col("before").str.replace(r"^(?s:.*)[.?!]\s", "")
    is_told = sentence.str.contains(_CUE) | sentence.str.contains(_CALLED)
    is_head = sentence.str.strip_chars(" \"'(").str.len_chars() == 0
    is_subject = after.str.contains(_SUBJECT) | after.str.contains(_APPOSITION)
    is_distinct = pl.col("name").str.contains(_DISTINCT) & ~pl.col("name").str.contains(r"^\p{Lu}+s$")
    weight = is_told.cast(pl.Int8) * 2 + is_subject.cast(pl.Int8)
    return (
        places.with_columns(weight=weight, heard=sentence)
        .filter(is_told | (is_subject & is_distinct) | (is_subject & is_head & after.str.contains(_APPOSITION)))
        .sort("row", "weight", "span_start", descending=[False, True, False])
        .unique("row", keep="first", maintain_order=True)
        .select(
            "row",
            "name",
            "span_start",
            kind=_kind(pl.col("subtitle"), pl.col("heard"), after),
            rule=pl.lit(TermRule.TITLE_NAME),
            order=pl.lit(0),
        )
    )


def _by_abstract(texts: pl.DataFrame) -> pl.DataFrame:
    """The names that follow `we propose`, at once or after `called`."""
    lead = r"(?:(?:the|our|novel|new)\s)*[\"'\u201C\u2018`]*"
    ends = r"[\"'\u201D\u2019`]*(?:[,;:(]|\.(?:\s|$)|\s(?:to|for|that|which|as|\u2013|\u2014|-)|\s\(|$)"
    quotes = r"[\"'\u201C\u2018`]*"
    at_once = rf"^(?<gap>{lead})(?<name>{_NAME}){ends}"
    word = rf"(?:called|named|dubbed|termed|coined|namely)\s{quotes}"
    called = rf"^(?<gap>[^.;:()]{{0,160}}?\b{word})(?<name>{_NAME})(?:[^\w\s]|\s[^\p{{Lu}}]|$)"
    in_full = rf"^(?<gap>(?:(?:the|our)\s)?{quotes})(?<name>{_FULL_NAME})[\"'\u201D\u2019`]*,\s(?:a|an|the\sfirst)\s"
    of_kind = rf"^(?<gap>(?:the|our)\s)(?<name>{_NAME})\s(?:{_RESOURCE})\b"
    read = (
        cut_before(texts, _CUE)
        .with_columns(piece=pl.col("pieces").str.slice(0, 300))
        .with_columns(cue=pl.col("piece").str.extract(f"^({_CUE})", 1))
        .with_columns(rest=pl.col("piece").str.slice(pl.col("cue").str.len_chars()))
    )
    found = pl.concat(
        [
            read.filter(pl.col("rest").str.contains(pattern)).with_columns(
                pl.col("rest").str.extract_groups(pattern).struct.unnest()
            )
            for pattern in (at_once, called, in_full, of_kind)
        ]
    ).filter(
        pl.col("name").str.contains(_DISTINCT),
        pl.col("name").str.len_chars() >= 3,
        ~pl.col("name").str.contains(r"^\p{Lu}+s$"),
    )
    found = found.with_columns(gap=pl.concat_str("cue", "gap"))
    length = pl.concat_str("gap", "name").str.len_chars()
    return found.select(
        "row",
        "name",
        span_start=pl.col("at") + pl.col("gap").str.len_chars().cast(pl.Int64),
        kind=_kind(pl.lit(""), pl.col("gap"), pl.col("piece").str.slice(length)),
        rule=pl.lit(TermRule.PROPOSED),
        order=pl.lit(1),
    )


def _by_definition(texts: pl.DataFrame, defined: pl.DataFrame) -> pl.DataFrame:
    """The acronyms whose long form follows `we propose` almost at once, or which the abstract says are proposed.

    A long form in small letters has to follow at once, with no article: `a support vector machine` is none of its own.
    """
    begin = pl.max_horizontal(pl.col("expansion_start") - 80, 0)
    beside = defined.filter(
        pl.col("surface") == pl.col("name"),
        pl.col("name").str.len_chars() >= 3,
        ~pl.col("name").str.contains(_EVERYBODYS),
        pl.col("expansion_end") <= pl.col("span_start"),
    ).join(texts.select("row", "text"), on="row", maintain_order="left")
    is_titled = pl.col("expansion").str.count_matches(r"(?:^|[\s-])\p{Lu}") >= 2
    is_known = pl.col("name").str.to_lowercase().str.replace_all("-", "").is_in(gazetteer().entries["key"].implode())
    lead = beside.with_columns(
        lead=pl.col("text").str.slice(begin, pl.col("expansion_start") - begin),
        behind=pl.col("text").str.slice(pl.col("span_end"), 60),
    )
    is_plain = pl.col("lead").str.slice(-VERB).str.contains(_PLAINLY)
    lead = lead.filter(is_titled | is_plain | pl.col("behind").str.contains(_IS_PROPOSED))
    phrase = pl.col("lead").str.extract(rf"{_CUE}([^.;:,()]{{0,40}})$", 1)
    follows = is_titled & ~phrase.str.contains(_LINKS_ON)
    at_once = ~is_titled & ~is_known & (phrase == "") & is_plain
    before = pl.col("lead").str.replace(r"^(?s:.*)[.?!]\s", "")
    passive = pl.col("behind").str.contains(_IS_PROPOSED) & ~before.str.contains(_EARLIER) & ~is_known
    is_told = (phrase.is_not_null() & (follows | at_once) & pl.col("behind").str.contains(_CLOSES)) | passive
    told = lead.filter(is_told.fill_null(value=False))
    return told.select(
        "row",
        "name",
        "span_start",
        kind=_kind(pl.lit(""), pl.concat_str("lead", "expansion"), pl.col("text").str.slice(pl.col("span_end"), 160)),
        rule=pl.lit(TermRule.PROPOSED),
        order=pl.lit(1),
    )


def _kind(subtitle: pl.Expr, before: pl.Expr, after: pl.Expr) -> pl.Expr:
    """What it is that has the name: as the words behind it say, else those before it, else the title."""
    told = after.str.extract(rf"{_IS_A}([^.,;:]*)", 1).str.replace(rf"{_HEAD_ENDS}.*$", "")
    led = before.str.extract(r"([^.,;:]{0,60})$", 1).fill_null("").str.replace(rf"^.*{_VERB}\s", "")
    led = led.str.replace(rf"{_HEAD_ENDS}.*$", "")
    follows = after.str.extract(r"^\)?\s(\w+(?:\s\w+)?)", 1).fill_null("")
    title = subtitle.str.replace(rf"{_HEAD_ENDS}.*$", "").str.extract(r"(\S+(?:\s\S+)?)$", 1).fill_null("")
    said = pl.coalesce(told, pl.concat_str(led, pl.lit(" . "), follows, pl.lit(" . "), title))
    return (
        pl.when(pl.col("name").str.contains(r"Bench|(?i:bench(?:mark)?(?:\b|\d))") | said.str.contains(_BENCHMARK))
        .then(pl.lit(TermKind.BENCHMARK))
        .when(said.str.contains(_DATASET))
        .then(pl.lit(TermKind.DATASET))
        .otherwise(pl.lit(TermKind.METHOD))
    )
