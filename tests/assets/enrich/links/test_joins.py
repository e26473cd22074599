import pytest


@pytest.mark.parametrize(
    ("text", "url"),
    [
        pytest.param("at https://github. com/lumen/lamp.", "https://github.com/lumen/lamp", id="inside the host"),
        pytest.param("at https://lumen. github.io/lamp.", "https://lumen.github.io/lamp", id="before the domain"),
        pytest.param("at https://lumen.github. io/ and", "https://lumen.github.io/", id="before the ending"),
        pytest.param("at http://www- lab.lumen.edu/ is", "http://www-lab.lumen.edu/", id="after a hyphen"),
        pytest.param("at www. lumen-lamp.org.", "https://www.lumen-lamp.org", id="after www"),
        pytest.param("at https://github.com/ lumen/lamp.", "https://github.com/lumen/lamp", id="before the owner"),
        pytest.param("at github.com/ lumen/lamp.", "https://github.com/lumen/lamp", id="before the owner, bare"),
        pytest.param("at https://github.com/lumen/ LampNet.", "https://github.com/lumen/LampNet", id="before the name"),
        pytest.param(
            "at https://github.com/lumen/ lamp.", "https://github.com/lumen/lamp", id="name ends the sentence"
        ),
        pytest.param("at https://github. com/lumen/ lamp-2 and", "https://github.com/lumen/lamp-2", id="torn twice"),
        pytest.param("at https://github.com /lumen/lamp is", "https://github.com/lumen/lamp", id="before the slash"),
        pytest.param(
            "at https://github.com/lu- men/lamp is", "https://github.com/lu-men/lamp", id="hyphen in the path"
        ),
        pytest.param("at https://lumen.github.io/ Lamp_Net/.", "https://lumen.github.io/Lamp_Net/", id="page"),
        pytest.param(
            "at https://huggingface.co/datasets/ lumen/lamps is",
            "https://huggingface.co/datasets/lumen/lamps",
            id="below datasets",
        ),
        pytest.param("see https://doi.org/ 10.1000/182 for", "https://doi.org/10.1000/182", id="DOI"),
        pytest.param("see https://bit.ly/ 3xYz9 for", "https://bit.ly/3xYz9", id="short link"),
        pytest.param("at https://lamp.org/\\allowbreak net.", "https://lamp.org/net", id="allowed break"),
    ],
)
def test_certain_breaks_are_closed(link_of, text: str, url: str) -> None:
    assert link_of(text)["url"] == url


@pytest.mark.parametrize(
    ("text", "url"),
    [
        pytest.param("See https://lumen.github.io/ for more.", "https://lumen.github.io/", id="sentence goes on"),
        pytest.param("at https://lumen.github.io/ soon.", "https://lumen.github.io/", id="ordinary word at the end"),
        pytest.param("at https://lamp.org/. In/out tests", "https://lamp.org/", id="next sentence"),
        pytest.param("at https://github.com/lumen/lamp/ LampNet.", "https://github.com/lumen/lamp/", id="complete"),
        pytest.param("at https://lab.lumen.edu/ ada/lamp.", "https://lab.lumen.edu/", id="tilde may be lost"),
        pytest.param("at https://fedlamp.ai. We welcome", "https://fedlamp.ai", id="stop after a whole host"),
        pytest.param("at https://lamp.org and/or", "https://lamp.org", id="slash between words"),
    ],
)
def test_uncertain_breaks_stay(link_of, text: str, url: str) -> None:
    assert link_of(text)["url"] == url
