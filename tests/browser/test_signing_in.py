"""Coming in for the first time, and going."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitors

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "correct horse battery"


def sign_in(page: Page, name: str, password: str) -> None:
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()


def test_a_closed_page_asks_who_comes_and_then_opens(visitors: Visitors, reader: User) -> None:
    page = visitors()
    page.goto("/papers/?sort=title")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    sign_in(page, "reader", "wrong horse battery")
    expect(page.get_by_role("alert")).to_contain_text("correct username and password")
    expect(page.get_by_label("Username")).to_have_value("reader")
    sign_in(page, "reader", PASSWORD)
    page.wait_for_url("**/papers/?sort=title")


def test_a_wrong_password_too_often_locks_the_account_for_a_while(visitors: Visitors, reader: User) -> None:
    page = visitors()
    page.goto("/accounts/login/")
    for _ in range(8):
        sign_in(page, "reader", "wrong horse battery")
    expect(page.get_by_role("heading", name="Too many attempts")).to_be_visible()


def test_signing_out_closes_every_page(visitors: Visitors, reader: User) -> None:
    page = visitors(reader)
    page.goto("/")
    page.locator(".site-tools summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/accounts/login/")
    page.goto("/papers/")
    page.wait_for_url("**/accounts/login/?next=/papers/")


def test_a_login_never_leads_to_another_host(visitors: Visitors, reader: User) -> None:
    page = visitors()
    page.goto("/accounts/login/?next=https://elsewhere.example/")
    sign_in(page, "reader", PASSWORD)
    page.wait_for_url(visitors.address + "/")
