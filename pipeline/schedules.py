"""Schedules: when the pipeline runs by itself."""

import dagster as dg

from pipeline.jobs import JOB

SCHEDULES = (
    dg.ScheduleDefinition(
        name="daily",
        job_name=JOB,
        cron_schedule="0 5 * * *",
        execution_timezone="UTC",
        description="Every day at 05:00 UTC.",
    ),
)
