"""A paper's page for people without an account, where the installation is public: no word about who works here."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from apps.papers.models import Paper
from apps.papers.say import say


@pytest.mark.django_db
def test_a_stranger_does_not_learn_who_edited_a_paper(editor: User, stranger: Client, settings: Any) -> None:
    settings.PAPERNOTES_PUBLIC = True
    paper = Paper.objects.create(title="Quiet ranking")
    say(paper=paper, user=editor, values={"title": "Quiet ranking by whispering models"})
    page = stranger.get(Paper.objects.get(pk=paper.pk).get_absolute_url())
    assert page.status_code == 200
    assert editor.username not in page.content.decode()


@pytest.mark.django_db
def test_a_teammate_does(editor: User, client: Client) -> None:
    paper = Paper.objects.create(title="Quiet ranking")
    say(paper=paper, user=editor, values={"title": "Quiet ranking by whispering models"})
    client.force_login(User.objects.create_user("reader2"))
    assert editor.username in client.get(Paper.objects.get(pk=paper.pk).get_absolute_url()).content.decode()
