"""What all tests share: where the real data is, and that no test is timed."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("any machine", deadline=None)  # a slow machine is no failure
settings.load_profile("any machine")

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real dumps and labelled truth beside the repository; skips where it is absent."""
    if not (SHARED / "dumps").is_dir():
        pytest.skip("the real dumps are not beside this checkout (../shared/dumps)")
    return SHARED


@pytest.fixture(scope="session")
def packs(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Unpacks a pack of real data, once for each test process; skips where it is absent."""
    folder = tmp_path_factory.mktemp("packs")

    def unpacked(name: str) -> Path:
        packed = shared / "packs" / f"{name}.tar.zst"
        if not packed.exists():
            pytest.skip(f"the real data is not beside this checkout (../shared/packs/{packed.name})")
        if not (folder / name).exists():
            subprocess.run([shared / "unpack", folder, name], check=True, capture_output=True)
        return folder / name

    return unpacked
