"""No word that a reader sees stands in a template or a form without going through gettext."""

from __future__ import annotations

import ast
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template.base import Lexer, TokenType

from tests.wording import KEYWORDS, ROOT, python_files, template_files

# Names and marks that are the same in every language.
EXEMPT = {"papernotes", "arXiv", "doi", "DOI", "PDF", "OpenReview", "ORCID", "Markdown", "English", "中文", "UTC"}
KEYS = {"Enter", "Esc"}  # what stands on a keyboard
SPOKEN = ("aria-label", "aria-description", "title", "placeholder", "alt", "label", "summary")
WORD = re.compile(r"[^\W\d_]{2,}")
NOT_WORDS = ("script", "style", "code", "svg")


class Bare(HTMLParser):
    """The words of a template that stand between tags and in attributes which are read out or shown."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._inside: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in NOT_WORDS:
            self._inside.append(tag)
        for name, value in attrs:
            if name in SPOKEN or (name == "value" and tag == "input" and dict(attrs).get("type") == "submit"):
                self._look(value or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._inside:
            self._inside.remove(tag)

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self._look(data)

    def _look(self, text: str) -> None:
        self.words += [word for word in WORD.findall(text) if word not in EXEMPT | KEYS]


def bare_words(source: str) -> list[str]:
    """What is left when tags of the template language and texts between blocktranslate and its end are gone."""
    left, translated = [], False
    for token in Lexer(source).tokenize():
        if token.token_type == TokenType.BLOCK:
            first = token.contents.split()[0]
            # What stands in `bodyclass` is read by style sheets alone.
            unseen = first in ("blocktranslate", "comment") or token.contents == "block bodyclass"
            translated = unseen or (translated and not first.startswith("end"))
        elif token.token_type == TokenType.TEXT and not translated:
            left.append(token.contents)
    return Bare(" ".join(left)).words


def test_templates_hold_no_words_of_their_own() -> None:
    found = {path.name: bare_words(path.read_text(encoding="utf-8")) for path in template_files()}
    assert {name: words for name, words in found.items() if words} == {}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>Hello there</p>", ["Hello", "there"]),
        ('<p aria-label="Pages">{{ x }}</p>', ["Pages"]),
        ("<p>你好</p>", ["你好"]),
        ('<input type="submit" value="Save">', ["Save"]),
        ("{% if x %}yes{% endif %}", ["yes"]),
        ("<p>{% translate 'Hello' %} · papernotes</p>", []),
        ("{% blocktranslate count n=n %}{{ n }} paper{% plural %}{{ n }} papers{% endblocktranslate %}", []),
        ('<a class="button primary" href="/papers/">{{ label }}</a>', []),
    ],
)
def test_a_bare_word_is_found(source: str, found: list[str]) -> None:
    assert bare_words(source) == found


SHOWN_ARGUMENTS = {"label", "help_text", "verbose_name", "verbose_name_plural", "empty_label", "search_help_text"}
SHOWN_CALLS = {"ValidationError", "Http404", "NotNow", "display", "action"}
MESSAGES = {"success", "info", "warning", "error", "message_user", "add_error"}


def bare_texts(source: str) -> list[str]:
    """Plain sentences where forms, models, messages and errors take what a reader sees."""
    found: list[ast.expr] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Assign) and any(getattr(name, "id", "") in SHOWN_ARGUMENTS for name in node.targets):
            found.append(node.value)
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            found += [each.value for each in node.keywords if each.arg in SHOWN_ARGUMENTS | {"description"}]
            found += node.args if name in SHOWN_CALLS else []
            owner = getattr(getattr(node.func, "value", None), "id", "")
            found += node.args[1:] if name in MESSAGES and owner in ("messages", "self", "form") else []
    return [text for each in found if (text := _plain(each)) and re.search(r"\w \w|\w\.$", text)]


def _plain(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def test_forms_models_and_messages_hold_no_plain_sentences() -> None:
    found = {str(path.relative_to(ROOT)): bare_texts(path.read_text(encoding="utf-8")) for path in python_files()}
    assert {name: texts for name, texts in found.items() if texts} == {}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('messages.success(request, "It is done.")', ["It is done."]),
        ('raise ValidationError(f"No {name} here.")', ["No  here."]),
        ('x = forms.CharField(label="Your name")', ["Your name"]),
        ('class Meta:\n    verbose_name = "a paper"', ["a paper"]),
        ('x = forms.CharField(label=_("Your name"))', []),
    ],
)
def test_a_plain_sentence_is_found(source: str, found: list[str]) -> None:
    assert bare_texts(source) == found


def test_gettext_goes_by_names_that_the_extractor_knows() -> None:
    """`gettext as now` would hide its texts from makemessages."""

    def hidden(path: Path) -> list[str]:
        imports = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.ImportFrom)]
        names = [name for node in imports if node.module == "django.utils.translation" for name in node.names]
        return [name.asname for name in names if "gettext" in name.name and name.asname and name.asname not in KEYWORDS]

    assert {str(path): names for path in python_files() if (names := hidden(path))} == {}
