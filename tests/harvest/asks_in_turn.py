"""A process that asks the stand-in some times, each when it is its turn: `python -m tests.harvest.asks_in_turn TIMES`."""

from __future__ import annotations

import sys

import django

django.setup()

from apps.harvest import pace  # noqa: E402
from apps.harvest.arxiv import addresses, gateway  # noqa: E402
from apps.harvest.arxiv.failures import NoAnswer  # noqa: E402


def main() -> None:
    done = 0
    while done < int(sys.argv[1]):
        ways = addresses.api()
        try:
            with pace.in_turn(ways.limits):
                gateway.fetch(["2405.00001", "2405.00002"], ways)
            done += 1
        except NoAnswer:
            continue


main()
