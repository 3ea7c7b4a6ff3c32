"""A stand-in for a chat endpoint: a real server on loopback that writes Chinese, and fails on demand."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY = "sk-only-for-tests-0123456789"
PATH = "/v1/chat/completions"


@dataclass(frozen=True)
class Asked:
    """One question as it arrived."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def paper(self) -> dict[str, str]:
        said: dict[str, str] = json.loads(self.body["messages"][-1]["content"])
        return said


@dataclass(frozen=True)
class Reply:
    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False  # fewer bytes than it announces


def chinese(title: str) -> dict[str, str]:
    return {
        "title_zh": f"标题：{title}",
        "summary_zh": f"一句话摘要：{title}。",
        "abstract_zh": f"这是论文的中文摘要：{title}。",
    }


def said(content: object, *, reason: str = "stop", **message: object) -> Reply:
    """What a model says, in the shape of the endpoint."""
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    choice = {"index": 0, "message": {"role": "assistant", "content": text, **message}, "finish_reason": reason}
    return Reply(body=json.dumps({"id": "1", "object": "chat.completion", "choices": [choice]}).encode())


def refused(status: int, message: str = "no", code: str = "", **headers: str) -> Reply:
    body = json.dumps({"error": {"message": message, "code": code}}).encode()
    return Reply(status, body, {name.replace("_", "-"): value for name, value in headers.items()})


class Summariser:
    """`with Summariser() as server:` answers at server.url until the block ends."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.replies: list[Reply] = []  # what the next questions get instead of an answer
        self.answer: Callable[[Asked], Reply] = lambda asked: said(chinese(asked.paper["title"]))
        self.knows_forms = True
        self._lock = threading.Lock()
        self._http = _Http(("127.0.0.1", 0), _Handler)
        self._http.summariser = self

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}/v1"

    def __enter__(self) -> Summariser:
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()

    def reply(self, asked: Asked) -> Reply:
        with self._lock:
            self.asked.append(asked)
            if not self.knows_forms and "response_format" in asked.body:
                return refused(400, "unknown parameter: response_format")
            if self.replies:
                return self.replies.pop(0)
        return self.answer(asked) if asked.path == PATH else refused(404)


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    summariser: Summariser

    def handle_error(self, *_: object) -> None:
        """Whoever asked has gone: that is what some tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Http

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or b"{}")
        reply = self.server.summariser.reply(Asked(self.path, dict(self.headers.items()), body))
        self.send_response(reply.status)
        for name, value in {"Content-Type": "application/json", **reply.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body) + (100 if reply.cut else 0)))
        self.end_headers()
        self.wfile.write(reply.body)
        self.close_connection = reply.cut

    def log_message(self, *_: object) -> None:
        pass
