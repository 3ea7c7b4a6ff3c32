"""What the page on which a note is written asks for."""

from __future__ import annotations

from django import template
from django.db.models import QuerySet

from apps.notes.models import NoteTemplate

register = template.Library()


@register.simple_tag
def note_templates() -> QuerySet[NoteTemplate]:
    return NoteTemplate.objects.all()
