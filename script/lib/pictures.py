"""Make pictures of every page and every page of the PDF; script/pictures starts it.

The pages are those of the accessibility gates (tests/browser/site.py), each seen by the
first of the cast who gets that answer, so that a new page is in the pictures by itself.
MORE adds what a page looks like after a question, a fault or a press of a button.
"""

from __future__ import annotations

import contextlib
import html
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from django.urls import reverse  # noqa: E402
from playwright.sync_api import Browser  # noqa: E402
from playwright.sync_api import Page as Window  # noqa: E402

from tests.browser import site  # noqa: E402
from workplans.models import WorkPlan  # noqa: E402

FOLDER = Path(settings.BASE_DIR) / "build" / "pictures"
WIDTHS = (1440, 768, 375)
SCHEMES = ("light", "dark")
DATABASE = "test_penvoerder_pictures"

PLAN = "/werkplannen/duin-en-bollenstreek-2020/"
DRAFT = "/werkplannen/concept-met-gaten/"
FUND = "/fondsen/investeringsfonds-mz-holland-rijnland/"
# Sends the form of the page with every field empty, past the browser's own questions.
EMPTIED = """const form = document.querySelector('main form[method=post]');
form.querySelectorAll('input:not([type=hidden])').forEach(field => field.value = '');
setTimeout(() => form.submit());"""
# Label, who looks, address, and the script that runs there.
MORE = (
    ("search found", "pieter", "/zoeken/?q=ondersteuning", ""),
    ("search fault-forgiven", "pieter", "/zoeken/?q=ondersteunnig", ""),
    ("search nothing", "pieter", "/zoeken/?q=xyzzyxx", ""),
    ("list narrowed", "pieter", "/werkplannen/?status=concept", ""),
    ("list nothing", "pieter", "/werkplannen/?tekst=xyzzyxx", ""),
    ("overview municipality", "pieter", f"{PLAN}overzicht/?per=gemeente", ""),
    ("overview nothing", "pieter", f"{PLAN}overzicht/?per=fonds&tekst=xyzzyxx", ""),
    ("check narrowed", "pieter", f"{DRAFT}controle/?ernst=blokkeren", ""),
    ("fund day", "pieter", f"{FUND}?peildatum=2020-03-01", ""),
    ("fund entries", "fenna", f"{FUND}boekingen/?cijfer=beschikt", ""),
    ("fund room", "pieter", f"{FUND}ruimte/?peildatum=2020-03-01", ""),
    ("fund envelope fault", "fenna", f"{FUND}ruimte/nieuw/", EMPTIED),
    ("reserve fault", "fenna", f"{FUND}reserve/boeken/", EMPTIED),
    ("distribution fault", "fenna", f"{FUND}verdelingen/nieuw/duin-en-bollenstreek/", EMPTIED),
    ("fund close fault", "fenna", f"{FUND}afsluiten/", EMPTIED),
    ("fund reconcile fault", "fenna", f"{FUND}aansluiting/", EMPTIED),
    ("scenario beside", "pieter", f"{PLAN}scenarios/1/?naast=2", ""),
    ("login fault", "nobody", "/inloggen/", EMPTIED),
    ("reset fault", "nobody", "/wachtwoord/vergeten/", EMPTIED),
    ("password fault", "anna", "/wachtwoord/wijzigen/", EMPTIED),
    ("copy fault", "pieter", f"{PLAN}volgend-jaar/", EMPTIED),
    ("dialog shortcuts", "pieter", PLAN, "document.querySelector('dialog').showModal()"),
    ("menus open", "pieter", PLAN,
     "document.querySelectorAll('details.menu').forEach(menu => menu.open = true)"),
    ("figures as tables", "pieter", FUND,
     "document.querySelectorAll('main details').forEach(part => part.open = true)"),
)  # fmt: skip


def main(wanted: list[str]) -> None:
    """Make the pictures of the pages whose label holds one of these words, or of all, and
    their index."""
    setup_test_environment()
    connection.settings_dict["TEST"]["NAME"] = DATABASE
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    groups: dict[str, list[str]] = {}
    with site.loaded() as slugs, site.served() as base, site.chromium() as browser:
        seen = list(_seen(slugs, wanted)) + list(_more(wanted))
        for width in WIDTHS:
            for scheme in SCHEMES:
                for page, files in _take(browser, base, seen, width, scheme):
                    groups.setdefault(page, []).extend(files)
        for slug in (slugs["own-submitted"], slugs["own-draft"]):
            if _is_wanted(f"pdf {slug}", wanted):
                groups[f"pdf {slug}"] = _paper(browser, base, slug)
    _write_index(groups)
    print(FOLDER / "index.html")


def _is_wanted(label: str, wanted: list[str]) -> bool:
    return not wanted or any(word in label for word in wanted)


def _seen(slugs: dict[str, str], wanted: list[str]) -> Iterator[tuple[str, site.Page]]:
    """Each answer of each page once, by the first who gets it. What fills with one's own
    things is seen by somebody who has none as well, and the start page by all."""
    done: set[tuple[str, int]] = set()
    for name, route, thing in site.labels():
        page = site.page(name, route, thing, slugs)
        is_personal = route == "reports:start" or (route.startswith("reports:") and name == "gijs")
        key = (f"{page.label} {name}" if is_personal else page.label, page.status)
        is_sent_on = name == "nobody" and ":" in route and not route.startswith("zonder-adres")
        if key in done or is_sent_on or (page.status == 404 and name != "pieter"):
            continue
        if _is_wanted(page.label, wanted):
            done.add(key)
            yield name, page


def _more(wanted: list[str]) -> Iterator[tuple[str, site.Page]]:
    """What MORE names, every loaded plan that is in no row of access, and the admin."""
    plans = WorkPlan.objects.exclude(slug__in=("duin-en-bollenstreek-2020", "concept-met-gaten"))
    every = [(name, site.Page(label, url)) for label, name, url, _ in MORE]
    every += [
        (name, site.Page(f"plan {plan.slug}", plan.get_absolute_url()))
        for plan in plans
        for name in ("pieter", "carla")
        if WorkPlan.objects.visible_to(site.person(name)).filter(pk=plan.pk).exists()
    ]
    every += [("technician", page) for page in site.admin_pages()]
    every.append(("technician", site.Page("admin form", "/beheer/municipalities/user/add/")))
    return ((name, page) for name, page in every if _is_wanted(page.label, wanted))


def _take(
    browser: Browser, base: str, seen: list[tuple[str, site.Page]], width: int, scheme: str
) -> Iterator[tuple[str, list[str]]]:
    windows = {}
    scripts = {label: script for label, _, _, script in MORE}
    for name, page in seen:
        if name not in windows:
            windows[name] = site.context(
                browser,
                base,
                name,
                viewport={"width": width, "height": 900},
                color_scheme=scheme,
                reduced_motion="reduce",
            ).new_page()
        windows[name].goto(page.url)
        if script := scripts.get(page.label):
            _press(windows[name], script)
        windows[name].evaluate("document.fonts.ready.then(() => true)")
        # The editor of running text comes after the page, which is longer then.
        windows[name].wait_for_selector(
            "form[data-component] textarea[data-prose]:not([hidden])", state="detached"
        )
        known_as = "".join(c if c.isalnum() else "-" for c in f"{page.label} {page.status} {name}")
        file = f"{known_as}-{width}-{scheme}.png"
        windows[name].screenshot(path=FOLDER / file, full_page=True)
        yield f"{page.label} {page.status} ({name})", [file]
    for window in windows.values():
        window.context.close()


def _press(window: Window, script: str) -> None:
    with window.expect_navigation() if script == EMPTIED else contextlib.nullcontext():
        window.evaluate(f"() => {{ {script} }}")


def _paper(browser: Browser, base: str, slug: str) -> list[str]:
    """One picture for each page of the PDF, as somebody would download it."""
    address = reverse("reports:workplan_download", args=[slug, "pdf"])
    window = site.context(browser, base, "pieter")
    file = FOLDER / f"{slug}.pdf"
    file.write_bytes(window.request.get(address).body())
    window.close()
    subprocess.run(["pdftoppm", "-r", "70", "-png", file, FOLDER / slug], check=True)
    return sorted(picture.name for picture in FOLDER.glob(f"{slug}-*.png"))


def _write_index(groups: dict[str, list[str]]) -> None:
    parts = []
    for name, files in groups.items():
        images = "".join(
            f'<a href="{file}"><img src="{file}" alt="{file}" height="320" loading="lazy"></a>\n'
            for file in files
        )
        parts.append(f"<h2>{html.escape(name)}</h2>\n<p>{images}</p>")
    (FOLDER / "index.html").write_text(
        '<!doctype html>\n<html lang="nl"><meta charset="utf-8"><title>Plaatjes</title>\n'
        + "\n".join(parts),
        encoding="utf-8",
    )


if __name__ == "__main__":
    main(sys.argv[1:])
