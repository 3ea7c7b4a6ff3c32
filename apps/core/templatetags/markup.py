"""Markdown in templates: {{ text|markup }}, {% markup text hard_breaks=… top=… ids=… %}, {{ text|plain:200 }}
and {{ text|abstract:is_cut }}."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from apps.core.markup import abstracts, filling, render
from apps.core.markup import plain as words_of

register = template.Library()


@register.filter(name="markup")
def markup_filter(text: str) -> SafeString:
    return render(text)


@register.simple_tag
def markup(text: str, hard_breaks: bool = False, top: int = 2, ids: str | int = "") -> SafeString:
    return render(text, hard_breaks, top=top, ids=ids)


@register.filter
def abstract(text: str, cut: bool = False) -> SafeString:
    """Plain text with its LaTeX made readable, for within a paragraph; `cut` ends it with "…"."""
    return filling.fill(abstracts.make(text, bool(cut)), top=1)


@register.filter
def plain(text: str, length: int) -> str:
    return words_of(text, length)
