"""How htmx and Django shake hands."""

from __future__ import annotations

import pytest
from django.test import Client

from municipalities.models import User

HTMX = {"HX-Request": "true"}


@pytest.mark.parametrize(
    ("headers", "is_part"),
    [
        ({}, False),
        (HTMX, True),
        (HTMX | {"HX-Boosted": "true"}, False),
        (HTMX | {"HX-History-Restore-Request": "true"}, False),
        ({"HX-Boosted": "true"}, False),
    ],
)
def test_only_a_request_for_a_part_gets_one(
    client: Client, anna: User, headers: dict[str, str], is_part: bool
) -> None:
    client.force_login(anna)
    response = client.get("/werkplannen/", headers=headers)
    assert response.status_code == 200
    assert ("<html" not in response.content.decode()) == is_part
    assert "HX-Request" in response["Vary"]


def test_lost_session_brings_the_whole_sign_in_and_back_to_the_page(client: Client, db) -> None:
    """Back to where the person was, filter and all, not to the address of the part."""
    response = client.get(
        "/werkplannen/?pagina=2",
        headers=HTMX | {"HX-Current-URL": "http://testserver/werkplannen/?status=concept"},
    )
    assert response.status_code == 200
    assert response.content == b""
    assert response["HX-Redirect"] == "/inloggen/?next=%2Fwerkplannen%2F%3Fstatus%3Dconcept"


def test_another_site_is_no_way_back(client: Client, db) -> None:
    response = client.get(
        "/werkplannen/", headers=HTMX | {"HX-Current-URL": "https://elders.example/x"}
    )
    assert response["HX-Redirect"] == "/inloggen/?next=%2Fwerkplannen%2F"


def test_without_htmx_the_redirect_is_an_ordinary_one(client: Client, db) -> None:
    response = client.get("/werkplannen/")
    assert response.status_code == 302
    assert "HX-Redirect" not in response
