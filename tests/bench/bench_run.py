"""Wall time and memory of `sheaf run`, cold, beside an empty Dagster job and the bare imports in the same run.

Usage: python tests/bench/bench_run.py [RAW] [RUNS]; RAW is a folder of dumps, the bundled samples without it.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHEAF = Path(sys.executable).with_name("sheaf")
IMPORTS = "import dagster, polars, duckdb, pandera.polars"
EMPTY_JOB = """
import dagster as dg, tempfile
@dg.asset
def nothing(): return None
defs = dg.Definitions(assets=[nothing], jobs=[dg.define_asset_job("j", executor_def=dg.in_process_executor)])
with tempfile.TemporaryDirectory() as home, dg.DagsterInstance.from_config(home) as instance:
    defs.resolve_job_def("j").execute_in_process(instance=instance)
"""


def measure(command: list[str]) -> tuple[float, float]:
    """Seconds and peak memory in MB of one process."""
    started = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{command[:3]} failed")
    return time.monotonic() - started, usage.ru_maxrss / 1024


def main() -> None:
    raw = sys.argv[1] if len(sys.argv) > 1 else str(ROOT / "pipeline" / "samples")
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    home = tempfile.mkdtemp()
    run = [str(SHEAF), "run", "--raw", raw, "--home", home]
    commands = {
        "bare imports": [sys.executable, "-c", IMPORTS],
        "empty Dagster job": [sys.executable, "-c", EMPTY_JOB],
        "sheaf run, cold": run,
        "sheaf run, nothing changed": run,
    }
    figures: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for _ in range(rounds):
        shutil.rmtree(home)
        for name, command in commands.items():
            figures[name].append(measure(command))
    shutil.rmtree(home)
    print(f"{raw}, median of {rounds}")
    print(f"{'':<28}{'seconds':>9}{'worst':>9}{'MB':>8}")
    for name, found in figures.items():
        seconds, memory = zip(*found, strict=True)
        print(f"{name:<28}{statistics.median(seconds):>9.2f}{max(seconds):>9.2f}{max(memory):>8.0f}")


if __name__ == "__main__":
    main()
