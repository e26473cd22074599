"""Accounts: whether the numbers and names of a manifest agree with one another and with the tables."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import duckdb

from assets.release.manifest import Manifest
from assets.release.verification.outcome import Candidate, Finding, Outcome, number, outcome
from assets.release.verification.tables import one_line, source
from assets.release.versions import is_version, version_key
from schemas.release_vocabulary import ReleaseCheck
from schemas.render.sql import identifier
from schemas.vocabulary import Role

COUNTS = ("found", "parsed", "valid", "merged", "papers", "rejected")


def manifest_findings(manifest: Manifest) -> Iterator[Finding]:
    """What a manifest says of when it was made and what it follows."""
    if not is_version(manifest.version):
        yield Finding("version", "it is none")
        return
    try:
        day = datetime.fromisoformat(manifest.released_at).strftime("%Y.%m.%d")
    except ValueError:
        yield Finding("released_at", "it is no moment")
    else:
        if not manifest.version.startswith(f"{day}."):
            yield Finding("released_at", f"release {manifest.version} was not made on {day}")
    if manifest.base is not None and not is_version(manifest.base):
        yield Finding("base", "it is no version")
    elif manifest.base is not None and version_key(manifest.base) >= version_key(manifest.version):
        yield Finding("base", f"{manifest.base} does not come before {manifest.version}")


def check_funnel(candidate: Candidate) -> Outcome:
    """Adds up what became of the records."""
    funnel = candidate.manifest.funnel
    found = sum(funnel.get(role, {}).get("found", 0) for role in Role)
    return outcome(ReleaseCheck.FUNNEL, number(found, "record"), funnel_findings(candidate.manifest))


def funnel_findings(manifest: Manifest) -> Iterator[Finding]:
    """What does not add up in a funnel."""
    for role in Role:
        counts = manifest.funnel.get(role)
        if counts is None or any(name not in counts for name in COUNTS):
            yield Finding(f"funnel of {role}s", f"it does not say all of {', '.join(COUNTS)}")
            continue
        found, parsed, valid, merged, papers, rejected = (counts[name] for name in COUNTS)
        if found != valid + rejected or not valid <= parsed <= found:
            yield Finding(f"funnel of {role}s", f"{found:,} found are not {valid:,} valid and {rejected:,} rejected")
        unused = valid - merged - papers
        if unused < 0 or (unused and role is Role.FEED):
            yield Finding(f"funnel of {role}s", f"{valid:,} valid are not {merged:,} merged and {papers:,} papers")
        listed = sum(count for dump in manifest.dumps if (count := _listings(dump, role)))
        if listed != found:
            yield Finding(f"funnel of {role}s", f"{found:,} found are not the {listed:,} of its dumps")
    papers = sum(counts.get("papers", 0) for counts in manifest.funnel.values())
    told = manifest.tables.get("papers")
    if told and manifest.parameters.get("where") is None and told["rows"] != papers:
        yield Finding("papers", f"the table has {told['rows']:,} rows, the funnel {papers:,} papers")


def _listings(dump: Mapping[str, Any], role: Role) -> int:
    count = dump.get("listing_count")
    return count if dump.get("role") == role and isinstance(count, int) else 0


def check_dumps(candidate: Candidate) -> Outcome:
    """Compares the dumps of the manifest with the table of dumps; of a subset, those that it has."""
    file = candidate.tables().get("dumps")
    if file is None:
        return outcome(ReleaseCheck.DUMPS, "the table of dumps is not released", (), is_done=False)
    told = {str(dump.get("dump_id")): dict(dump) for dump in candidate.manifest.dumps}
    findings = _dump_findings(candidate, told, source(candidate, file))
    return outcome(ReleaseCheck.DUMPS, number(len(told), "dump"), findings)


def _dump_findings(candidate: Candidate, told: Mapping[str, dict[str, Any]], table: str) -> Iterator[Finding]:
    names = sorted({name for dump in told.values() for name in dump} | {"dump_id"})
    try:
        rows = candidate.connection.execute(f"SELECT {', '.join(map(identifier, names))} FROM {table}").fetchall()
    except duckdb.Error as error:
        yield Finding("dumps.parquet", one_line(error))
        return
    stored = {row[names.index("dump_id")]: dict(zip(names, row, strict=True)) for row in rows}
    for dump, facts in sorted(stored.items()):
        if dump not in told:
            yield Finding(f"dump {dump}", "the manifest does not know it")
        elif told[dump] != facts:
            differing = [name for name in names if told[dump].get(name) != facts[name]]
            yield Finding(f"dump {dump}", f"its {differing[0]} in the manifest is another")
    if candidate.manifest.parameters.get("where") is None:
        for dump in sorted(told.keys() - stored.keys()):
            yield Finding(f"dump {dump[:64]}", "it is not in the table of dumps")
    if len(told) != len(candidate.manifest.dumps):
        yield Finding("dumps", "the manifest lists one twice")
