"""A remark of one line about a paper: a note, written where one reads."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.notes import drafts, history, saving, trash
from apps.notes.models import Note
from apps.papers.models import Paper

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class RemarkForm(forms.Form):
    use_required_attribute = False

    body = forms.CharField(label=pgettext_lazy("about a paper", "Remark"), max_length=2_000)
    visibility = forms.ChoiceField(
        label=_("who may read it"), choices=Note.Visibility.choices, initial=Note.Visibility.TEAM
    )
    draft = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "remark-%s"
        self.initial.setdefault("draft", str(uuid.uuid4()))


def write_remark(*, user: User, paper: Paper, body: str, visibility: str, draft: str) -> Note:
    prepared = saving.prepare(body, False)
    with transaction.atomic():
        note = Note.objects.create(body=body, visibility=visibility, author=user, changed_by=user)
        note.papers.set([paper])
        history.settle(note)
        saving.keep_rendering(note, prepared)
        drafts.settle(user, draft)
    return note


def take_back(*, user: User, paper_id: int, note_id: int) -> Note | None:
    """The remark, thrown away; None when it is not there, or not this person's."""
    mine = Note.objects.visible_to(user).by(user.pk).filter(pk=note_id, papers=paper_id)
    note = mine.first()
    with transaction.atomic():
        trash.throw_away(Note.objects.filter(pk__in=mine.values("pk")), user=user)
    return note
