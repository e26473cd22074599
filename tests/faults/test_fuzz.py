"""Damaged dumps of every format: never a crash, a hang or a listing that breaks its contract."""

import pytest

from assets.parse.detect import READERS
from assets.parse.reader import Reader
from tests.faults.fuzz_readers import fixture, fuzz, read_all

MUTATIONS = 10
"""Of each format; 500 and more in all. `python -m tests.faults.fuzz_readers` makes as many as are asked for."""


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: str(reader.format))
def test_mutations_of_a_dump_are_read_or_refused(reader: Reader):
    fixtures = [(str(reader.format), fixture(reader)), ("other", fixture(READERS[0]))]
    ended = fuzz(fixtures, 2 * MUTATIONS)
    gave = [what for counts in ended.values() for what in counts if what not in ("read", "refused")]
    assert gave == []


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: str(reader.format))
def test_the_sound_dump_is_read(reader: Reader):
    what, count = read_all(fixture(reader))
    assert (what, count > 0) == (str(reader.format), True)
