"""How a person wants to see the pages: one cookie, read before the first paint."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from config.display import CHOICES, COOKIE, Display

PAGE = "/weergave/"


def test_what_is_written_is_read_again() -> None:
    for choice in CHOICES:
        for value in choice.values:
            display = Display().changed({choice.field: value})
            assert getattr(display, choice.field) == value
            assert Display.read(display.written()) == display


@pytest.mark.parametrize(
    "cookie", ["", "dark.more", "rood.veel.x.y", "...", '"><script>', "a" * 5000]
)
def test_a_strange_cookie_is_no_choice(cookie: str) -> None:
    display = Display.read(cookie)
    for choice in CHOICES:
        assert getattr(display, choice.field) in choice.values
    if cookie == "dark.more":
        assert display == Display(scheme="dark", contrast="more")


def test_one_choice_leaves_the_others(client: Client) -> None:
    client.post(PAGE, {"scheme": "dark", "density": "roomy"})
    client.post(PAGE, {"shortcuts": "off"})
    assert client.cookies[COOKIE].value == "dark.system.roomy.off"


def test_the_page_is_painted_as_chosen_at_once(client: Client) -> None:
    address = reverse("accessibility")
    assert '<html lang="nl">' in client.get(address).content.decode()
    client.post(PAGE, {"scheme": "dark", "contrast": "more"})
    page = client.get(address).content.decode()
    assert '<html lang="nl" data-scheme="dark" data-contrast="more">' in page
    assert '<meta name="color-scheme" content="dark">' in page


def test_the_cookie_is_not_for_scripts_and_lasts_a_year(client: Client) -> None:
    client.post(PAGE, {"scheme": "light"})
    cookie = client.cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 365 * 24 * 60 * 60


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/werkplannen/?status=concept", "/werkplannen/?status=concept"),
        ("https://elders.example/", PAGE),
        ("//elders.example/", PAGE),
        ("javascript:alert(1)", PAGE),
        ("", PAGE),
    ],
)
def test_the_way_back_stays_on_this_site(client: Client, asked: str, led: str) -> None:
    response = client.post(PAGE, {"scheme": "dark", "terug": asked})
    assert response.status_code == 302
    assert response["Location"] == led


def test_a_choice_from_another_site_is_refused() -> None:
    response = Client(enforce_csrf_checks=True).post(PAGE, {"scheme": "dark"})
    assert response.status_code == 403
    assert COOKIE not in response.cookies


def test_shortcuts_switched_off_load_no_script(client: Client) -> None:
    address = reverse("shortcuts")
    assert "js/shortcuts" in client.get(address).content.decode()
    client.post(PAGE, {"shortcuts": "off"})
    page = client.get(address).content.decode()
    assert "js/shortcuts" not in page
    assert "Zet sneltoetsen aan" in page
