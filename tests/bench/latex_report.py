"""How the LaTeX of real sources becomes readable text, beside another converter.

    python -m tests.bench.latex_report PACKS [N] [--peers PYTHON]

A text is clean if no backslash and no dollar sign before a letter is left, and complete if every word of its prose is
still there, and the name of every macro that only the paper defines (the cleaning rules leave it as it is, so that it
is seen: what it prints is not known). PYTHON is of an environment with pylatexenc and Polars.
"""

import argparse
import re
import subprocess
import tempfile
import time
from pathlib import Path

import polars as pl

from assets.validate.latex_source import latex_text
from tests.bench.latex_sources import cleaned, source_abstracts

RESIDUE = r"\\|\$ ?[A-Za-z\\(]"
_ACCENT = re.compile(r"\w*\\[^A-Za-z\s]\{?\\?[A-Za-z]?\}?[\w-]*")
_FORMULA = re.compile(r"\$\$.*?\$\$|\$[^$]*\$|\\\(.*?\\\)|\\\[.*?\\\]|\\[A-Za-z]+\*?|\{[^{}]*\}")
_MACRO = re.compile(r"\\([A-Za-z]{3,})")
_PROSE = re.compile(r"(?<![\w@/.~-])[a-z]{4,}(?=[\s,;)])")


def words(text: str) -> set[str]:
    """The words of a source's running text, formulas, commands and their arguments aside."""
    return set(_PROSE.findall(_ACCENT.sub(" # ", _FORMULA.sub(" # ", text))))


def line(name: str, needed: list[set[str]], made: pl.Series, seconds: float) -> str:
    """One line of the table, given the words that each text has to have."""
    clean = (~made.str.contains(RESIDUE)).fill_null(value=False)
    complete = pl.Series([all(word in (text or "") for word in one) for one, text in zip(needed, made, strict=True)])
    shares = [100 * (one.sum() or 0) / len(made) for one in (clean, complete, clean & complete)]
    told = "".join(f"{share:>10.1f} %" for share in shares)
    return f"{name:<22}{told}{len(made) / seconds:>18,.0f}"


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packs", type=Path, help="folder that holds one folder a pack")
    parser.add_argument("count", type=int, nargs="?", default=5_000, help="abstracts")
    parser.add_argument("--peers", help="python of an environment with pylatexenc")
    options = parser.parse_args()
    sources = source_abstracts(options.packs, options.count)["source"]
    print(f"{len(sources):,} abstracts in LaTeX\n{'':<22}{'clean':>12}{'complete':>12}{'both':>12}{'abstracts/s':>18}")
    begin = time.perf_counter()
    made = cleaned(sources)
    seconds = time.perf_counter() - begin
    needed = [words(source) | set(_MACRO.findall(text)) for source, text in zip(sources, made, strict=True)]
    print(line("the cleaning rules", needed, made, seconds))
    if options.peers:
        with tempfile.TemporaryDirectory() as folder:
            given, out = Path(folder, "in.parquet"), Path(folder, "out.parquet")
            sources.to_frame("source").write_parquet(given)
            peer = [options.peers, Path(__file__).with_name("latex_peer.py"), given, out]
            seconds = float(subprocess.run(peer, check=True, capture_output=True, text=True).stdout)
            print(line("pylatexenc", needed, pl.read_parquet(out)["text"], seconds))
    begin = time.perf_counter()
    stated = sources.to_frame("text").select(latex_text(pl.col("text"))).to_series()
    speed = len(sources) / (time.perf_counter() - begin)
    print(f"as LaTeX that compiles: {100 * stated.count() / len(sources):.1f} %, {speed:,.0f} abstracts/s")


if __name__ == "__main__":
    main()
