"""The formats in which people keep bibliographies, each with its writer."""

from collections.abc import Callable

from tests.writers import (
    bibtex,
    delimited_table,
    endnote_xml,
    json_records,
    medline,
    parquet_table,
    refer,
    ris,
    web_of_science,
)

BIBLIOGRAPHIES: dict[str, Callable[..., bytes]] = {
    "bibtex": bibtex.write,
    "ris": ris.write,
    "endnote_xml": endnote_xml.write,
    "csv": delimited_table.write,
    "tsv": lambda some: delimited_table.write(some, delimiter="\t"),
    "parquet": parquet_table.write,
    "json lines": json_records.write,
    "csl-json": json_records.write_csl,
    "medline": medline.write,
    "refer": refer.write,
    "web of science": web_of_science.write,
}
