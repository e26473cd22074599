"""Abstracts in LaTeX from real dumps, and what becomes of them sentence by sentence when a page renders them."""

import re
import tempfile
from pathlib import Path

import polars as pl
from rapidfuzz.distance import Indel, Opcodes

from assets.hashing import blake2b_hex
from assets.parse.folder import find_files
from assets.parse.survey import survey
from assets.validate.catalogue import DETECTORS, RULES
from assets.validate.restore.render import render
from assets.validate.rules import apply_rules, detect_flags
from schemas.vocabulary import Flag

PACKS = ("arxiv-harvest-jsonl", "arxiv-oai-xml", "hf-daily-json", "hf-weekly-text", "venue-json")
"""Packs whose abstracts are as their authors wrote them."""
SHORT, LONG = 300, 4_000
"""Characters of the abstracts that are taken."""
TELLING = (Flag.MATH_LOSS, Flag.MATH_RESIDUE, Flag.LOST_BRACKET, Flag.LEAKED_COMMENT, Flag.REPLACEMENT_CHARACTER)
"""Flags that say that something is wrong inside a sentence."""

_BOUNDARY = re.compile(r"(?<=[a-z\d)$}%][.?!])\s+(?=[A-Z`\"\\$(])(?!\\[^a-zA-Z])")
_NO_BOUNDARY = re.compile(
    r"(?:\b(?:e\.g|i\.e|al|vs|cf|resp|Fig|Eq|Sec|Ref|Phys|Rev|Lett|Dr|St|No|Vol|approx|etc|[A-Z])\.)$"
)


def source_abstracts(folder: Path, count: int) -> pl.DataFrame:
    """Takes abstracts in LaTeX out of the packs, the same ones every time.

    Args:
        folder: Holds one folder a pack.
        count: How many; fewer, if there are fewer.

    Returns:
        Columns pack, source (on one line); in the order of a hash of the text.
    """
    frames = []
    for name in PACKS:
        with tempfile.TemporaryDirectory() as scratch:
            found = survey(find_files([folder / name]), Path(scratch, "cache"), Path(scratch))
            rows = pl.scan_parquet([str(path) for path in found.paths], glob=False)
            text = pl.col("abstract_raw").str.replace_all(r"\s+", " ").str.strip_chars()
            fit = text.str.len_chars().is_between(SHORT, LONG) & text.str.contains(r"[\\$]")
            frames.append(rows.filter(fit).select(pack=pl.lit(name), source=text).collect())
    unique = pl.concat(frames).sort("source", "pack").unique("source", keep="first", maintain_order=True)
    return unique.with_columns(key=blake2b_hex(unique["source"], digits=16)).sort("key").head(count).drop("key")


def sentences(text: str) -> list[str]:
    """The sentences of a source; none ends inside a formula or a group."""
    parts, start = [], 0
    for boundary in _BOUNDARY.finditer(text):
        piece = text[start : boundary.start()]
        bare = re.sub(r"\\.", "", piece)
        if _NO_BOUNDARY.search(piece) or bare.count("$") % 2 or bare.count("{") != bare.count("}"):
            continue
        parts.append(piece)
        start = boundary.end()
    return [*parts, text[start:]]


def cleaned(texts: pl.Series) -> pl.Series:
    """Abstracts after all rules."""
    frame = pl.DataFrame({"title": pl.repeat("", len(texts), eager=True), "abstract": texts})
    return apply_rules(frame, RULES)["abstract"]


def is_told(raw: pl.Series, clean: pl.Series) -> pl.Series:
    """Whether a telling flag is set on each text."""
    empty = pl.repeat("", len(raw), eager=True)
    before, after = (pl.DataFrame({"title": empty, "abstract": side}) for side in (raw, clean))
    flags = detect_flags(before, after, [detector for detector in DETECTORS if detector.flag in TELLING])
    return flags.list.len() > 0


def rendered_sentences(sources: pl.DataFrame) -> tuple[pl.DataFrame, int]:
    """Damages abstracts, cleans them, and sets the sentences beside those of the cleaned source.

    Args:
        sources: As `source_abstracts` returns them.

    Returns:
        Columns pack, source, shown (the damaged sentence), truth, clean, told: one row per sentence; and the number of
        abstracts left out because their sentences, cleaned one by one, are not those of the cleaned abstract.
    """
    split = sources.with_row_index("at").with_columns(
        sentence=pl.col("source").map_elements(sentences, return_dtype=pl.List(pl.String))
    )
    rows = split.select("at", "pack", "sentence").explode("sentence")
    rows = rows.with_columns(truth=cleaned(rows["sentence"]), shown=rows.select(render(pl.col("sentence"))).to_series())
    whole = sources.select(
        truth=cleaned(sources["source"]), clean=cleaned(sources.select(render(pl.col("source"))).to_series())
    )
    kept, left_out = [], 0
    for part, truth, clean in zip(
        rows.partition_by("at", maintain_order=True), whole["truth"], whole["clean"], strict=True
    ):
        if " ".join(part["truth"]) != truth:
            left_out += 1
            continue
        kept.append(part.with_columns(clean=pl.Series(_aligned(part["truth"].to_list(), clean))))
    found = pl.concat(kept)
    found = found.with_columns(told=is_told(found["shown"], found["clean"]))
    return found.select("pack", "shown", "truth", "clean", "told", source="sentence"), left_out


def _aligned(truth: list[str], clean: str) -> list[str]:
    """A cleaned text cut where the sentences of the truth begin."""
    joined = " ".join(truth)
    operations = Indel.opcodes(joined, clean)
    cuts, at = [], 0
    for sentence in truth[:-1]:
        at += len(sentence) + 1
        cuts.append(_place(at, operations))
    return [clean[start:end].strip() for start, end in zip([0, *cuts], [*cuts, len(clean)], strict=True)]


def _place(at: int, operations: Opcodes) -> int:
    """Where a place of one text is in the other."""
    for op in operations:
        if op.src_start <= at < op.src_end and op.tag == "equal":
            return op.dest_start + at - op.src_start
        if op.src_start >= at:
            return op.dest_start
    return operations[-1].dest_end if operations else at
