"""Abstracts in, their links out: what the tests of the enrich step share."""

from collections.abc import Callable
from typing import Any

import pytest

from assets.enrich.links.extract import links
from tests.assets.enrich.abstracts import papers


@pytest.fixture(scope="session")
def links_of(request: pytest.FixtureRequest) -> Callable[[str], list[dict[str, Any]]]:
    """The links of an abstract that a case names `text`.

    All cases are searched in one pass: a pass compiles a hundred expressions, whatever it searches.
    """
    cases = [getattr(item, "callspec", None) for item in request.session.items]
    texts = sorted({case.params["text"] for case in cases if case and isinstance(case.params.get("text"), str)})
    table = papers(*texts)
    found: dict[str, list[dict[str, Any]]] = {text: [] for text in texts}
    text_of = dict(zip(table["paper_id"], texts, strict=True))
    for link in links(table).to_dicts():
        found[text_of[link["paper_id"]]].append(link)
    return found.__getitem__


@pytest.fixture(scope="session")
def link_of(links_of: Callable[[str], list[dict[str, Any]]]) -> Callable[[str], dict[str, Any]]:
    """The only link of an abstract."""

    def only(text: str) -> dict[str, Any]:
        (link,) = links_of(text)
        return link

    return only


@pytest.fixture(scope="session")
def urls_of(links_of: Callable[[str], list[dict[str, Any]]]) -> Callable[[str], list[str]]:
    """The links of an abstract, in their usable form."""
    return lambda text: [link["url"] for link in links_of(text)]
