"""Fingerprint: what code made a table, so that whoever changes a rule cannot forget to tell."""

from collections.abc import Sequence
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

SOURCES = (".py", ".toml")
"""Files that decide what comes out: code, and the lists that are packed with it."""


def fingerprint(folder: Path, packages: Sequence[str] = ()) -> str:
    """Hashes the code of a room and the versions of what it calls.

    Args:
        folder: The room.
        packages: Distributions whose version may change what comes out.

    Returns:
        Sixteen hexadecimal digits.
    """
    code = sha256("".join(f"{name} {version(name)}, " for name in packages).encode())
    for path in sorted(one for one in folder.rglob("*") if one.suffix in SOURCES):
        code.update(f"{path.relative_to(folder).as_posix()}\0".encode() + path.read_bytes() + b"\0")
    return code.hexdigest()[:16]
