"""Every Chinese word of one to four characters is found wherever it stands, and nothing else; Latin words by their stem."""

from __future__ import annotations

import re
from random import Random

import pytest
from django.contrib.auth.models import AnonymousUser
from Stemmer import Stemmer

from apps.papers.filters import PaperFilter
from apps.papers.models import Paper
from apps.search.han import simplified
from tests.papers.library import paper

pytestmark = pytest.mark.django_db

TEXTS = [
    "基于大语言模型的推荐系统综述：从预训练到提示学习，我们回顾了二百余篇论文。",
    "大規模語言模型在序列推薦中的應用與挑戰；圖神經網絡的協同過濾。",
    "图 神 经 网 络\n用于会话推荐，冷启动问题的研究。LLM推荐与GPT-4推荐的比较",
    "可解释推荐（explainable recommendation）综述，对话式推荐系统的评测基准",
    "知识图谱增强的新闻推荐、多模态推荐：用户兴趣建模。推荐推荐推荐",
    "Graph neural networks for recommending news; a survey of recommender systems and models",
    "Fine-tuned language models generate explanations. Generating queries with generative retrieval",
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经",
]


def scanned(text: str) -> str:
    return re.sub(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", "", simplified(text))


def found(word: str) -> set[int]:
    papers = PaperFilter({"q": [word], "exact": ["1"]}, user=AnonymousUser())
    assert papers.problems == []
    return set(papers.ids)


@pytest.fixture
def texts() -> dict[int, str]:
    """In every place that a text may have; the title is none of them."""
    places = ("abstract", "abstract_zh", "summary", "summary_zh", "key_technique", "reading_focus")
    return {paper(f"P{n}", **{places[n % len(places)]: text}).pk: text for n, text in enumerate(TEXTS)}


@pytest.mark.parametrize("length", [1, 2, 3, 4])
def test_words_of_so_many_characters(length: int, texts: dict[int, str]) -> None:
    dice, scans = Random(length), {pk: scanned(text) for pk, text in texts.items()}
    runs = [run for text in scans.values() for run in re.findall(rf"[\u4e00-\u9fff]{{{length},}}", text)]
    for _ in range(150):
        run = dice.choice(runs)
        start = dice.randint(0, len(run) - length)
        word = run[start : start + length]
        assert found(word) == {pk for pk, text in scans.items() if word in text}, word


def test_a_word_that_stands_nowhere_is_not_found_by_its_pieces(texts: dict[int, str]) -> None:
    """Each pair of its characters stands somewhere in the paper, but not in a row."""
    for word in ("推荐系统的应用", "荐系推", "推荐推荐推荐推荐"):
        assert found(word) == {pk for pk, text in texts.items() if word in scanned(text)}


def test_latin_words_by_their_stem(texts: dict[int, str]) -> None:
    stem = Stemmer("english").stemWord
    stems = {pk: {stem(word) for word in re.findall("[a-z]+", text.lower())} for pk, text in texts.items()}
    for word in sorted({word for text in TEXTS for word in re.findall("[A-Za-z]+", text)}):
        assert found(word) == {pk for pk, some in stems.items() if stem(word.lower()) in some}, word
    assert Paper.objects.count() == len(TEXTS)
