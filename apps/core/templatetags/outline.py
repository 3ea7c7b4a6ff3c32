"""{{ outline|items:ids }}: the headings of a text as items of a list, each with its step of 1 to 3."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from apps.core.markup import Heading

register = template.Library()

_ITEM = '<li class="step-{}"><a href="#n{}-{}">{}</a></li>\n'


@register.filter
def items(outline: Sequence[Heading], ids: str | int) -> SafeString:
    """In Python, because a template takes ten times as long for each."""
    parts = ((step, ids, quote(heading.id), heading.words) for heading, step in steps(outline))
    return format_html_join("", _ITEM, parts)


def steps(outline: Sequence[Heading]) -> list[tuple[Heading, int]]:
    """Counted from the highest heading that there is: some texts begin with their third level."""
    highest = min((heading.level for heading in outline), default=1)
    return [(heading, min(3, heading.level - highest + 1)) for heading in outline]
