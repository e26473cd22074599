"""Remote: files in object stores (S3, GCS, Azure) and on the web.

With what writes to stores the only module that knows obstore, which is loaded when the first URL is read. Credentials,
region and endpoint come from the environment variables of the stores' own tools: AWS_ACCESS_KEY_ID, AWS_ENDPOINT_URL,
AWS_ALLOW_HTTP and so on.
"""

import errno
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")
STORES = ("s3", "gs", "az")
"""Kinds of stores that can be listed."""
WEB = ("http", "https")
DOWNLOAD_CHUNK = 8 << 20
TRIES, TRIED_FOR = 3, timedelta(seconds=30)
"""How often, and for how long, a request that failed is made again."""
TIMEOUTS = {"connect_timeout": "10s", "read_timeout": "60s", "timeout": "6h"}
"""How long to wait for a connection, for the next bytes, and for the whole of a large object."""
UNTOLD_BEFORE = datetime(1980, 1, 1, tzinfo=UTC)
"""A modification time before this is a server's way to say that it knows none."""
LONGEST_CAUSE = 200


class RemoteError(Exception):
    """A store does not answer, or not with what was asked for; one line that names the URL."""


@dataclass(frozen=True)
class RemoteObject:
    """One object of a store, or one file on the web."""

    url: str
    key: str
    """Its path below the URL that was listed; its name, if it is what that URL names."""
    size: int
    modified_at: datetime | None
    """When it was last changed, as far as the server knows."""
    version: str
    """The server's mark of its content; empty where it gives none."""


def scheme_of(place: str) -> str:
    """The scheme of a URL in lower case; empty for a path."""
    found = SCHEME.match(place)
    return found[1].lower() if found else ""


def find_object(url: str) -> RemoteObject | None:
    """Looks for the one object that a URL names.

    Args:
        url: A URL of STORES or WEB.

    Returns:
        The object; None if there is none of this name.

    Raises:
        RemoteError: If the store does not answer.
    """
    root, key = split(url)
    if not key or key.endswith("/"):
        return None
    import obstore  # noqa: PLC0415 - a run on local files does not pay for it

    with in_one_line(url):
        try:
            return _object(root, obstore.head(client(root), key), key.rpartition("/")[2])
        except FileNotFoundError:
            return None


def list_objects(url: str) -> Iterator[RemoteObject]:
    """Lists what is below a URL, at any depth.

    Args:
        url: A URL of STORES, taken for a folder.

    Yields:
        The objects, in the order of the store, without those that only mark a folder.

    Raises:
        RemoteError: If the store does not answer, or refuses.
    """
    root, key = split(url)
    prefix = key.rstrip("/")
    import obstore  # noqa: PLC0415 - a run on local files does not pay for it

    with in_one_line(url):
        for batch in obstore.list(client(root), prefix or None):
            for told in batch:
                found = _object(root, told, told["path"][len(prefix) + bool(prefix) :])
                if found.size or find_object(found.url) is not None:  # a mark's path ends in a slash, which is not told
                    yield found


def read_object(url: str, largest: int) -> bytes:
    """Reads a small object.

    Args:
        url: Its URL.
        largest: Bytes beyond which it is cut.

    Returns:
        Its content.

    Raises:
        RemoteError: If the store does not answer, or refuses.
    """
    data = bytearray()
    with in_one_line(url):
        for chunk in _chunks(url):
            data += chunk
            if len(data) > largest:
                break
    return bytes(data[:largest])


def copy_object(url: str, path: Path, largest: int) -> None:
    """Copies an object into a new file.

    Args:
        url: Its URL.
        path: The file.
        largest: Bytes beyond which it is cut.

    Raises:
        RemoteError: If the store does not answer, or refuses.
        OSError: If the file cannot be written.
    """
    size = 0
    with path.open("xb") as file, in_one_line(url):
        for chunk in _chunks(url):
            file.write(chunk[: largest - size])
            size += len(chunk)
            if size >= largest:
                break


@contextmanager
def downloaded(url: str, scratch: Path, largest: int) -> Iterator[Path]:
    """Copies an object into a temporary file.

    Args:
        url: Its URL.
        scratch: Folder for the file; it is made if need be.
        largest: Bytes beyond which it is refused.

    Yields:
        The file; it is removed in the end.

    Raises:
        OSError: If the store does not answer or refuses, the object is too large, or the folder cannot be written.
    """
    scratch.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=scratch, prefix="remote-") as file:
        size = 0
        try:
            with in_one_line(url):
                for chunk in _chunks(url):
                    size += len(chunk)
                    if size > largest:
                        raise OSError(errno.EFBIG, f"{url} has more than {largest:,} bytes")
                    file.write(chunk)
        except RemoteError as error:
            raise OSError(errno.EIO, str(error)) from error
        file.flush()
        yield Path(file.name)


def _chunks(url: str) -> Iterator[memoryview]:
    """The content of an object, as it arrives."""
    root, key = split(url)
    import obstore  # noqa: PLC0415 - a run on local files does not pay for it

    for chunk in obstore.get(client(root), key).stream(DOWNLOAD_CHUNK):
        yield memoryview(chunk)


def split(url: str) -> tuple[str, str]:
    """The root of the store, and the path in it; that of a web address without its escapes."""
    scheme, _, rest = url.partition("://")
    host, _, key = rest.partition("/")
    if scheme.lower() not in WEB:
        return f"{scheme.lower()}://{host}", key
    if "?" in key or "#" in key:
        raise RemoteError(f"{url}: an address with a query cannot be read; download it first")
    return f"{scheme.lower()}://{host}", unquote(key)


@lru_cache(maxsize=16)
def client(root: str) -> Any:  # noqa: ANN401 - obstore's stores have no common type
    """The client of a store: it keeps connections and credentials."""
    from obstore import store  # noqa: PLC0415 - a run on local files does not pay for it

    kinds: dict[str, Any] = {"s3": store.S3Store, "gs": store.GCSStore, "az": store.AzureStore}
    plain = root.startswith("http://") or any(
        os.environ.get(f"{cloud}_ALLOW_HTTP", "").lower() in {"1", "true"} for cloud in ("AWS", "GOOGLE", "AZURE")
    )
    return kinds.get(scheme_of(root), store.HTTPStore).from_url(
        root,
        client_options={**TIMEOUTS, "allow_http": plain},
        retry_config={"max_retries": TRIES, "retry_timeout": TRIED_FOR},
    )


def _object(root: str, told: Any, key: str) -> RemoteObject:  # noqa: ANN401 - a typed dictionary that only stubs have
    """What a store says of an object."""
    modified_at: datetime | None = told["last_modified"]
    if modified_at is not None and modified_at < UNTOLD_BEFORE:
        modified_at = None
    version = "/".join(mark for mark in (told["version"], told["e_tag"]) if mark)
    return RemoteObject(f"{root}/{told['path']}", key, told["size"], modified_at, version)


@contextmanager
def in_one_line(url: str) -> Iterator[None]:
    """Turns whatever goes wrong with a store into one line."""
    from obstore.exceptions import (  # noqa: PLC0415 - a run on local files does not pay for it
        BaseError,
        PermissionDeniedError,
        UnauthenticatedError,
    )

    try:
        yield
    except FileNotFoundError as error:
        raise RemoteError(f"{url}: there is no such object") from error
    except (PermissionDeniedError, UnauthenticatedError) as error:
        raise RemoteError(f"{url}: access is denied; see the credentials in the environment") from error
    except (BaseError, ValueError) as error:
        raise RemoteError(f"{url}: {_cause(str(error))}") from error


def _cause(message: str) -> str:
    """The part of an error message of obstore that says what went wrong: before its trace, after its address."""
    code = re.search(r"<Code>(\w+)</Code>", message)
    if code and code[1] == "NoSuchBucket":
        return "there is no such bucket"
    first = message.split("\n", 1)[0]
    cause = re.split(r"(?: in [\d.]+\S?s)?(?:, after [^-]*)? - ", first)[-1]
    told = f"{code[1]}: {cause}" if code and code[1] not in cause else cause
    return " ".join(re.sub(r"<.*", "", told).split())[:LONGEST_CAUSE].rstrip(" :.")
