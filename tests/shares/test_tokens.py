"""Tokens of share links: random, stored as a digest, and never in the log."""

import logging

import pytest

from apps.shares.tokens import MaskTokens, digest, masked, new_token


def test_a_token_has_128_random_bits_or_more_and_never_comes_twice() -> None:
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert all(len(token) >= 22 for token in tokens)


def test_what_is_stored_is_the_sha_256_of_the_token() -> None:
    assert digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@pytest.mark.parametrize("token", ["", "\0", "\ud800", "中文", "x" * 100_000])
def test_any_text_has_a_digest(token: str) -> None:
    assert len(digest(token)) == 64


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("Not Found: /s/Ab_-9/", "Not Found: /s/…/"),
        ('"GET /s/Ab_-9/papers/3/?page=2 HTTP/1.1" 200 15', '"GET /s/…/papers/3/?page=2 HTTP/1.1" 200 15'),
        ("https://papers.example.org/s/Ab_-9", "https://papers.example.org/s/…"),
        ("GET /papers/?q=/ HTTP/1.1", "GET /papers/?q=/ HTTP/1.1"),
        ("GET /shares/ HTTP/1.1", "GET /shares/ HTTP/1.1"),
    ],
)
def test_an_address_loses_its_token(line: str, shown: str) -> None:
    assert masked(line) == shown


def test_the_log_filter_masks_what_stands_in_the_arguments_of_a_record() -> None:
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "%s: %s", ("Not Found", "/s/secret/"), None)
    assert MaskTokens().filter(record)
    assert record.getMessage() == "Not Found: /s/…/"


def test_a_record_without_an_address_keeps_its_arguments() -> None:
    record = logging.LogRecord("x", logging.INFO, "", 0, "%d jobs", (3,), None)
    MaskTokens().filter(record)
    assert record.args == (3,)


def test_every_handler_of_the_settings_masks_tokens(settings) -> None:
    handlers = settings.LOGGING["handlers"].values()
    assert handlers and all("mask_tokens" in handler.get("filters", ()) for handler in handlers)
    assert settings.LOGGING["loggers"]["django.server"]["handlers"] == ["console"]
