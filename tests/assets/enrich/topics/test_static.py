import importlib.util
import sys

import numpy as np
import polars as pl
import pytest

from assets.enrich.topics import static
from schemas.topics import DIMENSIONS


def test_without_the_package_it_is_said_what_to_do(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "wordllama", None)
    with pytest.raises(static.MissingPackageError, match=r"pip install 'papersheaf\[embeddings\]'"):
        static.load()


@pytest.mark.skipif(
    importlib.util.find_spec("wordllama") is None, reason="the extra `embeddings` is not installed (wordllama)"
)
def test_vectors_of_the_package() -> None:
    model = static.load()
    texts = pl.Series(["A kettle of boiling water.", "Water boils in a teapot.", "Beetles of the rain forest.", ""])
    known, points = static.static_vectors(texts, model)
    assert known.tolist() == [True, True, True, False]
    assert points.shape == (3, DIMENSIONS)
    assert np.allclose(np.linalg.norm(points, axis=1), 1, atol=1e-5)
    assert points[0] @ points[1] > max(points[0] @ points[2], points[1] @ points[2])
    assert (static.static_vectors(texts[::-1], model)[1][::-1] == points).all()
