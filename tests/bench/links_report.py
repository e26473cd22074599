"""How well the links of the labelled dumps are found: `python -m tests.bench.links_report`.

Prints every link that was missed, found where none is, found in another form or taken for another kind, on the raw
abstracts and on the cleaned ones, and how many abstracts a second were searched. Links in abstracts without any label
count as neither; they are listed for the eye. Exits with 1 where anything differs.
"""

import csv
import sys
import time
from collections import Counter
from pathlib import Path

import polars as pl

from assets.enrich.links.extract import links

SHARED = Path(__file__).resolve().parents[3] / "shared"
HEADER_PARAGRAPHS = 5


def read_papers(folder: Path) -> pl.DataFrame:
    """One row per listing of the dumps; the id is the file's prefix and the listing's number: `003:0042`."""
    rows = []
    for path in sorted(folder.glob("*.txt")):
        paragraphs = [part.strip() for part in path.read_text(encoding="utf-8").split("\n\n") if part.strip()]
        paragraphs = paragraphs[HEADER_PARAGRAPHS:]
        pairs = zip(paragraphs[::2], paragraphs[1::2], strict=True)
        rows += [(f"{path.name[:3]}:{number:04d}", title, text) for number, (title, text) in enumerate(pairs)]
    return pl.DataFrame(rows, schema=["paper_id", "title", "abstract"], orient="row")


def cleaned(papers: pl.DataFrame) -> pl.DataFrame:
    """The same papers after the cleaning rules."""
    from assets.validate.catalogue import RULES  # noqa: PLC0415 - only this report needs the rules
    from assets.validate.rules import apply_rules  # noqa: PLC0415

    return apply_rules(papers, RULES)


def read_gold(path: Path) -> Counter[tuple[str, str, str]]:
    """(paper_id, correct url, kind) of each labelled link."""
    with path.open(encoding="utf-8", newline="") as lines:
        return Counter(
            (f"{row['file']}:{int(row['listing']):04d}", row["correct"], row["kind"])
            for row in csv.DictReader(lines, delimiter="\t")
        )


def differences(found: pl.DataFrame, gold: Counter[tuple[str, str, str]]) -> list[str]:
    """One line for each labelled link that is not found as labelled, and for each found link that has no label."""
    hits = Counter(found.select("paper_id", "url", "kind").iter_rows())
    missed, extra = gold - hits, hits - gold
    wrong_kind = [
        (paper, url, kind, other) for paper, url, kind in missed for p, u, other in extra if (p, u) == (paper, url)
    ]
    told = {(paper, url) for paper, url, _, _ in wrong_kind}
    lines = [f"kind    {paper} {url}: {kind} taken for {other}" for paper, url, kind, other in wrong_kind]
    lines += [f"missed  {paper} {url} ({kind})" for paper, url, kind in missed if (paper, url) not in told]
    lines += [f"false   {paper} {url} ({kind})" for paper, url, kind in extra if (paper, url) not in told]
    return sorted(lines)


def speed(papers: pl.DataFrame, copies: int = 50) -> float:
    """Abstracts searched in a second, over several copies of the dumps."""
    many = pl.concat([papers.with_columns(pl.col("paper_id") + f"#{copy}") for copy in range(copies)])
    started = time.perf_counter()
    links(many)
    return many.height / (time.perf_counter() - started)


def main() -> int:
    papers = read_papers(SHARED / "dumps")
    gold = read_gold(SHARED / "gold" / "urls.tsv")
    faults = 0
    labelled = pl.col("paper_id").is_in(sorted({paper for paper, _, _ in gold}))
    for name, table in (("raw", papers), ("cleaned", cleaned(papers))):
        found = links(table)
        lines = differences(found.filter(labelled), gold)
        faults += len(lines)
        print(f"{name}: {gold.total()} labelled, {found.filter(labelled).height} found, {len(lines)} differences")
        print("".join(f"  {line}\n" for line in lines), end="")
    print(f"in abstracts without a label: {found.filter(~labelled).height}")
    for link in found.filter(~labelled).to_dicts():
        print(f"  {link['paper_id']} {link['kind']:8}{link['status']:9}{link['url']}")
    print(f"speed: {speed(papers):,.0f} abstracts a second")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
