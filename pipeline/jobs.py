"""Jobs: the whole way from dumps to the published file, in one process.

One process takes a third of the time of one process a step.
"""

import dagster as dg

JOB = "papersheaf"

JOBS = (
    dg.define_asset_job(JOB, description="From raw dumps to the published file.", executor_def=dg.in_process_executor),
)
