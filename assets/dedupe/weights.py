"""Weights: what each degree of agreement of a field says for or against one work, in bits.

One table for all sources. A weight of 3 makes one work eight times as likely; the sum of a pair's weights and PRIOR is
its evidence, and 0 is the point of balance. The numbers are set by hand, field by field, with the estimates beside them
that `python -m tests.bench.linkage_weights` prints; none is fitted to a labelled set.
"""

from collections.abc import Mapping

PRIOR = -13.0
"""Bits against any two records that share a key being one work, before anything is compared."""

WEIGHTS: Mapping[str, Mapping[str, float]] = {
    "title": {
        "equal_long": 10.0, "equal": 10.0, "equal_short": 6.0, "equal_tiny": 4.0, "generic_equal": -1.5, "generic": -3.0, "near": 8.0,
        "explained": 7.5, "begins": 7.5, "begins_short": 5.5, "ends": 6.0, "similar": 6.0, "inside": 5.0,
        "inside_loose": 4.5, "within": 4.0, "within_far": -1.0, "loose": 3.5, "weak": -1.5, "different": -5.0,
    },
    "authors": {
        "all": 4.0, "all_two": 3.5, "all_one": 3.0, "most": 4.0, "half": 3.0, "alike": 2.0, "few": 0.0, "none": -4.0,
        "initials_differ": -3.0, "unknown": -2.5,
    },
    "first_author": {"equal": 1.0, "differ": -1.0, "unknown": 0.0},
    "year": {
        "equal": 2.5, "unknown": 2.0, "preprint": 1.0, "next": -2.0, "near": -3.0, "differ": -4.0, "next_alone": -3.5,
        "differ_alone": -6.0,
    },
    "venue": {"equal": 1.5, "within": 1.0, "near": 0.5, "preprint": 0.0, "unknown": 0.0, "differ": -1.0},
    "place": {
        "range": 12.0, "citation": 8.0, "volume_and_page": 7.0, "unknown": 7.0, "preprint": 6.0, "page": 6.0, "volume": 4.0,
        "page_elsewhere": 2.5, "near_page": 2.0, "one_side": 0.0, "incomparable": -1.0, "other_page": -4.5,
        "only_other_page": -6.0, "only_other_page_there": -4.0, "other_volume": -6.5, "other_volume_and_page": -9.0,
    },
    "doi": {"equal": 4.0, "unknown": 0.0, "differ": -4.0},
    "abstract": {"equal": 4.0, "near": 2.0, "loose": 0.0, "unknown": 0.0, "little": -1.5, "differ": -4.0},
    "numbers": {"equal": 0.0, "one": 0.0, "differ": -6.0},
    "kind": {"equal": 0.0, "differ": -6.0},
}  # fmt: skip
"""Field -> degree of agreement -> bits."""
