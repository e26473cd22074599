"""Addresses of the web: one form for each target, so that two links to the same thing are seen to be the same.

The form is a key for comparing. It can mostly be followed as well, but what to follow is the link as it was stated.

* a paper on arXiv: `https://arxiv.org/abs/ID`, without a version, from whatever page or mirror shows it;
* a DOI: `https://doi.org/10...` in lower case, from resolvers and from the pages of publishers that hold it;
* a paper at OpenReview or in the ACL Anthology: its page there;
* a repository: its root, without branch, file, query and fragment; in lower case where the host knows no case (but a
  document that lies in one keeps its own address);
* a video: its page at YouTube or Vimeo, without the moment it begins at;
* any other address: https for http (but not where a port or a bare address says that it is no public site), the host
  in lower case without `www.`, no password, no default port, single slashes and none at the end,
  no parameters that only tell where a visitor came from, and a fragment only where it is a route (`#/x`, `#!x`).

A shortened link has no such form: nobody can tell where it leads.
"""

import polars as pl

from assets import hosts
from assets.parse.identifiers import ARXIV_PREFIX, acl_id, arxiv_ids, dois, openreview_id

LABEL = r"[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}_-]*[\p{L}\p{N}\p{M}])?"
NAMED_HOST = rf"^(?:{LABEL}\.)+(?:\p{{L}}{{2,24}}|xn--[a-z0-9-]+)$"
_BYTE = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
IP_HOST = rf"^(?:{_BYTE}(?:\.{_BYTE}){{3}}|\[[0-9a-f:.]*:[0-9a-f:.]*\])$"

_OWNER, _NAME = r"[A-Za-z0-9][\w.-]*", r"[\w.-]*[\w-]"
_NO_OWNER = (
    r"(?i)^/(?:orgs|organizations|topics|features|sponsors|settings|marketplace|search|explore|apps|collections|login"
    r"|about|site|users|stars|trending|groups|dashboard|help|pricing|enterprise|security|notifications|customer-stories"
    r"|blog|contact|product|-)(?:/|$)"
)
_HUB_SHELF = r"^/(datasets|spaces|models|studios)/"
"""Shelves of a hub, before `owner/name`."""
_NO_HUB_OWNER = (
    r"^/(?:papers|collections|blog|docs|tasks|learn|join|models|datasets|spaces|studios|organizations|posts|search|chat"
    r"|api|settings|login)(?:/|$)"
)
_HUB_PAGE = r"/(?:viewer|tree|blob|resolve|raw|discussions|settings)$"
"""Pages of a repository without an owner, which is an old form: `/datasets/name/viewer`."""
_GITLAB = r"^(?:gitlab\.com|framagit\.org)$|(?:^|\.)gitlab\.[^/]+\.[a-z]{2,}$"
DOCUMENT = r"(?i)/(?:raw|blob|main|master|assets?|docs?|papers?|files?)/.*\.(?:pdf|ps|docx?|pptx?|mp4|webm|mov)$"
"""A document or video that lies in a repository, at times thousands in one: it is what is meant, not the code."""
_DECEIVING = r"^git(?:hub|lab)\.(?:com|io)\."
"""`github.com.lamp.org` is a host of lamp.org."""
_GITLAB_PAGE = r"/-/.*$|/(?:tree|blob|raw|issues|merge_requests|commits?|wikis|releases)/.*$"
_GITHUB_PARTS = r"^(?:raw\.githubusercontent\.com|codeload\.github\.com|api\.github\.com)$"
_CODE_PAIR_HOST = (
    r"^(?:github\.com|bitbucket\.org|codeberg\.org|gitee\.com)$|^github\.[^/.]+\.[^/]+$|(?:^|\.)(?:gitea|forgejo)\."
)
"""Hosts of code whose paths begin with `owner/name`."""
_ANONYMOUS = r"^/(?:r|repository|anonymi[sz]e)/([\w.-]*[\w-])"

_DOI_PAGE = (
    r"^(?i:https?)://[^/?#]+/(?:[\w-]+/)?(?:doi|articles?)/(?:(?:abs|full|pdf|epdf|pdfdirect|book|reader)/)*"
    r"(10\.\d{4,9}/[^?#]+?)(?:/(?:full|abstract|pdf|epdf|html))?/?(?:[?#].*)?$"
    r"|^(?i:https?)://link\.springer\.com/(?:chapter|book|referenceworkentry|content/pdf)/"
    r"(10\.\d{4,9}/[^?#]+?)(?:\.pdf)?/?(?:[?#].*)?$"
    r"|^(?i:https?)://(?:www\.)?(?:bio|med)rxiv\.org/content/(10\.\d{4,9}/[\d.]*\d)(?:v\d+)?(?:[./?#].*)?$"
)
_DOI_LINK = r"^\s*(?i:(?:https?://)?(?:www\.)?(?:dx\.)?doi\.[a-z]+(?:\.[a-z]+)*/|(?:info:|urn:)?doi:\s*)(?:10\.|doi:)"

_PARTS = (
    r"^(?i:(https?|ftp))://(?:[^/?#]*@)?([^/?#:\[\]@]+|\[[0-9A-Fa-f:.]+\])(?::(\d{0,5}))?"
    r"(/[^?#]*)?(\?[^#]*)?(#.*)?$"
)
_PART_NAMES = ("scheme", "host", "port", "path", "query", "fragment")
_VISITOR = (
    r"(?i)([?&])(?:utm_\w+|fbclid|gclid|dclid|msclkid|twclid|yclid|igshid|mc_[ce]id|_hs\w+|mkt_tok|spm|spm_id_from"
    r"|share_source|vd_source|usp|ref_src|ref_url)\b(?:=[^&]*)?"
)
"""Parameters that tell where a visitor came from."""


def canonical_url(url: pl.Expr) -> pl.Expr:
    """The one form of what an address leads to.

    Args:
        url: Addresses; also without a scheme, and as git writes them (`git@github.com:owner/name.git`).

    Returns:
        The form that the module describes. Null for a shortened link, and for what is no address.
    """
    return url.map_batches(_canonical, return_dtype=pl.String, is_elementwise=True)


def repository_root(url: pl.Expr) -> pl.Expr:
    """The root of the repository of code that an address lies in.

    Args:
        url: Addresses, as for `canonical_url`.

    Returns:
        What `canonical_url` says of it; null where the host serves anything but code, or the address is in no
        repository.
    """
    return url.map_batches(_root, return_dtype=pl.String, is_elementwise=True)


def repository_name(host: pl.Expr, path: pl.Expr) -> pl.Expr:
    """The repository that an address lies in.

    Args:
        host: Host in lower case, without `www.` and port.
        path: Path, from its first slash; query and fragment may follow.

    Returns:
        `owner/name`, as it is written; on GitLab, where groups nest, all of them. Null elsewhere.
    """
    clean = path.str.replace(r"[?#].*$", "").str.replace_all("/{2,}", "/")
    pair = clean.str.extract(rf"^/({_OWNER}/{_NAME})")
    nested = clean.str.replace(_GITLAB_PAGE, "").str.extract(rf"^/({_OWNER}(?:/{_NAME})+)")
    found = (
        pl.when(host.str.contains(hosts.HUB_HOST))
        .then(_name_in_hub(clean))
        .when(host.str.contains(_GITHUB_PARTS))
        .then(clean.str.extract(rf"^/(?:repos/)?({_OWNER}/{_NAME})"))
        .when(clean.str.contains(_NO_OWNER) | host.str.contains(_DECEIVING))
        .then(None)
        .when(host.str.contains(_GITLAB))
        .then(nested)
        .when(host.str.contains(_CODE_PAIR_HOST))
        .then(pair)
    )
    name = found.str.replace(r"(?:\.+git)+$", "")
    return pl.when(~name.str.ends_with("/")).then(name)


def _name_in_hub(path: pl.Expr) -> pl.Expr:
    shelved = path.str.extract(rf"{_HUB_SHELF}({_OWNER}/{_NAME})", 2)
    plain = pl.when(~path.str.contains(_NO_HUB_OWNER)).then(path.str.extract(rf"^/({_OWNER}/{_NAME})"))
    found = pl.coalesce(shelved, plain)
    return pl.when(~found.str.contains(_HUB_PAGE)).then(found)


def _root(urls: pl.Series) -> pl.Series:
    parts = address_parts(urls)
    return parts.select(_code_root()).to_series().alias(urls.name)


def _canonical(urls: pl.Series) -> pl.Series:
    """The forms of kinds that are known by themselves come before the general rules."""
    parts = address_parts(urls)
    parts = parts.with_columns(arxiv=_arxiv(parts), doi=_doi(parts, _stated_doi()), page_doi=_doi(parts, _page_doi()))
    is_open = ~pl.col("host").str.contains(hosts.SHORT_HOST)
    told = pl.coalesce(
        pl.lit("https://arxiv.org/abs/") + pl.col("arxiv"),
        pl.lit("https://doi.org/") + pl.col("doi"),
        pl.when(is_open).then(pl.coalesce(_code_root(), _hub_root())),
        pl.lit("https://doi.org/") + pl.col("page_doi"),
        pl.when(is_open).then(pl.coalesce(_video(), _paper_page(), _general())),
    )
    return parts.select(told).to_series().alias(urls.name)


def address_parts(urls: pl.Series) -> pl.DataFrame:
    """The parts of addresses.

    Args:
        urls: Addresses, as for `canonical_url`.

    Returns:
        Columns scheme and host (in lower case, without `www.`; null for what is no address), port, path, query and
        fragment ("" where there is none), and the whole as `url`.
    """
    url = (
        pl.col("url")
        .str.strip_chars()
        .str.replace(r"^(?i:(?:git\+)?(?:ssh|git)://(?:git@)?)", "https://")
        .str.replace(r"^(?i:git\+http)", "http")
        .str.replace(r"^git@([\w.-]+):/?", "https://${1}/")
        .str.replace(r"^(?::?//)?((?:[\w-]+\.)+\p{L}{2,24}(?:[/:?#]|$))", "https://${1}")
    )
    host = pl.col("host").str.to_lowercase().str.strip_chars_end(".").str.replace(r"^www\.", "")
    parts = (
        urls.alias("url")
        .to_frame()
        .select(url)
        .with_columns(pl.when(~pl.col("url").str.contains(r"[\s\p{Cc}]")).then("url"))
        .with_columns(pl.col("url").str.extract_groups(_PARTS).struct.rename_fields(list(_PART_NAMES)).struct.unnest())
        .with_columns(host=host.str.replace(r"^(?:hf\.co|hf-mirror\.com)$", "huggingface.co"))
    )
    is_host = pl.col("host").str.contains(NAMED_HOST) | pl.col("host").str.contains(IP_HOST)
    path = pl.col("path").fill_null("").str.replace_all("(?i)%7e", "~").str.replace(r"^/{2,}", "/")
    resolver = pl.col("host").str.contains(r"^(?:dx\.)?doi\.")  # two slashes may belong to a DOI
    single = pl.when(resolver).then(path).otherwise(path.str.replace_all(r"([^:/])/{2,}", "${1}/"))
    tidy = parts.with_columns(
        pl.when(is_host).then(pl.col("host")),
        pl.col("scheme").str.to_lowercase(),
        single.alias("path"),
        pl.col("query", "fragment", "port").fill_null(""),
    )
    rebuilt = pl.concat_str("scheme", pl.lit("://"), "host", "path", "query", "fragment")
    return tidy.with_columns(url=pl.coalesce(rebuilt, "url"))


def _arxiv(parts: pl.DataFrame) -> pl.Series:
    stated = pl.when(pl.col("url").str.contains(ARXIV_PREFIX)).then("url")
    return arxiv_ids(parts.select(stated).to_series())["id"]


def _doi(parts: pl.DataFrame, stated: pl.Expr) -> pl.Series:
    return dois(parts.select(stated).to_series())


def _stated_doi() -> pl.Expr:
    return pl.when(pl.col("url").str.contains(_DOI_LINK)).then(pl.col("url").str.replace(r"#.*$", ""))


def _page_doi() -> pl.Expr:
    """The DOI in the address of a publisher's page."""
    page = pl.col("url").str.extract_groups(_DOI_PAGE).struct
    return pl.coalesce(page.field("1"), page.field("2"), page.field("3"))


def _code_root() -> pl.Expr:
    """The root in a host of code. Where a host knows no case, neither does the root."""
    host, path = pl.col("host"), pl.col("path")
    home = pl.when(host.str.contains(_GITHUB_PARTS)).then(pl.lit("github.com")).otherwise(host)
    is_code = ~host.str.contains(hosts.HUB_HOST) & ~path.str.contains(DOCUMENT)
    name = pl.when(is_code).then(repository_name(host, path)).str.to_lowercase()
    other = (
        pl.when(host == "anonymous.4open.science")
        .then(pl.lit("https://anonymous.4open.science/r/") + path.str.extract(_ANONYMOUS))
        .when(host.is_in(["git.sr.ht", "sr.ht"]))
        .then(pl.lit("https://git.sr.ht/") + path.str.extract(rf"^/(~{_OWNER}/{_NAME})"))
        .when(host == "sourceforge.net")
        .then(pl.lit("https://sourceforge.net/projects/") + path.str.extract(r"^/(?:projects|p)/([\w-]+)"))
    )
    return pl.coalesce(pl.concat_str(pl.lit("https://"), home, pl.lit("/"), name), other)


def _hub_root() -> pl.Expr:
    """The root in a hub of models and data; its names have a case."""
    host, path = pl.col("host"), pl.col("path")
    shelf = path.str.extract(_HUB_SHELF) + "/"
    name = pl.when(host.str.contains(hosts.HUB_HOST)).then(repository_name(host, path))
    return pl.concat_str(pl.lit("https://"), host, pl.lit("/"), shelf.fill_null(""), name)


def _video() -> pl.Expr:
    host, path = pl.col("host"), pl.col("path")
    youtube = host.str.contains(hosts.any_of("youtube.com", "youtube-nocookie.com"))
    found = (
        pl.when(youtube & (path == "/watch"))
        .then(pl.col("query").str.extract(r"[?&]v=([\w-]+)"))
        .when(youtube & ~path.str.contains("videoseries"))
        .then(path.str.extract(r"^/(?:embed|shorts|live|v)/([\w-]+)"))
        .when(host == "youtu.be")
        .then(path.str.extract(r"^/([\w-]+)"))
    )
    vimeo = pl.when(host.str.contains(hosts.any_of("vimeo.com"))).then(path.str.extract(r"^/(?:video/)?(\d+)"))
    return pl.coalesce(pl.lit("https://youtube.com/watch?v=") + found, pl.lit("https://vimeo.com/") + vimeo)


def _paper_page() -> pl.Expr:
    host, url = pl.col("host"), pl.col("url")
    openreview = pl.when(host == "openreview.net").then(openreview_id(url))
    acl = pl.when(host.str.contains(hosts.any_of("aclanthology.org", "aclanthology.info", "aclweb.org"))).then(
        acl_id(url.str.replace(r"[?#].*$", ""))
    )
    return pl.coalesce(
        pl.lit("https://openreview.net/forum?id=") + openreview, pl.lit("https://aclanthology.org/") + acl
    )


def _general() -> pl.Expr:
    host, scheme = pl.col("host"), pl.col("scheme")
    default = pl.col("port").is_in(["", "80", "443"])
    private = ~default | host.str.contains(IP_HOST)
    path = pl.col("path").str.strip_chars_end("/")
    query = (
        pl.col("query")
        .str.replace_all(_VISITOR, "${1}")
        .str.replace_all("&{2,}", "&")
        .str.replace(r"^\?&", "?")
        .str.replace(r"[?&]+$", "")
    )
    return pl.concat_str(
        pl.when((scheme == "http") & ~private).then(pl.lit("https")).otherwise(scheme),
        pl.lit("://"),
        host,
        pl.when(default).then(pl.lit("")).otherwise(pl.lit(":") + pl.col("port")),
        path,
        query,
        pl.when(pl.col("fragment").str.contains(r"^#[!/]")).then("fragment").otherwise(pl.lit("")),
    )
