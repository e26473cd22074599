import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.addresses import canonical_url, repository_root


def read(*urls: str | None) -> pl.DataFrame:
    column = pl.Series("url", urls, dtype=pl.String)
    return column.to_frame().with_columns(canonical=canonical_url(pl.col("url")), root=repository_root(pl.col("url")))


ROOT = "https://github.com/lumen/lamp"


ROOTS = [
    pytest.param("https://github.com/lumen/lamp", ROOT, id="root"),
    pytest.param("HTTP://www.GitHub.com/Lumen/Lamp.git/", ROOT, id="case, www, git"),
    pytest.param("https://github.com/lumen/lamp/tree/main/src?tab=x#use", ROOT, id="branch, query, fragment"),
    pytest.param("git@github.com:lumen/lamp.git", ROOT, id="as git writes it"),
    pytest.param("git+ssh://git@github.com/lumen/lamp", ROOT, id="git over ssh"),
    pytest.param("github.com/lumen/lamp.", ROOT, id="no scheme, a stop"),
    pytest.param("https://raw.githubusercontent.com/lumen/lamp/main/a.txt", ROOT, id="raw file"),
    pytest.param("https://api.github.com/repos/lumen/lamp", ROOT, id="interface of programs"),
    pytest.param("https://github.com:443//lumen//lamp", ROOT, id="port and slashes"),
    pytest.param("https://gitlab.com/lab/sub/lamp/-/tree/x", "https://gitlab.com/lab/sub/lamp", id="groups"),
    pytest.param("https://gitlab.lumen.fr/lab/lamp/blob/x/y", "https://gitlab.lumen.fr/lab/lamp", id="own GitLab"),
    pytest.param("https://bitbucket.org/lumen/lamp/src", "https://bitbucket.org/lumen/lamp", id="Bitbucket"),
    pytest.param("https://codeberg.org/lumen/lamp", "https://codeberg.org/lumen/lamp", id="Codeberg"),
    pytest.param("https://github.lumen.edu/lab/lamp", "https://github.lumen.edu/lab/lamp", id="own GitHub"),
    pytest.param("https://git.sr.ht/~ada/lamp/tree", "https://git.sr.ht/~ada/lamp", id="SourceHut"),
    pytest.param("https://sourceforge.net/p/lamp/code", "https://sourceforge.net/projects/lamp", id="SourceForge"),
    pytest.param("https://anonymous.4open.science/r/L-1/a.md", "https://anonymous.4open.science/r/L-1", id="anon"),
    pytest.param("https://github.com/lumen", None, id="an owner"),
    pytest.param("https://github.com/orgs/lumen/people", None, id="no owner"),
    pytest.param("https://gist.github.com/lumen/0a1b", None, id="gist"),
    pytest.param("https://raw.githubusercontent.com/lumen/v1/main/assets/a/a.pdf", None, id="document in a repository"),
    pytest.param("https://github.com/lumen/lamp/blob/main/paper.pdf", None, id="document on a page"),
    pytest.param("https://lumen.github.io/lamp/", None, id="page of a project"),
    pytest.param("https://lumen.gitlab.io/lamp/docs", None, id="page at GitLab"),
    pytest.param("https://about.gitlab.com/lumen/lamp", None, id="GitLab's own page"),
    pytest.param("https://huggingface.co/lumen/lamp", None, id="hub"),
    pytest.param("https://bit.ly/lamp", None, id="short"),
    pytest.param("https://lamp.org/github.com/lumen/lamp", None, id="host in a path"),
    pytest.param("https://github.com.lamp.org/lumen/lamp", None, id="host in a host"),
    pytest.param("https://github.com@lamp.org/lumen/lamp", None, id="host before an at"),
    pytest.param("github.com/lumen/ lamp", None, id="space"),
    pytest.param("", None, id="empty"),
    pytest.param(None, None, id="missing"),
]
FORMS = [
    *[
        pytest.param(url, "https://arxiv.org/abs/2101.00001", id=url)
        for url in (
            "http://arxiv.org/abs/2101.00001v3",
            "https://arxiv.org/pdf/2101.00001v1.pdf",
            "https://www.arxiv.org/pdf/2101.00001",
            "https://arxiv.org/html/2101.00001v2#S1",
            "https://export.arxiv.org/abs/2101.00001?context=cs",
            "https://ar5iv.labs.arxiv.org/html/2101.00001",
            "https://ar5iv.org/abs/2101.00001",
            "https://alphaxiv.org/abs/2101.00001v1",
            "https://huggingface.co/papers/2101.00001",
            "https://doi.org/10.48550/arXiv.2101.00001",
            "arXiv:2101.00001v4",
        )
    ],
    pytest.param("https://arxiv.org/abs/math.GT/0309136", "https://arxiv.org/abs/math/0309136", id="old style"),
    pytest.param("https://arxiv.org/list/cs.CL/new", "https://arxiv.org/list/cs.CL/new", id="no paper of arXiv"),
    *[
        pytest.param(url, "https://doi.org/10.1000/ab.1", id=url)
        for url in (
            "http://dx.doi.org/10.1000/AB.1",
            "https://www.doi.org/10.1000/ab.1",
            "doi:10.1000/ab.1",
            "https://doi.org/10.1000%2Fab.1",
            "https://dl.lumen.org/doi/pdf/10.1000/ab.1",
            "https://library.lumen.org/doi/full/10.1000/ab.1?x=1",
            "https://library.lumen.org/doi/10.1000/ab.1/full",
            "https://link.springer.com/article/10.1000/ab.1#Sec1",
            "https://www.lumen.org/articles/10.1000/ab.1/full",
            "https://link.springer.com/content/pdf/10.1000/ab.1.pdf",
        )
    ],
    pytest.param(
        "https://www.biorxiv.org/content/10.1101/2020.01.02.123456v2.full.pdf",
        "https://doi.org/10.1101/2020.01.02.123456",
        id="bioRxiv",
    ),
    pytest.param("https://doi.org/", "https://doi.org", id="no DOI"),
    pytest.param("https://openreview.net/pdf?id=aBcDeF", "https://openreview.net/forum?id=aBcDeF", id="OpenReview"),
    pytest.param("https://aclanthology.org/P19-1001.pdf", "https://aclanthology.org/P19-1001", id="Anthology"),
    pytest.param("https://aclanthology.org/venues/acl", "https://aclanthology.org/venues/acl", id="no paper of it"),
    pytest.param("https://hf.co/Lumen/Lamp/tree/main", "https://huggingface.co/Lumen/Lamp", id="model"),
    pytest.param(
        "https://huggingface.co/datasets/Lumen/Lamp/viewer",
        "https://huggingface.co/datasets/Lumen/Lamp",
        id="data set",
    ),
    pytest.param(
        "https://huggingface.co/datasets/lamp/viewer",
        "https://huggingface.co/datasets/lamp/viewer",
        id="data set without an owner",
    ),
    pytest.param(
        "https://www.modelscope.cn/models/lumen/lamp/files",
        "https://modelscope.cn/models/lumen/lamp",
        id="another hub",
    ),
    pytest.param("https://youtu.be/aB-1?t=4", "https://youtube.com/watch?v=aB-1", id="short video"),
    pytest.param("https://m.youtube.com/watch?a=b&v=aB-1", "https://youtube.com/watch?v=aB-1", id="video"),
    pytest.param("https://www.youtube.com/embed/aB-1", "https://youtube.com/watch?v=aB-1", id="embedded video"),
    pytest.param("https://youtube.com/playlist?list=x", "https://youtube.com/playlist?list=x", id="several videos"),
    pytest.param("https://player.vimeo.com/video/123", "https://vimeo.com/123", id="Vimeo"),
    pytest.param("http://www.LAMP.org./", "https://lamp.org", id="host"),
    pytest.param("https://lamp.org//A//b/", "https://lamp.org/A/b", id="path"),
    pytest.param("https://lamp.org/%7Eada/", "https://lamp.org/~ada", id="tilde"),
    pytest.param("https://lamp.org/?utm_source=a&id=2&fbclid=3", "https://lamp.org?id=2", id="visitor"),
    pytest.param("https://lamp.org/?spmx=1", "https://lamp.org?spmx=1", id="like a visitor's"),
    pytest.param("https://lamp.org/x#top", "https://lamp.org/x", id="place on a page"),
    pytest.param("https://lamp.org/#/demo", "https://lamp.org#/demo", id="route"),
    pytest.param("http://lamp.org:8080/", "http://lamp.org:8080", id="port"),
    pytest.param("http://10.0.0.1/x", "http://10.0.0.1/x", id="bare address"),
    pytest.param("ftp://lamp.org/a/", "ftp://lamp.org/a", id="ftp"),
    pytest.param("https://ada:secret@lamp.org/x", "https://lamp.org/x", id="password"),
    pytest.param("https://bit.ly/lamp", None, id="short link"),
    pytest.param("javascript:alert(1)", None, id="script"),
    pytest.param("a lamp", None, id="words"),
    pytest.param("https://lamp.org/a\nb", None, id="line break"),
    pytest.param("https://lamp.org:123456789/", None, id="port beyond all"),
    pytest.param("https://[oops/", None, id="open bracket"),
]


@pytest.fixture(scope="module")
def forms() -> dict[str | None, tuple[str | None, str | None]]:
    """The canonical form and the root of every case, read in one pass."""
    found = read(*[case.values[0] for case in (*ROOTS, *FORMS)])
    return {url: (canonical, root) for url, canonical, root in found.iter_rows()}


@pytest.mark.parametrize(("url", "root"), ROOTS)
def test_repository_root(forms, url: str | None, root: str | None) -> None:
    canonical, found = forms[url]
    assert found == root
    assert root in (None, canonical)


@pytest.mark.parametrize(("url", "canonical"), FORMS)
def test_canonical_url(forms, url: str, canonical: str | None) -> None:
    assert forms[url][0] == canonical


PIECES = st.sampled_from(
    [*"abZ09:/?#@.-_~% &=[](){}$\\\"'\u00e9\u200b", "//", "..", "%7e", "?utm_x=1", "#/", ".git", "doi/"]
)
HOSTS = st.sampled_from(
    ["github.com", "gitlab.com", "arxiv.org/abs/2101.00001", "doi.org/10.1000/", "hf.co", "lamp.org", "youtu.be"]
)


@settings(max_examples=5)  # each example is a hundred addresses
@given(st.lists(st.tuples(HOSTS, st.lists(PIECES, max_size=12)), min_size=100, max_size=100))
def test_the_form_of_a_form_is_itself(made: list[tuple[str, list[str]]]) -> None:
    found = read(*[f"https://{host}/{''.join(pieces)}" for host, pieces in made])
    again = read(*found["canonical"])
    assert again["canonical"].to_list() == found["canonical"].to_list()
    assert found.filter(pl.col("root").is_not_null() & pl.col("root").ne_missing(pl.col("canonical"))).is_empty()
