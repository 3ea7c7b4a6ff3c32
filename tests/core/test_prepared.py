"""Questions whose SQL is made once answer what the querysets answer, for other values too."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.core.models import Job
from apps.core.prepared import Prepared

pytestmark = pytest.mark.django_db


@pytest.fixture
def jobs() -> list[Job]:
    user = User.objects.create(username="ada")
    return [
        Job.objects.create(kind="import", arguments={"papers": [1]}, user=user),
        Job.objects.create(kind="fetch_arxiv", arguments={}),
    ]


def test_each_call_asks_for_what_it_is_given(jobs: list[Job]) -> None:
    kind_of = Prepared(lambda pk: Job.objects.filter(pk=pk).values_list("pk", "kind"))
    assert [kind_of(job.pk) for job in jobs] == [[(job.pk, job.kind)] for job in jobs]
    assert kind_of(0) == kind_of(10**20) == []


def test_texts_and_several_values_each_find_their_place(jobs: list[Job]) -> None:
    found = Prepared(lambda kind, least: Job.objects.filter(pk__gte=least, kind=kind).values_list("pk"))
    assert found("fetch_arxiv", jobs[0].pk) == [(jobs[1].pk,)]
    assert found("import", jobs[1].pk) == []
    assert found("it's %s ?", 0) == []


def test_models_come_as_a_queryset_makes_them(jobs: list[Job]) -> None:
    jobs_like = Prepared(lambda pk: Job.objects.filter(pk=pk).select_related("user"))
    found = jobs_like.one(jobs[0].pk)
    assert found == jobs[0] and found.arguments == {"papers": [1]} and found.created == jobs[0].created
    with CaptureQueriesContext(connection) as asked:
        assert found.user is not None and found.user.username == "ada"
    assert not asked.captured_queries
    assert jobs_like.one(0) is None


def test_what_does_not_reach_the_sql_is_refused(jobs: list[Job]) -> None:
    forgetful = Prepared(lambda pk: Job.objects.filter(kind="import"))
    with pytest.raises(ValueError, match="does not stand"):
        forgetful(1)
