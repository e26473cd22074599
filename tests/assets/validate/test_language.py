import polars as pl
import pytest

from assets.validate.language import language

ENGLISH = "We present a method that counts bees in a hive and we show that it is fast."


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param(ENGLISH, "en", id="English"),
        pytest.param(ENGLISH.replace(" ", "\n"), "en", id="ends of lines"),
        pytest.param("Nous présentons une méthode pour compter les abeilles dans une ruche.", "fr", id="French"),
        pytest.param("本文提出了一种用于计算蜂巢中蜜蜂数量的新方法并且实验结果表明该方法很快", "zh", id="Chinese"),
        pytest.param("Bees", None, id="too short"),
        pytest.param("\x00\n\t", None, id="nothing to read"),
        pytest.param("xkq zzv qqj wvx kjq zxv bbq xkq zzv qqj wvx kjq zxv", None, id="no language"),
        pytest.param(None, None, id="null"),
    ],
)
def test_language(text: str | None, code: str | None) -> None:
    assert pl.select(language(pl.lit(text, dtype=pl.String))).item() == code


def test_the_answer_does_not_depend_on_neighbours() -> None:
    texts = pl.Series([ENGLISH, None, "Bees", ENGLISH * 9])
    together = pl.select(language(pl.lit(texts))).to_series().to_list()
    assert together == ["en", None, None, "en"]
