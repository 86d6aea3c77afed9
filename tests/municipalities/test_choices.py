"""What one chooses from in the admin: no two choices look alike."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib import admin
from django.db import connection
from django.db.models import Field, Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from funds.models import EnvelopeMutation, Grant
from municipalities.models import RegionMembership, RoleAssignment
from tests.factories import (
    ActionFactory,
    ActionLineFactory,
    ApplicationFactory,
    EnvelopeFactory,
    MunicipalityFactory,
    RegionFactory,
    UserFactory,
    WorkPlanFactory,
    asked,
)
from tests.reports.reading import parse, seen
from workplans.models import Action, ActionLine

pytestmark = pytest.mark.django_db


def found(desk: Client, model: type[Model], field: str, term: str) -> list[str]:
    meta = model._meta
    wanted: Field = meta.get_field(field)
    said = {"app_label": meta.app_label, "model_name": meta.model_name, "field_name": wanted.name}
    answer = desk.get(reverse("admin:autocomplete"), said | {"term": term})
    return [choice["text"] for choice in answer.json()["results"]]


def test_a_line_names_its_plan_and_a_plan_its_region_and_period(desk: Client) -> None:
    region = RegionFactory(name="Westfriesland")
    for n in (1, 2):
        plan = WorkPlanFactory(title=f"Werkplan {n}", region=region)
        ActionLineFactory(plan=plan, code="A", title="Wonen")
    assert found(desk, Action, "line", "Wonen") == ["Werkplan 1 – A Wonen", "Werkplan 2 – A Wonen"]
    assert found(desk, ActionLine, "plan", "Werkplan 1 Westfriesland")[:1] == [
        "Werkplan 1 (Westfriesland, 2020 t/m 2021)"
    ]


def test_what_is_chosen_has_the_same_name(desk: Client) -> None:
    action = ActionFactory(line__code="A", line__title="Wonen", line__plan__title="Werkplan 1")
    page = desk.get(reverse("admin:workplans_action_change", args=[action.pk]))
    (chosen,) = parse(page.content).xpath('//select[@name="line"]/option[@selected]')
    assert seen(chosen) == "Werkplan 1 – A Wonen"


def test_choices_of_funds_people_and_places(desk: Client) -> None:
    envelope = EnvelopeFactory(region__name="Rijnstreek", fund__name="Zorgfonds")
    assert found(desk, EnvelopeMutation, "envelope", "Rijnstreek") == [
        "Rijnstreek in Zorgfonds, 01-01-2020 t/m 31-12-2021"
    ]
    ApplicationFactory(envelope=envelope, title="Plan 7", lines=[asked(1, code="A1", title="Een")])
    assert found(desk, Grant, "line", "Een") == ["Plan 7 – A1 Een"]
    UserFactory(email="jan@voorbeeld.nl", display_name="Collega Jan")
    assert found(desk, RoleAssignment, "user", "Collega Jan") == ["Collega Jan (jan@voorbeeld.nl)"]
    MunicipalityFactory(code="GM0576", name="Noordwijkerhout", ended=True)
    assert found(desk, RegionMembership, "municipality", "Noordwijkerhout") == [
        "Noordwijkerhout (GM0576, t/m 31-12-2018)"
    ]


def test_ten_choices_cost_the_queries_of_one(desk: Client, django_assert_num_queries: Any) -> None:
    ActionLineFactory(title="Wonen")
    found(desk, Action, "line", "Wonen")
    with CaptureQueriesContext(connection) as of_one:
        found(desk, Action, "line", "Wonen")
    for _ in range(9):
        ActionLineFactory(title="Wonen")
    with django_assert_num_queries(len(of_one)):
        assert len(found(desk, Action, "line", "Wonen")) == 10


def test_every_page_that_is_chosen_from_names_its_rows() -> None:
    """So that a new page is not forgotten: each takes part."""
    from municipalities.admin.choices import NamesChoices

    ours = [page for page in admin.site._registry.values() if page.search_fields]
    assert all(isinstance(page, NamesChoices) for page in ours)
