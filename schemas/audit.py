"""Audit: the account of what went in, what came out, and what became of the rest."""

from typing import Any, ClassVar

from schemas.base import Table, column
from schemas.fields import Moment, Texts, dump_id, listing_id
from schemas.vocabulary import RejectReason, Role, Stage


class RejectedListings(Table):
    """One listing that was turned away; it stays in `listings` and can be put through again."""

    class Config(Table.Config):
        metadata: ClassVar[dict[str, Any]] = {
            "schema": "audit",
            "primary_key": ("listing_id",),
            "foreign_keys": {"listing_id": "listings.listing_id", "dump_id": "dumps.dump_id"},
        }

    listing_id: str = listing_id(unique=True)
    dump_id: str = dump_id()
    stage: str = column("The step that turned it away.", isin=list(Stage))
    reason: str = column("Why; the first in the order of the checks, where several apply.", isin=list(RejectReason))
    other_reasons: Texts = column("Further reasons, in the order of the checks.", members=RejectReason)
    field: str = column("The column that failed; empty where it is the record as a whole.", nullable=True)
    detail: str = column("The beginning of the value that failed.", nullable=True)
    rule_version: str = column("Fingerprint of the rules that turned it away.")


class Ledger(Table):
    """The account of one stage for one dump: rows_in = rows_out + rows_merged + rows_rejected."""

    class Config(Table.Config):
        metadata: ClassVar[dict[str, Any]] = {
            "schema": "audit",
            "primary_key": ("stage", "dump_id"),
            "foreign_keys": {"dump_id": "dumps.dump_id"},
        }

    stage: str = column("The step.", isin=list(Stage))
    dump_id: str = dump_id()
    role: str = column("What the dump is good for.", isin=list(Role))
    rows_in: int = column("Records that the step was given.", unit="rows", ge=0)
    rows_out: int = column("Records that the step passed on.", unit="rows", ge=0)
    rows_merged: int = column("Records that joined another record of the same paper.", unit="rows", ge=0)
    rows_rejected: int = column("Records that the step turned away.", unit="rows", ge=0)
    rows_unused: int = column(
        "Records of a reference that the step was not given, because they belong to no paper of the data set: what the "
        "step before passed on is rows_in and rows_unused.",
        unit="rows",
        ge=0,
    )


class Runs(Table):
    """One run that published a data set."""

    class Config(Table.Config):
        metadata: ClassVar[dict[str, Any]] = {"schema": "audit", "primary_key": ("run_id",), "foreign_keys": {}}

    run_id: str = column("Identifier of the run, as Dagster shows it.", unique=True)
    started_at: Moment = column("When the run started.")
    seconds: float = column("How long it took, up to the moment before publication.", unit="seconds", ge=0)
    peak_memory_bytes: int = column("Largest resident memory of the process so far.", unit="bytes", ge=0)
    fingerprint: str = column("SHA-256 of the inputs, the parameters and the versions of software and rules.")
    parameters: str = column("Raw paths, references and switched-off rules, as a JSON object.")
    versions: str = column("Versions of the software and of the rules, as a JSON object.")
    dump_count: int = column("Dumps given.", ge=0)
    found_count: int = column("Records found in the dumps of feeds.", ge=0)
    parsed_count: int = column("Records that the readers stand behind.", ge=0)
    valid_count: int = column("Listings that passed every check.", ge=0)
    merged_count: int = column("Listings that joined another listing of the same paper.", ge=0)
    rejected_count: int = column("Records of feeds that were turned away.", ge=0)
    reference_count: int = column("Listings of references that joined a paper.", ge=0)
    paper_count: int = column("Papers published.", ge=0)
