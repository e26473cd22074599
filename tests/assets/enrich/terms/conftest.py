"""Abstracts in, their terms out: what the tests of the terms share."""

from collections.abc import Callable
from typing import Any

import polars as pl
import pytest

from assets.enrich.terms.extract import terms


@pytest.fixture(scope="session")
def terms_of(request: pytest.FixtureRequest) -> Callable[..., list[dict[str, Any]]]:
    """The terms of an abstract that a case names `text`, under the title that it names `title`.

    All cases are searched in one pass: a pass compiles a hundred expressions, whatever it searches.
    """
    cases = [getattr(item, "callspec", None) for item in request.session.items]
    wanted = sorted(
        {
            (str(case.params.get("title", "")), case.params["text"])
            for case in cases
            if case and isinstance(case.params.get("text"), str)
        }
    )
    rows = [(f"p{number:016x}", title, text) for number, (title, text) in enumerate(wanted)]
    table = pl.DataFrame(rows, schema=["paper_id", "title", "abstract"], orient="row")
    found: dict[str, list[dict[str, Any]]] = {paper_id: [] for paper_id, _, _ in rows}
    for term in terms(table).to_dicts() if rows else []:
        found[term["paper_id"]].append(term)
    of = {(title, text): found[paper_id] for paper_id, title, text in rows}

    def get(text: str, *kinds: str, title: str = "") -> list[dict[str, Any]]:
        return [term for term in of[title, text] if not kinds or term["kind"] in kinds]

    return get
