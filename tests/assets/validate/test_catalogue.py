import re

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.validate.catalogue import DETECTORS, RESTORE, RULES, rules_fingerprint, select_rules
from assets.validate.rules import Rule, apply_rules, detect_flags
from schemas.vocabulary import Flag, RuleFamily


def clean(text: str, rules: tuple[Rule, ...] = RULES) -> str:
    frame = pl.DataFrame({"title": [""], "abstract": [text]})
    return str(apply_rules(frame, rules)["abstract"][0])


def test_names_are_unique_and_families_in_order() -> None:
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z][a-z_]+", name) for name in names)
    assert {rule.family for rule in RULES} == set(RuleFamily)


def test_every_flag_has_a_detector() -> None:
    assert {detector.flag for detector in DETECTORS} == set(Flag)


def test_fingerprint_follows_names_versions_and_order() -> None:
    same = rules_fingerprint(RULES, DETECTORS)
    assert same == rules_fingerprint(RULES, reversed(DETECTORS))
    assert re.fullmatch(r"[0-9a-f]{16}", same)
    assert len({same, rules_fingerprint(RULES[1:]), rules_fingerprint(tuple(reversed(RULES)))}) == 3


def test_rules_can_be_switched_off() -> None:
    assert select_rules() == RULES
    kept = select_rules({"tie", "lost_greek"})
    assert [rule.name for rule in RULES if rule not in kept] == ["tie", "lost_greek"]
    assert clean("of models~(all) with rho=1", kept) == "of models~(all) with rho=1"


def test_unknown_names_are_named() -> None:
    with pytest.raises(ValueError, match="nope, tye"):
        select_rules(["tye", "nope", "tie"])


EXAMPLES = [
    pytest.param(raw, after, id=f"{rule.name}: {raw}")
    for rule in RESTORE
    for raw, after in re.findall(r"`([^`]+)` becomes `([^`]+)`", rule.summary)
]


@pytest.mark.parametrize(("raw", "after"), EXAMPLES)
def test_summaries_tell_the_truth(raw: str, after: str) -> None:
    assert clean(f"so {raw}", RESTORE) == f"so {after}"


KEPT = [
    pytest.param(raw, id=f"{rule.name}: {raw}")
    for rule in RESTORE
    for kept in re.findall(r"; ((?:`[^`]+`,? ?(?:and )?)+(?:addresses )?)stays?\.", rule.summary)
    for raw in re.findall(r"`([^`]+)`", kept)
]


@pytest.mark.parametrize("raw", KEPT)
def test_summaries_say_what_stays(raw: str) -> None:
    assert clean(f"so {raw}", RESTORE) == f"so {raw}"


UNDAMAGED = [
    pytest.param("It costs $15 per paper, or $5-$10 for two; $20 is the limit.", id="money"),
    pytest.param("The form is <kernel> + <model>, with a < b and 9.11 > 9.9.", id="angles"),
    pytest.param("It is 10 times larger, 5.5-times faster, and ran 3 times a day at 5 pm.", id="times and time"),
    pytest.param("We introduce Sigma, a model; Phi-3 and Phi 2 are others.", id="names"),
    pytest.param("The delta rule, alpha-beta pruning, a beta version, gamma rays.", id="terms"),
    pytest.param("Alpha Go and the Delta Rule follow a beta distribution.", id="capital names"),
    pytest.param("PPL-p% sparsity and 50 % of all, 100% In total.", id="percent"),
    pytest.param("The log of top-1, top right, left (blue) and right (red) to the cup.", id="words"),
    pytest.param("Tokens [nextline] and pass@k, _getextrema, P(word|context), O(log V).", id="code"),
    pytest.param("Training on 1M~60M samples, about ~5 epochs, in ~/data, x ~ y.", id="tildes"),
    pytest.param("It is worth noting that a culvert in Godot is approximately equivalent.", id="names inside words"),
    pytest.param("The sim2real gap of sim-to-real policies trained in sim.", id="sim"),
    pytest.param("See https://a.org/~b/pi_rho~x{y}z/3times?q=50%25&alpha=1 for more.", id="address"),
    pytest.param("A set {red, green}, a template {noun}, a pair {0, 1}.", id="braces"),
    pytest.param("Phoenix2014T, linux2013 and wmt2014ende are data; MMLU2019 too.", id="years"),
    pytest.param("The pm4py library, PM2.5 of pm2.5, Ineq-Comp and muP.", id="glued letters"),
    pytest.param("She said \"yes\", it's `fine', 'so' -- or not.", id="marks of others"),
]


@pytest.mark.parametrize("text", UNDAMAGED)
def test_undamaged_text_is_unchanged(text: str) -> None:
    assert clean(text, RESTORE) == text


@pytest.mark.parametrize("field", ["title", "abstract"])
def test_nulls_and_empty_texts_stay(field: str) -> None:
    frame = pl.DataFrame({"title": ["", None, "x"], "abstract": [None, "", "x"]})
    assert apply_rules(frame, RULES)[field].to_list() == frame[field].to_list()


def test_addresses_only_lose_their_label() -> None:
    text = "code at https://a.org/b_c~d/{our code} and www.a.org/alpha_beta, all~(we)"
    assert clean(text, RESTORE) == "code at https://a.org/b_c~d/ and www.a.org/alpha_beta, all (we)"


# Tokens of every class of damage between ordinary words, with and without a space.
DAMAGE = [
    *(
        r"\%",
        r"50\%",
        r"\&",
        r"\ ",
        r"\,",
        r"\-",
        r"\\",
        r"\'e",
        r"na\"ive",
        r"\v{s}",
        r"{\'\i}",
        r"\o ",
        r"\textbf{",
        r"}",
    ),
    *(
        r"{\it",
        "{bf",
        "{",
        "{a b}",
        r"\emph{x}",
        r"\alpha",
        r"{\deg}",
        r"\(",
        r"\)",
        "$",
        r"$\sim$",
        r"$x_i$",
        "~",
        "x~(y",
    ),
    *(
        "sim",
        "sim1,400",
        "approx",
        "3times",
        "64{times}64",
        "n times d",
        "geq",
        "le",
        "gg",
        "pm",
        "1.0 pm 0.2",
        "infty",
    ),
    *("rightarrow", "to infty", "Phicirc Psi", "rho=0.8", "alpha", "Delta", "C_Psi", "pi", "epsilon", "mathcal{O}(n)"),
    *(
        "textbf{G}en",
        "Oleft(n",
        "right)",
        "nlog n",
        "deltale 1",
        "ell_2",
        "l_2-norm",
        "sqrt{n}",
        "frac12",
        "QK^top",
        "^circ",
    ),
    *(
        "{+}",
        "{=}",
        "_{i}",
        "x^{2}",
        "{p}_i",
        "1{2}",
        "scratchx2013even",
        "x2014",
        "smith2017deep",
        ",lee2020all",
        "%We also.",
    ),
    *(
        "https://a.org/b_c",
        "{here}",
        "&amp;",
        "bullet On",
        "``",
        "''",
        "--",
        "---",
        "(1).",
        "e.g.",
        "models",
        "the",
        "of",
        "a",
    ),
    *(".", ",", "(", ")", "5", "0.5", "B", "x", "We", "is", "\n", "  "),
]


WORDS = ("the", "of", "a", "model", "we", "show", "that", "training", "is", "and", "with", "large", "data", "Results")


def not_idempotent(texts: list[str], rules: tuple[Rule, ...]) -> list[tuple[str, str]]:
    """The texts that a second cleaning changes, once and twice cleaned."""
    once = apply_rules(pl.DataFrame({"title": [""] * len(texts), "abstract": texts}), rules)
    twice = apply_rules(once.drop("repairs"), rules)
    pairs = zip(once["abstract"], twice["abstract"], strict=True)
    return [(one, two) for one, two in pairs if one != two]


def test_restoring_is_idempotent_for_every_pair_of_damages() -> None:
    texts = [f"the {one} {two} of {two} {one} end" for one in DAMAGE for two in DAMAGE]
    assert not_idempotent(texts, RESTORE) == []


SENTENCE = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(DAMAGE)), max_size=10).map(
    lambda pairs: " ".join(f"{word} {damage}" for word, damage in pairs)
)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.lists(SENTENCE, min_size=1, max_size=40))
def test_cleaning_is_idempotent_on_damage_among_words(texts: list[str]) -> None:
    assert not_idempotent(texts, RULES) == []


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.lists(st.text(max_size=80), min_size=1, max_size=30))
def test_any_text_is_cleaned_and_flagged_without_failing(texts: list[str]) -> None:
    frame = pl.DataFrame({"title": texts, "abstract": texts})
    flags = detect_flags(frame, apply_rules(frame, RULES), DETECTORS)
    assert set().union(*flags.to_list()) <= set(Flag)
    assert not_idempotent(texts, RESTORE) == []


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.lists(st.lists(st.sampled_from([*WORDS, "(the", "model)", "data,", "data.", "5", "50%"])).map(" ".join)))
def test_ordinary_words_are_unchanged(texts: list[str]) -> None:
    frame = pl.DataFrame({"title": texts, "abstract": texts}, schema={"title": pl.String, "abstract": pl.String})
    assert apply_rules(frame, RESTORE)["abstract"].to_list() == texts
