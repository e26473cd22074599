import pytest

from assets.parse.formats.arxiv_authors import linked_authors, split_authors


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ann Lee", ["Ann Lee"]),
        ("Ann Lee and Bo Ek", ["Ann Lee", "Bo Ek"]),
        ("Ann Lee, Bo Ek, and C. Ro", ["Ann Lee", "Bo Ek", "C. Ro"]),
        ("Ann\n  Lee ; Bo Ek & C. Ro", ["Ann Lee", "Bo Ek", "C. Ro"]),
        ("Ann Lee, Jr., Bo Ek III, C. Ro, II", ["Ann Lee Jr.", "Bo Ek III", "C. Ro II"]),
        ("Ann Lee (1, 2), Bo Ek (2) ((1) Tides (old), (2) Bells)", ["Ann Lee", "Bo Ek"]),
        ("Ann Lee, for the Quay Collaboration", ["Ann Lee", "Quay Collaboration"]),
        ("The Quay Collaboration: Ann Lee", ["The Quay Collaboration", "Ann Lee"]),
        ("Br\\'and Anders, B. \\\"Ek", ["Br\\'and Anders", 'B. \\"Ek']),
        ("Alexander Sandoval", ["Alexander Sandoval"]),
        ("Ann Lee,, ,", ["Ann Lee"]),
        ("", []),
    ],
)
def test_names_in_a_list_of_authors(text: str, names: list[str]) -> None:
    assert split_authors(text) == names
    assert linked_authors(text) == names


def test_names_that_are_links() -> None:
    text = '<a href="http://quay.example/Lee, A">Ann  Lee</a> (Tides), <a href="x">Bo &#xD8;k</a>, <a href="y"> </a>'
    assert linked_authors(text) == ["Ann Lee", "Bo Øk"]


def test_hostile_lists_end() -> None:
    for text in ("(" * 300_000, "((a)" * 100_000, " and" * 100_000, "<a " * 100_000, ", " * 200_000, " " * 300_000):
        assert len(split_authors(text)) < 200_000
        assert len(linked_authors(text)) < 200_000
