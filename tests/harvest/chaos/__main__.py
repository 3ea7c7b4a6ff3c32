"""The torments in full: `python -m tests.harvest.chaos --kills 200 --broker redis --broker-kills 20`, or `--others`.

A line of figures for each; what is not as it must be raises, and leaves its folder behind."""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

from tests.harvest.chaos.house import house
from tests.harvest.chaos.scenarios import SCENARIOS, run, run_away
from tests.harvest.chaos.storm import storm

SAVES = 500


def main() -> None:
    said = _arguments()
    folder = Path(tempfile.mkdtemp(prefix="papernotes-chaos-"))
    folder.chmod(0o755)  # PostgreSQL may run as somebody else
    if said.others is not None:
        for name in said.others or [*SCENARIOS, "away", "redis-away"]:
            print(f"{name}: {_other(name, folder)}", flush=True)
    else:
        how = {"kills": said.kills, "broker_kills": said.broker_kills, "database_kills": said.database_kills}
        with house(folder, broker=said.broker, database=said.database, in_real_time=said.real_time) as made:
            print(f"{said.broker}, {said.database}: {storm(made, **how, seed=said.seed)}", flush=True)
    shutil.rmtree(folder)


def _other(name: str, folder: Path) -> str:
    if name in {"away", "redis-away"}:
        return run_away(folder, broker="filesystem" if name == "away" else "redis", saves=SAVES)
    return run(name, folder)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.harvest.chaos", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--broker", choices=["filesystem", "redis", "redis-aof"], default="filesystem")
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--broker-kills", type=int, default=0)
    parser.add_argument("--database-kills", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--real-time", action="store_true", help="with the settings of production, and all pauses")
    parser.add_argument("--others", nargs="*", metavar="NAME", help="the small ones instead, all or those named")
    return parser.parse_args()


if __name__ == "__main__":
    main()
