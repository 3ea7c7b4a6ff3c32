"""/_control/: the same over HTTP, for demonstrations and for tests of several processes."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from tests.standin.answers import Reply
from tests.standin.failures import FAILURES
from tests.standin.library import generated, made, of_seeds, peculiar

if TYPE_CHECKING:
    from tests.standin.server import Standin

clock = time.monotonic
HELP = {
    "GET /_control/": "this text",
    "GET /_control/log?interval=3": "all requests, and which were too close or within a Retry-After",
    "POST /_control/fail": {"name": "429", "times": 1, "path": "/api", "retry_after": 10, "as_date": False},
    "POST /_control/random": {"probability": 0.3, "seed": 1, "names": ["429", "cut-xml"], "retry_after": 1},
    "POST /_control/recover": "no failures any more; whoever waits gets the rest",
    "POST /_control/release": "whoever waits gets the rest",
    "POST /_control/papers": {
        "generate": 1000,
        "month": "2405",
        "peculiar": True,
        "seeds": "FILE",
        "papers": [{"id": "", "title": ""}],
    },
    "POST /_control/version": {"id": "2405.00001", "title": "A New Title"},
    "POST /_control/announce": {"day": "2026-11-20", "papers": {"2405.00001": "new"}},
    "POST /_control/clear": "an empty log",
    "failures": sorted(FAILURES),
}


def get(standin: Standin, target: str) -> Reply:
    parts = urlsplit(target)
    if parts.path.endswith("/log"):
        return _json(standin.log.as_json(float(dict(parse_qsl(parts.query)).get("interval", 3))))
    return _json(HELP)


def post(standin: Standin, target: str, said: dict[str, Any]) -> Reply:
    verb = urlsplit(target).path.rsplit("/", 1)[-1]
    act = _VERBS.get(verb)
    if act is None:
        return _json({"error": f"no {verb}"}, 404)
    try:
        act(standin, **said)
    except (TypeError, ValueError, KeyError, OSError) as error:
        return _json({"error": str(error)}, 400)
    return _json({"done": verb})


def _papers(
    standin: Standin,
    *,
    generate: int = 0,
    month: str = "2405",
    peculiar: bool = False,
    seeds: str = "",
    papers: list[dict[str, Any]] | None = None,
) -> None:
    standin.library.add(generated(generate, month=month))
    standin.library.add(_peculiar() if peculiar else [])
    standin.library.add(of_seeds(Path(seeds)) if seeds else [])
    standin.library.add(made(each.pop("id"), **each) for each in papers or [])


_peculiar = peculiar


def _version(standin: Standin, *, id: str, **changes: str) -> None:
    from datetime import UTC, datetime

    standin.library.add([standin.library.papers[id].with_version(datetime.now(UTC), **changes)])


def _announce(standin: Standin, *, day: str, papers: dict[str, str]) -> None:
    from datetime import date

    standin.announcements.announce(date.fromisoformat(day), *papers.items())


def _random(standin: Standin, *, probability: float, seed: int = 0, names: list[str] | None = None, **how: Any) -> None:
    standin.fail_at_random(probability, seed, *(names or []), **how)


_VERBS: dict[str, Any] = {
    "fail": lambda standin, name, **how: standin.fail(name, **how),
    "random": _random,
    "recover": lambda standin: standin.recover(),
    "release": lambda standin: standin.release(),
    "clear": lambda standin: standin.log.clear(),
    "papers": _papers,
    "version": _version,
    "announce": _announce,
}


def _json(said: Any, status: int = 200) -> Reply:
    return Reply(json.dumps(said, indent=1).encode(), status, {"Content-Type": "application/json"})
