# ruff: noqa: RUF001  characters that look like others are what these tests are about
import pytest

from assets.validate.restore.latex_text import RULES
from tests.assets.validate.cases import through


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        pytest.param(r"50\% of Q\&A, a\_b, \#1, \$5", r"50% of Q&A, a_b, #1, $5", id="escaped characters"),
        pytest.param(
            r"e.g.\ the rest, 10\,ms, non\-linear, it\/s, end.\@",
            r"e.g. the rest, 10 ms, nonlinear, its, end.",
            id="control spaces",
        ),
        pytest.param(r"one\\two and one \\ two", r"one two and one  two", id="line break"),
        pytest.param(r"the \textbf{Mamba} of \emph{all \textit{kinds}}", r"the Mamba of all kinds", id="fonts"),
        pytest.param(r"{\it neural {\bf code}} and {\em x\/}", r"neural code and x", id="old-style groups"),
        pytest.param(r"{\sc Name}, {\small a b}, {\tt code}", r"Name, a b, code", id="more groups"),
        pytest.param(r"90{\deg} and {\Delta}t \times 3", r"90° and Δt × 3", id="symbols"),
        pytest.param(r"PixArt-{\alpha}, \ldots, \S3, \textasciitilde 5", r"PixArt-α, …, §3, ~5", id="more symbols"),
        pytest.param(
            r"(\ie, this), \eg that, \etal. did", r"(i.e., this), e.g. that, et al. did", id="macros of habit"
        ),
        pytest.param(r"\(n^2\) and \[ x \le y \] hold", r"n^2 and x ≤ y hold", id="marks of mathematics"),
        pytest.param(
            r"for $k$ and $O(n\log n)$, $\sim$3 of $50\%$", r"for k and O(n log n), ~3 of 50%", id="dollar signs"
        ),
        pytest.param(
            r"of $n/2$, $(V,d)$, $ \sigma $is, $SU(2)$ by $9%$ or $-T$",
            r"of n/2, (V,d), σ is, SU(2) by 9% or -T",
            id="more",
        ),
        pytest.param(r"form $$ \min_A x_i $$ of$$x^2$$and", r"form min_A x_i of x^2 and", id="displayed"),
        pytest.param(r"${\tilde{O}}(\log{n})$, ${W}_q$, $\{0,1\}$", r"Õ(log n), W_q, {0,1}", id="groups and sets"),
        pytest.param(r"${a+b \over c}$, ${n \choose k}$", r"(a+b)/c, (n choose k)", id="over and choose"),
        pytest.param(r"$x\overset{\small ab}{=}y$", r"x=^{ab}y", id="a switch in an argument"),
        pytest.param(r"of \\alpha and \\leq", r"of α and ≤", id="two backslashes"),
        pytest.param(r"$\frac{1}{2}$ and $\frac{a+b}{\sqrt{n}}$", r"1/2 and (a+b)/√n", id="fraction and root"),
        pytest.param(r"$\tilde{O}(n)$, $\hat x$, $\mathbb{R}^d$", r"Õ(n), x̂, ℝ^d", id="accents over letters"),
        pytest.param(r"at \url{https://a.org/b\_c} now", r"at https://a.org/b_c now", id="address"),
        pytest.param(
            r"\href{https://a.org}{code} it\footnote{See \url{b.org}.}",
            r"code (https://a.org) it (See b.org.)",
            id="link and note",
        ),
        pytest.param(r"\href{https://a.org}{https://a.org}", r"https://a.org", id="link with its address as label"),
        pytest.param(r"\begin{itemize} \item one \end{itemize}", r" • one ", id="list"),
        pytest.param(r"5\textsuperscript{th}, m\textsuperscript{2}", r"5th, m^2", id="raised text"),
        pytest.param(r"\textcolor{red}{note} and \color{blue}on", r"note and on", id="colours"),
        pytest.param(r"\left\{ x \right\}, \big(y\big)", r"{ x }, (y)", id="sizes of brackets"),
        pytest.param(r"{\mathcal O}(n) and \mathcal{O}(n)", r"O(n) and O(n)", id="calligraphic"),
        pytest.param(r"Foo\xspace bar", r"Foo bar", id="space macro"),
    ],
)
def test_repairs(raw: str, clean: str) -> None:
    assert through(RULES, raw) == clean
    assert through(RULES, clean) == clean


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(r"We present \method, \Ours and \name.", id="macros of authors"),
        pytest.param(r"It costs $15 per paper, or $5 and $10; $5-$10 is", id="money"),
        pytest.param(r"\textbf{unclosed and", id="no closing brace"),
        pytest.param(r"$HOME/$PATH and US$5", id="shell"),
        pytest.param(r"a \ref{fig:1} of \frac{1}", id="missing arguments"),
        pytest.param(r"US$ 5 and A$ 6, $5/$10, $1k-$2k, $5 $6, $0.5/image vs $2/image", id="more money"),
        pytest.param(r"from $20 (p<0.05) to 30$ we", id="money and a relation"),
        pytest.param(r"$$ or $$$ or $...", id="price classes"),
        pytest.param(r"50% of Q&A", id="plain"),
        pytest.param("\\", id="lone backslash"),
    ],
)
def test_stays(text: str) -> None:
    assert through(RULES, text) == text


def test_endless_nesting_does_not_fail() -> None:
    assert through(RULES, r"\em{" * 390 + "x" + "}" * 390)


def test_null_stays_null() -> None:
    assert through(RULES, None) is None
