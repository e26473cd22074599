"""Answers of services in recordings: cassettes of VCR and JSON envelopes."""

import base64
import gzip
import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assets.parse import recordings
from assets.parse.containers import Member, open_container
from assets.parse.recordings import is_recording, recording_entries
from schemas.vocabulary import Compression, DumpReason

BODY = json.dumps({"message": {"title": ["Counting gulls", "čaj"]}})
BINARY = base64.b64encode(gzip.compress(BODY.encode())).decode()


def python_cassette(*responses: dict[str, object]) -> bytes:
    """As vcrpy writes it: the headers are lists, bodies that are not text are binary."""
    asked = {
        "body": "",
        "headers": {"user-agent": ["me@home.example"]},
        "method": "GET",
        "uri": "https://api.example/1",
    }
    told = [{"request": asked, "response": response} for response in responses]
    return yaml.safe_dump({"interactions": told, "version": 1}).encode()


def response(body: object, code: int = 200, **headers: str) -> dict[str, object]:
    return {
        "body": {"string": body},
        "headers": {name.replace("_", "-"): [value] for name, value in headers.items()},
        "status": {"code": code, "message": "OK"},
    }


R_CASSETTE = """http_interactions:
- request:
    method: get
    uri: https://api.example/works?rows=1
    body:
      encoding: ''
      string: ''
    headers:
      Accept-Encoding: gzip, deflate
  response:
    status:
      status_code: '200'
      message: OK
    headers:
      content-encoding: gzip
      content-type: application/json
    body:
      encoding: ''
      file: no
      string: '{"title":"It''s
        folded"}'
  recorded_at: 2022-11-09 12:34:58 GMT
  recorded_with: vcr/1.2.0
- request:
    method: get
    uri: https://api.example/works/none
  response:
    status:
      status_code: '404'
    body:
      encoding: ''
      file: no
      string: Resource not found.
- request: {method: get}
  response:
    status: {status_code: '200'}
    body: {file: yes, string: kept/elsewhere.json}
"""


def envelope(**fields: object) -> bytes:
    return json.dumps({"url": "https://api.example/q?x=[1]&y={2}", "status_code": 200, "body": BODY, **fields}).encode()


def opened(content: bytes) -> list[Member]:
    members = open_container(content, Path("never-needed"))
    assert members is not None
    return list(members)


def reasons(content: bytes) -> list[DumpReason | None]:
    return [member.refusal and member.refusal.reason for member in opened(content)]


def test_text_and_binary_bodies_of_python() -> None:
    content = python_cassette(response(BODY), response(gzip.compress(BODY.encode()), content_encoding="gzip"))
    assert b"!!binary" in content
    assert [(one.path, one.content.decode(), one.compression) for one in opened(content)] == [
        ("1", BODY, Compression.NONE),
        ("2", BODY, Compression.GZIP),
    ]


@pytest.mark.parametrize(
    "answer",
    [
        {"body": BODY, "status": 200},
        {"content": BODY, "http_version": "HTTP/1.1", "status_code": 200},
        {"body": {"base64_string": BINARY, "encoding": "UTF-8"}, "status": {"code": 200}},
        {"body": {"string": BODY.encode()}, "headers": {"Content-Encoding": ["br"]}},
    ],
    ids=["plain", "httpx", "base64", "packed before, by its header"],
)
def test_other_ways_to_keep_a_body(answer: dict[str, object]) -> None:
    assert [one.content.decode() for one in opened(python_cassette(answer))] == [BODY]


def test_r_and_ruby() -> None:
    first, second, third = opened(R_CASSETTE.encode())
    assert json.loads(first.content) == {"title": "It's folded"}
    assert (second.path, second.content) == ("2", b"2\x00404\x00Resource not found.")
    assert [one.refusal and one.refusal.reason for one in (first, second, third)] == [
        None,
        DumpReason.ERROR_ANSWER,
        DumpReason.UNREADABLE,
    ]
    assert second.refusal is not None
    assert second.refusal.detail == "The service answered with status 404."


@pytest.mark.parametrize("body", ["", None, b"", " \n"], ids=["text", "null", "bytes", "blank"])
def test_an_answer_without_a_body(body: object) -> None:
    assert reasons(python_cassette(response(body), response("x"))) == [DumpReason.EMPTY_FILE, None]


def test_bodies_that_cannot_be_unpacked() -> None:
    packed = response(b"\x83\xff\xfe", content_encoding="br")
    cut = response(gzip.compress(BODY.encode())[:-3], content_encoding="gzip")
    broken = {"body": {"base64_string": "a"}}
    assert reasons(python_cassette(packed, cut, broken, response("x"))) == [
        DumpReason.BINARY_FILE,
        DumpReason.DAMAGED_ARCHIVE,
        DumpReason.MALFORMED_SYNTAX,
        None,
    ]


def test_what_was_asked_is_not_carried() -> None:
    assert b"me@home" not in b"".join(one.content for one in opened(python_cassette(response(BODY))))


def test_envelopes() -> None:
    assert [one.content.decode() for one in opened(envelope())] == [BODY]
    assert [one.path for one in opened(envelope() + b"\n" + envelope() + b"\n")] == ["1", "2"]
    assert reasons(envelope(status_code=404)) == [DumpReason.ERROR_ANSWER]
    assert reasons(envelope(body="")) == [DumpReason.EMPTY_FILE]
    assert opened(envelope(body="\ud800"))[0].content == b"\xed\xa0\x80"


@pytest.mark.parametrize(
    ("content", "whole"),
    [
        (envelope()[:-20], 0),
        (envelope() + envelope()[:-20], 1),
        (envelope() + b"[1]", 1),
        (envelope()[:-1] + b', "x": ' + b"[" * 100_000, 0),
        (envelope()[:-1] + b', "x": ' + b"9" * 10_000 + b"}", 1),
        (envelope().replace(b"Counting", b"\xff\xff"), 0),
        (python_cassette(response(BODY), response(BODY))[:-120], 1),
        (python_cassette(response(BODY)) + b"\n  bad: [", 1),
        (python_cassette(response(BODY)).replace(b"version: 1", b"? {a: 1}\n: 2"), 1),
        (python_cassette(response(BODY)) + b"x: " + b"[" * 100_000, 1),
        (python_cassette(response(BODY)) + b"\xff\xff", 0),
    ],
    ids=[
        "cut",
        "second cut",
        "other JSON",
        "deep",
        "huge number",
        "not UTF-8",
        "cut tape",
        "bad end",
        "odd key",
        "deep tape",
        "odd bytes",
    ],
)
def test_what_is_whole_before_the_damage_is_read(content: bytes, whole: int) -> None:
    found = reasons(content)
    assert found.count(None) >= whole
    assert set(found) <= {None, DumpReason.MALFORMED_SYNTAX, DumpReason.EMPTY_FILE}
    assert found[-1] is DumpReason.MALFORMED_SYNTAX or found == [None]


def test_aliases_are_never_followed() -> None:
    laughs = "a: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    laughs += "".join(f"b{level}: &a{level + 1} [{', '.join([f'*a{level}'] * 10)}]\n" for level in range(30))
    merges = "c: &m0 {x: 1}\n" + "".join(
        f"d{level}: &m{level + 1} {{<<: [*m{level}, *m{level}]}}\n" for level in range(60)
    )
    tape = python_cassette(response(BODY)) + laughs.encode() + merges.encode()
    assert [one.content.decode() for one in opened(tape)] == [BODY]
    again = b"interactions:\n- request: {}\n  response: &r {body: {string: text}}\n- request: {}\n  response: *r\n"
    assert reasons(again) == [None, DumpReason.MALFORMED_SYNTAX]


def test_an_interaction_without_an_answer_is_told() -> None:
    content = b"interactions:\n- request: {}\n- text\n- {}\n- request: {}\n  response: {body: {string: x}}\n"
    assert reasons(content) == [*[DumpReason.EMPTY_FILE] * 3, None]


@pytest.mark.parametrize(
    "content",
    [
        b"interactions: 3",
        b"interactions:\n- name: x\n",
        b"# about\ntitle: interactions:\n- request: {}",
        b'{"url": "x", "body": "y"}',
        b'{"url": "x", "status": "open", "body": "y"}',
        b'{"status": 1, "body": "y"}',
        b'{"url": "x", "status": 1, "body": {}}',
        b'[{"url": "x", "status": 1, "body": "y"}]',
        b'{"title": "x", "url": "x", "status": 1, "body": "y"}',
        b'{"u' * 30_000,
        b'{"url": "' + b"\\" * 60_000,
        b"\n" * 60_000,
    ],
)
def test_what_is_no_recording(content: bytes) -> None:
    assert not is_recording(content)


@pytest.mark.parametrize("before", [b"---\n", b"# kept\n\n", b"version: 1\n", b"\xef\xbb\xbf"])
def test_what_may_come_before(before: bytes) -> None:
    assert is_recording(before + b"interactions:\n- request: {}\n")
    assert is_recording(before + b"http_interactions:\r\n  - recorded_at: x\r\n")


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    two = python_cassette(response("a"), response("b"))
    assert [entry.refusal and entry.refusal.reason for entry in recording_entries(two, 1)] == [
        None,
        DumpReason.TOO_LARGE,
    ]
    monkeypatch.setattr(recordings, "LARGEST_RECORDING", 100)
    assert reasons(two) == [DumpReason.TOO_LARGE]
    monkeypatch.undo()
    monkeypatch.setattr(recordings, "MOST_EVENTS", 20)
    assert reasons(two)[-1] is DumpReason.TOO_LARGE


def test_large_tapes() -> None:
    body = "x" * 2_000_000
    assert len(opened(python_cassette(*[response(body)] * 2))[0].content) == 2_000_000
    many = b"interactions:\n" + b"- request: {}\n  response: {body: {string: x}}\n" * 20_000
    assert len(opened(many)) == 20_000


@given(st.data())
def test_mutations_end_in_members(data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from([R_CASSETTE.encode(), envelope(), python_cassette(response(BODY))]))
    at = data.draw(st.integers(0, len(whole)))
    content = whole[:at] + data.draw(st.binary(max_size=20)) + whole[at + data.draw(st.integers(0, 30)) :]
    members = open_container(content, Path("never-needed"))
    assert members is None or list(members)
