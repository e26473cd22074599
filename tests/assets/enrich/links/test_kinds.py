import pytest

from assets.enrich.links.extract import links
from tests.assets.enrich.abstracts import papers

REPO, PAGE, OWN, SHORT = (
    "https://github.com/lumen/lamp",
    "https://lamp.github.io",
    "https://lamp.org",
    "https://bit.ly/x",
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param(f"Our code is available at {REPO}.", "code", id="code"),
        pytest.param(f"Data, code and outputs are released in {REPO}.", "code", id="data beside code"),
        pytest.param(f"Code and audio samples are at {REPO}.", "code", id="samples beside code"),
        pytest.param(f"The dataset is publicly available at {REPO}.", "data", id="data alone"),
        pytest.param(f"We release our benchmark in our GitHub repository: {REPO}", "data", id="benchmark alone"),
        pytest.param(f"The results of our open-source benchmark suite ({REPO}) hold.", "code", id="benchmark suite"),
        pytest.param(f"The kernels are released here to help research on data: {REPO}", "code", id="data in passing"),
        pytest.param(f"Lamp is open-sourced at {REPO}.", "code", id="nothing said"),
        pytest.param(f"We maintain a list of relevant papers at {REPO}.", "other", id="reading list said"),
        pytest.param("Resources: https://github.com/lumen/Awesome-Lamps", "other", id="reading list by name"),
        pytest.param("Repository: https://github.com/lumen/A-Survey-on-Lamps", "other", id="survey by name"),
        pytest.param("Our code is at https://github.com/lumen/survey-tool.", "code", id="survey by name, but code"),
        pytest.param("Code is at https://anonymous.4open.science/r/Lamp/.", "code", id="anonymous code"),
        pytest.param("See https://github.com/lumen/lamp/blob/main/lamp.pdf", "paper", id="paper in a repository"),
        pytest.param("Install it from https://pypi.org/project/lamp.", "code", id="package index"),
        pytest.param("The code is on https://huggingface.co/lumen/lamp.", "model", id="hub model"),
        pytest.param("Models: https://huggingface.co/datasets/lumen/lamp", "data", id="hub data"),
        pytest.param("Code: https://huggingface.co/spaces/lumen/lamp", "demo", id="hub demo"),
        pytest.param("The data are at https://huggingface.co/lumen.", "data", id="hub owner, by words"),
        pytest.param("The weights are at https://huggingface.co/lumen.", "model", id="hub owner, weights"),
        pytest.param("Available at https://zenodo.org/record/1.", "data", id="archive"),
        pytest.param("The source code is at https://zenodo.org/record/1.", "code", id="archive of code"),
        pytest.param("Data at https://doi.org/10.5281/zenodo.1.", "data", id="DOI of an archive"),
        pytest.param("Full version: https://doi.org/10.1000/182", "paper", id="DOI of a paper"),
        pytest.param("See https://arxiv.org/abs/2101.00001.", "paper", id="preprint"),
        pytest.param("Video: https://youtu.be/abc", "video", id="video"),
        pytest.param("A demo is at https://vimeo.com/1.", "video", id="demo at a host of videos"),
        pytest.param("See https://lamp.org/talk.mp4.", "video", id="video file"),
        pytest.param(f"A supplementary video is available at {PAGE}.", "video", id="video on a page"),
        pytest.param(f"Video results: {OWN}", "video", id="video results"),
        pytest.param(f"Code and videos: {PAGE}", "demo", id="video beside code"),
        pytest.param(f"Videos and audio samples: {PAGE}", "demo", id="video beside sound"),
        pytest.param(f"Our video generation demo is at {PAGE}.", "demo", id="video as a task"),
        pytest.param(f"The video dataset is available at {OWN}.", "data", id="videos as data"),
        pytest.param(f"Our video models are available at {OWN}.", "model", id="models of videos"),
        pytest.param("See https://x.com/lumen.", "other", id="talk"),
        pytest.param(f"Project page: {PAGE}", "project", id="page"),
        pytest.param(f"Our implementation and demos are available at {PAGE}.", "demo", id="demos on a page"),
        pytest.param(f"Audio samples: {PAGE}", "demo", id="samples on a page"),
        pytest.param(
            f"For a demonstration video, visit the project site at {PAGE}.", "project", id="page with a video"
        ),
        pytest.param(f"Code, data, and video demonstrations are available at {PAGE}.", "project", id="three things"),
        pytest.param(f"Code is available at {PAGE}.", "project", id="code on a page"),
        pytest.param(f"Website: {OWN}", "project", id="own host"),
        pytest.param(f"Our interface is available at {OWN}.", "demo", id="own host, interface"),
        pytest.param(f"The corpus can be downloaded at {OWN}.", "data", id="own host, corpus"),
        pytest.param(f"The code is available at {OWN}.", "code", id="own host, code"),
        pytest.param(f"Code and data are available at {OWN}.", "project", id="own host, several things"),
        pytest.param(f"The full paper is at {OWN}.", "paper", id="own host, paper"),
        pytest.param("This paper presents Lamp (https://lamp.org), a light.", "project", id="this paper is no link"),
        pytest.param(f"See demos of Lamp at {SHORT}.", "demo", id="short link, demo"),
        pytest.param(f"The model weights are published at {SHORT}.", "model", id="short link, weights"),
        pytest.param(f"Website: {SHORT}", "project", id="short link, page"),
        pytest.param(f"Dataset and Website: {OWN}", "project", id="own host, website"),
        pytest.param(f"The raw model generations are on our site {OWN}.", "project", id="models in passing"),
        pytest.param(f"Videos are available on our website: {OWN}", "video", id="videos on a website"),
        pytest.param("Code is at https://github.lumen.edu/lab/lamp.", "code", id="GitHub elsewhere"),
        pytest.param(f"See {OWN} for audio samples.", "demo", id="said after the link"),
        pytest.param("All files: https://drive.google.com/file/d/1", "other", id="storage, nothing said"),
        pytest.param("The dataset: https://drive.google.com/file/d/1", "data", id="storage, data"),
    ],
)
def test_kind(link_of, text: str, kind: str) -> None:
    assert link_of(text)["kind"] == kind


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        pytest.param("Lamps: A Survey", "other", id="survey"),
        pytest.param("A Systematic Review of Lamps", "other", id="review"),
        pytest.param("Summarising Product Reviews", "code", id="reviews as data"),
    ],
)
def test_repository_of_a_survey(title: str, kind: str) -> None:
    table = papers(f"The repository is available at {REPO}.", f"The code is available at {REPO}.", title=title)
    assert links(table)["kind"].to_list() == [kind, "code"]


def test_each_link_has_its_own_words() -> None:
    text = f"Code is at {REPO} and our benchmark is available at {OWN}, and see {SHORT} for a demo."
    assert links(papers(text))["kind"].to_list() == ["code", "data", "demo"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        pytest.param(f"Code is available at {REPO}.", "stated", id="available"),
        pytest.param(f"The code can be found here: {REPO}", "stated", id="can be found"),
        pytest.param(f"We will shine. Code: {REPO}", "stated", id="future in another sentence"),
        pytest.param(f"Lamp will be brighter; see {REPO}.", "stated", id="future of something else"),
        pytest.param(f"We will release all, and we provide samples at {REPO}.", "stated", id="clause of now"),
        pytest.param(f"We will release all, and we will provide samples at {REPO}.", "promised", id="clause to come"),
        pytest.param(f"We launched a tool to be freely used by all ({REPO}).", "stated", id="to be used"),
        pytest.param(f"Code is at {REPO}, and data will be released.", "stated", id="future after the link"),
        pytest.param(f"Code will be available at {REPO}.", "promised", id="will be available"),
        pytest.param(f"Code will be made publicly available at {REPO}.", "promised", id="will be made available"),
        pytest.param(f"Our code will soon be publicly available at {REPO}.", "promised", id="will soon be"),
        pytest.param(f"Our code will be avaliable in {REPO}.", "promised", id="misspelt"),
        pytest.param(f"Code will released at {REPO}.", "promised", id="a lost be"),
        pytest.param(f"Our data will be at the project website: {PAGE}", "promised", id="will be at"),
        pytest.param(f"Data are here and will be updated: {REPO}", "stated", id="will be updated"),
        pytest.param(f"We will release all the code at {REPO}.", "promised", id="we will release"),
        pytest.param(f"a diff of the weights to be published at {REPO}", "promised", id="to be published"),
        pytest.param(f"We plan to release our models at {REPO}.", "promised", id="plan to release"),
        pytest.param(f"Code: {REPO} (coming soon).", "promised", id="coming soon"),
        pytest.param(f"Code is made available at {REPO} upon acceptance.", "promised", id="upon acceptance"),
        pytest.param(f"Code: {REPO} once the paper is accepted.", "promised", id="once accepted"),
    ],
)
def test_status(link_of, text: str, status: str) -> None:
    assert link_of(text)["status"] == status
