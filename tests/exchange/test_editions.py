"""Editions of one document: the later one stands on the earlier, and is undone first."""

from __future__ import annotations

import pytest

from apps.exchange import services
from apps.exchange.models import ImportJob
from apps.papers.models import Paper

HEAD = "# Invented methods\n\n| Name | Paper | LLM |\n| --- | --- | --- |\n"
ONE = "| A | [Quiet ranking](https://arxiv.org/abs/2401.10001) | GPT-4 |\n"
TWO = "| B | [Loud ranking](https://arxiv.org/abs/2401.10002) | GPT-4 |\n"


def applied(text: str) -> ImportJob:
    job = services.take_in(files=[("methods.md", text.encode())], user=None)[0]
    services.apply_now(job=job)
    return job


@pytest.mark.django_db
def test_an_edition_is_not_undone_below_a_later_one() -> None:
    first, second = applied(HEAD + ONE), applied(HEAD + ONE + TWO)
    with pytest.raises(services.NotNow, match="later edition"):
        services.undo(job=first)
    first.refresh_from_db()
    assert first.state == ImportJob.State.APPLIED
    services.undo(job=second)
    assert [paper.arxiv_id for paper in Paper.objects.all()] == ["2401.10001"]
    services.undo(job=first)
    assert not Paper.objects.exists()
