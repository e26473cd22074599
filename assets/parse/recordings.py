"""Recordings: answers of services that a test suite or a harvester kept together with what was asked.

Cassettes of VCR in YAML, as Python, Ruby and R write them, and JSON objects of address, status and body. The bodies are
dumps; of all else only what is needed to read them is looked at: what was asked, and by whom, is not carried.
"""

import base64
import binascii
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import yaml

from assets.parse.entries import Entry
from assets.parse.reader import Content, RefusalError
from schemas.vocabulary import DumpReason

LARGEST_RECORDING = 64 << 20
"""Bytes of a recording; the bodies in it are unpacked only afterwards."""
HEAD_BYTES = 64 << 10
MOST_EVENTS = 2_000_000
"""Keys and values of a cassette: some fifty for each answer."""
DEEPEST = 64
"""Levels of nesting in a cassette: those of requests and answers have six."""
CASSETTE = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:---[^\n]*\n|[ \t\r]*\n|#[^\n]*\n|version:[^\n]*\n|recorded_with:[^\n]*\n)*"
    rb"(?:http_)?interactions:[ \t\r]*\n[ \t]*-[ \t]+(?:request|response|recorded_at):"
)
"""The beginning of a cassette: the key of its list, and in its first item one of the keys of an interaction."""
ENVELOPE = re.compile(
    rb'(?:\xef\xbb\xbf)?\s*\{\s*((?:"(?:url|uri|status|status_code|method|reason|encoding|date)"\s*:\s*'
    rb'(?:"(?:[^"\\]|\\.)*"|-?\d+|null)\s*,\s*)+)"body"\s*:\s*"',
    re.DOTALL,
)
"""The beginning of a kept answer: an object of some scalars, then the body as a string."""
ENVELOPE_KEYS = (re.compile(rb'"ur[li]"\s*:\s*"'), re.compile(rb'"status(?:_code)?"\s*:\s*\d'))
"""What must be among these scalars."""
BLANK = re.compile(r"\s*")
LISTS = ("interactions", "http_interactions")
BINARY_TAG = "tag:yaml.org,2002:binary"
NULLS = ("", "~", "null", "Null", "NULL")
CHARSET = re.compile(r"(?i)charset\s*=\s*[\"']?([\w.:-]{1,40})")
READ_ENCODINGS = ("", "identity", "gzip", "x-gzip", "zstd")
"""Packings of a body that are undone, as the body shows; of others only the header tells."""
FIRST_ERROR = 400
"""From this status on, an answer is an error message."""


def is_recording(content: Content) -> bool:
    """Whether content is a recording."""
    head = content[:HEAD_BYTES]
    envelope = ENVELOPE.match(head)
    is_envelope = envelope is not None and all(key.search(envelope[1]) for key in ENVELOPE_KEYS)
    return is_envelope or CASSETTE.match(head) is not None


def recording_entries(content: Content, most_answers: int) -> Iterator[Entry]:
    """Lists the answers of a recording.

    Args:
        content: The recording.
        most_answers: More are too many.

    Yields:
        The answers, named by their rank from 1. Where the recording is damaged, a last entry without a path says so.
    """
    if len(content) > LARGEST_RECORDING:
        detail = f"The recording has {len(content):,} bytes; the limit is {LARGEST_RECORDING:,}."
        yield Entry("", b"", refusal=RefusalError(DumpReason.TOO_LARGE, detail))
        return
    answers = enumerate(_cassette(content) if CASSETTE.match(content[:HEAD_BYTES]) else _envelopes(content), 1)
    try:
        for rank, answer in islice(answers, most_answers):
            yield _entry(rank, answer)
        if next(answers, None) is not None:
            detail = f"The recording has more than {most_answers:,} answers."
            yield Entry("", b"", refusal=RefusalError(DumpReason.TOO_LARGE, detail))
    except RefusalError as refusal:
        yield Entry("", b"", refusal=refusal)


@dataclass
class _Answer:
    """What a recording says of one answer."""

    status: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    """The two that say how the body is packed and encoded."""
    body: bytes = b""
    refusal: RefusalError | None = None


def _entry(rank: int, answer: _Answer) -> Entry:
    """The entry of an answer; one that says nothing of a paper says why."""
    body, refusal, status = answer.body, answer.refusal, answer.status
    packing = answer.headers.get("content-encoding", "").strip().lower()
    if refusal is None and not body.strip():
        refusal = RefusalError(DumpReason.EMPTY_FILE, "The recorded answer has no body.")
    elif refusal is None and status.isdecimal() and int(status[:9]) >= FIRST_ERROR:
        refusal = RefusalError(DumpReason.ERROR_ANSWER, f"The service answered with status {status[:9]}.")
    elif refusal is None and packing not in READ_ENCODINGS and not _is_text(body):
        refusal = RefusalError(DumpReason.BINARY_FILE, f"The answer is packed as {packing[:20]!r}, which is not read.")
    charset = CHARSET.search(answer.headers.get("content-type", ""))
    header = f"{rank}\0{status}\0".encode() + body  # never the bytes of a dump that somebody else could read
    return Entry(str(rank), header, len(body), lambda: iter((body,)), charset[1] if charset else "", refusal)


def _is_text(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def _envelopes(content: Content) -> Iterator[_Answer]:
    """The answer in a JSON object, or in each of several that follow each other."""
    decoder = json.JSONDecoder(parse_int=str, parse_float=str)  # no number is too large for a string
    try:
        text, at = content[:].decode("utf-8-sig"), 0
        while blank := BLANK.match(text, at):
            if blank.end() == len(text):
                return
            found, at = decoder.raw_decode(text, blank.end())
            yield _from_envelope(found)
    except (ValueError, RecursionError) as error:
        raise _malformed(f"The recorded answer is no JSON: {error}.") from error


def _from_envelope(found: Any) -> _Answer:  # noqa: ANN401 - JSON
    if not isinstance(found, dict) or not isinstance(found.get("body"), str):
        raise _malformed("What follows the first recorded answer is none.")
    status = str(found.get("status_code", found.get("status", "")))
    return _Answer(status, body=found["body"].encode(errors="surrogatepass"))


def _cassette(content: Content) -> Iterator[_Answer]:
    """The answers of a cassette, read as a stream of events: an alias is never followed, so none can multiply."""
    path, answer = _Path(), _Answer()
    try:
        for count, event in enumerate(yaml.parse(io.BytesIO(content[:]), Loader=yaml.CSafeLoader)):
            place = path.step(event)
            if count > MOST_EVENTS:
                raise RefusalError(
                    DumpReason.TOO_LARGE, f"The recording has more than {MOST_EVENTS:,} keys and values."
                )
            if len(place) < 2 or place[0] not in LISTS or not isinstance(place[1], int):
                continue
            if len(place) == 2 and not isinstance(event, yaml.CollectionStartEvent):  # an interaction ends
                yield answer
                answer = _Answer()
            elif place[2:3] == ("response",):
                _note(answer, place[3:], event)
    except (yaml.YAMLError, ValueError) as error:
        raise _malformed(f"The recording is no YAML: {_one_line(error)}.") from error


class _Path:
    """Where in a document a stream of YAML events is."""

    def __init__(self) -> None:
        self._keys: list[str | int | None] = []
        """For each container that is open: the key or index of what comes next in it; None where that is a key."""
        self._is_list: list[bool] = []

    def step(self, event: yaml.Event) -> tuple[str | int, ...]:
        """Takes in an event; the path of the value that it is, begins or ends; none for all other events."""
        if isinstance(event, yaml.CollectionEndEvent):
            self._keys.pop()
            self._is_list.pop()
            ended = tuple(key for key in self._keys if key is not None)
            self._next()
            return ended
        if not isinstance(event, yaml.NodeEvent):
            return ()
        is_scalar = isinstance(event, yaml.ScalarEvent | yaml.AliasEvent)
        if self._keys and self._keys[-1] is None and not self._is_list[-1]:
            if isinstance(event, yaml.ScalarEvent):
                self._keys[-1] = event.value[:100]
                return ()
            raise _malformed("The recording has a key that is no text.")
        place = tuple(key for key in self._keys if key is not None)
        if is_scalar:
            self._next()
        else:
            is_list = isinstance(event, yaml.SequenceStartEvent)
            self._keys.append(0 if is_list else None)
            self._is_list.append(is_list)
            if len(self._keys) > DEEPEST:
                raise _malformed(f"The recording nests more than {DEEPEST} levels.")
        return place

    def _next(self) -> None:
        """Goes on after a value."""
        if self._keys:
            key = self._keys[-1]
            self._keys[-1] = key + 1 if isinstance(key, int) else None


def _note(answer: _Answer, place: tuple[str | int, ...], event: yaml.Event) -> None:
    """Takes from a value below `response` what is needed of it."""
    if isinstance(event, yaml.AliasEvent) and place[:1] in {(), ("body",), ("content",)}:
        answer.refusal = _malformed("The answer is an alias of another one.")
    if not isinstance(event, yaml.ScalarEvent):
        return
    match place:
        case ("body" | "content",) | ("body", "string" | "base64_string"):
            is_base64 = event.tag == BINARY_TAG or place[-1] == "base64_string"
            _note_body(answer, event, is_base64=is_base64)
        case ("body", "file") if event.value.lower() in {"yes", "true"}:
            answer.refusal = RefusalError(DumpReason.UNREADABLE, "The body of the answer is kept in another file.")
        case ("status" | "status_code",) | ("status", "code" | "status_code"):
            answer.status = event.value
        case ("headers", str(name), *_) if name.lower() in {"content-encoding", "content-type"}:
            answer.headers.setdefault(name.lower(), event.value[:200])


def _note_body(answer: _Answer, event: yaml.ScalarEvent, *, is_base64: bool) -> None:
    if not event.style and event.implicit[0] and event.value in NULLS:
        return
    try:
        answer.body = base64.b64decode(event.value) if is_base64 else event.value.encode(errors="surrogatepass")
    except (binascii.Error, ValueError):
        answer.refusal = _malformed("The body of the answer is no Base64.")


def _malformed(detail: str) -> RefusalError:
    return RefusalError(DumpReason.MALFORMED_SYNTAX, detail)


def _one_line(error: Exception) -> str:
    """What a YAML parser found, and where."""
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
        return f"line {error.problem_mark.line + 1}: {error.problem}"
    return " ".join(str(error).split())[:200].rstrip(".")
