"""A real Chromium on a live server: JavaScript runs, nothing leaves the machine."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from municipalities.models import User

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
OFFLINE = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]

Open = Callable[..., Page]


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Playwright keeps an event loop in this thread; the queries of a test do not wait
    on it, and no other test must hear of that."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OFFLINE)
        yield browser
        browser.close()


@pytest.fixture(autouse=True)
def _plain_static_files(settings) -> None:
    """The live server finds files by their own name, not by the one with a hash."""
    storages = {**settings.STORAGES}
    storages["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = storages


@pytest.fixture
def browse(chromium: Browser, live_server) -> Iterator[Open]:
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
