from lxml import etree

from assets.parse.xml_statement import Statement
from schemas.vocabulary import RejectReason

RECORD = etree.fromstring(
    "<r xmlns:n='urn:n'><n:title xml:lang='no'>Gulls <i>near</i> &amp; far</n:title><note/><note>x</note>"
    "<abstract> </abstract><abstract> Many.\n</abstract><year>1999</year></r>"
)
COLUMNS = {"title": "title_raw", "abstract": "abstract_raw"}


def test_elements_go_to_columns_or_stay_fields() -> None:
    statement = Statement()
    others = statement.take(RECORD, COLUMNS)
    assert [name for name, _ in others] == ["note", "note", "year"]
    for _, element in others:
        statement.keep(element)
    statement.append("categories", ["a"])
    statement.append("categories", ["b"])
    assert statement.stated() == {
        "title_raw": "Gulls near & far",
        "abstract_raw": " Many.\n",
        "categories": ["a", "b"],
        "source_fields": {
            "title": {"@xml:lang": "no", "#text": "Gulls <i>near</i> &amp; far"},
            "note": "x",
            "year": "1999",
        },
    }


def test_a_field_that_is_stated_twice_is_a_defect() -> None:
    statement = Statement()
    statement.take(etree.fromstring("<r><title>a</title><title>a</title><title>b</title></r>"), COLUMNS)
    assert statement.stated() == {
        "title_raw": "a",
        "defect": RejectReason.DUPLICATE_KEYS,
        "source_fields": {"title": ["a", "b"]},
    }
