"""The tests' side of a nursery: one line of JSON there, one back."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from typing import IO, Any

from tests.installation import ROOT


class Trouble(Exception):
    """What was asked for raised something there."""


class Helper:
    def __init__(self, environment: dict[str, str], log: IO[bytes]) -> None:
        self._turn = threading.Lock()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.harvest.chaos.nursery"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )

    def ask(self, verb: str, **arguments: Any) -> Any:
        assert self._process.stdin and self._process.stdout
        with self._turn:
            print(json.dumps({"do": verb, **arguments}), file=self._process.stdin, flush=True)
            line = self._process.stdout.readline()
        assert line, "the helper is gone; the log says more"
        answer = json.loads(line)
        if "error" in answer:
            raise Trouble(answer["error"])
        return answer["said"]

    def call(self, name: str, **arguments: Any) -> Any:
        """A function of `inside`."""
        return self.ask("call", name=name, **arguments)

    def end(self) -> None:
        if self._process.stdin:
            self._process.stdin.close()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
