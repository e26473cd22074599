"""Reading the gazetteer: its lists as a table, with every spelling that leads to a name."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise, product
from typing import Any

import polars as pl

from schemas.enrich_vocabulary import TermKind

GAZETTEER_VERSION = 2
"""Raised with every change of the lists."""

_FILES = {
    TermKind.MODEL: "models.toml",
    TermKind.DATASET: "datasets.toml",
    TermKind.BENCHMARK: "benchmarks.toml",
    TermKind.TASK: "tasks.toml",
    TermKind.METRIC: "metrics.toml",
}
_SEPARATORS = r"[\s_\-]+"
_GAP = r"(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])"
SHORT_PATTERN = 5
"""A spelling of no more characters is looked for together with what stands before it: it occurs inside many words."""
BEFORE = " (-/\"'[+"
"""What may stand before a short spelling."""


@dataclass(frozen=True)
class Gazetteer:
    """The lists, ready to be looked for."""

    entries: pl.DataFrame
    """One row per spelling: key (letters, digits and signs in lower case, without separators), name, kind, mode
    (`any`, `cased`, `context`), letters (the spelling without separators, in its own case), not_before, not_after and
    near (regular expressions, null where anything may stand there), order."""
    families: pl.DataFrame
    """One row per family of models: name, joiner, versions, variants (lists, in lower case)."""
    patterns: list[str]
    """What to look for, in lower case."""


@cache
def gazetteer() -> Gazetteer:
    """Reads the lists that come with the package, once.

    Returns:
        All names.
    """
    rows: list[dict[str, Any]] = []
    families: list[dict[str, Any]] = []
    for kind, name in _FILES.items():
        lists = tomllib.loads(files("assets.enrich.terms.gazetteer").joinpath(name).read_text(encoding="utf-8"))
        near = _any_of(lists["near"])
        for mode in ("any", "cased", "context"):
            for entry, aliases in lists.get(mode, {}).items():
                guard = lists["guards"].get(entry, {})
                rows += [_row(kind, mode, entry, alias, guard, near) for alias in dict.fromkeys([entry, *aliases])]
        for entry, facts in lists.get("families", {}).items():
            guard, mode = lists["guards"].get(entry, {}), facts.get("case", "any")
            aliases = dict.fromkeys([entry, *facts.get("aliases", [])])
            rows += [_row(kind, mode, entry, alias, guard, near) | {"is_family": True} for alias in aliases]
            families.append(
                {
                    "name": entry,
                    "joiner": facts["joiner"],
                    "versions": facts["versions"].split(),
                    "variants": facts.get("variants", []),
                }
            )
    entries = (
        pl.DataFrame(rows, infer_schema_length=None)
        .with_row_index("order")
        .unique(["key", "letters"], keep="first", maintain_order=True)
    )
    patterns = sorted({pattern for row in rows for pattern in spellings(row["spelling"], row["kind"])})
    return Gazetteer(entries.drop("spelling"), pl.DataFrame(families), patterns)


def fold(spelling: str) -> str:
    """The key of a spelling: `LLaMA-2` and `llama 2` have the same."""
    return re.sub(_SEPARATORS, "", spelling.lower())


def spellings(name: str, kind: str) -> set[str]:
    """What to look for to find a name, however its parts are joined.

    Args:
        name: One spelling of it.
        kind: What it is: the words of a proper name may be joined, those of a task or metric are words.

    Returns:
        The spellings in lower case; a short one with each character that may stand before it.
    """
    parts = [part for word in re.split(_SEPARATORS, name.lower()) for part in re.split(_GAP, word) if part]
    is_phrase = kind in (TermKind.TASK, TermKind.METRIC)
    gaps = [
        ("-", " ") if is_phrase and not has_digit(left) and not has_digit(right) else ("", "-", " ")
        for left, right in pairwise(parts)
    ]
    if len(gaps) > 3:  # joined in one way, or as in the list
        ways = [tuple(joint for _ in gaps) for joint in ("-", " ")]
        joined = {_join(parts, way) for way in ways} | {name.lower().replace("_", " ")}
    else:
        joined = {_join(parts, way) for way in product(*gaps)}
    short = {one for one in joined if len(one) <= SHORT_PATTERN}
    return (joined - short) | {before + one for one in short for before in BEFORE}


def has_digit(part: str) -> bool:
    """Whether a part of a name is a number."""
    return part[0].isdigit()


def _join(parts: list[str], gaps: tuple[str, ...]) -> str:
    return parts[0] + "".join(gap + part for gap, part in zip(gaps, parts[1:], strict=True))


def _row(kind: TermKind, mode: str, name: str, alias: str, guard: dict[str, list[str]], near: str) -> dict[str, Any]:
    """One spelling of a name."""
    needs = None  # a name that is written out or unlike any word needs no witness
    if mode != "any":
        needs = _any_of(guard["near"]) if "near" in guard else near if mode == "context" else None
    return {
        "key": fold(alias),
        "name": name,
        "kind": kind.value,
        "mode": mode,
        "letters": re.sub(_SEPARATORS, "", alias),
        "not_before": rf"(?i)(?:^|[^\p{{L}}\d])(?:{'|'.join(guard['before'])})[\s-]$" if "before" in guard else None,
        "not_after": rf"(?i)^[\s-](?:{'|'.join(guard['after'])})\b" if "after" in guard else None,
        "near": needs,
        "is_family": False,
        "spelling": alias,
    }


def _any_of(words: list[str]) -> str:
    return rf"(?i)(?:{'|'.join(rf'{_start(word)}{word}' for word in words)})"


def _start(word: str) -> str:
    return r"\b" if word[0].isalnum() else ""
