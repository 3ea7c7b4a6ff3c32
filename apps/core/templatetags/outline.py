"""{% for heading, step in outline|steps %}: the headings of a text, each with its step of 1 to 3."""

from __future__ import annotations

from collections.abc import Sequence

from django import template

from apps.core.markup import Heading

register = template.Library()


@register.filter
def steps(outline: Sequence[Heading]) -> list[tuple[Heading, int]]:
    """Counted from the highest heading that there is: some texts begin with their third level."""
    highest = min((heading.level for heading in outline), default=1)
    return [(heading, min(3, heading.level - highest + 1)) for heading in outline]
