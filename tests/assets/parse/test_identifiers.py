import re

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.parse.identifiers import COLUMN_OF, KEPT_CHARACTERS, read_identifiers
from assets.parse.privacy import REMOVED
from assets.parse.reader import statements

SHOWS_NOTHING = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
HEX = "0123456789abcdef0123456789abcdef01234567"

VALID = [
    ("arxiv", "1706.03762", "1706.03762"),
    ("arxiv", " arXiv:1706.03762v5 ", "1706.03762"),
    ("arxiv", "arXiv:1706.03762v1 [cs.CL]", "1706.03762"),
    ("arxiv", "arxiv 1706.03762.", "1706.03762"),
    ("arxiv", "https://arxiv.org/abs/1706.03762v2", "1706.03762"),
    ("arxiv", "http://arxiv.org/pdf/1706.03762v2.pdf", "1706.03762"),
    ("arxiv", "https://export.arxiv.org/html/1706.03762#S1", "1706.03762"),
    ("arxiv", "https://www.alphaxiv.org/abs/1706.03762", "1706.03762"),
    ("arxiv", "https://huggingface.co/papers/1706.03762", "1706.03762"),
    ("arxiv", "https://ar5iv.labs.arxiv.org/html/1706.03762", "1706.03762"),
    ("arxiv", "https://doi.org/10.48550/arXiv.1706.03762", "1706.03762"),
    ("arxiv", "oai:arXiv.org:math/0309136", "math/0309136"),
    ("arxiv", "math.GT/0309136v2", "math/0309136"),
    ("arxiv", "HEP-TH/9901001", "hep-th/9901001"),
    ("arxiv", "https://arxiv.org/pdf/hep-th/9901001v3.pdf", "hep-th/9901001"),
    ("arxiv", "0704.0001", "0704.0001"),
    ("arxiv", "1412.9999", "1412.9999"),
    ("arxiv", "1501.00001", "1501.00001"),
    ("doi", "10.5555/Harbour.1", "10.5555/harbour.1"),
    ("doi", "doi:10.5555/a", "10.5555/a"),
    ("doi", "DOI: https://doi.org/10.5555/a", "10.5555/a"),
    ("doi", "http://dx.doi.org/10.5555/S0140-6736(05)67728-6", "10.5555/s0140-6736(05)67728-6"),
    ("doi", "https://doi.org/10.5555%2Fa%3Cb%3E", "10.5555/a<b>"),
    ("doi", "https://doi.org/10.5555/a?from=mail", "10.5555/a"),
    ("doi", "10.5555/(sici)10&lt;1::aid&gt;3.0.co;2-#", "10.5555/(sici)10<1::aid>3.0.co;2-#"),
    ("doi", "10.5555/a).", "10.5555/a"),
    ("doi", "10.5555.12/a", "10.5555.12/a"),
    ("doi", "http://doi.publisher.example/10.5555/a", "10.5555/a"),
    ("acl", "P19-1001", "P19-1001"),
    ("acl", "https://www.aclweb.org/anthology/p19-1001/", "P19-1001"),
    ("acl", "https://aclanthology.org/2020.acl-main.1.pdf", "2020.acl-main.1"),
    ("openreview", "rJl-b3RcF7", "rJl-b3RcF7"),
    ("openreview", "https://openreview.net/forum?id=rJl-b3RcF7&noteId=a", "rJl-b3RcF7"),
    ("openreview", "https://openreview.net/pdf?id=rJl-b3RcF7", "rJl-b3RcF7"),
    ("pmid", "PMID: 0012345", "12345"),
    ("pmid", "12345.0", "12345"),
    ("pmid", "https://pubmed.ncbi.nlm.nih.gov/12345/", "12345"),
    ("dblp", "conf/tide/Ann20", "conf/tide/Ann20"),
    ("dblp", "DBLP:journals/corr/abs-1706-03762", "journals/corr/abs-1706-03762"),
    ("dblp", "https://dblp.org/rec/conf/tide/Ann20.html", "conf/tide/Ann20"),
    ("dblp", "books/tide/ann95/BrandtAK95", "books/tide/ann95/BrandtAK95"),
    ("s2", HEX.upper(), HEX),
    ("s2", f"https://www.semanticscholar.org/paper/Counting-Gulls/{HEX}", HEX),
    ("openalex", "https://openalex.org/W123", "W123"),
    ("openalex", "w123", "W123"),
]
INVALID = [
    ("arxiv", "1706.3762"),
    ("arxiv", "1713.00001"),
    ("arxiv", "0703.0001"),
    ("arxiv", "1412.00001"),
    ("arxiv", "1501.0001"),
    ("arxiv", "1706.00000"),
    ("arxiv", "hep-th/9901000"),
    ("arxiv", "hep-th/0704001"),
    ("arxiv", "gulls/9901001"),
    ("arxiv", "phy\u017fics/9901001"),
    ("arxiv", "\uff11706.03762"),
    ("arxiv", "1706.03762v0"),
    ("arxiv", "10.5555/harbour.1"),
    ("doi", "10.5/a"),
    ("doi", "10.5555/"),
    ("doi", "https://publisher.example/doi/10.5555/a"),
    ("doi", "10.5555/a 10.5555/b"),
    ("doi", "10.5555/a;10.5555/b"),
    ("doi", "10.5555/a" + ")" * 40),
    ("doi", "10.5555/" + "a" * 600),
    ("acl", "2020.acl-main"),
    ("openreview", "unknown"),
    ("pmid", "123456789"),
    ("pmid", "0"),
    ("dblp", "gulls/tide/Ann20"),
    ("s2", "CorpusId:123"),
    ("openalex", "A123"),
]


def read(**columns: list[str | None]) -> pl.DataFrame:
    length = len(next(iter(columns.values())))
    return read_identifiers(statements({"position": range(1, length + 1), **columns}))


@pytest.mark.parametrize(("kind", "raw", "normal"), VALID, ids=[f"{kind} {raw}"[:60] for kind, raw, _ in VALID])
def test_every_form_of_an_identifier_has_one_normal_form(kind: str, raw: str, normal: str) -> None:
    found = read(**{f"{kind}_raw": [raw, normal, None]})
    assert found[COLUMN_OF[kind]].to_list() == [normal, normal, None]
    assert found["invalid_ids"].to_list() == [[], [], []]


@pytest.mark.parametrize(("kind", "raw"), INVALID, ids=[f"{kind} {raw}"[:60] for kind, raw in INVALID])
def test_what_breaks_the_syntax_is_kept_aside(kind: str, raw: str) -> None:
    found = read(**{f"{kind}_raw": [raw, " "]})
    assert found[COLUMN_OF[kind]].to_list() == [None, None]
    assert found["invalid_ids"].to_list() == [[f"{kind}: {raw[:KEPT_CHARACTERS]}"], []]


def assert_stable(values: list[str | None], kind: str) -> None:
    values = [value if value and not (kind == "openreview" and value.islower()) else None for value in values]
    assert read(**{f"{kind}_raw": values})[COLUMN_OF[kind]].to_list() == values


def test_a_word_is_an_identifier_of_openreview_only_in_a_link() -> None:
    found = read(openreview_raw=["https://openreview.net/forum?id=abcdefghij", "abcdefghij"])
    assert found["openreview_id"].to_list() == ["abcdefghij", None]


def test_the_version_is_split_off() -> None:
    found = read(arxiv_raw=["1706.03762v5", "1706.03762", "hep-th/9901001v12", "gulls/9901001v3"])
    assert found["arxiv_version"].to_list() == [5, None, 12, None]


def test_a_doi_of_arxiv_states_the_arxiv_identifier_where_no_other_is_stated() -> None:
    doi = "10.48550/arXiv.1706.03762"
    found = read(doi_raw=[doi, doi, "10.5555/a"], arxiv_raw=[None, "1706.00001", None])
    assert found["arxiv_id"].to_list() == ["1706.03762", "1706.00001", None]


def test_invalid_identifiers_hold_no_address_and_come_in_one_order() -> None:
    found = read(doi_raw=["ask ann@harbour.example"], arxiv_raw=["?\n?"], openalex_raw=["A1"])
    assert found["invalid_ids"].to_list() == [["arxiv: ? ?", f"doi: ask {REMOVED}", "openalex: A1"]]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(), min_size=1), st.sampled_from(sorted(COLUMN_OF)))
def test_normal_forms_are_stable_and_nothing_is_lost(texts: list[str], kind: str) -> None:
    texts = [text.encode(errors="replace").decode() for text in texts]
    found = read(**{f"{kind}_raw": texts})
    values, invalid = found[COLUMN_OF[kind]].to_list(), found["invalid_ids"].to_list()
    for text, value, kept in zip(texts, values, invalid, strict=True):
        assert (value is not None) + len(kept) == bool(SHOWS_NOTHING.sub("", text))
    assert_stable(values, kind)


_RAW = sorted({raw for _, raw, _ in VALID} | {raw for _, raw in INVALID})
_PIECES = st.lists(st.sampled_from([*"./:()<>%&;,#?v -", *_RAW]), min_size=1, max_size=3).map("".join)


@settings(max_examples=40, deadline=None)
@given(st.lists(_PIECES, min_size=1), st.sampled_from(sorted(COLUMN_OF)))
def test_normal_forms_are_stable_for_what_resembles_identifiers(texts: list[str], kind: str) -> None:
    values = read(**{f"{kind}_raw": texts})[COLUMN_OF[kind]].to_list()
    assert_stable(values, kind)
