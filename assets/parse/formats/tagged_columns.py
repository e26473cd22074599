"""Columns of tagged records: a value is taken for a column once; what nobody took goes to `source_fields`."""

import numpy as np
import polars as pl

from assets.jsontext import as_json
from assets.parse.formats.tagged_lines import Bools, TaggedRecords, tag_letters, tag_number
from assets.parse.spans import Offsets

Strings = pl.Series

CONTINUED = r"[ \t]*(?:\r\n?|\n)[ \t]+"
"""The break before a continued line, that is indented."""
BREAK = r"\r\n?"
PLAIN_DATE = r"^(?:\d{4}|\d{4}[-/]\d{1,2}(?:[-/]\d{1,2})?|(?:\d{4} )?[A-Za-z]{3,9}\.?(?: \d{1,2})?)$"
"""A date, or the day of one, of which nothing is lost when it is read."""
ANY_BREAK = r"\s*[\r\n]\s*"


class Columns:
    """Hands out the values of records by tag, and remembers which were handed out.

    Args:
        records: Of one window.
        listed: Tags of which every line is a value of its own, also where it is indented.
    """

    def __init__(self, records: TaggedRecords, listed: tuple[str, ...] = ()) -> None:
        self.records = records
        is_listed = np.isin(records.tags, np.array([tag_number(tag) for tag in listed], dtype=np.uint32))
        self.values = _with_plain_breaks(records.values, is_listed)
        self.is_taken = np.zeros(len(self.values), dtype=np.bool_)

    def rows(self, *tags: str) -> Offsets:
        """Values that have one of the tags, in the order of the dump."""
        return np.flatnonzero(np.isin(self.records.tags, np.array([tag_number(tag) for tag in tags], dtype=np.uint32)))

    def find(self, *tags: str, among: Bools | None = None) -> Offsets:
        """Finds for each record the first value of the first tag that it has.

        Args:
            tags: The most telling first.
            among: Which values are considered; all of them by default.

        Returns:
            Index of a value per record; -1 where it has none.
        """
        found = np.full(len(self.records), -1)
        for tag in reversed(tags):
            rows = self.rows(tag)[::-1]
            if among is not None:
                rows = rows[among[rows]]
            found[self.records.record[rows]] = rows
        return found

    def take(self, found: Offsets) -> Strings:
        """The found values, null where nothing was found; they count as taken."""
        self.is_taken[found[found >= 0]] = True
        return self.peek(found)

    def peek(self, found: Offsets) -> Strings:
        """The found values, null where nothing was found."""
        return self.values.gather(pl.Series(found, dtype=pl.Int64).replace(-1, None))

    def take_dates(self, found: Offsets) -> Strings:
        """The found dates, null where nothing was found; those that may say more than a day count as not taken."""
        dates = self.peek(found)
        self.drop(found[dates.str.contains(PLAIN_DATE).fill_null(value=False).to_numpy()])
        return on_one_line(dates)

    def first(self, *tags: str) -> Strings:
        """Takes the first value of the first tag that each record has, its lines joined."""
        return on_one_line(self.take(self.find(*tags)))

    def joined(self, *tags: str) -> Strings:
        """Takes all values of the first tag that each record has, one a line."""
        found = self.find(*tags)
        chosen = np.where(found >= 0, self.records.tags[found], 0) if len(self.values) else found
        rows = self.rows(*tags)
        rows = rows[self.records.tags[rows] == chosen[self.records.record[rows]]]
        return self.lists(rows).list.join("\n").set(pl.Series(found < 0), None)

    def lists(self, rows: Offsets, separator: str | None = None) -> pl.Series:
        """Takes values as one list per record.

        Args:
            rows: Indices of values.
            separator: Regular expression; each value is cut where it matches.
        """
        self.is_taken[rows] = True
        frame = pl.DataFrame({"record": self.records.record[rows], "value": self.values.gather(rows)})
        if separator and frame["value"].str.contains(separator).any():
            parts = pl.col("value").str.replace_all(separator, "\x1f").str.split("\x1f")
            frame = frame.with_columns(parts.alias("value")).explode("value")
            frame = frame.with_columns(pl.col("value").str.strip_chars()).filter(pl.col("value") != "")
        return self.as_lists(frame)

    def as_lists(self, frame: pl.DataFrame) -> pl.Series:
        """Gathers rows of `record` and `value` into one list per record, empty where there is none."""
        gathered = frame.group_by("record", maintain_order=True).agg("value")
        place = np.full(len(self.records), -1)
        place[gathered["record"].to_numpy()] = np.arange(len(gathered))
        return gathered["value"].gather(pl.Series(place, dtype=pl.Int64).replace(-1, None))

    def drop(self, rows: Offsets) -> None:
        """Leaves values out: they are in no column and not in `source_fields`."""
        self.is_taken[rows] = True

    def states_two(self, *tags: str) -> Bools:
        """Whether a record states one of the tags twice, and differently."""
        states = np.zeros(len(self.records), dtype=np.bool_)
        for tag in tags:
            rows = self.rows(tag)
            same = np.flatnonzero(np.diff(self.records.record[rows]) == 0)
            if len(same):
                former, latter = (on_one_line(self.values.gather(rows[at])) for at in (same, same + 1))
                states[self.records.record[rows[same]][(former != latter).to_numpy()]] = True
        return states

    def rest(self) -> Strings:
        """What was not taken, as a JSON object per record: a string for each tag, or a list where it occurs again."""
        rows = np.flatnonzero(~self.is_taken)
        frame = pl.DataFrame(
            {"record": self.records.record[rows], "tag": self.records.tags[rows], "value": self.values.gather(rows)}
        )
        names = {number: f'"{tag_letters(number)}":' for number in frame["tag"].unique().to_list()}
        one = pl.col("value").list
        fields = (
            frame.with_columns(as_json("value"))
            .group_by("record", "tag", maintain_order=True)
            .agg("value")
            .with_columns(pl.when(one.len() > 1).then("[" + one.join(",") + "]").otherwise(one.first()).alias("value"))
            .select("record", pl.col("tag").replace_strict(names, return_dtype=pl.String) + pl.col("value"))
            .rename({"tag": "value"})
        )
        return "{" + self.as_lists(fields).fill_null([]).list.join(",") + "}"


def named_together(authors: pl.Series) -> Strings:
    """All names of a record in one text; null where it has none."""
    return authors.list.join("; ").set(authors.list.len().fill_null(0) == 0, None)


def on_one_line(values: Strings) -> Strings:
    """Values without line breaks."""
    return values.str.replace_all(ANY_BREAK, " ") if values.str.contains("\n", literal=True).any() else values


def _with_plain_breaks(values: Strings, is_listed: Bools) -> Strings:
    """Values with one kind of line break, and none before a line that is only continued."""
    rows = np.flatnonzero(values.str.contains_any(["\n", "\r"]).to_numpy())
    if not len(rows):
        return values
    broken = values.gather(rows)
    plain = broken.str.replace_all(CONTINUED, " ").str.replace_all(BREAK, "\n")
    if is_listed[rows].any():
        plain = broken.str.replace_all(ANY_BREAK, "\n").zip_with(pl.Series(is_listed[rows]), plain)
    return values.scatter(rows, plain)
