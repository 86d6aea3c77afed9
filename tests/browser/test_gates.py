"""Every page, for everybody, in both colour schemes, through all gates (gates.py).

The pages are the rows of the access table and the rules beside it, so that a new page
cannot be forgotten: it has no place there, or it is visited here. A test fetches one page
for everybody; what is the same but for the name in its header is looked at once.
"""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.browser import gates, site
from tests.browser.conftest import Site
from tests.test_access import NO_PAGES, ROWS, account_addresses, routes, unguarded

# Between them they get to see every page.
EYES = ("pieter", "fenna", "nobody")


@pytest.mark.parametrize(("route", "thing"), site.visitors())
def test_page_passes_every_gate(running_site: Site, route: str, thing: str) -> None:
    looked_at = set()
    faults = []
    for name in site.visitors()[route, thing]:
        wanted = site.page(name, route, thing, running_site.slugs)
        context, watch = running_site.window(name)
        page = context.new_page()
        answer = page.goto(wanted.url)
        assert answer is not None
        assert (name, answer.status) == (name, wanted.status)
        # Anna and bram often get the same page, and a look takes seconds.
        alike = without_name(answer.text())
        found = gates.look(page) if alike not in looked_at else []
        looked_at.add(alike)
        page.close()
        faults += [f"{name}: {fault}" for fault in (*found, *watch.take())]
    assert not faults, "\n".join(faults)


def without_name(html: str) -> str:
    """A page but for the name in its header and what is different at every visit."""
    alike = re.sub(r'<summary class="account">.*?</summary>', "", html, flags=re.S)
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", alike)


@pytest.mark.parametrize("name", ["hanna", "technician"])
def test_admin_is_quiet_where_our_templates_are(running_site: Site, name: str) -> None:
    """The pages are Django's; the console and the network are ours."""
    context, watch = running_site.window(name)
    page = context.new_page()
    seen = 0
    for wanted in site.admin_pages():
        answer = page.goto(wanted.url)
        assert answer is not None
        seen += answer.ok
        assert [wanted.label, answer.status in (200, 403), *watch.take()] == [wanted.label, True]
        assert page.locator("html").get_attribute("lang") == "nl", wanted.label
    assert seen > 5
    page.close()


def test_page_titles_are_unique(running_site: Site) -> None:
    """Over all pages that somebody gets to see; a refusal has the title of its kind."""
    titles: dict[str, set[str]] = {}
    for name, route, thing in site.labels():
        wanted = site.page(name, route, thing, running_site.slugs)
        if wanted.status != 200 or name not in EYES or route.startswith("zonder-adres:"):
            continue
        client = Client()
        if name != "nobody":
            client.force_login(site.person(name), "django.contrib.auth.backends.ModelBackend")
        answer = client.get(wanted.url, follow=True)
        (title,) = re.findall(r"<title>(.*?)</title>", answer.content.decode(), re.S)
        at = answer.redirect_chain[-1][0] if answer.redirect_chain else wanted.url
        titles.setdefault(title.strip(), set()).add(at.partition("?")[0])
    assert {title: found for title, found in titles.items() if len(found) > 1} == {}


def test_every_page_is_visited_by_somebody_who_gets_to_see_it() -> None:
    """A new route has a row or a rule in test_access.py, and a page of it is visited."""
    assert unguarded(set(routes())) == set()
    visited = {route for _, route, _ in site.labels()}
    pages = {route for (route, _), row in ROWS.items() if 200 in row["GET"]} - NO_PAGES
    assert {page for page in pages if not page.endswith("_download")} <= visited
    assert set(account_addresses()) <= visited
