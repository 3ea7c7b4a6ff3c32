"""What people do with papers in this room: say how far they have read."""

from __future__ import annotations

from django.contrib.auth.models import User

from apps.lists.models import ReadingState
from apps.papers.models import Paper


def set_reading_state(*, user: User, paper: Paper, state: str) -> None:
    """An empty state takes the person's word back."""
    if state:
        ReadingState.objects.update_or_create(user=user, paper=paper, defaults={"state": state})
    else:
        ReadingState.objects.filter(user=user, paper=paper).delete()
