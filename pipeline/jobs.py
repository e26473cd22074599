"""Jobs: the whole way from dumps to the published file, and the way from validation on.

Each runs in one process, which takes a third of the time of one process a step.
"""

import dagster as dg

WHOLE = "papersheaf"
REPLAY = "papersheaf_replay"
FIRST_STAGE = "parse"

JOBS = (
    dg.define_asset_job(
        WHOLE, description="From raw dumps to the published file.", executor_def=dg.in_process_executor
    ),
    dg.define_asset_job(
        REPLAY,
        selection=dg.AssetSelection.all() - dg.AssetSelection.groups(FIRST_STAGE),
        description="From the listings of the last run to the published file: after a rule has changed.",
        executor_def=dg.in_process_executor,
    ),
)
