"""Jobs: the whole way from dumps to the published file, and from there to a release, each in one process.

One process takes a third of the time of one process a step.
"""

import dagster as dg

JOB, RELEASE_JOB, RELEASE = "papersheaf", "papersheaf_release", "release"

JOBS = (
    dg.define_asset_job(
        JOB,
        selection=dg.AssetSelection.all() - dg.AssetSelection.groups(RELEASE),
        description="From raw dumps to the published file.",
        executor_def=dg.in_process_executor,
    ),
    dg.define_asset_job(
        RELEASE_JOB,
        selection=dg.AssetSelection.groups(RELEASE),
        description="From the published file to a release: files to download.",
        executor_def=dg.in_process_executor,
    ),
)
