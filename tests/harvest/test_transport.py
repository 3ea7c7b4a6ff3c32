"""One request stays within its limits of time and size, whatever the other side does."""

from __future__ import annotations

import pickle
from dataclasses import replace

import pytest

from apps.harvest.arxiv import addresses, transport
from apps.harvest.arxiv.failures import Broken, Busy, NoAnswer, Reason, Unreachable
from apps.harvest.arxiv.transport import Answered, Limits, OneRequest, SecondRequest, Ways
from tests.harvest.conftest import Patience
from tests.installation import until
from tests.standin import Standin

ASKED = {"id_list": "2405.00001"}


@pytest.mark.parametrize("name", ["drip", "silent"])
def test_whoever_takes_too_long_is_left_in_the_middle(
    name: str, standin: Standin, ways: Ways, patience: Patience
) -> None:
    standin.fail(name)
    with pytest.raises(Unreachable) as said:
        transport.get(replace(ways, alarm=patience, limits=Limits(5, 60, 7)), ASKED)
    assert said.value.failure.reason is Reason.TOO_SLOW and patience.asked_for == [7]


def test_silence_between_two_bytes_has_a_limit_of_its_own(standin: Standin, ways: Ways) -> None:
    standin.fail("silent")
    with pytest.raises(Unreachable) as said:
        transport.get(replace(ways, limits=Limits(5, 0.05, 60)), ASKED)
    assert said.value.failure.reason is Reason.TOO_SLOW


def test_size_is_measured_unpacked(standin: Standin, ways: Ways) -> None:
    small = replace(ways, limits=Limits(most=1000))
    standin.fail("zipped")
    with pytest.raises(Broken) as said:
        transport.get(small, {"id_list": ",".join(f"2405.{number:05d}" for number in range(1, 10))})
    assert said.value.failure.reason is Reason.TOO_LARGE


def test_a_library_that_asks_for_more_by_itself_is_stopped(ways: Ways) -> None:
    with transport.session(OneRequest(ways)) as session:
        session.get(ways.address, params=ASKED)
        with pytest.raises(SecondRequest):
            session.get(ways.address, params=ASKED)


@pytest.mark.parametrize("name", ["503", "html", "short"])
def test_no_connection_outlives_its_request_while_somebody_looks_at_the_failure(
    name: str, standin: Standin, ways: Ways
) -> None:
    """The exception keeps all alive that took part in the request."""

    def read(answered: Answered) -> bytes:
        raise Broken(Reason.HTML)

    standin.fail(name)
    with pytest.raises(NoAnswer) as said, transport.session(OneRequest(ways, read)) as session:
        session.get(ways.address, params=ASKED)
    assert said.value.__traceback__ and standin.log.requests
    until(lambda: standin.log.open == 0, within=5)


def test_passwords_of_the_machine_are_not_sent(
    standin: Standin, ways: Ways, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    netrc = f"{tmp_path}/netrc"
    with open(netrc, "w") as file:  # noqa: PTH123
        file.write("machine 127.0.0.1 login me password secret\n")
    monkeypatch.setenv("NETRC", netrc)
    sent: list[str] = []
    adapter = OneRequest(ways, read=lambda answered: answered.body)
    with transport.session(adapter) as session:
        response = session.get(ways.address, params=ASKED)
        sent = list(response.request.headers)
    assert "Authorization" not in sent


def test_reasons_survive_their_journey_as_values() -> None:
    failure = Busy(Reason.TOO_MANY, "slow down", retry_after=7, status=429).failure
    assert pickle.loads(pickle.dumps(failure)) == failure and failure.sentence.startswith("arXiv says")


def test_addresses_and_name_come_from_the_settings(settings: object) -> None:
    settings.PAPERNOTES_CONTACT = "library@example.org"  # type: ignore[attr-defined]
    settings.PAPERNOTES_URL = "https://papers.example.org"  # type: ignore[attr-defined]
    settings.ARXIV_API_URL = "http://127.0.0.1:1/api/query"  # type: ignore[attr-defined]
    assert addresses.api() == replace(addresses.api(), address="http://127.0.0.1:1/api/query")
    assert addresses.agent() == "papernotes/0.1.0 (+https://papers.example.org; mailto:library@example.org)"
    settings.PAPERNOTES_CONTACT = ""  # type: ignore[attr-defined]
    assert addresses.agent() == "papernotes/0.1.0 (+https://papers.example.org)"
    assert addresses.oai().address == "https://oaipmh.arxiv.org/oai"
    assert addresses.feeds().address == "https://rss.arxiv.org/rss"
