"""Fields of BibTeX and BibLaTeX: what each means, and what an entry takes over from those it refers to."""

import json
import re
from collections.abc import Mapping
from typing import Any

from assets.parse.formats.bibliography import IS_ARXIV_MENTION, IS_HOME_PATH, MONTHS
from assets.parse.formats.bibtex_latex import readable
from assets.parse.formats.bibtex_names import split_names
from schemas.vocabulary import RejectReason

Fields = dict[str, list[str]]
"""Name of a field in lower case -> its values, more than one where it is stated again."""

VENUES = ("journal", "journaltitle", "booktitle")
VOLUMES_ONLY = frozenset({"proceedings", "mvproceedings", "collection", "mvcollection", "book", "mvbook", "periodical"})
"""Types of entries that other entries appear in: their title may be in `booktitle`."""
NO_WORKS = frozenset({"xdata", "set", "control", "ieeetranbstctl", "string", "comment", "preamble"})
"""Types of entries that hold data or settings for others."""
LINKS = re.compile(r"url|link|ee|bdsk-url-\d+")
IS_LINK = re.compile(r"(?:https?|ftp)://\S+", re.IGNORECASE)
URL_COMMAND = re.compile(r"\\url\s*\{([^{}]+)\}")
PERSONAL = re.compile(r"owner|username|__markedentry|comment-.+|(?:.+[-_])?e-?mail|bdsk-file-\d+")
"""Fields that hold names of accounts or addresses: `comment-ann` is a remark of the user `ann`."""
FILES = frozenset({"file", "pdf", "ps", "localfile", "local-url", "attachment", "attachments"})
SINGLE = frozenset(
    (
        *("title", "author", "year", "date", "month", "journal", "journaltitle", "booktitle", "volume"),
        *("number", "issue", "pages", "doi", "eprint", "pmid"),
    )
)
"""Fields of which an entry can have one; two that differ leave open which holds."""
INHERITED = ("booktitle", "journal", "journaltitle", "year", "date", "month", "volume", "number", "issue")
"""Fields that an entry takes from the volume it appears in; never an identifier, a link or an abstract."""
DAY = re.compile(r"(?<!\d)([0-3]?\d)(?:st|nd|rd|th)?(?!\d)")
PLAIN_DATE = re.compile(r"\d{4}(?:-\d\d){0,2}")
WORD = re.compile(r"[A-Za-z]+")
ACL_LINK = re.compile(r"https?://(?:www\.)?(?:aclanthology\.(?:org|info)|aclweb\.org/anthology)/\S+", re.IGNORECASE)
OPENREVIEW_LINK = re.compile(r"https?://(?:www\.)?openreview\.net/(?:forum|pdf)\?\S+", re.IGNORECASE)


def state_entry(kind: str, key: str, own: Fields, parents: Mapping[str, Fields]) -> dict[str, Any]:
    """States an entry.

    Args:
        kind: Its type, as it is written.
        key: Its citation key.
        own: Its fields.
        parents: Entries that others refer to, by their key.

    Returns:
        Column of STATEMENT_SCHEMA -> value, for the columns that it fills.
    """
    if not own and kind.lower() not in NO_WORKS:
        return {"type_raw": kind, "source_key": key or None}
    entry = _Entry(_with_shared(own, parents))
    other = _Entry(_inherited(entry.fields, kind, parents))
    is_volume = kind.lower() in VOLUMES_ONLY
    title = entry.take("title", text=True) or (entry.take("booktitle") if is_volume else None)
    venues = VENUES if "title" in entry.fields or not is_volume else VENUES[:-1]
    links = entry.take_links()
    stated: dict[str, Any] = {
        "type_raw": kind,
        "source_key": key or None,
        "title_raw": title or other.take("title", text=True),
        "abstract_raw": entry.take("abstract", text=True),
        "authors": split_names((entry.fields.get("author") or other.fields.get("author") or [""])[0]),
        "authors_raw": entry.verbatim("author"),
        "published_raw": entry.take_date() or other.take_date(),
        "doi_raw": entry.take("doi"),
        "venue": entry.first(*venues) or other.first(*VENUES),
        "volume": entry.take("volume") or other.take("volume"),
        "issue": entry.first("number", "issue") or other.first("number", "issue"),
        "pages": entry.take("pages"),
        "categories": entry.take_categories(),
        "urls": links,
    }
    stated |= entry.take_identifiers(key, links)
    if kind.lower() in NO_WORKS:
        stated["defect"] = str(RejectReason.NOT_A_WORK)
    elif any(len({" ".join(value.split()) for value in own[name]}) > 1 for name in SINGLE & own.keys()):
        stated["defect"] = str(RejectReason.DUPLICATE_KEYS)
    return {**stated, "source_fields": entry.rest()}


class _Entry:
    """The fields of one entry, and which of them a column has taken as they are."""

    def __init__(self, fields: Fields) -> None:
        self.fields = fields
        self.taken: dict[str, int] = {}
        """Name -> how many of its values are told in full by a column."""

    def verbatim(self, name: str) -> str | None:
        """Takes the first value of a field as it is written."""
        if name not in self.fields:
            return None
        self.taken[name] = 1
        return " ".join(self.fields[name][0].split()) or None

    def take(self, name: str, *, text: bool = False) -> str | None:
        """Takes the first value of a field as it would be printed; the written form stays where they differ.

        Args:
            name: Of the field.
            text: Whether it is a title or an abstract, that the cleaning rules look at later.
        """
        if name not in self.fields:
            return None
        written = self.fields[name][0].strip()
        printed = readable(written, in_full=not text)
        if name == "pages":
            printed = re.sub(r"\s*-{2,3}\s*", "-", printed)
        if name != "abstract":
            printed, written = " ".join(printed.split()), " ".join(written.split())
        if printed == written:
            self.taken[name] = 1
        return printed or None

    def first(self, *names: str) -> str | None:
        """Takes the first of several fields."""
        return next((value for name in names if (value := self.take(name))), None)

    def take_date(self) -> str | None:
        """Takes the date: `date` of BibLaTeX, or year, month and day, as far as they are understood."""
        if date := self.take("date"):
            if not PLAIN_DATE.fullmatch(date):
                self.taken.pop("date", None)  # a range, or a date of which nobody is certain: more than a day
            if self.fields.get("year") == [date[:4]]:
                self.taken["year"] = 1
            return date
        year = self.take("year")
        if year and not PLAIN_DATE.fullmatch(year):
            self.taken.pop("year", None)
        if year is None or not re.fullmatch(r"\d{4}", year) or "month" not in self.fields:
            return year
        written = readable(self.fields["month"][0], in_full=True).strip().strip(".").lower()
        words = WORD.findall(written)
        number = (
            int(written)
            if written.isdigit() and len(written) < 3
            else MONTHS.get(words[0], 0)
            if len(words) == 1
            else 0
        )
        if not 1 <= number <= 12:
            return year
        self.taken["month"] = 1
        days = [] if written.isdigit() else DAY.findall(written)
        if not days and len(self.fields.get("day", [])) == 1 and DAY.fullmatch(self.fields["day"][0].strip()):
            days = [self.fields["day"][0].strip()]
            self.taken["day"] = 1
        if len(days) > 1:
            del self.taken["month"]
        return f"{year}-{number:02}" + (f"-{int(days[0]):02}" if len(days) == 1 and 1 <= int(days[0]) <= 31 else "")

    def take_categories(self) -> list[str]:
        """Takes class and keywords, one each."""
        found = [value for name in ("primaryclass", "eprintclass") if (value := self.take(name))]
        for name in ("keywords", "keyword"):
            for value in self.fields.get(name, []):
                printed = readable(value, in_full=True)
                between = r"[;\n]" if ";" in printed else r",\s|\n" if ", " in printed else r"[,\n]"
                found += [" ".join(one.split()) for one in re.split(between, printed)]
                if printed == value:
                    self.taken[name] = self.taken.get(name, 0) + 1
        return list(dict.fromkeys(one for one in found if one))

    def take_links(self) -> list[str]:
        """Takes links: fields that are one, and those that a field gives with a command."""
        found = []
        for name, values in self.fields.items():
            for value in values:
                if LINKS.fullmatch(name) or name in FILES:
                    link = " ".join(readable(value, in_full=True).replace("\\_", "_").split()).replace(
                        " ", "~" if "~" in value else ""
                    )
                    if IS_LINK.fullmatch(link):
                        found.append(link)
                        if link == value.strip():
                            self.taken[name] = self.taken.get(name, 0) + 1
                elif name in {"howpublished", "note", "annote"}:
                    found += [one.strip() for one in URL_COMMAND.findall(value) if IS_LINK.fullmatch(one.strip())]
        return list(dict.fromkeys(found))

    def take_identifiers(self, key: str, links: list[str]) -> dict[str, str | None]:
        """Takes identifiers other than the DOI, wherever the entry tells them."""
        found: dict[str, str | None] = {
            "pmid_raw": self.take("pmid"),
            "arxiv_raw": self.take("arxivid") or self.take("arxiv"),
        }
        if "eprint" in self.fields:
            archive = " ".join(self.fields.get(name, [""])[0] for name in ("archiveprefix", "eprinttype")).lower()
            eprint = readable(self.fields["eprint"][0], in_full=True).strip()
            if "arxiv" in archive or (
                not archive.strip() and IS_ARXIV_MENTION.match(f"arxiv:{eprint.lower().removeprefix('arxiv:')}")
            ):
                found["arxiv_raw"] = found["arxiv_raw"] or self.take("eprint")
            elif archive.strip() in {"pubmed", "pmid", "medline"}:
                found["pmid_raw"] = found["pmid_raw"] or self.take("eprint")
        if not found["arxiv_raw"]:
            told = [
                value
                for name in ("journal", "volume", "howpublished", "note", "doi")
                for value in self.fields.get(name, [])
            ]
            mention = next((one for text in (*links, *told) if (one := IS_ARXIV_MENTION.search(text[:500]))), None)
            found["arxiv_raw"] = mention[1] if mention else None
        if key.upper().startswith("DBLP:"):
            found["dblp_raw"] = key
        found["acl_raw"] = next((link for link in links if ACL_LINK.fullmatch(link)), None)
        found["openreview_raw"] = next((link for link in links if OPENREVIEW_LINK.fullmatch(link)), None)
        return found

    def rest(self) -> str:
        """What no column tells in full, as a JSON object; a field that is stated again is a list."""
        kept: dict[str, str | list[str]] = {}
        for name, values in self.fields.items():
            others = values[self.taken.get(name, 0) :]
            if name in FILES:
                others = [value for value in others if not IS_HOME_PATH.search(value)]
            if others and not PERSONAL.fullmatch(name):
                kept[name] = others[0] if len(others) == 1 else others
        return json.dumps(kept, ensure_ascii=False, separators=(",", ":")) if kept else "{}"


def _with_shared(own: Fields, parents: Mapping[str, Fields]) -> Fields:
    """The fields of an entry, and those that BibLaTeX's `xdata` shares with it."""
    fields = own
    for value in own.get("xdata", []):
        for key in value.split(","):
            shared = parents.get(key.strip(), {})
            fields = fields | {
                name: values for name, values in shared.items() if name not in fields and name != "xdata"
            }
    return fields


def _inherited(fields: Fields, kind: str, parents: Mapping[str, Fields]) -> Fields:
    """What an entry takes over from another: of a volume that it appears in, the title is where it appeared.

    An entry without a title of its own is a part or version of the other, and takes over title and authors too.
    """
    found: Fields = {}
    for key in fields.get("crossref", [])[:1]:
        parent = parents.get(key.strip(), {})
        found = {name: parent[name] for name in INHERITED if name in parent}
        if "title" not in fields:
            found |= {name: parent[name] for name in ("title", "author") if name in parent and name not in fields}
        elif "booktitle" not in found and "title" in parent and kind.lower() not in VOLUMES_ONLY:
            found["journal" if kind.lower() == "article" else "booktitle"] = parent["title"]
    return found
