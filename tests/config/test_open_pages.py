"""Pages about the site: open to everybody, and linked from every page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from config.shortcuts import SHORTCUTS
from municipalities.models import User


@pytest.mark.parametrize("start", ["/inloggen/", "/toegankelijkheid/", "/sneltoetsen/"])
def test_the_statement_and_the_keys_are_one_link_away(client: Client, db, start: str) -> None:
    page = client.get(start).content.decode()
    for address in ("/toegankelijkheid/", "/sneltoetsen/", "/weergave/"):
        assert f'href="{address}"' in page


def test_the_statement_says_what_the_law_asks(client: Client) -> None:
    page = client.get("/toegankelijkheid/").content.decode()
    for part in (
        "eerste maatregelen genomen",
        "EN 301 549",
        "NVDA",
        "Hoe wij controleren",
        "binnen twee weken",
        "Nationale ombudsman",
        "22 november 2026",
    ):
        assert part in page


@pytest.mark.parametrize("contact", ["", "toegankelijk@voorbeeld.nl"])
def test_the_statement_has_the_address_of_the_installation(
    client: Client, settings: Any, contact: str
) -> None:
    settings.CONTACT_MAIL = contact
    page = client.get("/toegankelijkheid/").content.decode()
    assert ("mailto:" in page) is bool(contact)
    assert f'href="mailto:{contact}"' in page or not contact


def test_the_list_of_keys_is_the_same_in_the_dialog_and_on_the_page(
    client: Client, anna: User
) -> None:
    client.force_login(anna)
    page = client.get("/sneltoetsen/").content.decode()
    for shortcut in SHORTCUTS:
        assert page.count(f">{shortcut.does}<") == 2


SCRIPTS = settings.BASE_DIR / "static" / "js"
WHERE_ONE_WRITES = {"mentions.js", "prose_editor.js"}
"""Scripts that only a page loads on which somebody writes."""


def loaded(script: Path) -> set[Path]:
    """A script with all that it imports."""
    found, waiting = set(), {script}
    while waiting:
        found.add(here := waiting.pop())
        names = re.findall(r'(?:from|import) "(\.[^"]+)"', here.read_text())
        waiting |= {(here.parent / name).resolve() for name in names} - found
    return found


def test_own_scripts_stay_small() -> None:
    scripts = [path for path in SCRIPTS.glob("*.js") if path.name not in WHERE_ONE_WRITES]
    assert len(scripts) >= 6
    assert sum(path.stat().st_size for path in scripts) < 15_000


def test_scripts_of_the_editor_stay_small() -> None:
    scripts = loaded(SCRIPTS / "desk" / "desk.js")
    assert scripts >= {*(SCRIPTS / "desk").glob("*.js"), SCRIPTS / "prose_editor.js"}
    assert sum(path.stat().st_size for path in scripts) < 60_000


def test_stylesheets_of_every_page_stay_small() -> None:
    """Those of the frame; what a page adds is weighed in the browser."""
    frame = (settings.BASE_DIR / "templates" / "base.html").read_text()
    names = re.findall(r"static '([\w.]+\.css)'", frame)
    assert len(names) >= 8
    folder = settings.BASE_DIR / "static"
    assert sum((folder / name).stat().st_size for name in names) < 46_000
