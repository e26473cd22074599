"""Lists in one value of a table: subjects and links, cut where it is certain what stands between them."""

import polars as pl

from assets.parse.name_lists import LISTED, OUTSIDE_BRACKETS, list_items
from assets.parse.selective import change_items

ARXIV_SUBJECTS = r"^\s*[a-z-]+(?:\.[A-Za-z-]+)?(?:\s+[a-z-]+(?:\.[A-Za-z-]+)?)*\s*$"
"""`cs.CL stat.ML`: arXiv puts spaces between its subjects, some of which have a stop."""
ARE_LINKS = r"(?i)^\s*(?:https?|ftp)://\S+(?:[\s,;|]+(?:https?|ftp)://\S+)*[\s,;|]*$"
BETWEEN_LINKS = r"(?i)[\s,;|]+((?:https?|ftp)://)"


def split_subjects(values: pl.Series) -> pl.Series:
    """Splits values that hold the subjects of a record: a list, or with `;`, `|`, line ends, commas between."""
    values = values.fill_null("")
    is_arxiv = values.str.contains(ARXIV_SUBJECTS) & values.str.contains(r"[a-z]\.[A-Za-z]")
    split = values.str.extract_all(r"\S+").zip_with(is_arxiv, values.str.extract_all(OUTSIDE_BRACKETS))
    split = values.str.extract_all(r"[^;|\n]+").zip_with(values.str.contains(r"[;|\n]"), split)
    return change_items(list_items(values).zip_with(values.str.contains(LISTED), split), _shown)


def split_links(values: pl.Series) -> pl.Series:
    """Splits values that hold links, and nothing else."""
    links = values.set(~values.str.contains(ARE_LINKS), None).fill_null("")
    return change_items(links.str.replace_all(BETWEEN_LINKS, "\x1f$1").str.split("\x1f"), _shown)


def _shown(items: pl.Series) -> pl.Series:
    shown = items.str.strip_chars(" \t\r\n,;|")
    return shown.set(shown == "", None)
