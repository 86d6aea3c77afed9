"""Text that looks like code is text: on the page, in the PDF, in html, csv and yaml."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest
import yaml

from reports.rendering import render
from tests.factories import (
    ActionFactory,
    ActionLineFactory,
    BlockFactory,
    EnvelopeMutationFactory,
    PlanApplicationFactory,
    WorkPlanFactory,
)
from tests.reports.reading import csv_cells, parse, pdf_text, seen
from workplans.cells import Cell
from workplans.models import WorkPlan

pytestmark = pytest.mark.django_db

NASTY = "\"'><script>alert(1)</script><img src=x onerror=alert(1)> &lt; {{ 1 }} javascript:alert(1)"
FORMULA = "=HYPERLINK(“x”)"
TEXTS = (
    "titel",
    "hoofdstuk",
    "tekst",
    "lijn",
    "actie",
    "begroting",
    "omschrijving",
    "monitoring",
    "planning",
    "bedrag",
    "gemeenten",
)


def nasty(name: str) -> str:
    """Each text is told apart by its own first word."""
    return f"{name} {NASTY}"


@pytest.fixture
def plan(bollenstreek: Any, fund: Any) -> WorkPlan:
    """Every text that somebody can type is nasty; the region and the fund too."""
    bollenstreek.name = nasty("regio")[:120]
    bollenstreek.save()
    fund.name = nasty("fonds")[:160]
    fund.save()
    for envelope in fund.envelopes.all():
        EnvelopeMutationFactory(
            envelope=envelope, amount=None, condition=nasty("conditie"), reason=nasty("reden")
        )
    plan = WorkPlanFactory(region=bollenstreek, title=nasty("titel"))
    BlockFactory(plan=plan, title=nasty("hoofdstuk"), text=f"{nasty('tekst')}\n\n- {NASTY}")
    line = ActionLineFactory(plan=plan, code="A", title=nasty("lijn"))
    ActionFactory(
        line=line,
        code="1",
        title=nasty("actie"),
        budget_title=nasty("begroting"),
        description=nasty("omschrijving"),
        monitoring=nasty("monitoring"),
        planning=Cell(nasty("planning"), unread=True),
        amount=Cell(nasty("bedrag"), unread=True),
        municipalities=Cell(nasty("gemeenten"), unread=True),
    )
    ActionFactory(line=line, code="2", title=FORMULA, monitoring=FORMULA, amount="€ 1,-")
    PlanApplicationFactory(plan=plan, round__fund=fund, round__name=nasty("ronde"))
    return WorkPlan.objects.get(pk=plan.pk)


def is_harmless(body: bytes) -> str:
    """The words of a page, when nothing in it is code that somebody typed."""
    tree = parse(body)
    assert not tree.xpath("//script[not(@src)] | //img | //iframe | //object | //embed")
    for element in tree.iter():
        for name, value in element.attrib.items():
            assert not name.startswith("on"), (element.tag, name)
            if name in ("href", "src", "action"):
                assert value.startswith(("/", "#", "?")), value
    return seen(tree)


@pytest.mark.parametrize("where", ["page", "html"])
def test_page_shows_the_text_itself(where: str, plan, client, pieter) -> None:
    client.force_login(pieter)
    body = client.get(plan.get_absolute_url()).content
    words = is_harmless(body if where == "page" else render(plan, "html").body)
    for name in TEXTS:
        assert nasty(name) in words, name


@pytest.mark.parametrize(
    "address",
    ["/", "/werkplannen/", "/fondsen/", "/fondsen/{fund}/", "/werkplannen/{plan}/indienen/"],
)
def test_other_pages_do_so_too(address: str, plan, fund, client, pieter) -> None:
    client.force_login(pieter)
    response = client.get(address.format(fund=fund.slug, plan=plan.slug))
    assert response.status_code == 200
    assert "<script>alert(1)</script>" in is_harmless(response.content)


def test_pdf_shows_it_and_does_nothing(plan) -> None:
    body = render(plan, "pdf").body
    words = pdf_text(body)
    assert "<script>alert(1)</script>" in words
    with pikepdf.open(io.BytesIO(body)) as opened:
        assert "/OpenAction" not in opened.Root
        for found in opened.objects:
            if isinstance(found, pikepdf.Dictionary):
                assert "/JS" not in found
                assert "/URI" not in found


def test_csv_holds_no_formula(plan) -> None:
    cells = csv_cells(render(plan, "csv").body)
    assert cells["acties-A", "A2", "actie"][0] == f"'{FORMULA}"
    assert cells["acties-A", "A1", "monitoring"][0] == nasty("monitoring")
    for value, _ in cells.values():
        assert not value.startswith(("=", "+", "@", "\t", "\r"))


def test_yaml_comes_back_as_it_was_typed(plan) -> None:
    tree = yaml.safe_load(render(plan, "yaml").body)
    (line,) = tree["lines"]
    assert tree["plan"]["title"] == nasty("titel")
    assert line["actions"][0]["description"] == nasty("omschrijving")
    assert line["actions"][0]["amount"] == {"unread": nasty("bedrag")}
