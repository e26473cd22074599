"""Reuse: what the run before compared, where records and rules are the same.

The forms of a record depend on that record alone, and what is decided on a pair on its two records alone. So the forms
of unchanged records are taken from the run before, and so are the decisions on pairs of them; which pairs a block
brings depends on all records, and is found anew. What comes out is what comparing everything would give, byte for byte.

A record is unchanged when its dump, the reader of the dump, the rules that cleaned it and the code that compares are
those of the run before; each file says what it was made of.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Self

import polars as pl

from assets.fingerprint import fingerprint
from assets.spill import MADE_OF, made_of
from assets.validate.reuse import withheld_since
from schemas.match_vocabulary import MatchReason
from schemas.matches import MatchPairs
from schemas.render import polars_schema

PAIRS, FORMS = "match_pairs.parquet", "forms.parquet"
BY_PEOPLE = (MatchReason.JUDGED_SAME, MatchReason.JUDGED_DIFFERENT)
"""Reasons that depend on more than the two records."""
PAIR = ("listing_a", "listing_b")

Kernel = Callable[[pl.DataFrame], pl.DataFrame]


def code_version() -> str:
    """A fingerprint of the code that compares."""
    return fingerprint(Path(__file__).parent, ("polars", "rapidfuzz"))


def describe(rules: str, clean_listings: Path) -> str:
    """What the forms and pairs of this run are made of.

    Args:
        rules: Version of the rules that compare, in any form.
        clean_listings: The file of the clean listings; it says which rules and readers made them.

    Returns:
        A JSON object.
    """
    cleaned = {"made_by": "", "dumps": [], "withheld": [], **json.loads(made_of(clean_listings) or "{}")}
    columns = sha256(str(polars_schema(MatchPairs)).encode()).hexdigest()[:16]
    made_by = f"{rules} {columns} {cleaned['made_by']}"
    return json.dumps({"made_by": made_by, "dumps": sorted(cleaned["dumps"]), "withheld": cleaned["withheld"]})


@dataclass
class Before:
    """What the run before left, and what this run leaves in its turn.

    `forms_of` and `pairs_of` stand where a kernel would be called: they give what the kernel would give for all rows,
    and call it for as few as they can.
    """

    made_of: str = ""
    """What this run makes its forms and pairs of, as `describe` says it."""
    pairs: Path | None = None
    """The pairs of the run before, if its rules were the same."""
    forms: Path | None = None
    """Its forms, likewise."""
    fresh_records: int = field(default=0, init=False)
    """Records whose forms were made in this run."""
    fresh_pairs: int = field(default=0, init=False)
    """Pairs that were compared in this run."""
    forms_now: pl.DataFrame | None = field(default=None, init=False)
    """The forms of all records of this run."""

    @classmethod
    def load(cls, stage: Path, cache: Path, now: str) -> Self:
        """Looks at what the run before left.

        Args:
            stage: Folder of the tables.
            cache: Folder of what may be thrown away.
            now: What this run makes its forms and pairs of.
        """
        made_by = json.loads(now)["made_by"]
        pairs, forms = (path if _made_by(path) == made_by else None for path in (stage / PAIRS, cache / FORMS))
        return cls(now, pairs, forms)

    def _unchanged(self, records: pl.DataFrame, path: Path) -> pl.DataFrame:
        """The records that a file was made of: listing_id."""
        dumps = {tuple(one) for one in json.loads(made_of(path))["dumps"]} & {
            tuple(one) for one in json.loads(self.made_of)["dumps"]
        }
        was_there = pl.col("source").is_in([dump_id for dump_id, _ in dumps])
        is_back = pl.col("listing_id").is_in(withheld_since(self.made_of, made_of(path)))
        return records.filter(was_there & ~is_back).select("listing_id")

    def forms_of(self, records: pl.DataFrame, make: Kernel) -> pl.DataFrame:
        """The forms of all records.

        Args:
            records: Columns listing_id, source (the dump) and what `make` needs.
            make: Makes the forms of some records, one row each.

        Returns:
            What `make` gives for all records, sorted by listing_id.
        """
        parts = []
        new = records
        if self.forms is not None:
            unchanged = self._unchanged(records, self.forms)
            parts = [
                pl.scan_parquet(self.forms, glob=False).join(unchanged.lazy(), on="listing_id", how="semi").collect()
            ]
            new = records.join(unchanged, on="listing_id", how="anti", maintain_order="left")
        if new.height or not parts:
            parts.append(make(new))
        self.fresh_records = new.height
        self.forms_now = pl.concat(parts).sort("listing_id")
        return self.forms_now

    def pairs_of(self, candidates: pl.DataFrame, records: pl.DataFrame, compare: Kernel) -> pl.DataFrame:
        """The decisions on all pairs, as the rules make them: what people judged comes after this.

        Args:
            candidates: Columns listing_a, listing_b, blocked_by; every pair once.
            records: Columns listing_id, source (the dump).
            compare: Compares some of the candidates and decides: rows of `match_pairs`.

        Returns:
            What `compare` gives for all candidates, sorted by listing_a, listing_b.
        """
        parts = []
        new = candidates
        if self.pairs is not None:
            known = self._known_pairs(candidates, records, self.pairs)
            parts = [known]
            new = candidates.join(known, on=PAIR, how="anti", maintain_order="left")
        if new.height or not parts:
            parts.append(compare(new).select(polars_schema(MatchPairs).names()))
        self.fresh_pairs += new.height
        return pl.concat(parts).sort(PAIR)

    def _known_pairs(self, candidates: pl.DataFrame, records: pl.DataFrame, path: Path) -> pl.DataFrame:
        """Rows of `match_pairs` that hold as they stand, but for what brought the two together."""
        unchanged = self._unchanged(records, path).lazy()
        return (
            pl.scan_parquet(path, glob=False)
            .filter(~pl.col("reason").is_in(BY_PEOPLE))
            .drop("blocked_by")
            .join(unchanged, left_on="listing_a", right_on="listing_id", how="semi")
            .join(unchanged, left_on="listing_b", right_on="listing_id", how="semi")
            .join(candidates.lazy(), on=PAIR)
            .select(polars_schema(MatchPairs).names())
            .collect()
        )

    def save(self, cache: Path) -> None:
        """Keeps the forms for the next run.

        Args:
            cache: Folder of what may be thrown away; created when missing.
        """
        if self.forms_now is None:
            return
        cache.mkdir(parents=True, exist_ok=True)
        aside = cache / f"{FORMS}.tmp"
        self.forms_now.write_parquet(aside, compression="zstd", compression_level=1, metadata={MADE_OF: self.made_of})
        aside.replace(cache / FORMS)


def _made_by(path: Path) -> str:
    """The rules that a file was made by; empty where there is no such file."""
    told = made_of(path)
    return str(json.loads(told)["made_by"]) if told else ""
