"""A real Chromium: JavaScript runs, nothing leaves the machine. There are two sites.

`running_site` is for what every page must hold (test_gates, test_paths, test_weight): the
real data, served as in production, for a module at a time. The data are committed, and
taken away when the module ends. Its tests ask for no `db`, and leave the shared plans and
people as they found them; whoever changes something makes it for itself.

`browse` is for how one thing behaves (test_behaviour_*): the live server of
pytest-django, with what the test itself puts into the database.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page

from municipalities.models import User
from tests.browser import gates, site

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser. Not longer than a module, for the tests of others keep out of its loop."""
    with site.chromium() as browser:
        yield browser


# ---- the real data, as in production


@dataclasses.dataclass
class Site:
    """The running site: where it is, what is in it, and a window for each person."""

    base: str
    slugs: dict[str, str]
    browser: Browser
    _windows: dict[str, tuple[BrowserContext, gates.Watch]] = dataclasses.field(
        default_factory=dict
    )

    def window(self, name: str) -> tuple[BrowserContext, gates.Watch]:
        """The signed-in window of somebody of the cast; the same one every time."""
        if name not in self._windows:
            opened = self.new_window(name)
            self._windows[name] = opened, gates.Watch(opened, self.base)
        return self._windows[name]

    def new_window(self, name: str, **options: Any) -> BrowserContext:
        """A window with nothing in its cache."""
        return site.context(self.browser, self.base, name, reduced_motion="reduce", **options)

    def close(self) -> None:
        for opened, _ in self._windows.values():
            opened.close()


@pytest.fixture(scope="module")
def running_site(
    django_db_setup: None, django_db_blocker: Any, _quick_passwords: None, chromium: Browser
) -> Iterator[Site]:
    """The real data and the server."""
    with django_db_blocker.unblock(), site.loaded() as slugs, site.served() as base:
        running = Site(base, slugs, chromium)
        yield running
        running.close()


# ---- the data of one test


@pytest.fixture
def plain_static_files(settings: Any) -> None:
    """The live server finds files by their own name, not by the one with a hash."""
    storages = {**settings.STORAGES}
    storages["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = storages


@pytest.fixture
def browse(chromium: Browser, plain_static_files: None, live_server) -> Iterator[Open]:
    """`browse("/werkplannen/", user=anna, javascript=False, width=375, scheme="dark")`: a
    page of somebody who is signed in (nobody without `user`), in a context of its own.

    A fault in the console, also one of the content security policy, fails the test,
    unless it is about a fault (`may_fault`).
    """
    contexts, said = [], []

    def inner(
        path: str,
        *,
        user: User | None = None,
        javascript: bool = True,
        width: int = 1280,
        scheme: str = "light",
        may_fault: bool = False,
    ) -> Page:
        context = chromium.new_context(
            base_url=live_server.url,
            java_script_enabled=javascript,
            viewport={"width": width, "height": 800},
            color_scheme=scheme,  # type: ignore[arg-type]
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        if user is not None:
            context.add_cookies([session_cookie(user, live_server.url)])
        page = context.new_page()
        if not may_fault:
            page.on("console", lambda line: line.type == "error" and said.append(line.text))
            page.on("pageerror", lambda fault: said.append(str(fault)))
        page.goto(path)
        return page

    yield inner
    for context in contexts:
        for page in context.pages:
            # The server may still read what the next test's clean database would lock.
            page.wait_for_load_state("networkidle")
        context.close()
    assert said == []


def session_cookie(user: User, url: str) -> dict[str, str]:
    """The cookie of somebody who signed in just now."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}
