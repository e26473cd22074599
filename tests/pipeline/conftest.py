"""A home that was published from the bundled samples, and the command as users call it."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "pipeline" / "samples"
SHEAF = Path(sys.executable).with_name("sheaf")

Sheaf = Callable[..., subprocess.CompletedProcess[str]]


def call(*words: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Calls `sheaf` in a process of its own; what it prints is piped, and so plain."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SHEAF_", "DAGSTER_"))}
    return subprocess.run(
        [str(SHEAF), *map(str, words)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**kept, **environment},
    )


@pytest.fixture(scope="session")
def sheaf() -> Sheaf:
    return call


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the samples in it; tests read it and change nothing."""
    home = tmp_path_factory.mktemp("published")
    done = call("run", "--raw", SAMPLES, "--home", home)
    assert done.returncode == 0, done.stdout + done.stderr
    return home
