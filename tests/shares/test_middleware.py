"""Below /s/ everybody is a stranger: no cookie counts, none is set, and nothing is kept or passed on."""

import logging

import pytest
from django.conf import settings
from django.test import Client

from apps.shares.tokens import MaskTokens

UNKNOWN = "/s/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/"


@pytest.fixture
def paths(share) -> list[str]:
    return [*[share(kind)[1] for kind in ("paper", "note", "list", "table", "filter")], UNKNOWN, "/s/a/b/c"]


def test_every_answer_is_kept_by_nobody_found_by_nobody_and_passes_nothing_on(paths, stranger: Client) -> None:
    for path in paths:
        for answer in (stranger.get(path), stranger.post(path)):
            assert answer["X-Robots-Tag"].startswith("noindex")
            assert answer["Referrer-Policy"] == "no-referrer"
            assert answer["Cache-Control"] == "no-store, private"
            assert "default-src 'none'" in answer["Content-Security-Policy"]
            assert answer["X-Frame-Options"] == "DENY"
            assert "ETag" not in answer and "Last-Modified" not in answer


def test_every_page_says_noindex_itself(paths, stranger: Client) -> None:
    for path in paths:
        html = stranger.get(path).content.decode()
        assert '<meta name="robots" content="noindex' in html
        assert '<meta name="referrer" content="no-referrer">' in html


BROWSERS = {
    "nothing": {},
    "session": {settings.SESSION_COOKIE_NAME: "stale"},
    "form token": {settings.CSRF_COOKIE_NAME: "not a token"},
    "language": {settings.LANGUAGE_COOKIE_NAME: "zh-hans"},
    "messages": {"messages": "broken"},
}


@pytest.mark.parametrize("cookies", BROWSERS.values(), ids=BROWSERS.keys())
def test_no_cookie_is_set_whatever_the_browser_sends(paths, cookies: dict[str, str]) -> None:
    for path in paths:
        client = Client()
        for name, value in cookies.items():
            client.cookies[name] = value
        for answer in (client.get(path), client.head(path), client.post(path)):
            assert not answer.cookies
            assert "Set-Cookie" not in answer.headers


def test_somebody_signed_in_sees_exactly_what_a_stranger_sees(paths, stranger: Client, client_of) -> None:
    for path in paths:
        answers = [client.get(path) for client in (stranger, client_of("writer"), client_of("reader"))]
        assert len({answer.content for answer in answers}) == 1
        assert len({str(sorted(answer.headers.items())) for answer in answers}) == 1


def test_a_signed_in_visitor_stays_signed_in(paths, client_of) -> None:
    client = client_of("writer")
    client.get(paths[0])
    assert client.get("/shares/").status_code == 200


def test_the_language_follows_the_browser_and_no_cookie(paths, stranger: Client) -> None:
    stranger.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    for path in paths:
        chinese = stranger.get(path, headers={"accept-language": "zh-CN,zh;q=0.9"})
        english = stranger.get(path, headers={"accept-language": "en-GB"})
        assert chinese["Content-Language"] == "zh-hans" and b'<html lang="zh-hans"' in chinese.content
        assert english["Content-Language"] == "en" and b'<html lang="en"' in english.content


def test_the_public_setting_changes_nothing(paths, stranger: Client, settings) -> None:
    before = [stranger.get(path).content for path in paths]
    settings.PAPERNOTES_PUBLIC = True
    assert [stranger.get(path).content for path in paths] == before


def test_other_pages_keep_their_cookies(client_of) -> None:
    assert client_of("writer").get("/shares/").wsgi_request.COOKIES


def test_what_the_log_writes_of_a_visit_holds_no_token(share, caplog, monkeypatch) -> None:
    _, path = share("list")
    token = path.split("/")[2]

    def broken(*_: object) -> None:
        raise RuntimeError("disk full")

    monkeypatch.setattr("apps.shares.contents.entries", broken)
    caplog.handler.addFilter(MaskTokens())
    with caplog.at_level(logging.DEBUG):
        answer = Client(raise_request_exception=False).get(path)
        Client().post(path)
    assert answer.status_code == 500 and "/s/…/" in caplog.text
    assert token not in caplog.text
    assert "Set-Cookie" not in answer.headers and answer["Referrer-Policy"] == "no-referrer"


def test_usernames_stay_inside(paths, stranger: Client, writer) -> None:
    for path in paths:
        assert writer.username not in stranger.get(path).content.decode()
