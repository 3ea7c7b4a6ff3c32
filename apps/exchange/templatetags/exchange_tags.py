"""What the pages of imports call states, formats and problems."""

from __future__ import annotations

from typing import Any

from django import template

from apps.core.models import Job
from apps.exchange import labels
from apps.exchange.messages import sentences
from apps.exchange.models import ImportJob
from apps.vocabulary.models import Venue

register = template.Library()


@register.inclusion_tag("components/_badge.html")
def import_state(job: ImportJob) -> dict[str, Any]:
    """The state as a badge; an import whose worker failed says so, and one at work how far it is."""
    work = job.job
    if job.state == ImportJob.State.QUEUED and work and work.state != Job.State.QUEUED:
        return {"text": work.get_state_display(), "kind": "warn" if work.state == Job.State.RUNNING else "bad"}
    return {"text": job.get_state_display(), "kind": labels.JOB_STATES.get(job.state, "")}


@register.filter
def format_label(name: str) -> labels.Label:
    return labels.FORMATS.get(name, name)


@register.filter
def in_sentences(problems: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those that are worst stand last, so they are turned round."""
    return sentences(problems)[::-1]


@register.filter
def kind_label(name: str) -> labels.Label:
    return labels.UNMAPPED.get(name, name)


@register.simple_tag
def venue_kinds() -> list[tuple[str, str]]:
    return [(value, str(label)) for value, label in Venue.Kind.choices]
