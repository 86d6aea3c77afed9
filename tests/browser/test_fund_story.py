"""The fund manager takes the second plan of the Duin- en Bollenstreek from what was asked
to what came back, in a real browser; the figures of G3 on the way."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.django_db(transaction=True)

PLAN = "Tweede werkplan ‘Omzien naar Elkaar’"
ASKED, DECIDED, PAID, SETTLED = "2020-03-01", "2020-05-01", "2020-06-01", "2021-03-01"


def says(page: Page, *figures: str) -> None:
    for figure in figures:
        expect(page.locator("main")).to_contain_text(figure)


def step(page: Page, button: str, verb: str, day: str, **typed: str) -> None:
    """Take a step from the page of the application, to which it leads back."""
    page.get_by_role("link", name=button, exact=True).click()
    page.get_by_label("Datum", exact=True).fill(day)
    for label, value in typed.items():
        page.get_by_label(label.replace("_", " ")).first.fill(value)
    page.get_by_role("button", name=verb).click()


def test_from_asked_to_released(browse, loaded, fenna) -> None:
    fund = loaded.applications.get().round.fund
    at = reverse("reports:fund_detail", args=[fund.slug])

    page = browse(f"{at}?peildatum={ASKED}", user=fenna)
    says(page, "2.935.466", "1.345.000", "1.590.466", "1.282.500", "307.966")
    page.get_by_role("link", name=PLAN).first.click()
    step(page, "Beschik", "Bekijk wat dit doet", DECIDED, Besluit="Besluit 12")
    says(page, "1.590.466", "307.966")
    page.get_by_role("button", name="Beschik", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("€ 1.282.500 is beschikt")

    step(page, "Betaal", "Leg de betaling vast", PAID, Betalingskenmerk="2020-117")
    expect(page.get_by_role("status").first).to_contain_text("€ 1.282.500 is als betaald")

    page.get_by_role("link", name="Stel vast", exact=True).click()
    page.get_by_label("Datum", exact=True).fill(SETTLED)
    page.get_by_label("Grond").fill("Verantwoording 2020")
    page.get_by_label("gerealiseerd").first.fill("70.000")
    page.get_by_label(": vastgesteld").first.fill("70.000")
    page.get_by_role("button", name="Stel vast").click()
    expect(page.get_by_role("status").first).to_contain_text("€ 1.272.500 is vastgesteld")

    step(page, "Vorder terug", "Vorder terug", SETTLED)
    expect(page.get_by_role("status").first).to_contain_text("€ 10.000 is teruggevorderd")

    page.goto(f"{at}?peildatum={SETTLED}")
    says(page, "2.627.500", "317.966", "1.272.500", "70.000", "10.000")
    page.goto(f"{at}?peildatum={ASKED}")
    says(page, "1.345.000", "1.590.466", "307.966")
    plan = reverse("reports:workplan_download", args=[loaded.slug, "json"])
    answer = page.request.get(plan)
    (found,) = json.loads(answer.body())["totals"]["funds"]
    known = {name: Decimal(found[name]["known"]) for name in ("available", "granted", "remaining")}
    assert known == {"available": 2_935_466, "granted": 1_345_000, "remaining": 1_590_466}
    assert Decimal(found["remaining_if_granted"]["known"]) == 307_966
    entries = reverse("reports:fund_entries_download", args=[fund.slug, "csv"])
    rows = page.request.get(f"{entries}?cijfer=uitbetaald&tot={PAID}").text().splitlines()
    assert sum(Decimal(row.split(";")[5]) for row in rows[1:]) == 1_282_500
