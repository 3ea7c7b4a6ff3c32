"""`python -m tests.bench [notes pages snapshot hostile neighbours]`: a base of its own, one table; fails if a goal is missed.

`python -m tests.bench corpus N` writes a made-up library of N papers to the standard output."""

from __future__ import annotations

import os
import sys
from importlib import import_module

# Modules with `rows()`; without names, those that `make bench` measures.
PARTS = ("notes", "pages", "snapshot", "hostile", "neighbours")
USUAL = ("notes", "pages")


def main() -> int:
    names = sys.argv[1:] or list(USUAL)
    if names[0] == "corpus" and len(names) == 2 and names[1].isdecimal():
        return _corpus(int(names[1]))
    if unknown := set(names) - set(PARTS):
        print(f"There is no {', '.join(sorted(unknown))}; there is {', '.join(PARTS)}.", file=sys.stderr)
        return 2
    _set_up()
    missed = 0
    for name in names:
        for row in import_module(f"tests.bench.{name}").rows():
            print(row, flush=True)
            missed += not row.is_met
    return min(missed, 1)


def _corpus(count: int) -> int:
    _load()
    from tests.bench import corpus

    sys.stdout.writelines(corpus.lines(count))
    return 0


def _load() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()


def _set_up() -> None:
    _load()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


if __name__ == "__main__":
    sys.exit(main())
