import pytest

from assets.validate.restore.latex_accents import RULES
from tests.assets.validate.cases import through


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        pytest.param(r"the Fr\'echet mean", r"the Fréchet mean", id="acute"),
        pytest.param(r"a na\"ive map", r"a naïve map", id="diaeresis"),
        pytest.param(r"a na{\"\i}ve and na\"{\i}ve map", r"a naïve and naïve map", id="dotless i in braces"),
        pytest.param(r"na\"\i ve", r"naïve", id="dotless i and a space"),
        pytest.param(r"S\~ao and Gar\c{c}on", r"São and Garçon", id="tilde and cedilla"),
        pytest.param(r"\v{S}koda, Erd\H{o}s, Erd\H os", r"Škoda, Erdős, Erdős", id="caron and double acute"),
        pytest.param(r"S\o ren, S{\o}ren, S\o{}ren", r"Søren, Søren, Søren", id="stroke"),
        pytest.param(r"Stra\ss e and Soko{\l}ow", r"Straße and Sokołow", id="sharp s and l"),
        pytest.param(r"\AA ngstr\"om, \O rsted, {\AE}sop", r"Ångström, Ørsted, Æsop", id="capitals at the start"),
        pytest.param(r"{\'E}cole, {\'{E}}cole, \'{E}cole", r"École, École, École", id="groups"),
        pytest.param(r"\`a la, \^ile, \=a, \.z, \u{g}, \r{a}, \k{a}", r"à la, île, ā, ż, ğ, å, ą", id="every accent"),
        pytest.param(r"the \"best\" of all", r'the "best" of all', id="escaped quotation marks"),
        pytest.param(r"don\'t and it\'s", r"don't and it's", id="escaped apostrophe"),
        pytest.param(r"\"Ust\"un et al.", r"Üstün et al.", id="name that starts with an accent"),
    ],
)
def test_repairs(raw: str, clean: str) -> None:
    assert through(RULES, raw) == clean
    assert through(RULES, clean) == clean


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(r"\Omega and \over", id="longer names"),
        pytest.param(r"an \O(n) bound and \L(x)", id="a macro with an argument"),
        pytest.param(r"a\'q b", id="no such letter"),
        pytest.param(r"C:\users", id="path"),
        pytest.param("a \"word\" of 'mine'", id="plain marks"),
    ],
)
def test_stays(text: str) -> None:
    assert through(RULES, text) == text


def test_null_stays_null() -> None:
    assert through(RULES, None) is None
