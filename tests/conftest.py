"""What all tests share: where the real data is."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real dumps and labelled truth beside the repository; skips where it is absent."""
    if not (SHARED / "dumps").is_dir():
        pytest.skip("the real dumps are not beside this checkout (../shared/dumps)")
    return SHARED
