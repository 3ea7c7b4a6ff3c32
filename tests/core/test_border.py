"""NUL in an address is answered, not passed on to a database that refuses it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

ClientOf = Callable[[Any], Client]
PLACES = ["/tables/a%00b/", "/lists/a%00b/", "/venues/a%00b/", "/digests/%00/2024-01-01/", "/doi/10.1/%00"]
COMPLETION = "/admin/autocomplete/?app_label=papers&model_name=paper&field_name=venue&term=a%00"


@pytest.mark.parametrize("address", PLACES)
def test_no_place_has_nul_in_its_name(address: str, client_of: ClientOf) -> None:
    assert client_of("administrator").get(address).status_code == 404


@pytest.mark.parametrize("address", [COMPLETION, "/admin/papers/statement/?field=%00", "/admin/papers/paper/?q=%00"])
def test_the_admin_takes_no_nul(address: str, client_of: ClientOf) -> None:
    assert client_of("administrator").get(address).status_code == 400


@pytest.mark.django_db
def test_a_wrong_share_link_is_like_any_other(stranger: Client) -> None:
    assert stranger.get("/s/a%00b/").content == stranger.get("/s/ab/").content
