"""Units: what may stand behind or before a number and says what it counts."""

from enum import StrEnum

import polars as pl

from assets.enrich.quantities.words import any_of
from schemas.quantity_vocabulary import QuantityUnit


class Mark(StrEnum):
    """What stands behind a number and counts it, before the words around it are asked."""

    PERCENT = "percent"
    PERCENTAGE_POINT = "percentage_point"
    POINT = "point"
    TIMES = "times"
    ORDERS = "orders"
    PARAMETERS = "parameters"
    TOKENS = "tokens"
    MACHINE_TIME = "machine_time"
    OPERATIONS = "operations"
    MONEY = "money"
    ITEMS = "items"


_EDGE = r"(?-u:\b)"
_OF_PARAMETERS = (
    "trainable|learnable|learned|tunable|tuneable|total|active|activated|additional|extra|training|fine-tuned|model"
    "|network|dense|non-embedding|model's|effective|backbone|encoder|LoRA|adapter|real|weight"
)
_OF_TOKENS = (
    "training|pre-?training|visual|vision|image|text|textual|output|input|new|additional|extra|high-quality|unique"
    "|total|speech|audio|video|discrete|continuous|language|reasoning|multimodal|multi-modal|multilingual|code|prompt"
    "|special|soft|synthetic|generated|thinking|latent|memory|register|curated|web|natural|word|subword|context"
    "|learnable|consecutive|math|real|diverse|open|raw|cleaned|filtered|deduplicated|supervised|patch|learned|randomly|selected|sampled|English"
    "|Chinese|Russian|German|French|Japanese|Korean|Arabic|[A-Z][a-z]+"
)
CHIP = (
    r"(?:NVIDIA|Nvidia|Tesla|RTX|GTX|Ti|AMD|Ascend|Google|Cloud|TPU[- ]?v[0-9][a-z]?"
    r"|[A-Z][A-Z]?[0-9]{1,4}[A-Za-z]{0,2}|[0-9]+ ?GB|SXM)"
)
_MACHINE = r"(?:GPUs?|TPUs?|CPUs?|NPUs?|core|node|chip|device|accelerator|[A-HV][0-9]{2,3})"
_TIME = r"(?:hours?|hrs?|hr|days?|years?)"
PERCENT = r"\s?\\?%|[\s-]?(?i:percent|per\scent|percentage)"
PERCENT_POINT = (
    rf"(?:{PERCENT})[\s-]?(?:absolute[\s-])?(?:points?|pp|p\.p\.){_EDGE}|\s(?:pp|p\.p\.){_EDGE}|\s?%p{_EDGE}|pp{_EDGE}"
)
_SCORE = r"(?:[A-Z][A-Za-z0-9]*(?:[-@][A-Za-z0-9]+)*|mAP|mIoU|accuracy|absolute)"
POINT = rf"[\s-](?:absolute\s)?(?:{_SCORE}\s){{0,2}}points?{_EDGE}"
TIMES = rf"\s?\x{{D7}}|[xX]{_EDGE}|\sx{_EDGE}|[\s-]?(?i:fold){_EDGE}|[\s-]times{_EDGE}"
ORDERS = rf"\s(?:full\s)?orders?[\s-]of[\s-]magnitudes?{_EDGE}"
PARAMETERS = rf"\+?[\s-](?:(?:{_OF_PARAMETERS})\s){{0,2}}(?i:parameters?|params?|weights){_EDGE}"
TOKENS = rf"\+?[\s-](?:of\s)?(?:(?:{_OF_TOKENS})[\s-]){{0,2}}tokens?{_EDGE}"
MACHINE_TIME = rf"(?:[\s-]{CHIP}){{0,4}}[\s-]{_MACHINE}[\s-]?{_TIME}{_EDGE}"
FLOP = (
    rf"[\s-]?(?:[KMGTPEZ]|(?i:mega|giga|tera|peta|exa|zetta))?[\s-]?"
    rf"(?:FLOPs?|FLOPS|Flops?|flops?|(?i:floating[- ]point operations))"
    rf"(?:/s|ps|\sper\ssecond|/second)?{_EDGE}"
)
MAC = rf"[\s-]?[KMGT]?[\s-]?(?:MACs?|Macs|MAdds|multiply-adds?|multiply-accumulates?){_EDGE}"
CURRENCY = (
    rf"\s?(?:USD|US\sdollars?|U\.S\.\sdollars?|dollars?|EUR|euros?|GBP|pounds\ssterling|CNY|RMB|yuan|JPY|yen|INR|rupees"
    rf"|US\$){_EDGE}|\s?[€£]"
)
CURRENCY_BEFORE = (
    r"((?:(?:US|U\.S\.|AU|CA|HK|NT|A|C|S)\s?)?\$|[€£¥₹]\s?|(?:US|U\.S\.)\s?\$\s?|(?:USD|EUR|GBP|CNY|RMB)\s)$"
)
"""A currency that stands before its amount."""

_ITEM = any_of(
    "images videos clips samples examples instances pairs documents questions queries sentences utterances"
    " conversations dialogues dialogs annotations captions instructions trajectories episodes demonstrations"
    " articles papers publications abstracts tweets posts comments reviews web_?pages repositories problems prompts"
    " frames objects scenes shapes meshes molecules proteins compounds records entries triples triplets tasks"
    " functions files snippets recordings photos photographs pictures masks bounding_boxes labels scans slides"
    " patients users participants books stories tables charts data_?points point_clouds judge?ments preferences"
    " comparisons responses answers interactions games words characters entities relations facts passages"
    " correspondences poses reports tools APIs programs puzzles theorems proofs morphemes threads claims cases segments"
    " phrases paragraphs products apps websites species tuples texts mentions identities evaluations items checkpoints"
    " maps rooms assets annotation_sets"
)
ITEMS = rf"\+?[\s-](?:of\s)?(?:[A-Za-z][A-Za-z-]*[\s-]){{0,3}}?(?:{_ITEM})(?:[\s-](?:{_ITEM}))*"
"""Pieces of a collection, behind at most three words."""

_MARKS = (
    (Mark.PERCENTAGE_POINT, PERCENT_POINT),
    (Mark.PERCENT, rf"(?:{PERCENT})"),
    (Mark.POINT, POINT),
    (Mark.ORDERS, ORDERS),
    (Mark.PARAMETERS, PARAMETERS),
    (Mark.TOKENS, TOKENS),
    (Mark.MACHINE_TIME, MACHINE_TIME),
    (Mark.OPERATIONS, rf"{FLOP}|{MAC}"),
    (Mark.MONEY, CURRENCY),
    (Mark.TIMES, TIMES),
)
UNIT = rf"^(?:{'|'.join(pattern for _, pattern in _MARKS)})"
"""Any unit, directly behind a number and its scale."""


def mark_of(text: pl.Expr) -> pl.Expr:
    """Which of the units a text that was found by UNIT is; null for an empty text."""
    chosen = pl.lit(None, dtype=pl.String)
    for mark, pattern in reversed(_MARKS):
        chosen = pl.when(text.str.contains(rf"^(?:{pattern})$")).then(pl.lit(mark.value)).otherwise(chosen)
    return pl.when(text != "").then(chosen)


_CURRENCIES = (
    (QuantityUnit.USD, r"^(?:US|U\.S\.)?\s?\$$|^USD$|(?i)dollar|usd|us\$"),
    (QuantityUnit.EUR, r"(?i)€|eur"),
    (QuantityUnit.GBP, r"(?i)£|gbp|pound"),
    (QuantityUnit.CNY, r"(?i)cny|rmb|yuan"),
    (QuantityUnit.JPY, r"(?i)jpy|yen"),
    (QuantityUnit.INR, r"(?i)₹|inr|rupee"),
)


def currency(before: pl.Expr, behind: pl.Expr) -> pl.Expr:
    """The currency of an amount; null for one that has no unit of its own, and for ¥, which two countries write."""
    text = pl.coalesce(before.str.strip_chars(), behind.str.strip_chars())
    chosen = pl.lit(None, dtype=pl.String)
    for unit, pattern in reversed(_CURRENCIES):
        chosen = pl.when(text.str.contains(pattern)).then(pl.lit(unit.value)).otherwise(chosen)
    return chosen


def machine_time(text: pl.Expr) -> pl.Expr:
    """The unit of a machine's time: of a GPU where a chip is named, of a processor for cores."""
    time = (
        pl.when(text.str.contains(r"years?$"))
        .then(pl.lit("year"))
        .when(text.str.contains(r"days?$"))
        .then(pl.lit("day"))
        .otherwise(pl.lit("hour"))
    )
    machine = (
        pl.when(text.str.contains("TPU"))
        .then(pl.lit("tpu_"))
        .when(text.str.contains(r"CPU|[\s-]cores?[\s-]"))
        .then(pl.lit("cpu_"))
        .when(text.str.contains(r"GPU|[A-HV][0-9]{2,3}"))
        .then(pl.lit("gpu_"))
    )
    return pl.concat_str(machine, time)


_PREFIXES = {"k": 1e3, "m": 1e6, "mega": 1e6, "g": 1e9, "giga": 1e9, "t": 1e12, "tera": 1e12, "p": 1e15, "peta": 1e15,
             "e": 1e18, "exa": 1e18, "z": 1e21, "zetta": 1e21}  # fmt: skip
PREFIX = r"(?i)^[\s-]?(mega|giga|tera|peta|exa|zetta|[kmgtpez])[\s-]?(?:flop|mac|madd)"


def operations(text: pl.Expr) -> pl.Expr:
    """The unit of operations: a rate where it says so, or where a large prefix and a capital S do (`TFLOPS`)."""
    rate = text.str.contains(r"/s|OPps$|second|[TPE]FLOPS$")
    return (
        pl.when(text.str.contains(r"(?i)mac|madd|multiply"))
        .then(pl.lit(QuantityUnit.MAC.value))
        .when(rate)
        .then(pl.lit(QuantityUnit.FLOP_PER_SECOND.value))
        .otherwise(pl.lit(QuantityUnit.FLOP.value))
    )


def prefix(text: pl.Expr) -> pl.Expr:
    """What the prefix of a unit of operations multiplies its number by: 1e9 for GFLOPs; 1 without one."""
    return (
        text.str.extract(PREFIX).str.to_lowercase().replace_strict(_PREFIXES, default=None, return_dtype=pl.Float64)
    ).fill_null(1.0)
