"""Schedules: when the pipeline runs by itself."""

import dagster as dg

from pipeline.jobs import WHOLE


def build_schedules() -> list[dg.ScheduleDefinition]:
    """One run a day, at an hour when nobody waits for it."""
    return [
        dg.ScheduleDefinition(
            name="daily",
            job_name=WHOLE,
            cron_schedule="0 5 * * *",
            execution_timezone="UTC",
            description="Every day at 05:00 UTC.",
        )
    ]
