"""The gates that every page passes: accessibility, narrow windows, the keyboard, and
nothing from elsewhere. Each gives the faults it found, in words, or nothing.

A page is loaded once and then looked at from all sides; axe and gates.js do the looking.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# target-size is off unless it is asked for by name, whatever the tags.
ALL_RULES = {"runOnly": TAGS, "rules": {"target-size": {"enabled": True}}}
# The scheme changes colours and nothing else (tokens.css), so a second look is for those.
ONLY_COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
ONLY_TARGETS = {"runOnly": {"type": "rule", "values": ["target-size"]}}

WIDE = {"width": 1440, "height": 900}
# 1280 by 1024 pixels at 400 %, and at the same time the narrowest window: 320 pixels.
ZOOMED = {"width": 320, "height": 256}
# More stops than any page of ours has; a page that never ends is a trap.
MOST_STOPS = 400


class Watch:
    """What a window says on its console and asks of the network, until it is read."""

    def __init__(self, context: BrowserContext, base: str) -> None:
        self._base = base
        self._faults: list[str] = []
        context.on("console", self._console)
        context.on("weberror", lambda error: self._faults.append(f"error: {error.error}"))
        context.on("request", lambda request: self._request(request.url))

    def _console(self, message: ConsoleMessage) -> None:
        at = message.location["url"]
        # The browser itself mentions each answer of 400 and up; the test knows it.
        is_answer = "responded with a status" in message.text and "/static/" not in at
        if message.type in ("error", "warning") and not is_answer:
            self._faults.append(f"console {message.type}: {message.text} ({at})")

    def _request(self, url: str) -> None:
        if not url.startswith((f"{self._base}/", "data:")):
            self._faults.append(f"request to elsewhere: {url}")

    def take(self) -> list[str]:
        """The faults since the last time."""
        found, self._faults[:] = list(self._faults), []
        return found


def look(page: Page) -> list[str]:
    """All gates over the page that is open. The window keeps the size of the last."""
    prepare(page)
    return [
        *(f"light, {fault}" for fault in axe(page, "light")),
        *(f"dark, {fault}" for fault in axe(page, "dark", ONLY_COLOURS)),
        *page.evaluate("gates.structure()"),
        *page.evaluate("gates.motion()"),
        *zoomed(page),
        *keys(page),
    ]


def prepare(page: Page) -> None:
    """Bring axe and gates.js into the page, which the CSP does not hinder from here."""
    page.set_viewport_size(WIDE)
    page.evaluate(_axe_script())
    page.evaluate(_own_script())


@cache
def _axe_script() -> str:
    return str(Axe().axe_script)


@cache
def _own_script() -> str:
    return Path(__file__).with_name("gates.js").read_text(encoding="utf-8")


def axe(page: Page, scheme: Any, options: dict[str, Any] = ALL_RULES) -> Iterator[str]:
    """The findings of axe in the light or the dark scheme."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    asked = options | {"resultTypes": ["violations"]}
    found = page.evaluate("options => axe.run(document, options)", asked)
    for finding in found["violations"]:
        for node in finding["nodes"]:
            why = " ".join((node["failureSummary"] or "").split())
            yield f"axe {finding['id']}: {node['html'][:120]} {why[:200]}"


def zoomed(page: Page) -> list[str]:
    """Narrow, or zoomed in to 400 %: nothing is lost and every target can be hit."""
    page.set_viewport_size(ZOOMED)
    return [
        *(f"at 320 px, {fault}" for fault in page.evaluate("gates.narrow()")),
        *(f"at 320 px, {fault}" for fault in axe(page, "light", ONLY_TARGETS)),
    ]


def keys(page: Page) -> Iterator[str]:
    """The tab key reaches all there is, and focus is seen wherever it is."""
    page.evaluate("gates.startKeys()")
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        found = page.evaluate("gates.keyed()")
        if found is None:
            break
        yield from found
    else:
        yield f"the tab key does not come out after {MOST_STOPS} stops"
    yield from page.evaluate("gates.missed()")
