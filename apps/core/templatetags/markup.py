"""Markdown in templates: {{ text|markup }}, {% markup text hard_breaks=… top=… ids=… %} and {{ text|plain:200 }}."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from apps.core.markup import plain as words_of
from apps.core.markup import render

register = template.Library()


@register.filter(name="markup")
def markup_filter(text: str) -> SafeString:
    return render(text)


@register.simple_tag
def markup(text: str, hard_breaks: bool = False, top: int = 2, ids: str | int = "") -> SafeString:
    return render(text, hard_breaks, top=top, ids=ids)


@register.filter
def plain(text: str, length: int) -> str:
    return words_of(text, length)
