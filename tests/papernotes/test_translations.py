"""The Chinese catalogue: complete, certain, and with the very placeholders of the English texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from apps.core.management.commands.setup import compile_catalogue
from tests.wording import CATALOGUE, Text, texts

# These are the same in both languages.
SAME = {"Markdown", "PDF", "DOI", "arXiv", "HTTP Accept"}
HAN = re.compile(r"[\u4e00-\u9fff]")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]")
TAG = re.compile(r"<[^>]*>")
# Half-width marks beside a Chinese character; those of addresses, options and numbers stand beside Latin letters.
# The mark of a callout is [!提示].
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,.;:!?()]|(?<!\[)[,;!?()][\u4e00-\u9fff]")


def messages() -> Iterator[Message]:
    with CATALOGUE.open("rb") as source:
        return iter([message for message in read_po(source) if message.id])


def text_of(message: Message) -> Text:
    singular, plural = (message.id, "") if isinstance(message.id, str) else message.id[:2]
    return Text(singular, plural, message.context or "")


def chinese(message: Message) -> str:
    return message.string if isinstance(message.string, str) else message.string[0]


def test_every_text_has_a_chinese_one() -> None:
    translated = {text_of(message) for message in messages() if chinese(message)}
    assert {text: where for text, where in texts().items() if text not in translated} == {}


def test_the_catalogue_holds_nothing_that_is_gone_from_the_source() -> None:
    assert [text for message in messages() if (text := text_of(message)) not in texts()] == []


def test_no_translation_is_a_guess() -> None:
    assert [text_of(message) for message in messages() if message.fuzzy] == []


def test_chinese_has_one_form_for_any_number() -> None:
    with CATALOGUE.open("rb") as source:
        catalogue = read_po(source)
    assert catalogue.num_plurals == 1
    assert [message.id for message in catalogue if message.pluralizable and len(message.string) != 1] == []


def test_placeholders_are_those_of_the_english_text() -> None:
    def wrong(message: Message) -> bool:
        text = text_of(message)
        english = set(PLACEHOLDER.findall(text.plural or text.singular))
        return set(PLACEHOLDER.findall(chinese(message))) != english

    assert [text_of(message) for message in messages() if wrong(message)] == []


def test_tags_inside_a_text_are_those_of_the_english_text() -> None:
    assert [
        text_of(message)
        for message in messages()
        if TAG.findall(chinese(message)) != TAG.findall(text_of(message).singular)
    ] == []


def test_every_chinese_text_is_chinese() -> None:
    bare = [(text_of(message).singular, chinese(message)) for message in messages()]
    foreign = {english for english, zh in bare if not HAN.search(zh) and re.search("[A-Za-z]", PLACEHOLDER.sub("", zh))}
    assert foreign == SAME


def test_chinese_sentences_have_full_width_marks() -> None:
    assert [zh for message in messages() if HALF_WIDTH.search(zh := PLACEHOLDER.sub("字", chinese(message)))] == []


def test_setting_up_compiles_the_catalogue_without_guesses(tmp_path: Path) -> None:
    copy = tmp_path / "django.po"
    guess = '\n#, fuzzy\nmsgid "a guess"\nmsgstr "猜测"\n'
    copy.write_text(CATALOGUE.read_text(encoding="utf-8") + guess, encoding="utf-8")
    compile_catalogue(copy)
    with copy.with_suffix(".mo").open("rb") as compiled:
        catalogue = read_mo(compiled)
    assert len(catalogue) == len(list(messages()))
    assert "a guess" not in catalogue
    assert not copy.with_suffix(".mo.new").exists()


@pytest.mark.parametrize(
    ("english", "expected"),
    [
        ("base LLM", "基座大模型"),
        ("tuning type", "微调方式"),
        ("note", "笔记"),
        ("digest", "每日速递"),
        ("venue", "会议/期刊"),
    ],
)
def test_the_words_of_the_field_are_the_same_everywhere(english: str, expected: str) -> None:
    """A text whose whole English is the word, in either case and number, reads as the one word chosen for it.

    One with a context means something else: a kind of callout is called a note, too.
    """
    whole = re.compile(rf"{english}s?", re.IGNORECASE)
    found = {
        chinese(message) for message in messages() if not message.context and whole.fullmatch(text_of(message).singular)
    }
    assert found == {expected}
