"""`make lint`: everything that can be said about the code without running it; all of it, then one verdict."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(sys.executable).parent
TEMPLATES = sorted(str(path) for path in Path("templates").rglob("*.html"))
CHECKS = {
    "format": [str(HERE / "ruff"), "format", "--check", "."],
    "lint": [str(HERE / "ruff"), "check", "."],
    "types": [str(HERE / "mypy")],
    "contracts": [str(HERE / "lint-imports")],
    "templates": [str(HERE / "djade"), "--check", "--target-version", "5.2", *TEMPLATES],
    "migrations": [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"],
    "system checks": [sys.executable, "manage.py", "check", "--fail-level", "WARNING"],
}


def main() -> int:
    failed = []
    with tempfile.TemporaryDirectory() as folder:
        ours = {"PAPERNOTES_DATA": folder, "DJANGO_SETTINGS_MODULE": "papernotes.settings"}
        for name, command in CHECKS.items():
            print(f"=== {name}", flush=True)
            if subprocess.call(command, env=os.environ | ours):
                failed.append(name)
    print(f"\nlint: {'FAILED: ' + ', '.join(failed) if failed else 'everything is quiet'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
