"""What every test may ask for: people, clients, the seeds, a look at the queries; and what none may do."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django.test
import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from apps.search.index.live import index
from tests import emptying, fences
from tests.services import SEEDS

fences.put_up()
pytest_plugins = ["tests.browsing"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database-only", action="store_true", help="only tests that touch the database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        names = getattr(item, "fixturenames", ())
        if "seeds" in names or "expected" in names:
            item.add_marker(pytest.mark.seeds)
        if "page" in names or "browser" in names:
            item.add_marker(pytest.mark.browser)
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.xdist_group("browser"))
    chosen = [item for item in items if _may_run(item, config)]
    if len(chosen) < len(items):
        config.hook.pytest_deselected(items=[item for item in items if item not in set(chosen)])
        items[:] = chosen


def _may_run(item: pytest.Item, config: pytest.Config) -> bool:
    if config.getoption("--database-only") and (item.get_closest_marker("once") or not _touches_database(item)):
        return False
    if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
        return False
    # In a user's clone the documents are not there; `python -m tests` says so at its end.
    return SEEDS.is_dir() or not item.get_closest_marker("seeds")


def _touches_database(item: pytest.Item) -> bool:
    names = set(getattr(item, "fixturenames", ()))
    return bool(item.get_closest_marker("django_db") or names & {"db", "transactional_db", "live_server"})


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Remember what the migrations made, so that tests which commit can bring it back."""
    with django_db_blocker.unblock():
        emptying.keep()
    django.test.TransactionTestCase._fixture_teardown = emptying.restore  # type: ignore[attr-defined, method-assign]


@pytest.fixture(autouse=True)
def in_the_default_language() -> None:
    """Whatever language the last page of the test before was shown in."""
    translation.deactivate()


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of the documents the project was born from."""
    return SEEDS


@pytest.fixture(scope="session")
def expected(seeds: Path) -> Any:
    """What an import of the seeds must find."""
    return json.loads((seeds / "expected.json").read_text(encoding="utf-8"))


def _person(name: str, *, staff: bool) -> User:
    user = User.objects.create_user(name, f"{name}@example.org", "correct horse battery", is_staff=staff)
    user.groups.add(Group.objects.get(name=name))
    return user


@pytest.fixture
def reader(db: None) -> User:
    return _person("reader", staff=False)


@pytest.fixture
def writer(db: None) -> User:
    return _person("writer", staff=True)


@pytest.fixture
def editor(db: None) -> User:
    return _person("editor", staff=True)


@pytest.fixture
def administrator(db: None) -> User:
    return _person("administrator", staff=True)


@pytest.fixture
def stranger(db: None) -> Client:
    """Somebody without an account."""
    return Client()


@pytest.fixture
def client_of(request: pytest.FixtureRequest, db: None) -> Callable[[str | User], Client]:
    """`client_of("writer")` or `client_of(user)`: a client that is signed in; "stranger" is one that is not."""

    def sign_in(who: str | User) -> Client:
        client = Client()
        if who != "stranger":
            client.force_login(request.getfixturevalue(who) if isinstance(who, str) else who)
        return client

    return sign_in


class Queries:
    """Counts the queries of an action, with an index that knows of everything already."""

    def of(self, action: Callable[[], Any]) -> list[str]:
        index().names()
        with CaptureQueriesContext(connection) as captured:
            action()
        return [str(query["sql"]) for query in captured.captured_queries]

    def stay_equal(self, action: Callable[[], Any], *, when: Callable[[], Any]) -> None:
        """Assert that `action` costs as many queries after `when()` as before (a run before each only warms caches)."""
        action()
        before = self.of(action)
        when()
        action()
        after = self.of(action)
        assert len(after) == len(before), "\n".join(sql for sql in after if sql not in before)


@pytest.fixture
def queries(db: None) -> Queries:
    return Queries()
