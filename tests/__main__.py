"""`make test`: the whole suite on SQLite, then what touches the database again on PostgreSQL.

What needs a service that is not here is left out, and the last words say so; REQUIRE=postgres,redis,browser insists.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from tests import services
from tests.services import OPTIONAL


@dataclass
class Found:
    """What is here, by the name of the marker that needs it: an address, a path, or None."""

    places: dict[str, str | None]

    def missing(self) -> list[str]:
        return [name for name in OPTIONAL if not self.places[name]]

    def environment(self, *, postgres: bool) -> dict[str, str]:
        values = dict(os.environ)
        values.pop("TEST_DATABASE_URL", None)
        if self.places["redis"]:
            values["TEST_REDIS_URL"] = self.places["redis"]
        if postgres:
            values["TEST_DATABASE_URL"] = str(self.places["postgres"])
        return values


def find(stack: ExitStack, folder: Path) -> Found:
    return Found(
        {
            "postgres": stack.enter_context(services.postgres(folder)),
            "redis": stack.enter_context(services.redis(folder)),
            "servers": services.killable(),
            "browser": services.chromium(),
            "openssl": shutil.which("openssl"),
            "compose": shutil.which("docker-compose"),
            "seeds": services.seeds(),
        }
    )


def run(found: Found, *, postgres: bool) -> int:
    print(f"\n=== On {'PostgreSQL' if postgres else 'SQLite'}", flush=True)
    left_out = [*found.missing(), *([] if postgres else ["postgres"])]
    command = [sys.executable, "-m", "pytest", "-q", "-n", str(min(os.cpu_count() or 1, 4)), "--dist", "loadgroup"]
    if left_out:
        command += ["-m", " and ".join(f"not {name}" for name in dict.fromkeys(left_out))]
    if postgres:
        command.append("--database-only")
    return subprocess.call([*command, *sys.argv[1:]], env=found.environment(postgres=postgres))


def last_words(found: Found, results: dict[str, int]) -> None:
    print("\n=== What was here")
    for name, what in OPTIONAL.items():
        print(f"  {name:9} {'yes' if found.places[name] else f'NO: {what}'}")
    for name, code in results.items():
        print(f"{name}: {'passed' if code == 0 else 'FAILED'}")


def main() -> int:
    required = {name.strip() for name in os.environ.get("REQUIRE", "").split(",") if name.strip()}
    if unknown := required - OPTIONAL.keys():
        print(f"REQUIRE names {', '.join(sorted(unknown))}; it takes {', '.join(OPTIONAL)}.", file=sys.stderr)
        return 2
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="papernotes-run-")))
        found = find(stack, folder)
        if lacking := sorted(required & set(found.missing())):
            print(f"Required, but not found: {', '.join(lacking)}.", file=sys.stderr)
            return 1
        results = {"On SQLite": run(found, postgres=False)}
        if found.places["postgres"]:
            results["On PostgreSQL"] = run(found, postgres=True)
        last_words(found, results)
    return max(results.values())


if __name__ == "__main__":
    sys.exit(main())
