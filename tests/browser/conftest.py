"""A browser on the running site, for a module of tests at a time.

The data are committed, for the server reads them on a connection of its own, and taken
away when the module ends. So these tests ask for no `db`, and must leave the shared
plans and people as they found them; whoever changes something makes it for itself.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser import gates, site


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


@pytest.fixture(scope="module")
def running_site(
    django_db_setup: None, django_db_blocker: Any, _quick_passwords: None
) -> Iterator[Site]:
    """The real data, the server and the browser."""
    with (
        django_db_blocker.unblock(),
        site.loaded() as slugs,
        site.served() as base,
        site.chromium() as browser,
    ):
        yield Site(base, slugs, browser)
