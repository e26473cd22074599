"""How well the cleaning rules do on labelled spans of real dumps: one line per class, and every miss on request.

    python tests/bench/cleaning_report.py [--misses] [--shared FOLDER]

A `fix` span counts when, after all rules, its clean form stands in the text as often as it is labelled and its raw
form is gone (unless the clean form contains it). A span may lie inside another one that is repaired as well: its clean
form is therefore put through the rules too, and either form counts. A `keep` span counts when it stands there as often
as before. A `flag` span counts when the listing carries one of the flags that fit its class.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # run as a script from anywhere

from assets.validate.catalogue import DETECTORS, RULES
from assets.validate.rules import apply_rules, detect_flags
from schemas.vocabulary import Flag

SHARED = Path(__file__).resolve().parents[3] / "shared"
HEADER_PARAGRAPHS = 5
FITTING = {
    "lost_math_argument": {Flag.MATH_LOSS},
    "em_dash_collapsed_to_hyphen": {Flag.COLLAPSED_DASH},
    "truncated_tail": {Flag.TRUNCATED_END},
    "truncated_head": {Flag.TRUNCATED_START},
    "repeated_word": {Flag.DOUBLED_WORD},
    "glued_model_name": {Flag.GLUED_NAME},
    "glued_words": {Flag.GLUED_WORDS},
    "latex_comment": {Flag.LEAKED_COMMENT},
}
"""Class of span -> the flags that say so."""


@dataclass(frozen=True)
class Outcome:
    """What became of one labelled span."""

    span: dict[str, object]
    passed: bool
    shown: str


def read_listings(shared: Path) -> pl.DataFrame:
    """The pairs of title and abstract of the labelled dumps: columns file, listing, title, abstract."""
    rows = []
    for path in sorted((shared / "dumps").glob("*.txt")):
        paragraphs = [one.strip("\n") for one in path.read_text().split("\n\n") if one.strip()][HEADER_PARAGRAPHS:]
        pairs = zip(paragraphs[::2], paragraphs[1::2], strict=True)
        rows += [(path.name[:3], number, title, abstract) for number, (title, abstract) in enumerate(pairs)]
    return pl.DataFrame(rows, schema=["file", "listing", "title", "abstract"], orient="row")


def clean_texts(texts: Iterable[str], field: str) -> list[str]:
    """Texts after all rules, each in the given field."""
    frame = pl.DataFrame({field: list(texts)}, schema={field: pl.String})
    other = "abstract" if field == "title" else "title"
    return apply_rules(frame.with_columns(pl.lit("").alias(other)), RULES)[field].to_list()


def near(text: str, words: str) -> str:
    """The surroundings of the first of the words of a span that the text contains."""
    for word in sorted(words.split(), key=len, reverse=True):
        if (at := text.find(word)) >= 0:
            return text[max(0, at - 40) : at + 60]
    return text[:80]


def judge(span: dict[str, object], raw: str, clean: str, flags: list[str], again: str) -> Outcome:
    """Decides one span: its text before and after, the flags of its listing, its clean form after the rules."""
    before, wanted, action = str(span["raw"]), str(span["clean"]), span["action"]
    if action == "flag":
        return Outcome(span, bool(set(flags) & FITTING.get(str(span["cls"]), set(Flag))), f"flags {flags}")
    if action == "keep":
        return Outcome(span, clean.count(before) >= raw.count(before), near(clean, before))
    count = int(str(span["count"]))
    found = any(clean.count(form) >= count for form in {wanted, again}) if wanted else True
    gone = before not in clean or before in wanted or before in again
    return Outcome(span, found and gone, near(clean, before))


def judge_all(shared: Path) -> list[Outcome]:
    """What became of every labelled span."""
    spans = [json.loads(line) for line in (shared / "gold" / "cleaning.jsonl").read_text().splitlines()]
    raw = read_listings(shared)
    clean = apply_rules(raw, RULES)
    flags = detect_flags(raw, clean, DETECTORS)
    row_of = {key: row for row, key in enumerate(raw.select("file", "listing").iter_rows())}
    again = dict(zip((s["clean"] for s in spans), clean_texts((s["clean"] for s in spans), "abstract"), strict=True))
    outcomes = []
    for span in spans:
        row, field = row_of[span["file"], span["listing"]], span["field"]
        texts = str(raw[field][row]), str(clean[field][row])
        outcomes.append(judge(span, *texts, list(flags[row]), again[span["clean"]]))
    return outcomes


def main() -> None:
    """Prints the counts of every class and, if asked, the misses."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true", help="print every span that failed")
    parser.add_argument("--shared", type=Path, default=SHARED, help="folder with dumps/ and gold/")
    options = parser.parse_args()
    outcomes = judge_all(options.shared)
    for key in ("cls", "action"):
        total = Counter((str(o.span["action"]), str(o.span[key])) for o in outcomes)
        passed = Counter((str(o.span["action"]), str(o.span[key])) for o in outcomes if o.passed)
        for (action, name), count in sorted(total.items()):
            print(f"{action:<5} {name:<40} {passed[action, name]:>4} of {count:>4}")
        print()
    if options.misses:
        for one in (one for one in outcomes if not one.passed):
            span = one.span
            print(f"{span['action']} {span['cls']} {span['file']}:{span['listing']}.{span['field']}")
            print(f"    {span['raw']!r} -> {span['clean']!r}\n    now: {one.shown!r}")


if __name__ == "__main__":
    main()
