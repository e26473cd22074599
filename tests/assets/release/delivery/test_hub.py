"""The files at the root of a hub's repository."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assets.release.delivery.hub import attributes, pointer
from assets.release.manifest import ReleasedFile, ReleaseError
from schemas.release_vocabulary import FileRole
from tests.deliveries import CARD, V1, files_of

BELOW = f"data/{V1}"


def header(text: str) -> dict[str, object]:
    found: dict[str, object] = yaml.safe_load(text.split("---\n")[1])
    return found


def test_only_the_paths_of_a_card_change() -> None:
    before, after = header(CARD), header(pointer(CARD, BELOW, files_of(V1)))
    assert [config["data_files"] for config in after.pop("configs")] == [
        f"{BELOW}/papers.parquet",
        [{"split": "small", "path": f"{BELOW}/samples/papers-1k.parquet"}],
        [f"{BELOW}/links.parquet"],
    ]
    before.pop("configs")
    assert after == before


def test_links_to_files_of_the_release_lead_there() -> None:
    body = pointer(CARD, BELOW, files_of(V1)).split("---\n")[2]
    assert f"[the dictionary]({BELOW}/dictionary.md#papers), [us](https://example.org/dictionary.md)" in body
    assert "`papers.parquet`" in body


@pytest.mark.parametrize(
    ("data_files", "paths"),
    [
        ("'a.parquet'", "{b}/a.parquet"),
        ("{train: a.parquet, test: [b.parquet, './a.parquet']}", {"train": 0, "test": [1, 0]}),
        ("[a.parquet, b.parquet]", [0, 1]),
        ("[{split: x, path: [a.parquet, b.parquet]}]", [{"split": "x", "path": [0, 1]}]),
        ('"*.parquet"', "{b}/*.parquet"),
    ],
    ids=["one", "by split", "several", "a split of several", "a pattern"],
)
def test_every_way_to_name_data_files(data_files: str, paths: object) -> None:
    def named(told: object) -> object:
        if isinstance(told, dict):
            return {key: value if key == "split" else named(value) for key, value in told.items()}
        if isinstance(told, list):
            return [named(one) for one in told]
        return told.format(b=BELOW) if isinstance(told, str) else f"{BELOW}/{'ab'[told]}.parquet"

    text = f"---\nconfigs:\n- config_name: x\n  data_files: {data_files}\n---\n"
    [config] = header(pointer(text, BELOW, {"a.parquet", "b.parquet"}))["configs"]
    assert config["data_files"] == named(paths)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60), st.booleans())
def test_hostile_names_and_texts_pass_unchanged(text: str, before: bool) -> None:
    told = {"pretty_name": text, "configs": [{"data_files": "a.parquet", "config_name": text}], "z": [text]}
    names = ["pretty_name", "configs", "z"] if before else ["configs", "z", "pretty_name"]
    card = yaml.safe_dump({name: told[name] for name in names}, sort_keys=False, allow_unicode=True)
    if "\n---\n" in card:
        return
    stated = yaml.safe_load(card)  # a control character that the writer of YAML lets through is read as another
    changed = pointer(f"---\n{card}---\n{text}", BELOW, {"a.parquet"})
    again = yaml.safe_load(changed[4 : changed.index("\n---\n")])
    [config] = stated.pop("configs")
    assert again.pop("configs") == [{**config, "data_files": f"{BELOW}/a.parquet"}]
    assert again == stated


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("# Gulls\n", "has no YAML header"),
        ("---\n# Gulls\n", "has no YAML header"),
        ("---\na: [\n---\n", "has a header that is no YAML"),
        ("---\n- configs\n---\n", "names no data files"),
        ("---\nconfigs: papers.parquet\n---\n", "names no data files"),
        ("---\nconfigs:\n- data_files: []\n- 3\n---\n", "names no data files"),
        ("---\nconfigs:\n- data_files: ../x.parquet\n---\n", "names '../x.parquet', which the release does not have"),
    ],
    ids=["no header", "no end", "no YAML", "a list", "no configs", "no files", "a file that is not there"],
)
def test_a_card_that_cannot_point(text: str, told: str) -> None:
    with pytest.raises(ReleaseError, match=told) as wrong:
        pointer(text, BELOW, {"papers.parquet"})
    assert "\n" not in str(wrong.value)


def test_files_that_are_no_text_are_large_ones() -> None:
    files = [
        ReleasedFile(path, role, 1, "0", "x")
        for path, role in (
            ("papers.csv.gz", FileRole.DATA),
            ("README.md", FileRole.DOCUMENTATION),
            ("samples/papers-1k.parquet", FileRole.SAMPLE),
            ("statistics.json", FileRole.DOCUMENTATION),
            (f"delta/{V1}/delta.json", FileRole.DELTA),
            (f"delta/{V1}/removed.jsonl.zst", FileRole.DELTA),
        )
    ]
    text = attributes("", files)
    assert [line.split()[0] for line in text.splitlines()] == [
        f"data/**/*{ending}" for ending in (".parquet", ".jsonl.zst", ".csv.gz")
    ]
    assert attributes(text, files) == text
    assert attributes("*.bin -text", files) == f"*.bin -text\n{text}"
