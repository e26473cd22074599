"""The house: which package may import which, who may know Dagster, and that a docstring says what belongs where."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("schemas", "assets", "pipeline")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
KNOW_DAGSTER = {"assets.py", "checks.py", "home.py"}
TOUCH_THE_DISK = {
    "warehouse.py",
    "read.py",
    "fingerprint.py",
    "folder.py",
    "home.py",
    "cache.py",
    "reuse.py",
    "buckets.py",
    "store.py",
    "journal.py",
    "sweep.py",
    "traces.py",
    "build.py",
    "write.py",
    "snapshot.py",
    "intake.py",
    "spill.py",
    "remote.py",
    "unpack.py",
    "apply.py",
    "diff.py",
    "patch.py",
    "stream.py",
    "thresholds.py",
    "earlier.py",
    "card_changes.py",
    "places.py",
    "deltas.py",
    "verify.py",
}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports(path: Path) -> set[str]:
    """The top-level packages that a module imports, at its head or inside a function."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_go_in_one_direction(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    right = PACKAGES[PACKAGES.index(package) + 1 :]
    assert not imports(path).intersection(right)


@pytest.mark.parametrize(
    "path", [path for path in MODULES if "pipeline" not in path.relative_to(ROOT).parts], ids=name_of
)
def test_kernels_do_not_know_dagster(path: Path) -> None:
    if path.name not in KNOW_DAGSTER:
        assert "dagster" not in imports(path)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_every_module_says_what_belongs_in_it(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", [path for path in MODULES if "assets" in path.relative_to(ROOT).parts], ids=name_of)
def test_kernels_do_not_touch_the_disk(path: Path) -> None:
    if path.name in TOUCH_THE_DISK:
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = {
        node.func.attr for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    names = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert not calls.intersection(
        {"read_text", "read_bytes", "write_text", "write_bytes", "unlink", "mkdir", "write_parquet"}
    )
    assert "open" not in names
