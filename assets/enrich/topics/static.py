"""Static vectors: the mean of word vectors that came with a package, instead of what the corpus itself says.

The only module that knows the optional package. Nothing is downloaded: the vectors are in its wheel.
"""

import logging
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from assets.enrich.topics.space import Floats, unit
from assets.enrich.topics.threads import one_thread
from schemas.topics import DIMENSIONS

HOW_TO_INSTALL = "static vectors need an optional package: pip install 'papersheaf[embeddings]'"
BATCH = 64
"""Texts whose words are in memory at once."""


class MissingPackageError(Exception):
    """The optional package of static vectors is not installed."""


def load() -> Any:  # noqa: ANN401 - the package has no types
    """The word vectors.

    Raises:
        MissingPackageError: If the package is not installed, with what to do.
    """
    level = logging.getLogger().level
    try:
        wordllama = import_module("wordllama")  # optional, and .5 s to import
    except ImportError as error:
        raise MissingPackageError(HOW_TO_INSTALL) from error
    logging.getLogger().setLevel(level)  # which the package sets for everybody
    own = Path(str(wordllama.__file__)).parent  # else it looks for its tokenizer where downloads are kept
    return wordllama.WordLlama.load(trunc_dim=DIMENSIONS, cache_dir=own, disable_download=True)


def static_vectors(texts: pl.Series, model: Any) -> tuple[np.ndarray[Any, np.dtype[np.bool_]], Floats]:  # noqa: ANN401
    """The mean of the word vectors of each text.

    Args:
        texts: Texts without nulls.
        model: What `load` gave.

    Returns:
        Whether each text has a word at all, and for those that have, in order, unit vectors: texts x DIMENSIONS.
    """
    with one_thread():
        return unit(np.asarray(model.embed(texts.to_list(), batch_size=BATCH), np.float32))
