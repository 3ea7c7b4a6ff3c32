"""A wrong setting stops the start with one sentence that says what would be right."""

from __future__ import annotations

import runpy
import stat
import tomllib
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from papernotes import environment
from tests.installation import ROOT, Installation

WRONG = [
    ("PAPERNOTES_DEBUG", "yes", "it takes 0 or 1"),
    ("PAPERNOTES_PUBLIC", "true", "it takes 0 or 1"),
    ("PAPERNOTES_URL", "papers.example.org", "it takes an address such as http"),
    ("PAPERNOTES_URL", "http://[::1", "it takes an address such as http"),
    ("PAPERNOTES_URL", "https://example.org/papers", "it takes an address such as http"),
    ("PAPERNOTES_HOSTS", "https://papers.example.org", "it takes host names"),
    ("PAPERNOTES_HOSTS", "one two", "it takes host names"),
    ("PAPERNOTES_UPLOAD_MB", "many", "it takes a number"),
    ("PAPERNOTES_UPLOAD_MB", "-1", "it takes a number"),
    ("PAPERNOTES_UPLOAD_MB", "nan", "it takes a number"),
    ("PAPERNOTES_LANGUAGE", "fr", "it takes one of: en, zh-hans"),
    ("PAPERNOTES_SECRET_KEY", "short", "it takes 32 random characters or more"),
    ("PAPERNOTES_SECRET_KEY_FILE", "/no/such/file", "name a readable file"),
    ("PAPERNOTES_ADMIN_NAME", "a b", "it takes letters, digits"),
    ("PAPERNOTES_ADMIN_PASSWORD_FILE", "/no/such/file", "name a readable file"),
    ("PAPERNOTES_DATA", "/dev/null/data", "name a folder that may be written to"),
    ("DATABASE_URL", "mysql://localhost/papers", "it takes postgres://"),
    ("DATABASE_URL", "nonsense", "it takes postgres://"),
    ("DATABASE_URL", "postgres://me:pw@host:port/x", "it takes postgres://"),
    ("DATABASE_URL", "postgres://me:pw@host/", "it takes postgres://"),
    ("CELERY_BROKER_URL", "amqp://localhost", "it takes redis://"),
    ("PAPERNOTES_CONTACT", "the library", "it takes a mail address such as"),
    ("PAPERNOTES_CONTACT", "me@example.org\r\nX-Evil: 1", "it takes a mail address such as"),
    ("ARXIV_API_URL", "export.arxiv.org/api/query", "it takes an address such as https://export.arxiv.org/api/query"),
    ("ARXIV_API_URL", "ftp://export.arxiv.org/api/query", "it takes an address such as"),
    ("ARXIV_API_URL", "https://me:pw@export.arxiv.org/api/query", "it takes an address such as"),
    (
        "ARXIV_OAI_URL",
        "https://oaipmh.arxiv.org/oai?verb=Identify",
        "it takes an address such as https://oaipmh.arxiv.org/oai",
    ),
    ("ARXIV_RSS_URL", "http://[::1", "it takes an address such as https://rss.arxiv.org/rss"),
    ("ARXIV_MIN_INTERVAL", "soon", "it takes a number from 0 up, such as 3"),
    ("PAPERNOTES_SUMMARY_URL", "api.example.org/v1", "it takes an address such as https://api.example.org/v1"),
    ("PAPERNOTES_SUMMARY_URL", "https://me:pw@api.example.org/v1", "it takes an address such as"),
    ("PAPERNOTES_SUMMARY_URL", "https://api.example.org/v1", "it takes the name of a model that is there"),
    ("PAPERNOTES_SUMMARY_MODEL", "a model", "it takes the name of a model that is there"),
    ("PAPERNOTES_SUMMARY_KEY_FILE", "/no/such/file", "name a readable file"),
    ("PAPERNOTES_SUMMARY_KEY_FILE", "/dev/null", "it takes a file with one line, the key"),
    ("PAPERNOTES_SUMMARY_BUDGET", "0", "it takes a whole number from 1 up, such as 50"),
    ("PAPERNOTES_SUMMARY_BUDGET", "2.5", "it takes a whole number from 1 up, such as 50"),
    ("ARXIV_MIN_INTERVAL", "1", "arXiv's terms ask for 3 seconds or more"),
]


@pytest.mark.parametrize(("name", "value", "sentence"), WRONG)
def test_a_wrong_value_is_answered_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured) as said:
        runpy.run_path(str(ROOT / "papernotes" / "settings.py"))
    assert sentence in str(said.value) and name.removesuffix("_FILE") in str(said.value)


def test_the_command_line_says_the_sentence_and_nothing_else(tmp_path: Path) -> None:
    said = Installation(tmp_path, PAPERNOTES_DEBUG="yes").manage("check")
    assert said.returncode == 1
    assert said.stderr == "papernotes cannot start: PAPERNOTES_DEBUG is 'yes'; it takes 0 or 1.\n"


def test_a_password_in_a_wrong_database_address_is_not_repeated(tmp_path: Path) -> None:
    said = Installation(tmp_path, DATABASE_URL="mysql://me:hunter22@localhost/x").manage("check")
    assert "hunter22" not in said.stderr


def test_the_secret_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    first = environment.secret_key(tmp_path)
    assert len(first) >= 48 and environment.secret_key(tmp_path) == first
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_a_secret_that_is_no_text_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "key").write_bytes(b"\xff\xfe" * 40)
    monkeypatch.setenv("PAPERNOTES_SECRET_KEY_FILE", str(tmp_path / "key"))
    with pytest.raises(ImproperlyConfigured, match="it is no text"):
        environment.secret_key(tmp_path)


@pytest.mark.parametrize("hosts", ["papers.example.org", ".example.org, 10.0.0.7,[::1]", "*", ""])
def test_hosts_are_names(monkeypatch: pytest.MonkeyPatch, hosts: str) -> None:
    monkeypatch.setenv("PAPERNOTES_HOSTS", hosts)
    assert environment.host_names("PAPERNOTES_HOSTS") == [host.strip() for host in hosts.split(",") if host]


def test_secrets_may_stand_in_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "password").write_text("pass/word\n")
    monkeypatch.setenv("DATABASE_URL", "postgres://papernotes@db/papernotes")
    monkeypatch.setenv("DATABASE_PASSWORD_FILE", str(tmp_path / "password"))
    assert environment.database(tmp_path)["PASSWORD"] == "pass/word"


def test_sqlite_waits_for_writers_and_begins_by_asking_for_the_right_to_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    options = environment.database(tmp_path)["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE" and options["timeout"] == 20
    assert "journal_mode=WAL" in options["init_command"] and "synchronous=FULL" in options["init_command"]


@pytest.mark.parametrize("value", ["0", "", " "])
def test_off_and_nothing_are_off(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("PAPERNOTES_DEBUG", value)
    assert environment.flag("PAPERNOTES_DEBUG") is False


def test_a_public_address_with_tls_switches_the_safe_cookies_on(tmp_path: Path) -> None:
    code = (
        "import django; django.setup(); from django.conf import settings as s;"
        " print(s.SESSION_COOKIE_SECURE, s.SECURE_HSTS_SECONDS > 0, s.SECURE_SSL_REDIRECT, s.ALLOWED_HOSTS[0])"
    )
    said = Installation(tmp_path, PAPERNOTES_URL="https://papers.example.org").run("-c", code)
    assert said.stdout.split() == ["True", "True", "True", "papers.example.org"], said.stderr


def test_the_folder_of_the_queue_is_private(tmp_path: Path) -> None:
    options = environment.broker_options("filesystem://", tmp_path)
    for name in ("data_folder_in", "processed_folder", "control_folder"):
        assert stat.S_IMODE(Path(str(options[name])).stat().st_mode) == 0o700


def test_numbers_have_a_least_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARXIV_MIN_INTERVAL", "-3")
    with pytest.raises(ImproperlyConfigured, match="from 0 up, such as 3"):
        environment.number("ARXIV_MIN_INTERVAL", 3, least=0)


def test_less_than_three_seconds_are_for_a_stand_in_on_this_machine_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARXIV_MIN_INTERVAL", "0.2")
    here = ("http://127.0.0.1:8765/api/query", "http://localhost:8765/oai", "http://[::1]:8765/rss")
    assert environment.arxiv_interval(*here) == 0.2
    with pytest.raises(ImproperlyConfigured, match="all lead to this machine"):
        environment.arxiv_interval(*here[:2], "http://127.0.0.1.example.org/rss")


def test_nobody_has_to_set_anything_about_arxiv(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ARXIV_MIN_INTERVAL", raising=False)
    assert environment.arxiv_interval("https://export.arxiv.org/api/query") == 3
    assert environment.endpoint("ARXIV_OAI_URL", "https://oaipmh.arxiv.org/oai") == "https://oaipmh.arxiv.org/oai"
    assert environment.mail_address("PAPERNOTES_CONTACT") == ""


def test_a_key_is_told_to_nobody_even_where_it_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("sk-first line\nsecond line\n")
    monkeypatch.setenv("PAPERNOTES_SUMMARY_KEY_FILE", str(file))
    with pytest.raises(ImproperlyConfigured) as said:
        environment.bearer("PAPERNOTES_SUMMARY_KEY_FILE")
    assert "sk-" not in str(said.value)
    file.write_text("sk-0123\n")
    assert environment.bearer("PAPERNOTES_SUMMARY_KEY_FILE") == "sk-0123"


def test_summaries_are_off_and_may_lead_to_ones_own_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    example = "https://api.example.org/v1"
    monkeypatch.delenv("PAPERNOTES_SUMMARY_URL", raising=False)
    assert environment.endpoint_if_any("PAPERNOTES_SUMMARY_URL", example) == ""
    assert environment.model_name("PAPERNOTES_SUMMARY_MODEL", needed_by="PAPERNOTES_SUMMARY_URL") == ""
    monkeypatch.setenv("PAPERNOTES_SUMMARY_URL", "http://127.0.0.1:11434/v1/")
    assert environment.endpoint_if_any("PAPERNOTES_SUMMARY_URL", example) == "http://127.0.0.1:11434/v1"


def test_the_version_that_we_tell_is_that_of_the_package() -> None:
    from papernotes import settings

    package = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert package["version"] == settings.PAPERNOTES_VERSION
