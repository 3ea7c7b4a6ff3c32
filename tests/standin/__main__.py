"""Starts the stand-in by hand: `.venv/bin/python -m tests.standin --port 8765`."""

from __future__ import annotations

import argparse
import contextlib
from pathlib import Path

from tests.standin import Standin, generated, of_seeds
from tests.standin.library import peculiar


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.standin",
        description="A stand-in for arXiv on this machine, for development and demonstrations: the query API, OAI-PMH and "
        "the announcement feeds in arXiv's shapes, and every failure on demand (see /_control/).",
    )
    parser.add_argument("--port", type=int, default=8765)
    parser.add_argument("--papers", type=int, default=1000, help="how many papers it makes up (2405.00001 and so on)")
    parser.add_argument(
        "--seeds", type=Path, help="a file of expected results; it knows every paper that is named there"
    )
    parser.add_argument("--shape", choices=("classic", "2026"), default="2026", help="of the Atom answers")
    parser.add_argument("--fail", type=float, default=0.0, help="probability that a request fails, in any way")
    parser.add_argument("--seed", type=int, default=1, help="of chance")
    said = parser.parse_args()
    papers = [*generated(said.papers), *peculiar(), *(of_seeds(said.seeds) if said.seeds else [])]
    standin = Standin(papers, port=said.port, classic=said.shape == "classic", talkative=True)
    standin.fail_at_random(said.fail, said.seed)
    print(f"{len(papers)} papers. Start papernotes with\n")
    print(f"  ARXIV_API_URL={standin.api} ARXIV_OAI_URL={standin.oai} ARXIV_MIN_INTERVAL=0.2 make run\n")
    print(f"{standin.address}/_control/ says how to make it fail. Ctrl-C ends it.", flush=True)
    with contextlib.suppress(KeyboardInterrupt):
        standin.serve()


if __name__ == "__main__":
    main()
