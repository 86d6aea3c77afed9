"""Signing in: by keyboard, to our own addresses only, and not by trying for ever."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse

from tests.reports.reading import parse, seen

pytestmark = pytest.mark.django_db

WRONG = 10


@pytest.fixture
def door() -> str:
    """The address; nobody's earlier attempts are remembered."""
    cache.clear()
    return reverse("account_login")


def enter(client: Any, door: str, email: str, password: str = "geheim", **more: str) -> Any:
    return client.post(door, {"login": email, "password": password, **more})


def is_signed_in(client: Any) -> bool:
    return bool(client.get("/").status_code == 200)


def test_form_works_by_keyboard_and_says_what_it_asks(client, door) -> None:
    """Fields in order with a label of their own, then the button; nothing needs a mouse."""
    tree = parse(client.get(door).content)
    (form,) = tree.xpath('//form[@method="post"]')
    fields = form.xpath('.//input[not(@type="hidden")] | .//button')
    assert [(field.tag, field.get("name"), field.get("type")) for field in fields] == [
        ("input", "login", "email"),
        ("input", "password", "password"),
        ("button", None, "submit"),
    ]
    for field in fields[:2]:
        assert form.xpath(f'.//label[@for="{field.get("id")}"]')
        assert field.get("autocomplete") in ("email", "username", "current-password")
    assert not tree.xpath("//*[@tabindex > 0]")
    assert tree.xpath("//html/@lang") == ["nl"]


def test_who_knows_the_password_arrives_at_the_start(client, door, pieter) -> None:
    response = enter(client, door, pieter.email)
    assert (response.status_code, response.url) == (302, reverse("reports:start"))
    assert "U werkt hier als projectleider Duin- en Bollenstreek." in seen(
        parse(client.get("/").content)
    )


def test_address_is_one_whatever_its_capitals(client, door, pieter) -> None:
    assert enter(client, door, pieter.email.upper()).status_code == 302
    assert is_signed_in(client)


def test_stranger_comes_back_to_the_page_that_was_asked(client, door, pieter) -> None:
    asked = client.get("/werkplannen/?pagina=2")
    assert asked.status_code == 302
    page = parse(client.get(asked.url).content)
    (back,) = page.xpath('//input[@name="next"]/@value')
    assert enter(client, door, pieter.email, next=back).url == "/werkplannen/?pagina=2"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://elders.example/", "//elders.example/", "/\\elders.example", "javascript:alert(1)"],
)
def test_nobody_is_sent_to_another_site(elsewhere: str, client, door, pieter) -> None:
    assert enter(client, door, pieter.email, next=elsewhere).url == reverse("reports:start")


@pytest.mark.parametrize("email", ["pieter@voorbeeld.nl", "niemand@voorbeeld.nl"])
def test_wrong_password_says_nothing_about_who_exists(email: str, client, door, pieter) -> None:
    response = enter(client, door, email, "fout")
    assert response.status_code == 200
    (alert,) = parse(response.content).xpath('//*[@role="alert"]')
    assert "wachtwoord" in seen(alert)
    assert "niemand" not in seen(alert)
    assert not is_signed_in(client)


def test_ten_wrong_passwords_close_the_door_for_a_while(client, door, pieter) -> None:
    """Also for the right one; and in Dutch."""
    for n in range(WRONG):
        enter(client, door, pieter.email, f"fout{n}")
    said = seen(parse(enter(client, door, pieter.email).content))
    assert "Inloggen is even gestopt" in said
    assert not is_signed_in(client)


def lock_out(client: Any, door: str, email: str) -> Any:
    """The answer to the last of ten tries; each by a process that forgot the others."""
    for n in range(WRONG):
        cache.clear()
        response = enter(client, door, email, f"fout{n}")
    cache.clear()
    return response


def test_tries_are_counted_in_the_database_whatever_process_answers(client, door, pieter) -> None:
    response = lock_out(client, door, pieter.email)
    assert response.status_code == 429
    assert "Inloggen is even gestopt" in seen(parse(response.content))
    assert enter(client, door, pieter.email).status_code == 429
    assert not is_signed_in(client)


def test_colleagues_behind_the_same_address_still_get_in(client, door, pieter, anna) -> None:
    lock_out(client, door, pieter.email)
    assert enter(client, door, anna.email).status_code == 302


def test_capitals_give_no_more_tries(client, door, pieter) -> None:
    for n in range(WRONG):
        enter(client, door, pieter.email.upper() if n % 2 else pieter.email, f"fout{n}")
    assert enter(client, door, pieter.email).status_code == 429


def test_signing_out_asks_first_and_then_does(client, pieter) -> None:
    client.force_login(pieter)
    out = reverse("account_logout")
    assert client.get(out).status_code == 200
    assert is_signed_in(client)
    client.post(out)
    assert not is_signed_in(client)


def test_somebody_who_left_cannot_sign_in(client, door, pieter) -> None:
    pieter.is_active = False
    pieter.save()
    enter(client, door, pieter.email)
    assert not is_signed_in(client)
