"""Signatures: the documented scheme, computed the same by both kernels, for ever; and how they are kept."""

import sys
from hashlib import blake2b
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets import backends
from assets.dedupe.signatures import by_numba, by_numpy, shingles
from assets.dedupe.signatures.minhash import (
    INCREMENTS,
    MULTIPLIERS,
    SIGNATURE,
    SIGNATURE_VERSION,
    SignatureVersionError,
    checked,
    matrix,
    signature_frame,
    signatures,
)
from assets.dedupe.signatures.shingles import Kernels, Packed, pack

BACKENDS = [pytest.param(by_numba, id="numba"), pytest.param(by_numpy, id="numpy")]
ABSTRACT = "we map river sediment with an adaptive lattice of quiet sensors and correct the drift of every buoy"
TEXTS = st.text(st.sampled_from("ab é☃\t\n\0 "), max_size=60) | st.text(max_size=80)
CHUNKS = st.lists(st.lists(st.none() | TEXTS, max_size=5), max_size=4)
ALL_BITS = (1 << 64) - 1


def mixed(number: int, times: int) -> int:
    for _ in range(times):
        number = (number ^ number >> 32) * 0xD6E8FEB86659FD93 & ALL_BITS
    return number ^ number >> 32


def word_hash(word: bytes) -> int:
    """The scheme as `shingles` describes it, in plain integers."""
    number = 0x243F6A8885A308D3
    for begin in range(0, min(len(word), 256), 8):
        number = (number ^ int.from_bytes(word[begin : begin + 8], "little")) * 0x9E3779B97F4A7C15 & ALL_BITS
        number ^= number >> 32
    return number


def shingles_of(text: str) -> list[int]:
    dividers = bytes(range(0x21))
    words = text.encode().translate(bytes.maketrans(dividers, b" " * len(dividers))).split(b" ")
    hashes = [word_hash(word) for word in words if word]
    factors = (0x8CB92BA72F3D8DD7, 0xA0761D6478BD642F, 0xE7037ED1A0B428DB)
    triples = zip(hashes, hashes[1:], hashes[2:], strict=False)
    return [mixed(sum(h * f for h, f in zip(triple, factors, strict=True)) & ALL_BITS, 2) for triple in triples]


def signed_by(backend: Kernels, texts: Packed) -> list[list[int]]:
    return backend.sign(texts, MULTIPLIERS, INCREMENTS)[0].tolist()


@pytest.mark.parametrize("backend", BACKENDS)
def test_the_scheme_never_changes(backend: Kernels) -> None:
    texts = [ABSTRACT, ABSTRACT.upper(), "naïve β² vaes", "ab " * 300, "x" * 300 + " y z", "interoperability " * 3]
    signed, words = backend.sign(pack(pl.Series(texts)), MULTIPLIERS, INCREMENTS)
    assert words.tolist() == [18, 18, 3, 300, 3, 3]
    assert signed[0, :4].tolist() == [29124842, 291642493, 443118751, 335799956]
    assert blake2b(signed.astype("<u4").tobytes(), digest_size=16).hexdigest() == "2b08f55ed24e542ad2449a983d5aa0a3"


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("", 0, id="empty"),
        pytest.param("one two", 2, id="two words"),
        pytest.param(" \t one\x00two \r\n three\x1f", 3, id="control characters divide"),
        pytest.param("one\u00a0two three", 2, id="a no-break space does not"),
        pytest.param("abcdefgh ijklmnop qrstuvwx", 3, id="words of eight bytes"),
        pytest.param("é" * 4 + " " + "ü" * 8 + " ☃", 3, id="bytes above 0x7f belong to words"),
        pytest.param("a" * 255 + " " + "a" * 256 + " " + "a" * 257, 3, id="words at the limit"),
        pytest.param("a " * 7 + "b", 8, id="ends within eight bytes"),
        pytest.param(" ".join(f"w{i}" for i in range(1100)), 1100, id="longer than two segments"),
    ],
)
def test_signature_is_the_least_of_every_permutation(backend: Kernels, text: str, words: int) -> None:
    signed, counted = backend.sign(pack(pl.Series([text])), MULTIPLIERS, INCREMENTS)
    assert counted.tolist() == [words]
    found = np.array(shingles_of(text), np.uint64) >> np.uint64(32)
    every = found.astype(np.uint32)[:, None] * MULTIPLIERS + INCREMENTS
    assert signed[0].tolist() == every.min(axis=0, initial=0xFFFFFFFF).tolist()


@settings(deadline=None)  # the first call may compile
@given(chunks=CHUNKS)
def test_both_kernels_agree_on_any_text(chunks: list[list[str | None]]) -> None:
    texts = pl.concat([pl.Series("text", chunk, pl.String) for chunk in [[], *chunks]], rechunk=False)
    packed = pack(texts)
    assert len(packed.offsets) == len(texts) + 1
    one, other = (backend.sign(packed, MULTIPLIERS, INCREMENTS) for backend in (by_numba, by_numpy))
    assert np.array_equal(one[0], other[0])
    assert np.array_equal(one[1], other[1])


@settings(deadline=None)
@given(texts=st.lists(st.none() | TEXTS, max_size=8), cut=st.integers(0, 8))
def test_a_signature_depends_on_its_text_alone(texts: list[str | None], cut: int) -> None:
    series = pl.Series("text", texts, pl.String)
    whole = signatures(series)
    assert whole.dtype == SIGNATURE
    assert pl.concat([signatures(series[:cut]), signatures(series[cut:])]).equals(whole, null_equal=True)
    assert [value is None for value in whole] == [text is None or not shingles_of(text) for text in texts]


def test_batches_and_threads_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = pl.Series([f"{ABSTRACT} {i} {i % 7}" * (i % 5) for i in range(300)])
    once = signatures(texts)
    monkeypatch.setattr(shingles, "BATCH_BYTES", 700)
    monkeypatch.setattr(shingles, "BATCH_TEXTS", 7)
    for threads in (1, 3):
        monkeypatch.setattr(pl, "thread_pool_size", lambda threads=threads: threads)
        assert signatures(texts).equals(once, null_equal=True)


def test_estimates_the_overlap() -> None:
    rng = np.random.default_rng(3)
    words = [f"w{i}" for i in range(400)]
    pairs = [(words[: 200 + i], words[i:200] + words[200 : 200 + i]) for i in rng.integers(0, 100, 60)]
    one, other = (signatures(pl.Series([" ".join(pair[end]) for pair in pairs])).to_numpy() for end in (0, 1))
    told = (one == other).mean(axis=1)
    true = [len(set(shingles_of(" ".join(a))) & set(shingles_of(" ".join(b)))) for a, b in pairs]
    either = [len(set(shingles_of(" ".join(a))) | set(shingles_of(" ".join(b)))) for a, b in pairs]
    assert np.abs(told - np.array(true) / np.array(either)).mean() < 0.04


def test_without_numba_the_result_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = pl.Series([ABSTRACT, None, "naïve β² vaes"])
    compiled = signatures(texts)
    monkeypatch.setitem(sys.modules, "numba", None)
    monkeypatch.delitem(sys.modules, "assets.dedupe.signatures.by_numba")
    monkeypatch.setattr(shingles, "NUMBA_BYTES", 0)
    backends.compiled.cache_clear()
    assert shingles.kernels(1 << 40) is by_numpy
    assert signatures(texts).equals(compiled, null_equal=True)
    backends.compiled.cache_clear()


@pytest.mark.parametrize("part", [slice(0, 0), slice(1, 4), slice(2, 3), slice(0, 5)], ids=str)
def test_values_of_a_part(part: slice) -> None:
    signed = signatures(pl.Series([ABSTRACT, None, f"{ABSTRACT} and more", "two words", "one two three"]))[part]
    for some in (signed, signed.drop_nulls(), pl.concat([signed, signed], rechunk=False)):
        assert [row.tolist() for row in matrix(some)[some.is_not_null().to_numpy()]] == some.drop_nulls().to_list()


def test_stored_signatures_come_back(tmp_path: Path) -> None:
    stored = signature_frame(pl.Series(["a", "b"]), pl.Series([ABSTRACT, None]))
    stored.write_parquet(tmp_path / "signatures.parquet")
    again = checked(pl.read_parquet(tmp_path / "signatures.parquet"))
    assert again.equals(stored, null_equal=True)
    assert again["version"].unique().to_list() == [SIGNATURE_VERSION]


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(pl.col("version").str.replace("-1$", "-0"), id="older version"),
        pytest.param(pl.lit(None, pl.String).alias("version"), id="no version"),
        pytest.param(pl.col("signature").arr.to_list(), id="another type"),
        pytest.param(pl.lit(1).alias("more"), id="another column"),
    ],
)
def test_signatures_of_another_scheme_are_refused(damage: pl.Expr) -> None:
    stored = signature_frame(pl.Series(["a", "b"]), pl.Series([ABSTRACT, None]))
    with pytest.raises(SignatureVersionError):
        checked(stored.with_columns(damage))
