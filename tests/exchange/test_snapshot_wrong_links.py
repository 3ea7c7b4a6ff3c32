"""A paper whose link was another paper's keeps nothing of it that stands in the way of a large file."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth.models import User

from apps.harvest.models import ArxivRecord
from apps.papers.models import Paper
from apps.papers.say import say
from tests.exchange.snapshots import bring, counts, said, written
from tests.harvest.heard import hear, listed

pytestmark = pytest.mark.django_db


def test_the_record_of_an_id_that_a_paper_lost_goes_to_the_one_that_has_it(tmp_path: Path, editor: User) -> None:
    wrong = hear(listed("2401.00001"))
    say(paper=wrong, user=editor, values={"arxiv_id": ""})
    outcome = bring(written(tmp_path / "snapshot.jsonl", [said(1), said(2)]))
    assert (counts(outcome)["new"], outcome.problems) == (2, [])
    right = Paper.objects.get(arxiv_id="2401.00001")
    assert right != wrong and ArxivRecord.objects.get(arxiv_id="2401.00001").paper == right
