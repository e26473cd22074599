"""The hosts of the web that tell what lies behind a link, as regular expressions over the host in lower case.

Public services only, by what they serve. No rule here knows a paper, a project or the site of one.
"""


def any_of(*names: str) -> str:
    """A pattern for hosts: each name itself and everything below it.

    Args:
        *names: Host names as regular expressions, in lower case, dots unescaped.
    """
    return r"(?:^|\.)(?:" + "|".join(name.replace(".", r"\.") for name in names) + r")$"


_CODE_NAMES = (
    "github.com",
    "gitlab.com",
    "bitbucket.org",
    "codeberg.org",
    "gitee.com",
    "sourceforge.net",
    "sr.ht",
    "githubusercontent.com",
    "4open.science",
    "pypi.org",
    "npmjs.com",
    "crates.io",
    "anaconda.org",
    "cran.r-project.org",
    "bioconductor.org",
    "hub.docker.com",
    "git.io",
)
CODE_HOST = any_of(*_CODE_NAMES) + r"|(?:^|\.)git(?:lab|ea)?\.[^/]+\.[a-z]{2,}$|^github\.[^/.]+\.[^/]+$"
REPOSITORY_HOST = (
    any_of("github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "gitee.com", "huggingface.co", "hf.co")
    + r"|(?:^|\.)gitlab\.[^/]+\.[a-z]{2,}$"
)
"""Hosts whose paths begin with `owner/name`."""
HUB_HOST = any_of("huggingface.co", "hf.co", "hf-mirror.com", "modelscope.cn")
"""Hubs where data sets, models and demos lie side by side, told apart by the path."""

_DATA_NAMES = (
    "zenodo.org",
    "kaggle.com",
    "figshare.com",
    "datadryad.org",
    "data.mendeley.com",
    "physionet.org",
    "openneuro.org",
    "ieee-dataport.org",
    "openslr.org",
    "archive.ics.uci.edu",
    "catalog.ldc.upenn.edu",
    "opendatalab.com",
    "openml.org",
    "synapse.org",
    "osf.io",
)
DATA_HOST = any_of(*_DATA_NAMES) + r"|(?:^|\.)dataverse\."
MODEL_HOST = any_of("civitai.com", "ollama.com", "tfhub.dev")
_VIDEO_NAMES = (
    "youtube.com",
    "youtube-nocookie.com",
    "youtu.be",
    "vimeo.com",
    "bilibili.com",
    "b23.tv",
    "dailymotion.com",
    "youku.com",
    "ixigua.com",
    "streamable.com",
    "loom.com",
    "videolectures.net",
    "slideslive.com",
)
VIDEO_HOST = any_of(*_VIDEO_NAMES)
_DEMO_NAMES = (
    "soundcloud.com",
    "asciinema.org",
    "replicate.com",
    "hf.space",
    "streamlit.app",
    "streamlit.io",
    "gradio.app",
    "gradio.live",
    "colab.research.google.com",
    "mybinder.org",
)
DEMO_HOST = any_of(*_DEMO_NAMES)
NOTEBOOK_HOST = any_of("colab.research.google.com", "mybinder.org")
_PAPER_NAMES = (
    "arxiv.org",
    "doi.org",
    "openreview.net",
    "aclanthology.org",
    "aclweb.org",
    "biorxiv.org",
    "medrxiv.org",
    "ssrn.com",
    "semanticscholar.org",
    "ieeexplore.ieee.org",
    "dl.acm.org",
    "link.springer.com",
    "sciencedirect.com",
    "nature.com",
    "science.org",
    "ncbi.nlm.nih.gov",
    "hal.science",
    "eprint.iacr.org",
    "jmlr.org",
    "papers.nips.cc",
    "papers.neurips.cc",
    "proceedings.mlr.press",
    "openaccess.thecvf.com",
    "dblp.org",
)
PAPER_HOST = any_of(*_PAPER_NAMES)
DATA_DOI = r"^/10\.(?:5281|6084|7910|5061|17632|13026|57967|21227|24432|17605|23642|34740)/"
"""Paths on a DOI resolver whose prefix belongs to an archive of data sets."""
STORAGE_HOST = any_of("drive.google.com", "dropbox.com", "1drv.ms", "pan.baidu.com", "mega.nz", "box.com")
"""Where anything may lie: only the words tell what."""
TALK_HOST = any_of("twitter.com", "x.com", "linkedin.com", "discord.gg", "discord.com", "slack.com", "wikipedia.org")
"""Where people talk, or an encyclopedia explains."""

_PAGE_NAMES = (
    "github.io",
    "gitlab.io",
    "hf.space",
    "streamlit.app",
    "gradio.app",
    "gradio.live",
    "readthedocs.io",
    "netlify.app",
    "vercel.app",
    "pages.dev",
    "web.app",
    "herokuapp.com",
    "appspot.com",
    "firebaseapp.com",
    "azurewebsites.net",
    "pythonanywhere.com",
    "notion.site",
    "sourceforge.net",
    "sourceforge.io",
    "wixsite.com",
    "wordpress.com",
    "blogspot.com",
)
PAGE_NAME = "(?:" + "|".join(name.replace(".", r"\.") for name in _PAGE_NAMES) + ")"
"""Services that give every project a host of its own: `project.github.io` is a link without scheme or path."""
PROJECT_HOST = any_of("github.io", "gitlab.io", "sites.google.com", "notion.site", "readthedocs.io", "netlify.app")
"""Services for pages about projects."""

_SHORT_NAMES = (
    "bit.ly",
    "bitly.com",
    "aka.ms",
    "tinyurl.com",
    "tiny.cc",
    "tiny.one",
    "goo.gl",
    "goo.gle",
    "t.co",
    "git.io",
    "is.gd",
    "v.gd",
    "ow.ly",
    "rb.gy",
    "t.ly",
    "j.mp",
    "s.id",
    "g.co",
    "cutt.ly",
    "rebrand.ly",
    "buff.ly",
    "shorturl.at",
    "lnkd.in",
    "fb.me",
    "ibm.biz",
    "n9.cl",
    "dwz.cn",
    "urlz.fr",
    "reurl.cc",
)
SHORT_HOST = r"^(?:www\.)?(?:" + "|".join(name.replace(".", r"\.") for name in _SHORT_NAMES) + r")$"
"""Shorteners. Resolvers of lasting identifiers (doi.org, hdl.handle.net, w3id.org) are none."""
ANONYMOUS_HOST = r"(?:^|\.)4open\.science$|^anonymous(?:-?github|-?git|hub)?\.[a-z]"
"""Copies without names, for reviewers."""

_PATH_NAMES = (
    "github.com",
    "gitlab.com",
    "bitbucket.org",
    "codeberg.org",
    "gitee.com",
    "huggingface.co",
    "hf.co",
    "modelscope.cn",
    "zenodo.org",
    "figshare.com",
    "kaggle.com",
    "osf.io",
    "4open.science",
    "arxiv.org",
    "doi.org",
    "openreview.net",
    "aclanthology.org",
    "colab.research.google.com",
    "sites.google.com",
    "drive.google.com",
    "docs.google.com",
    "youtube.com",
    "youtu.be",
    "vimeo.com",
    "pypi.org",
    "hub.docker.com",
    "paperswithcode.com",
    "w3id.org",
    *(name for name in _SHORT_NAMES),
)
PATH_NAME = "(?:" + "|".join(name.replace(".", r"\.") for name in _PATH_NAMES) + ")"
"""Hosts known well enough that a path after them makes a link, even without a scheme."""

TLD = (
    "com|org|net|edu|gov|int|io|ai|co|dev|app|me|info|biz|site|online|website|xyz|tech|cloud|page|science|space|art|fun"
    "|link|live|top|tv|cc|ly|gl|ms|sh|gg|ac|uk|de|fr|nl|be|ch|at|it|es|pt|pl|cz|se|no|fi|dk|ie|eu|us|ca|au|nz|jp|cn|kr"
    "|tw|hk|sg|in|il|ir|tr|ru|ua|br|mx|za|gr|hu|ro|si|sk|bg|hr|lt|lv|ee|rs|lu|is|th|vn|id|my"
)
"""Top-level domains common enough that a word ending in one is taken for a host where no scheme says so."""
