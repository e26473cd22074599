import json

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.parse.privacy import REMOVED, without_addresses


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("Write to ann.lee+x@mail.harbour.example.", f"Write to {REMOVED}."),
        ("a@b.cd, c@d.ef", f"{REMOVED}, {REMOVED}"),
        ("jörg@häfen.example", REMOVED),
        ('{"a":"line\\nann@b.cd"}', f'{{"a":"line\\n{REMOVED}"}}'),
        ('{"a":"\\u0041nn\\u0040b.cd"}', f'{{"a":"\\u0041{REMOVED}"}}'),
        ("mAP@0.5 of 3 @ noon, @ann", "mAP@0.5 of 3 @ noon, @ann"),
        ("nothing to see", "nothing to see"),
        (None, None),
    ],
)
def test_addresses_are_taken_out_and_all_else_stays(raw: str | None, shown: str | None) -> None:
    assert without_addresses(pl.Series([raw, "x"], dtype=pl.String)).to_list() == [shown, "x"]


@settings(max_examples=40, deadline=None)
@given(st.text(), st.text(), st.booleans())
def test_json_stays_json(before: str, after: str, ascii_only: bool) -> None:
    text = json.dumps({"field": f"{before}ann.lee@harbour.example{after}"}, ensure_ascii=ascii_only)
    text = text.encode(errors="replace").decode()
    cleared = without_addresses(pl.Series([text]))[0]
    assert REMOVED in json.loads(cleared)["field"]
    assert "lee@harbour" not in cleared
    assert without_addresses(pl.Series([cleared]))[0] == cleared
