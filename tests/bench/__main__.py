"""`python -m tests.bench [notes hostile …]`: a base of its own in a temporary folder, one table, an error if a goal is missed."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.core.management import call_command

from tests.bench import hostile, notes
from tests.bench.measuring import Row

# What can be measured; without names, those that `make bench` measures.
PARTS: dict[str, Callable[[], Iterator[Row]]] = {"notes": notes.rows, "hostile": hostile.rows}
USUAL = ("notes",)


def main() -> int:
    names = sys.argv[1:] or list(USUAL)
    if unknown := set(names) - PARTS.keys():
        print(f"There is no {', '.join(sorted(unknown))}; there is {', '.join(PARTS)}.", file=sys.stderr)
        return 2
    call_command("migrate", verbosity=0)
    missed = 0
    for name in names:
        for row in PARTS[name]():
            print(row, flush=True)
            missed += not row.is_met
    return min(missed, 1)


if __name__ == "__main__":
    sys.exit(main())
