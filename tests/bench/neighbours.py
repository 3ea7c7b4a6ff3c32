"""How long a reader waits while others save hostile notes: a real server, real requests."""

from __future__ import annotations

import re
import signal
import statistics
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path

from tests.bench.measuring import Row
from tests.core.markup.hostile import SHAPES
from tests.installation import Installation, until
from tests.services import free_port

PASSWORD = "correct horse battery"
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Browser:
    def __init__(self, address: str) -> None:
        self.address = address
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> str:
        return str(self.opener.open(self.address + path, timeout=60).read().decode())

    def post(self, path: str, **fields: str) -> str:
        token = _TOKEN.search(self.get(path))
        sent = urllib.parse.urlencode({**fields, "csrfmiddlewaretoken": token[1] if token else ""}).encode()
        request = urllib.request.Request(self.address + path, sent, {"Referer": self.address + path})
        return str(self.opener.open(request, timeout=60).geturl())

    def sign_in(self) -> Browser:
        self.post("/admin/login/", username="admin", password=PASSWORD)
        assert (
            "/admin/notes/note/"
            in self.opener.open(f"{self.address}/admin/notes/note/add/", timeout=60).geturl().split("?")[0]
        )
        return self


def rows(*, seconds: float = 30.0, writers: int = 3) -> Iterator[Row]:
    with tempfile.TemporaryDirectory(prefix="papernotes-bench-") as folder:
        place = Installation(Path(folder), PAPERNOTES_ADMIN_NAME="admin", PAPERNOTES_ADMIN_PASSWORD=PASSWORD)
        port = free_port()
        server = place.start("manage.py", "serve", "--port", str(port))
        try:
            address = f"http://127.0.0.1:{port}"
            until(lambda: _answers(address), within=90, otherwise=place.log)
            yield from _measure(address, seconds, writers)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=60)


def _measure(address: str, seconds: float, writers: int) -> Iterator[Row]:
    reader = Browser(address).sign_in()
    calm = _read(reader, time.monotonic() + seconds / 3)
    end = time.monotonic() + seconds
    saves: list[float] = []
    browsers = [Browser(address).sign_in() for _ in range(writers)]
    threads = [threading.Thread(target=_save, args=(each, end, saves, n)) for n, each in enumerate(browsers)]
    for thread in threads:
        thread.start()
    taken = _read(reader, end)
    for thread in threads:
        thread.join()
    yield Row("reader's p95, nobody else there", _p95(calm), "ms")
    yield Row(f"reader's p95, {writers} others save hostile notes", _p95(taken), "ms", 500)
    yield Row(f"longest of {len(saves)} hostile saves, with the page after it", max(saves), "s", 10)


def _read(reader: Browser, end: float) -> list[float]:
    taken = []
    while time.monotonic() < end:
        for path in ("/", "/papers/", "/notes/"):
            began = time.monotonic()
            reader.get(path)
            taken.append(1000 * (time.monotonic() - began))
            time.sleep(0.05)
    return taken


def _save(writer: Browser, end: float, saves: list[float], number: int) -> None:
    names = [*SHAPES][number:] + [*SHAPES][:number]
    for name in names[:: max(1, len(names) // 20)]:
        for size in (100_000, 900_000):
            if time.monotonic() > end:
                return
            body = SHAPES[name](size).encode()[:size].decode("utf-8", "ignore").replace("\x00", "")
            began = time.monotonic()
            writer.post("/admin/notes/note/add/", title=name, body=body, visibility="team")
            saves.append(time.monotonic() - began)


def _p95(taken: list[float]) -> float:
    return statistics.quantiles(taken, n=20)[-1]


def _answers(address: str) -> bool:
    try:
        return bool(urllib.request.urlopen(f"{address}/readyz", timeout=5).status == 200)
    except (urllib.error.URLError, OSError):
        return False
