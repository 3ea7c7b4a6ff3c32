"""Nobody outside writes a line of the log."""

import logging

import pytest

from apps.core.logs import OneLine


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("/a\nERROR forged", "/a\\x0aERROR forged"),
        ("/\x1b[31m", "/\\x1b[31m"),
        ("/\u2028x", "/\\u2028x"),
        ("/论文", "/论文"),
    ],
)
def test_control_characters_are_escaped(path: str, written: str) -> None:
    record = logging.LogRecord("x", logging.INFO, "", 0, "GET %s", (path,), None)
    assert OneLine("%(message)s").format(record) == f"GET {written}"
