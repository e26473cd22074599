"""The release as an asset: the published file as a folder to download."""

from collections.abc import Iterator
from datetime import UTC, datetime

import dagster as dg
from pydantic import Field

from assets.home import Home
from assets.release.assertions import AssertionsError
from assets.release.build import release as build
from assets.release.manifest import ReleaseError
from assets.release.snapshot import Selection


class ReleaseSettings(dg.Config):
    """What is released, and how it is written."""

    tables: list[str] = Field(default=[], description="Names of tables; all without it.")
    formats: list[str] = Field(default=[], description="Names of formats; all without it.")
    where: str | None = Field(default=None, description="Which papers: a condition on the columns of papers, in SQL.")
    force: bool = Field(default=False, description="Whether to release also when nothing has changed.")
    bases: list[str] = Field(default=[], description="Earlier versions to compare with; the current one without it.")


ASSERTIONS = dg.AssetCheckSpec(
    "assertions",
    asset="release",
    blocking=True,
    description="Counts, filled columns, rejects, conflicts, keys and the change since the last release are in bounds.",
)


@dg.asset(deps=["warehouse"], group_name="release", kinds={"parquet", "duckdb"}, check_specs=[ASSERTIONS])
def release(home: Home, config: ReleaseSettings) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
    """The newest release: the published data set as files to download, documented and verifiable."""
    try:
        selection = Selection.of(config.tables or None, config.formats or None, config.where)
        made = build(
            home.folder, home.warehouse, selection, datetime.now(UTC), force=config.force, bases=config.bases or None
        )
    except AssertionsError as wrong:
        yield dg.AssetCheckResult(
            passed=False,
            check_name=ASSERTIONS.name,
            metadata={"faults": list(wrong.faults), "report": dg.MetadataValue.path(str(wrong.report))},
        )
        raise dg.Failure(str(wrong)) from wrong
    except ReleaseError as wrong:
        raise dg.Failure(str(wrong)) from wrong
    yield dg.MaterializeResult(
        metadata={
            "version": made.version,
            "path": dg.MetadataValue.path(str(made.folder)),
            "new": made.is_new,
            "bytes": sum(file.bytes for file in made.manifest.files),
            "data_fingerprint": made.manifest.data_fingerprint,
            "warnings": list(made.warnings),
        }
    )
    yield dg.AssetCheckResult(passed=True, check_name=ASSERTIONS.name, metadata={"warnings": list(made.warnings)})
