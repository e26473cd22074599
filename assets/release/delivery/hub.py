"""Hub: the two files at the root of a dataset repository of the Hugging Face hub, made from those of a release.

The hub shows `README.md`, and finds the data by the paths in its YAML header: it is the pointer. Everything else of a
release lies, unchanged and verifiable, in `data/<version>/`.
"""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence

import yaml

from assets.release.layout import MEDIA_TYPES
from assets.release.manifest import ReleasedFile, ReleaseError
from schemas.release_vocabulary import FileRole

HEADER = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)
LINK = re.compile(r"(?<=\]\()(?:\./)?([^()\s#]+)(?=(?:#[^()\s]*)?\))")
PATTERN = re.compile(r"[*?\[\]{}]")
DATA = "data"
"""Folder of the releases in a repository."""
LARGE_FILES = "filter=lfs diff=lfs merge=lfs -text"
"""What the hub's repositories say of files that Git keeps elsewhere."""


def pointer(readme: str, below: str, files: Collection[str]) -> str:
    """The `README.md` of a repository: that of a release, whose paths lead to where its files are.

    Only the paths change: the data files of the header, and links to files of the release.

    Args:
        readme: That of the release, with a YAML header.
        below: Folder of the release in the repository.
        files: Paths of all files of the release.

    Raises:
        ReleaseError: If there is no header, or it names data that the release does not have.
    """
    found = HEADER.match(readme)
    if found is None:
        raise ReleaseError("README.md has no YAML header, which a hub needs")
    try:
        paths = list(_data_files(yaml.compose(found[1], Loader=yaml.SafeLoader)))
    except yaml.YAMLError as error:
        raise ReleaseError(f"README.md has a header that is no YAML: {' '.join(str(error).split())}") from error
    if not paths:
        raise ReleaseError("README.md names no data files in its header, which a hub needs")
    header = found[1]
    for node in sorted(paths, key=lambda node: node.start_mark.index, reverse=True):
        path = node.value.removeprefix("./")
        if path not in files and not PATTERN.search(path):
            raise ReleaseError(f"README.md names {path!r}, which the release does not have")
        header = (
            header[: node.start_mark.index]
            + json.dumps(f"{below}/{path}", ensure_ascii=False)
            + header[node.end_mark.index :]
        )
    body = LINK.sub(lambda link: f"{below}/{link[1]}" if link[1] in files else link[0], readme[found.end() :])
    return f"---\n{header}---\n{body}"


def _data_files(header: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    """The paths that a header names: `data_files` of each of its `configs`."""
    for configs in _values(header, "configs"):
        for config in configs.value if isinstance(configs, yaml.SequenceNode) else ():
            for told in _values(config, "data_files"):
                yield from _paths(told)


def _paths(told: yaml.Node) -> Iterator[yaml.ScalarNode]:
    """The paths in what is said of data files: one, several, by split, or each with its split."""
    if isinstance(told, yaml.ScalarNode):
        yield told
    elif isinstance(told, yaml.SequenceNode):
        for one in told.value:
            yield from _paths(one)
    elif isinstance(told, yaml.MappingNode):
        named = list(_values(told, "path"))
        for one in named or [value for _, value in told.value]:
            yield from _paths(one)


def _values(node: yaml.Node | None, name: str) -> Iterator[yaml.Node]:
    """The value of a name in a mapping, if there is one."""
    if isinstance(node, yaml.MappingNode):
        yield from (value for key, value in node.value if key.value == name)


def attributes(existing: str, files: Sequence[ReleasedFile]) -> str:
    """The `.gitattributes` of a repository: files that are no text are large ones.

    Args:
        existing: What it says so far; it stays, lines that are missing are added.
        files: The files of a release.
    """
    text = _endings(file.path for file in files if file.role == FileRole.DOCUMENTATION)
    endings = [one for one in _endings(file.path for file in files) if one not in text]
    lines = existing.splitlines()
    missing = [line for ending in endings if (line := f"{DATA}/**/*{ending} {LARGE_FILES}") not in lines]
    start = existing if not existing or existing.endswith("\n") else f"{existing}\n"
    return start + "".join(f"{line}\n" for line in missing)


def _endings(paths: Iterable[str]) -> list[str]:
    """The endings of names, as media types are told by them."""
    told = list(paths)
    return [ending for ending in MEDIA_TYPES if any(path.endswith(ending) for path in told)]
