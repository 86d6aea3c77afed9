"""What every answer says to a browser, and what a page holds: no style or script of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings
from django.test import RequestFactory
from django.urls import NoReverseMatch, get_resolver, reverse
from django.views.defaults import server_error

from tests.factories import WorkPlanFactory
from tests.reports.reading import parse

pytestmark = pytest.mark.django_db

DIRECTIVES = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
}


def holds_no_code(response: Any) -> None:
    """Neither a style nor a script stands in the page itself."""
    if "html" not in response["Content-Type"] or not response.content:
        return
    tree = parse(response.content)
    assert not tree.xpath("//style | //*[@style]")
    assert not tree.xpath('//script[not(@src)][not(@type="application/json")]')
    for element in tree.iter():
        assert not [name for name in element.attrib if name.startswith("on")], element.tag
    for address in tree.xpath("//script/@src | //link/@href | //img/@src | //form/@action"):
        assert not address.startswith(("http:", "https:", "//", "javascript:")), address


def has_the_headers(response: Any) -> None:
    assert set(response["Content-Security-Policy"].split("; ")) == DIRECTIVES
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.fixture
def addresses(bollenstreek: Any, fund: Any) -> list[str]:
    """Every page of the process, with the refusals."""
    draft = WorkPlanFactory(draft=True, region=bollenstreek, fund=fund)
    plan = draft.get_absolute_url()
    return [
        "/",
        "/werkplannen/",
        plan,
        f"{plan}indienen/",
        f"{plan}download/csv/",
        f"{plan}download/html/",
        "/fondsen/",
        f"/fondsen/{fund.slug}/",
        f"/fondsen/{fund.slug}/?peildatum=morgen",
        "/werkplannen/bestaat-niet/",
        "/bestaat-niet/",
        "/beheer/",
    ]


@pytest.mark.parametrize("name", ["pieter", "bram", "gijs"])
def test_every_page_of_the_process(name: str, addresses, client, request) -> None:
    client.force_login(request.getfixturevalue(name))
    for address in addresses:
        response = client.get(address)
        has_the_headers(response)
        if "download" not in address:
            holds_no_code(response)


def test_every_page_before_the_sign_in(client) -> None:
    for name in get_resolver().reverse_dict:
        if isinstance(name, str) and name.startswith("account_"):
            try:
                response = client.get(reverse(name))
            except NoReverseMatch:
                continue
            has_the_headers(response)
            holds_no_code(response)


def test_every_list_and_form_of_the_admin(client, technician) -> None:
    client.force_login(technician)
    names = [
        name
        for name in get_resolver().namespace_dict["admin"][1].reverse_dict
        if isinstance(name, str)
    ]
    assert names
    for name in names:
        try:
            response = client.get(reverse(f"admin:{name}"))
        except NoReverseMatch:
            continue
        if response.status_code == 200:
            has_the_headers(response)
            holds_no_code(response)


def test_fault_of_our_own_is_a_page_without_code() -> None:
    response = server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "Er ging iets mis bij ons" in response.content.decode()
    holds_no_code(response)


def test_cookies_are_for_this_site_and_not_for_scripts(client, pieter) -> None:
    client.get(reverse("account_login"))
    client.post(reverse("account_login"), {"login": pieter.email, "password": "geheim"})
    session = client.cookies["sessionid"]
    assert session["httponly"]
    assert session["samesite"] == "Lax"
    assert client.cookies["csrftoken"]["samesite"] == "Lax"


# ---- as an installation on the internet has it

INSTALLATION = {
    "PENVOERDER_DEMO": "0",
    "PENVOERDER_DEBUG": "0",
    "PENVOERDER_ALLOWED_HOSTS": "penvoerder.example",
    "PENVOERDER_SECRET_KEY": "lang-genoeg-en-voor-niemand-te-raden-" * 2,
}

ASKS = """
import django
django.setup()
from django.conf import settings
from django.test import Client
plain = Client().get("/fondsen/", headers={"host": "penvoerder.example"})
safe = Client().get("/", headers={"host": "penvoerder.example"}, secure=True)
foreign = Client().get("/", headers={"host": "elders.example"}, secure=True)
print(plain.status_code, plain["Location"])
print(safe["Strict-Transport-Security"])
print(foreign.status_code)
print(settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.DEBUG)
"""


def as_installation(*arguments: str, **changed: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | INSTALLATION | changed
    environment["DJANGO_SETTINGS_MODULE"] = "config.settings"
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_installation_speaks_https_only() -> None:
    run = as_installation("-W", "ignore", "-c", ASKS)
    assert run.stdout.splitlines() == [
        "301 https://penvoerder.example/fondsen/",
        "max-age=31536000; includeSubDomains; preload",
        "400",
        "True True False",
    ], run.stderr


def test_installation_passes_the_checks_of_django() -> None:
    run = as_installation("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert run.returncode == 0, run.stderr


def test_installation_without_a_secret_does_not_start() -> None:
    run = as_installation("manage.py", "check", PENVOERDER_SECRET_KEY="")
    assert run.returncode != 0
    assert "De variabele PENVOERDER_SECRET_KEY is niet ingevuld" in run.stderr
