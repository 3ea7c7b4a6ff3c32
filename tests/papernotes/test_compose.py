"""docker-compose.yml is understood by docker-compose, and keeps what must be kept."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def composed(tmp_path: Path) -> dict[str, Any]:
    """The file as docker-compose understands it."""
    (tmp_path / "docker-compose.yml").write_text((ROOT / "docker-compose.yml").read_text())
    (tmp_path / "Dockerfile").write_text((ROOT / "Dockerfile").read_text())
    (tmp_path / "secrets").mkdir()
    for name in ("db_password", "secret_key"):
        (tmp_path / "secrets" / name).write_text("x" * 40)
    said = subprocess.run(["docker-compose", "config"], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert said.returncode == 0, said.stderr
    result: dict[str, Any] = yaml.safe_load(said.stdout)
    return result


@pytest.mark.compose
def test_every_service_is_there_and_waits_for_what_it_needs(composed: dict[str, Any]) -> None:
    services = composed["services"]
    assert set(services) == {"db", "redis", "web", "worker", "beat"}
    needs = {name: set(service.get("depends_on", ())) for name, service in services.items()}
    assert needs["web"] == {"db", "redis"} and needs["worker"] == needs["beat"] == {"web"}
    for service in services.values():
        for wish in service.get("depends_on", {}).values():
            assert wish["condition"] == "service_healthy"


@pytest.mark.compose
def test_no_secret_stands_in_the_environment(composed: dict[str, Any]) -> None:
    for name in ("web", "worker", "beat", "db"):
        service = composed["services"][name]
        assert {secret["source"] for secret in service["secrets"]} >= {"db_password"}
        assert not [key for key in service["environment"] if key.endswith(("PASSWORD", "SECRET_KEY"))]


@pytest.mark.compose
def test_the_queue_is_written_to_disk_and_never_thrown_away(composed: dict[str, Any]) -> None:
    command = " ".join(composed["services"]["redis"]["command"])
    assert "--appendonly yes --appendfsync everysec --maxmemory-policy noeviction" in command


def test_the_image_runs_as_nobody_special_and_installs_by_hash() -> None:
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    assert "USER papernotes" in lines and lines.index("USER papernotes") < len(lines) - 1
    assert any("--require-hashes" in line for line in lines)
    assert any(line.startswith("HEALTHCHECK") for line in lines)
