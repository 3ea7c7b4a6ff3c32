"""The box for a note is a plain textarea first; the tools around it are hidden until a script shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.utils import translation

from apps.notes.models import NoteTemplate
from apps.notes.toolbar import CALLOUTS, GROUPS
from apps.notes.widgets import SCRIPTS, NoteText

EDITOR = Path(__file__).resolve().parents[2] / "static/js/editor"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def rendered(value: str | None = "words") -> str:
    return NoteText().render("body", value, {"id": "id_body"})


@pytest.mark.parametrize(
    "value", ['a < b & "c" </textarea><script>x</script>', "\nfirst line is empty", "{{ a }} {% b %}", "", None]
)
def test_what_was_written_stands_in_the_box_as_it_was(value: str | None) -> None:
    html = rendered(value)
    inside = re.search(r"<textarea [^>]*>\n(.*?)</textarea>", html, re.DOTALL)  # the first line break is HTML's own
    assert inside
    assert unescape(inside[1]) == (value or "")
    assert "<script" not in html


def test_tools_are_hidden_until_a_script_shows_them() -> None:
    for part in re.findall(r"<[^>]*data-needs-script[^>]*>", rendered()):
        assert " hidden" in part


def test_it_asks_only_our_own_files_and_all_are_there() -> None:
    media = NoteText().media
    assert {f"editor/{path.stem}" for path in EDITOR.glob("*.js")} == {each for each in SCRIPTS if "/" in each}
    for path in re.findall(r'(?:src|href)="/static/([^"]+)"', str(media)):
        assert finders.find(path), path
    assert str(media).count("defer") == len(SCRIPTS)


def test_scripts_hold_no_words_and_no_style_attributes() -> None:
    for path in EDITOR.glob("*.js"):
        code = re.sub(r"^\s*//.*$|\s// .*$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        assert not re.search(
            r'setAttribute\("style|cssText|\beval\(|new Function|outerHTML|insertAdjacentHTML', code
        ), path.name
        sentences = re.findall(r'"[A-Z][a-z]+ [a-z]+[^"]*"', code)
        assert not sentences, f"{path.name}: {sentences}"
        assert len(code.splitlines()) <= 250


def test_each_tool_has_a_script_that_does_it() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in EDITOR.glob("*.js"))
    for tool in (tool for group in GROUPS for tool in group if not tool.menu and tool.name != "picture"):
        assert re.search(rf"\b{tool.name}\b", code), tool.name
    assert len({kind for kind, _ in CALLOUTS}) == 5


def test_templates_are_offered_in_the_language_of_the_page() -> None:
    NoteTemplate.objects.create(name="Short", body="What <for>?", name_zh="短", body_zh="为何？")
    assert 'data-template="What &lt;for&gt;?">Short</button>' in rendered()
    with translation.override("zh-hans"):
        assert 'data-template="为何？">短</button>' in rendered()


def test_a_page_without_templates_says_so() -> None:
    NoteTemplate.objects.all().delete()
    assert "There are no templates yet" in rendered()
