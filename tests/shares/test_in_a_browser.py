"""A link made, opened by somebody without an account, and closed, in a real browser."""

import pytest


@pytest.mark.django_db(transaction=True)
def test_a_link_goes_from_a_writer_to_a_stranger_and_is_closed(
    page, browser, live_server, library, client_of, settings
):
    settings.PAPERNOTES_URL = live_server.url
    key = client_of("writer").cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": key, "url": live_server.url}])
    page.goto(f"/shares/new?kind=list&object={library.list.pk}")
    page.get_by_label("Remark").fill("for Ann")
    page.get_by_role("button", name="Make a link").click()
    address = page.get_by_label("Address of the link").input_value()

    stranger = browser.new_context(locale="en-GB", viewport={"width": 390, "height": 800})
    theirs = stranger.new_page()
    theirs.goto(address)
    theirs.get_by_role("link", name="Tuning a Recommender").click()
    theirs.get_by_text("We tune it.").wait_for()
    assert theirs.evaluate("document.documentElement.scrollWidth") <= 390
    assert stranger.cookies() == []

    page.get_by_role("link", name="All my links").click()
    page.get_by_role("button", name="Close now").click()
    page.get_by_role("status").get_by_text("The link is closed").wait_for()
    assert theirs.reload().status == 404
    theirs.get_by_role("heading", name="There is nothing here").wait_for()
    stranger.close()
