"""The costs of an action and the rounds of a plan, typed on the form of the part."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from tests.browser_form import filled_in
from tests.factories import EnvelopeFactory, RoundFactory, WorkPlanFactory
from tests.workplans.desks import at, change, put, small_plan
from workplans import planfile
from workplans.desk.cost_form import ASKED, ActionForm, rearranged
from workplans.desk.page import OF_KIND
from workplans.editing import Impossible, Put, apply, way_back
from workplans.editing.applying import Applied, seen
from workplans.models import Action, CostLine, WorkPlan
from workplans.planfile import Tree

LINES = [{"label": "Nota", "amount": "€ 5.000"}, {"label": "Uitvoering", "amount": "PM"}]


def shown(part: Tree, **more: Any) -> ActionForm:
    return ActionForm(OF_KIND["action"], {"title": "Opvang"} | part, "action:1", **more)


def sent(form: ActionForm, **typed: str) -> dict[str, str]:
    """What a browser sends of the form."""
    fields = {field.name: field.value() for field in form}
    ticked = {name: "on" for name, value in fields.items() if value is True}
    texts = {name: str(value or "") for name, value in fields.items() if value not in (True, False)}
    return texts | {"kostenregels": str(fields["kostenregels"])} | ticked | typed


def changed(part: Tree, typed: dict[str, str]) -> dict[str, Any]:
    form = shown(part, data=typed)
    assert form.is_valid(), form.errors
    return {change.key: (change.was, change.now) for change in form.changes()}


def pressed(part: Tree, typed: dict[str, str], button: str) -> dict[str, str]:
    return sent(shown(part, typed=rearranged(typed | {ASKED: button})))


@pytest.mark.parametrize("part", [{}, {"amount": ""}, {"amount": "PM"}, {"costs": LINES}])
def test_costs_sent_unchanged_change_nothing(part: Tree) -> None:
    assert changed(part, sent(shown(part))) == {}


def test_one_amount_becomes_lines_and_lines_one_amount() -> None:
    part = {"amount": "€ 5.000", "nature": "incidenteel", "funding": "Regio"}
    typed = pressed(part, sent(shown(part)), "erbij")
    lines = [part, {"label": "Rest", "amount": ""}]
    typed |= {"costs.1.label": "Rest"}
    assert changed(part, typed) == {
        "nature": ("incidenteel", None),
        "funding": ("Regio", None),
        "amount": ("€ 5.000", None),
        "costs": (None, lines),
    }
    back = pressed({"costs": lines}, sent(shown({"costs": lines})), "weg.1")
    assert changed({"costs": lines}, back) == {
        "nature": (None, "incidenteel"),
        "funding": (None, "Regio"),
        "amount": (None, "€ 5.000"),
        "costs": (seen(lines), None),
    }


def test_lines_change_places_and_all_go() -> None:
    typed = pressed({"costs": LINES}, sent(shown({"costs": LINES})), "hoger.1")
    assert changed({"costs": LINES}, typed) == {"costs": (LINES, LINES[::-1])}
    typed = pressed({"costs": LINES}, pressed({"costs": LINES}, typed, "weg.0"), "weg.0")
    assert changed({"costs": LINES}, typed) == {"costs": (LINES, None)}
    for button in ("weg.7", "hoger.0", "anders", "weg.²"):
        assert pressed({"costs": LINES}, sent(shown({"costs": LINES})), button) == sent(
            shown({"costs": LINES})
        )


def test_a_submitted_round_stands_and_others_come_and_go_back() -> None:
    stands = {"fund": "zorg", "round": "1", "submitted_on": "2020-03-01"}
    other = {"fund": "zorg", "round": "2"}
    tree: Tree = {"plan": {"title": "Plan"}, "applications": [stands]}
    chosen = Put("plan", "applications", [stands], [stands, other])
    applied = apply(tree, [chosen])
    assert isinstance(applied, Applied)
    assert applied.tree["applications"] == [stands, other]
    undone = apply(applied.tree, way_back([chosen], tree).changes)
    assert isinstance(undone, Applied)
    assert undone.tree == tree
    for now in ([], [other], [stands | {"submitted_on": "2020-03-02"}]):
        with pytest.raises(Impossible):
            apply(tree, [Put("plan", "applications", [stands], now)])


@pytest.mark.django_db
def test_cost_lines_are_stored_as_typed_and_a_refusal_stands_at_its_line(page, bollenstreek):
    plan = small_plan(bollenstreek)
    action = Action.objects.get(line__plan=plan, code="1")
    url = at(plan, "part_edit", f"action:{action.pk}")
    split = page.post(url, filled_in(page.get(url)) | {"kosten": "erbij"})
    assert split.status_code == 200
    assert CostLine.objects.filter(action=action).count() == 1
    typed = {"costs.0.label": "Nota", "costs.1.amount": "een paar ton"}

    answer = page.post(url, filled_in(split) | typed | {"costs.1.nature": "soms"})
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"costs.1.nature"}
    answer = page.post(url, filled_in(split) | typed | {"costs.1.funding": "x" * 501})
    assert answer.context["form"].errors.keys() == {"costs.1.funding"}

    assert page.post(url, filled_in(split) | typed).status_code == 302
    (line,) = planfile.dump(plan)["lines"]
    assert line["actions"][0]["costs"] == [
        {"label": "Nota", "amount": "€ 10.000"},
        {"amount": {"unread": "een paar ton"}},
    ]
    grid = page.get(at(plan, "plan_edit")).content.decode()
    assert f'href="{url}#kosten"' in grid

    form = filled_in(page.get(url))
    there = [{"label": "Nota", "amount": "€ 10.000"}, {"amount": "een paar ton"}]
    change(page, plan, put(f"action:{action.pk}", "costs", there, LINES))
    answer = page.post(url, form | {"costs.1.amount": "€ 1"})
    assert answer.status_code == 422
    assert "“Nota, € 5.000; Uitvoering, PM” van gemaakt" in answer.content.decode()
    assert page.post(url, filled_in(answer)).status_code == 302
    texts = CostLine.objects.filter(action=action).order_by("position")
    assert [cost.text for cost in texts] == ["€ 10.000", "€ 1"]


@pytest.mark.django_db
def test_rounds_and_programme_are_chosen_in_the_head(page, bollenstreek) -> None:
    plan = small_plan(bollenstreek)
    programme = WorkPlanFactory(region=bollenstreek, kind="uitvoeringsprogramma", draft=True)
    fund = EnvelopeFactory(region=bollenstreek).fund
    turn = RoundFactory(fund=fund, closes_on=None, opens_on=datetime.date(2020, 1, 1))
    url = at(plan, "part_edit", "plan")
    typed = {"programme": programme.slug, "applications": f"{fund.slug}/{turn.slug}"}
    answer = page.post(url, filled_in(page.get(url)) | typed)
    assert answer.status_code == 302, answer.context["form"].errors
    plan = WorkPlan.objects.get(pk=plan.pk)
    assert plan.programme == programme
    assert [row.round for row in plan.applications.all()] == [turn]

    form = filled_in(page.get(url), applications=None)
    assert page.post(url, form | {"programme": ""}).status_code == 302
    plan = WorkPlan.objects.get(pk=plan.pk)
    assert (plan.programme, plan.applications.count()) == (None, 0)
