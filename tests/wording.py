"""Finds every text that goes through gettext, in Python and in templates, without the gettext programs."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from babel.messages.extract import extract
from django.conf import settings
from django.template import Origin, engines
from django.template.base import Node, NodeList
from django.template.base import Template as DjangoTemplate
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

ROOT = Path(settings.BASE_DIR)
SOURCES = [ROOT / "apps", ROOT / "papernotes"]
TEMPLATES = ROOT / "templates"
CATALOGUE = ROOT / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


class Text(NamedTuple):
    """One text in English; `plural` is empty where there is none."""

    singular: str
    plural: str = ""
    context: str = ""


@cache
def texts() -> dict[Text, str]:
    """Every text of the site, and a file where it stands."""
    found: dict[Text, str] = {}
    for path in python_files():
        found |= dict.fromkeys(_in_python(path), str(path.relative_to(ROOT)))
    for path in template_files():
        found |= dict.fromkeys(_in_template(path), str(path.relative_to(ROOT)))
    return found


def python_files() -> list[Path]:
    return sorted(
        path for folder in SOURCES for path in folder.rglob("*.py") if "migrations" not in path.relative_to(ROOT).parts
    )


def template_files() -> list[Path]:
    return sorted(TEMPLATES.rglob("*.html"))


def _in_python(path: Path) -> Iterator[Text]:
    with path.open("rb") as source:
        for _line, message, _comments, context in extract("python", source, KEYWORDS):
            singular, plural = (message, "") if isinstance(message, str) else message[:2]
            yield Text(singular, plural, context or "")


def parse(path: Path) -> NodeList:
    """The nodes of one of our templates."""
    name = str(path.relative_to(TEMPLATES))
    engine = engines["django"].engine  # type: ignore[attr-defined]
    return DjangoTemplate(path.read_text(encoding="utf-8"), Origin(str(path), name), name, engine).nodelist


def _in_template(path: Path) -> Iterator[Text]:
    nodes = parse(path)
    for node in nodes.get_nodes_by_type(TranslateNode):
        if literal := getattr(node.filter_expression.var, "literal", None):
            # Django looks it up with its percent signs doubled.
            yield Text(literal.replace("%", "%%"), context=_context(node))
    for node in nodes.get_nodes_by_type(BlockTranslateNode):
        singular = node.render_token_list(node.singular)[0]
        yield Text(singular, node.render_token_list(node.plural)[0] if node.plural else "", _context(node))


def _context(node: Node) -> str:
    context = getattr(node, "message_context", None)
    return str(context.var) if context else ""
