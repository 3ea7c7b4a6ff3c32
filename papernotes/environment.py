"""Reads settings from the environment and refuses nonsense with a sentence that says what would be right."""

from __future__ import annotations

import contextlib
import ipaddress
import os
import re
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
_DATABASES = "it takes postgres://user:password@host:5432/name or sqlite:////path"


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool = False) -> bool:
    value = text(name, "1" if default else "0")
    if value not in {"0", "1"}:
        raise ImproperlyConfigured(f"{name} is {value!r}; it takes 0 or 1.")
    return value == "1"


def number(name: str, default: float, *, least: float) -> float:
    value = text(name, str(default))
    try:
        result = float(value)
    except ValueError:
        result = float("nan")
    if not least <= result < 1e6:
        raise ImproperlyConfigured(f"{name} is {value!r}; it takes a number from {least:g} up, such as {default:g}.")
    return result


def whole_number(name: str, default: int, *, least: int) -> int:
    value = text(name, str(default))
    if not re.fullmatch(r"[0-9]{1,6}", value) or int(value) < least:
        raise ImproperlyConfigured(f"{name} is {value!r}; it takes a whole number from {least} up, such as {default}.")
    return int(value)


def choice(name: str, default: str, *, among: tuple[str, ...]) -> str:
    value = text(name, default)
    if value not in among:
        raise ImproperlyConfigured(f"{name} is {value!r}; it takes one of: {', '.join(among)}.")
    return value


def names(name: str, default: str) -> list[str]:
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def host_names(name: str) -> list[str]:
    """Names as a browser sends them, without scheme, port and path."""
    found = names(name, "")
    for host in found:
        if not re.fullmatch(r"\*|\.?[\w-]+(?:\.[\w-]+)*|\[[0-9a-fA-F:.]+\]", host):
            raise ImproperlyConfigured(
                f"{name} holds {host!r}; it takes host names such as papers.example.org, separated by commas."
            )
    return found


def http_address(name: str, default: str) -> str:
    value = text(name, default).rstrip("/")
    if not re.fullmatch(r"https?", _scheme(value)) or not urlsplit(value).hostname or urlsplit(value).path:
        raise ImproperlyConfigured(f"{name} is {value!r}; it takes an address such as {default}.")
    return value


def endpoint(name: str, default: str) -> str:
    """The address of one service, path and all, to which queries are added."""
    value = text(name, default).rstrip("/")
    parts = urlsplit(value) if _scheme(value) in {"http", "https"} else None
    if (
        parts is None
        or not parts.hostname
        or parts.username
        or parts.query
        or parts.fragment
        or re.search(r"\s", value)
    ):
        raise ImproperlyConfigured(f"{name} is {value!r}; it takes an address such as {default}.")
    return value


def endpoint_if_any(name: str, example: str) -> str:
    """ "" where none is set."""
    return endpoint(name, example) if text(name) else ""


def bearer(name: str) -> str:
    """The key in the file that the variable `name` names; "" where it is not set. It goes into a header as it is."""
    key = secret_from_file(name)
    if text(name) and not re.fullmatch(r"[\x21-\x7e]{1,1000}", key):
        raise ImproperlyConfigured(f"{name} names a file that holds no key; it takes a file with one line, the key.")
    return key


def model_name(name: str, *, needed_by: str) -> str:
    value = text(name)
    if (value or text(needed_by)) and not re.fullmatch(r"[\w./:@+-]{1,200}", value):
        raise ImproperlyConfigured(
            f"{name} is {value!r}; with {needed_by} it takes the name of a model that is there, such as qwen2.5:7b."
        )
    return value


def is_loopback(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def arxiv_interval(*addresses: str) -> float:
    """Seconds between two requests: arXiv asks everybody for three; only a stand-in on this machine asks for less."""
    value = number("ARXIV_MIN_INTERVAL", 3, least=0)
    if value < 3 and not all(is_loopback(each) for each in addresses):
        raise ImproperlyConfigured(
            f"ARXIV_MIN_INTERVAL is {value:g}; arXiv's terms ask for 3 seconds or more between two requests. "
            "Less is taken only where ARXIV_API_URL, ARXIV_OAI_URL and ARXIV_RSS_URL all lead to this machine."
        )
    return value


def mail_address(name: str) -> str:
    """ "" where none is set."""
    value = text(name)
    if value and not re.fullmatch(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", value):
        raise ImproperlyConfigured(f"{name} is {value!r}; it takes a mail address such as library@example.org.")
    return value


def _scheme(address: str) -> str:
    """ "" for what is no address at all."""
    try:
        return urlsplit(address).scheme
    except ValueError:
        return ""


def data_folder() -> Path:
    folder = Path(text("PAPERNOTES_DATA", str(BASE_DIR / "var"))).expanduser().resolve()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"PAPERNOTES_DATA is {str(folder)!r}, which cannot be made ({error.strerror}); "
            "name a folder that may be written to."
        ) from error
    return folder


def secret_from_file(name: str) -> str:
    """The text of the file that the variable `name` names; "" where it is not set."""
    path = text(name)
    if not path:
        return ""
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no text"
        raise ImproperlyConfigured(
            f"{name} is {path!r}, which cannot be read ({reason}); name a readable file."
        ) from error


def secret_key(data: Path) -> str:
    """From the environment, from a file, or made once and kept in the data folder (mode 0600)."""
    given = text("PAPERNOTES_SECRET_KEY") or secret_from_file("PAPERNOTES_SECRET_KEY_FILE")
    if given:
        if len(given) < 32:
            raise ImproperlyConfigured("PAPERNOTES_SECRET_KEY is too short; it takes 32 random characters or more.")
        return given
    path = data / "secret_key"
    if not path.exists():
        _write_once(path, secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii").strip()


def _write_once(path: Path, content: str) -> None:
    """Whole or not at all, and the first of several processes wins."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(content)
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()


def user_name(name: str, default: str) -> str:
    value = text(name, default)
    if not re.fullmatch(r"[\w.@+-]{1,150}", value):
        raise ImproperlyConfigured(f"{name} is {value!r}; it takes letters, digits and @ . + - _ only.")
    return value


def database(data: Path) -> dict[str, Any]:
    """DATABASE_URL as Django wants it, with what each engine needs (reasons in the README's deployment section)."""
    url = text("DATABASE_URL") or secret_from_file("DATABASE_URL_FILE") or f"sqlite:///{data / 'papernotes.sqlite3'}"
    if _scheme(url) not in {"sqlite", "postgres", "postgresql"}:
        raise ImproperlyConfigured(f"DATABASE_URL names no database that papernotes runs on; {_DATABASES}.")
    try:
        config: dict[str, Any] = environ.Env.db_url_config(url)
    except (ValueError, KeyError, environ.ImproperlyConfigured) as error:
        raise ImproperlyConfigured(f"DATABASE_URL cannot be read; {_DATABASES}.") from error
    if not config["NAME"]:
        raise ImproperlyConfigured(f"DATABASE_URL names no database; {_DATABASES}.")
    if password := secret_from_file("DATABASE_PASSWORD_FILE"):
        config["PASSWORD"] = password
    if config["ENGINE"].endswith("postgresql"):
        config |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
        config["OPTIONS"] = {**config.get("OPTIONS", {}), "options": "-c statement_timeout=30000 -c lock_timeout=5000"}
    else:
        # Without IMMEDIATE a transaction that reads first and writes later dies of "database is locked".
        # To open it costs more than all that a page asks of it.
        config["CONN_MAX_AGE"] = 60
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=20000;",
        }
    return config


def broker() -> str:
    """CELERY_BROKER_URL: where messages go; without one, a folder that needs no server."""
    url = text("CELERY_BROKER_URL") or secret_from_file("CELERY_BROKER_URL_FILE") or "filesystem://"
    if _scheme(url) not in {"filesystem", "redis", "rediss"}:
        raise ImproperlyConfigured(
            "CELERY_BROKER_URL names another broker; it takes redis://host:6379/0 or filesystem://."
        )
    return url


def broker_transport(url: str) -> str | None:
    """None: the one that the address names."""
    return "apps.core.broker:Transport" if url.startswith("filesystem:") else None


def broker_options(url: str, data: Path) -> dict[str, object]:
    # Whoever saves something waits for no broker: one try, and the sweep wakes up whom no message reached.
    once = {"max_retries": 0}
    if not url.startswith("filesystem:"):
        return {
            **once,
            # A task that is not acknowledged within this time is given to somebody else: longer than any task may take.
            "visibility_timeout": 60 * 60,
            "socket_connect_timeout": 2,
            "socket_timeout": 5,  # longer than a worker's own waiting, which is a second at a time
            "socket_keepalive": True,
        }
    folders = {name: data / "broker" / name for name in ("queue", "processed", "control")}
    for folder in folders.values():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    queue = str(folders["queue"])
    return {
        **once,
        "data_folder_in": queue,
        "data_folder_out": queue,
        "processed_folder": str(folders["processed"]),
        "control_folder": str(folders["control"]),
        "polling_interval": 0.25,
    }
