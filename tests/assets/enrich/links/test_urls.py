import pytest


@pytest.mark.parametrize(
    ("text", "url"),
    [
        pytest.param("https://github.com/lumen/lamp.git", "https://github.com/lumen/lamp", id="git ending"),
        pytest.param("https://lamp.org/x.git", "https://lamp.org/x.git", id="git ending elsewhere"),
        pytest.param("https://LAMP.org/Path", "https://lamp.org/Path", id="host in lower case"),
        pytest.param("https://ada:secret@lamp.org/x", "https://lamp.org/x", id="password dropped"),
        pytest.param("https://github.com@evil.example/x", "https://evil.example/x", id="host behind an at"),
        pytest.param("https://lamp.org/a\\_b\\%20c\\#d", "https://lamp.org/a_b%20c#d", id="TeX escapes"),
        pytest.param("https://lamp.org/a{\\_}b", "https://lamp.org/a_b", id="TeX escape in braces"),
        pytest.param("https://lamp.edu/\\~{}ada", "https://lamp.edu/~ada", id="TeX tilde"),
        pytest.param("https://lamp.edu/$\\sim$ada", "https://lamp.edu/~ada", id="tilde as formula"),
        pytest.param("https://lamp.org/?a=1&amp;b=2", "https://lamp.org/?a=1&b=2", id="entity"),
        pytest.param("https://la\u00admp.org/\u200bx", "https://lamp.org/x", id="invisible characters"),
        pytest.param("https://lamp.org:/x", "https://lamp.org/x", id="empty port"),
    ],
)
def test_usable_form(link_of, text: str, url: str) -> None:
    link = link_of(text)
    assert (link["url_raw"], link["url"]) == (text, url)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("https://github", id="no domain"),
        pytest.param("http://256.1.1.1/x", id="no address"),
        pytest.param("https://1.2.3/x", id="numbers"),
        pytest.param("https://-lamp-.org-/x", id="hyphens at the ends"),
        pytest.param("https://a..b/x", id="empty label"),
    ],
)
def test_hosts_that_are_none(urls_of, text: str) -> None:
    assert urls_of(text) == []


@pytest.mark.parametrize(
    ("text", "host", "repository"),
    [
        pytest.param("https://www.github.com/lumen/lamp/tree/main", "github.com", "lumen/lamp", id="GitHub"),
        pytest.param("https://github.com/lumen", "github.com", None, id="owner only"),
        pytest.param("https://github.com/orgs/lumen/people", "github.com", None, id="no owner"),
        pytest.param("https://github.com/lumen/lamp#use", "github.com", "lumen/lamp", id="fragment"),
        pytest.param("https://gist.github.com/lumen/0a1b", "gist.github.com", None, id="gist"),
        pytest.param("https://gitlab.com/lab/sub/lamp/-/tree/x", "gitlab.com", "lab/sub/lamp", id="GitLab groups"),
        pytest.param("https://gitlab.lumen.fr/lab/lamp", "gitlab.lumen.fr", "lab/lamp", id="GitLab elsewhere"),
        pytest.param("https://bitbucket.org/lumen/lamp", "bitbucket.org", "lumen/lamp", id="Bitbucket"),
        pytest.param("https://codeberg.org/lumen/lamp", "codeberg.org", "lumen/lamp", id="Codeberg"),
        pytest.param("https://huggingface.co/lumen/lamp", "huggingface.co", "lumen/lamp", id="hub model"),
        pytest.param("https://huggingface.co/datasets/lumen/lamp", "huggingface.co", "lumen/lamp", id="hub data"),
        pytest.param("https://huggingface.co/spaces/lumen/lamp", "huggingface.co", "lumen/lamp", id="hub demo"),
        pytest.param("https://huggingface.co/papers/2101.00001", "huggingface.co", None, id="hub paper"),
        pytest.param("https://lamp.org:8080/lumen/lamp", "lamp.org", None, id="elsewhere"),
    ],
)
def test_host_and_repository(link_of, text: str, host: str, repository: str | None) -> None:
    link = link_of(text)
    assert (link["host"], link["repository"]) == (host, repository)


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        pytest.param("https://github.com/lumen/lamp", [], id="none"),
        pytest.param("https://anonymous.4open.science/r/Lamp/", ["anonymous_host"], id="anonymous"),
        pytest.param("https://osf.io/abc/?view_only=0a1b", ["anonymous_host"], id="view for reviewers"),
        pytest.param("http://137.184.82.109:7080/", ["ip_host"], id="address"),
        pytest.param("http://[2001:db8::1]/", ["ip_host"], id="IPv6 address"),
        pytest.param("https://bit.ly/lamp", ["short_link"], id="short"),
        pytest.param("https://doi.org/10.1000/182", [], id="resolver is no shortener"),
        pytest.param("www.lamp.org", ["no_scheme"], id="no scheme"),
        pytest.param("aka.ms/lamp", ["no_scheme", "short_link"], id="two flags, sorted"),
    ],
)
def test_flags(link_of, text: str, flags: list[str]) -> None:
    assert link_of(text)["flags"] == flags
