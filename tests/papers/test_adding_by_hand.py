"""A paper of which only the title is known is filled in by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse


@pytest.mark.django_db
def test_a_line_without_an_id_leads_to_the_record_with_its_title_filled_in(client_of: Callable[[str], Client]) -> None:
    editor = client_of("editor")
    page = editor.post(reverse("paper_add"), {"text": "Quiet ranking & more"}).content.decode()
    address = f"{reverse('admin:papers_paper_add')}?title=Quiet%20ranking%20%26%20more"
    assert address in page
    assert "Quiet ranking &amp; more" in editor.get(address).content.decode()
