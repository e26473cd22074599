"""Known names: spellings folded, versions read, and the senses of words that are also names."""

from collections.abc import Callable

import pytest


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("We tune LLaMA-2 on logs.", "Llama 2", id="hyphen"),
        pytest.param("We tune llama2 on logs.", "Llama 2", id="glued, lower case"),
        pytest.param("We tune Llama 2 on logs.", "Llama 2", id="space"),
        pytest.param("We tune Llama\u20112 on logs.", "Llama 2", id="another hyphen"),
        pytest.param("We tune Llama\u00a02 on logs.", "Llama 2", id="another space"),
        pytest.param("We tune Llama-2-70B-chat on logs.", "Llama 2", id="size and training"),
        pytest.param("We tune LLaMA-13B on logs.", "Llama", id="a size is no version"),
        pytest.param("We tune Llama-3.1-8B-Instruct on logs.", "Llama 3.1", id="version with a point"),
        pytest.param("We ask GPT4 and no other.", "GPT-4", id="GPT4"),
        pytest.param("We ask GPT-4o and no other.", "GPT-4o", id="GPT-4o"),
        pytest.param("We ask gpt-3.5-turbo and no other.", "GPT-3.5", id="gpt-3.5-turbo"),
        pytest.param("We ask Qwen2.5-VL-72B and no other.", "Qwen2.5-VL", id="variant"),
        pytest.param("We ask Claude 3.5 Sonnet and no other.", "Claude 3.5 Sonnet", id="variant after a space"),
        pytest.param("We tune Mixtral 8x7B on logs.", "Mixtral", id="size of experts"),
        pytest.param("We ask DeepSeek-R1 and no other.", "DeepSeek-R1", id="letter in the version"),
        pytest.param("A ResNet50 sees masts.", "ResNet-50", id="depth"),
        pytest.param("YOLOv8 sees masts.", "YOLOv8", id="version with v"),
        pytest.param("Falcon-40B beats them.", "Falcon", id="a size tells the sense"),
        pytest.param("LLMs such as Falcon are open.", "Falcon", id="words around tell the sense"),
        pytest.param("We train BERTs.", "BERT", id="plural"),
        pytest.param("Mamba, a state space model, is fast.", "Mamba", id="architecture"),
    ],
)
def test_models(terms_of: Callable[..., list[dict]], text: str, name: str) -> None:
    assert [term["name"] for term in terms_of(text, "model")] == [name]


@pytest.mark.parametrize(
    ("text", "version", "size", "surface"),
    [
        pytest.param("With Llama-2-70B-chat we row.", "2", "70B", "Llama-2-70B-chat", id="all"),
        pytest.param("With LLaMA 13B we row.", None, "13B", "LLaMA 13B", id="size"),
        pytest.param("With GPT-4, we row.", "4", None, "GPT-4", id="version"),
        pytest.param("With GPT 3 times we row.", None, None, "GPT", id="a number of times"),
    ],
)
def test_parts_of_models(
    terms_of: Callable[..., list[dict]], text: str, version: str | None, size: str | None, surface: str
) -> None:
    (term,) = terms_of(text, "model")
    assert (term["version"], term["size"], term["surface"]) == (version, size, surface)


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        pytest.param("Trained on ImageNet-1k.", "dataset", "ImageNet", id="ImageNet-1k"),
        pytest.param("Trained on CIFAR10.", "dataset", "CIFAR-10", id="CIFAR10"),
        pytest.param("Trained on CIFAR-10.", "dataset", "CIFAR-10", id="CIFAR-10"),
        pytest.param("Trained on the Pile.", "dataset", "The Pile", id="the Pile"),
        pytest.param("Detection on the COCO dataset.", "dataset", "COCO", id="COCO"),
        pytest.param("Passages of MS-MARCO.", "dataset", "MS MARCO", id="MS-MARCO"),
        pytest.param("We reach 61% on GSM8K and MATH.", "benchmark", "GSM8K MATH", id="MATH beside GSM8K"),
        pytest.param("We solve SWE-bench Verified.", "benchmark", "SWE-bench", id="a part of a benchmark"),
        pytest.param("Reading comprehension helps.", "task", "reading comprehension", id="task"),
        pytest.param("Better question-answering.", "task", "question answering", id="hyphen in a task"),
        pytest.param("We study visual question answering.", "task", "visual question answering", id="the longest"),
        pytest.param("An F1-score of .9.", "metric", "F1", id="F1-score"),
        pytest.param("An F1 of .9.", "metric", "F1", id="F1"),
        pytest.param("A mAP of 40 for masts.", "metric", "mean average precision", id="mAP"),
        pytest.param("Precision and recall are 92%.", "metric", "precision recall", id="precision and recall"),
        pytest.param("The perplexity falls.", "metric", "perplexity", id="perplexity"),
        pytest.param("A word error rate of 4%.", "metric", "word error rate", id="written out"),
        pytest.param("A WER of 4%.", "metric", "word error rate", id="abbreviated"),
        pytest.param("Better music recommendation.", "task", "recommendation", id="one word"),
        pytest.param("Better recommender systems.", "task", "recommendation", id="systems in the plural"),
        pytest.param("Sentiment on the IMDb dataset.", "dataset", "IMDB", id="data of a site"),
        pytest.param("Cross-domain image retrieval.", "task", "image retrieval", id="a prefix of another word"),
    ],
)
def test_other_kinds(terms_of: Callable[..., list[dict]], text: str, kind: str, name: str) -> None:
    assert " ".join(term["name"] for term in terms_of(text, kind)) == name


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("A falcon and the Falcon 9 rocket fly.", id="Falcon, bird and rocket"),
        pytest.param("A Falcon nests in the tower.", id="Falcon, capital"),
        pytest.param("A pile of stones, and a Pile driver.", id="pile"),
        pytest.param("We love math and Math.", id="math"),
        pytest.param("The map of the coast; we map it.", id="map"),
        pytest.param("The Gemini North telescope saw it.", id="Gemini, telescope"),
        pytest.param("Claude rowed home.", id="Claude, person"),
        pytest.param("Alpaca wool and vicuna wool.", id="alpaca"),
        pytest.param("The mistral blows from the north.", id="mistral, wind"),
        pytest.param("The angle phi and Phi of x.", id="phi"),
        pytest.param("A black mamba in the reeds.", id="mamba, snake"),
        pytest.param("A Bloom filter of algal bloom.", id="bloom"),
        pytest.param("We recall that boats float.", id="recall, verb"),
        pytest.param("Factual recall and knowledge recall of sailors fall by 4%.", id="recall, of facts"),
        pytest.param("Mixed precision and high-precision clocks, and precision medicine.", id="precision"),
        pytest.param("The palm of the hand on the coco nut.", id="palm, coco"),
        pytest.param("A squad of rowers opted for T 5.", id="squad"),
        pytest.param("The transformers of the power grid hum; whisper it.", id="lower-case names"),
        pytest.param("Complex scrolls, xtreme crafters and Albert.", id="names in capitals are words in small letters"),
        pytest.param("BERTology and preGPTs.", id="inside words"),
        pytest.param("CLIP-Adapter and Mini-BERT are other names.", id="names that go on"),
        pytest.param("See https://example.org/BERT for more.", id="inside an address"),
        pytest.param("Recall@20 and UNet+ are other names.", id="signs that go on"),
        pytest.param("Our recommendations for captains are short.", id="recommendations, advice"),
        pytest.param("At least max{2e+f-1, 2f+1} boats are needed.", id="f-1, a formula"),
        pytest.param("A table of IMDb IDs lists the films.", id="IMDb, the site"),
        pytest.param("Multi-image retrieval of harbours.", id="a prefix makes another task"),
    ],
)
def test_other_senses(terms_of: Callable[..., list[dict]], text: str) -> None:
    assert [term["name"] for term in terms_of(text) if term["rule"] == "gazetteer"] == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("Self-attention maps (SAM) segment the mask.", [], id="defined as something else"),
        pytest.param("Segment Anything Model (SAM) makes masks.", ["SAM", "SAM"], id="defined as what is known"),
        pytest.param("The word error rate (WER) is low.", ["word error rate"] * 2, id="metric, defined"),
    ],
)
def test_the_abstract_decides_what_an_acronym_means(
    terms_of: Callable[..., list[dict]], text: str, names: list[str]
) -> None:
    assert [term["name"] for term in terms_of(text) if term["rule"] == "gazetteer"] == names
