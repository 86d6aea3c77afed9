"""Plans in the admin: what was typed is changed, and what it says follows."""

from __future__ import annotations

import datetime
import html
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from municipalities.characters import INVISIBLE
from municipalities.models import Municipality, Organisation
from tests.browser_form import filled_in
from tests.factories import (
    ActionFactory,
    ActionLineFactory,
    BlockFactory,
    RoundFactory,
    WorkPlanFactory,
)
from tests.workplans.every_key import load as load_every_key
from workplans import planfile
from workplans.cells import Cell
from workplans.models import (
    Action,
    ActionPoint,
    BlockRow,
    CostLine,
    IntendedResult,
    Share,
    WorkPlan,
)

OUR_MODELS = [
    "workplan",
    "block",
    "blockrow",
    "planapplication",
    "planrule",
    "planfigure",
    "printedfigure",
    "goal",
    "intendedresult",
    "actionpoint",
    "partner",
    "quantity",
    "fundingentry",
    "linepredecessor",
    "actionorder",
    "actionresult",
    "actionline",
    "action",
    "planningentry",
    "costline",
    "share",
]


def change(row: object) -> str:
    meta = row._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[row.pk])


def lines_of(plan: WorkPlan) -> list[str]:
    return planfile.to_yaml(planfile.dump(plan)).splitlines()


def action_of(plan: WorkPlan, code: str) -> Action:
    found = Action.objects.select_related("line").filter(line__plan=plan)
    return next(action for action in found if action.full_code == code)


# ---- the cells of an action


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("amount_text", "€ 81.000,-"),
        ("planning_text", "2021"),
        ("municipalities_text", "Lisse"),
        ("title", "Een andere titel"),
        ("nature", "incidental"),
    ],
)
def test_a_changed_cell_changes_that_line_of_the_file(
    desk: Client, loaded: WorkPlan, field: str, typed: str
) -> None:
    before = lines_of(loaded)
    action = action_of(loaded, "A1")
    sent = filled_in(desk.get(change(action)), **{field: typed})
    assert desk.post(change(action), sent).status_code == 302
    after = lines_of(loaded)
    assert len(after) == len(before)
    assert sum(old != new for old, new in zip(before, after, strict=True)) == 1


def test_an_action_that_is_only_looked_at_stays_as_it_is(desk: Client, loaded: WorkPlan) -> None:
    """Each action is sent back as a browser would, line ends and all."""
    before = lines_of(loaded)
    shares = set(Share.objects.values_list("pk", "amount"))
    for action in Action.objects.all():
        page = desk.get(change(action))
        assert desk.post(change(action), filled_in(page)).status_code == 302
    assert lines_of(loaded) == before
    assert set(Share.objects.values_list("pk", "amount")) == shares


def test_lines_inside_a_cell_stay_lines(desk: Client, plain: Action) -> None:
    """A browser sends them back as CR LF."""
    split = "K: € 4.000\r\nL: € 6.000"
    page = desk.get(change(plain))
    sent = filled_in(page, description="een\r\ntwee", municipalities_text=split)
    assert desk.post(change(plain), sent).status_code == 302
    plain.refresh_from_db()
    assert plain.description == "een\ntwee"
    assert plain.municipalities_text == "K: € 4.000\nL: € 6.000"


def test_a_plan_with_its_texts_that_is_only_looked_at_stays_as_it_is(
    desk: Client, loaded: WorkPlan
) -> None:
    before = lines_of(loaded)
    page = desk.get(change(loaded))
    response = desk.post(change(loaded), filled_in(page))
    assert response.status_code == 302
    assert lines_of(loaded) == before


def test_a_new_amount_is_divided_and_shown(desk: Client, bollenstreek: object) -> None:
    action = ActionFactory(line__plan__region=bollenstreek, municipalities="Lisse")
    sent = filled_in(
        desk.get(change(action)),
        amount_text="€ 200.000 (structureel)",
        municipalities_text="Katwijk",
        planning_text="Q2 2020 - 2021",
    )
    assert desk.post(change(action), sent).status_code == 302
    cost = action.cost_lines.get()
    assert cost.amount.amount == Decimal(200_000)
    assert cost.nature == CostLine.Nature.STRUCTURAL
    text = desk.get(change(action)).content.decode()
    assert "Katwijk €\u00a0200.000" in text
    assert "kwartaal 2 van 2020 t/m 2021" in text
    assert filled_in(desk.get(change(action)))["nature"] == [""]


@pytest.fixture
def plain(desk: Client, bollenstreek: object) -> Action:
    return ActionFactory(line__plan__region=bollenstreek, municipalities="Katwijk")


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"amount_text": "€ 64,376"}, "amount_text", "bedoelt u"),
        ({"planning_text": "Q5 2020"}, "planning_text", "Q5"),
        ({"municipalities_text": "Utrecht"}, "municipalities_text", "Utrecht"),
        ({"municipalities_text": "K: € 1"}, "municipalities_text", "telt op"),
        ({"amount_text": "€ 1 (structureel)", "nature": "incidental"}, "nature", "andere aard"),
        ({"has_cost": None}, "has_cost", "zet het vinkje bij kostenregel"),
        ({"has_cost": None, "amount_text": "", "nature": "incidental"}, "nature", "kostenregel"),
    ],
)
def test_what_cannot_be_read_is_said_at_the_field_and_stays_typed(
    desk: Client, plain: Action, changes: dict, field: str, sentence: str
) -> None:
    sent = filled_in(desk.get(change(plain)), title="Nieuwe titel", **changes)
    response = desk.post(change(plain), sent)
    assert response.status_code == 200
    faults = response.context["adminform"].form.errors
    assert list(faults) == [field]
    assert sentence in faults[field][0]
    assert 'value="Nieuwe titel"' in response.content.decode()
    assert filled_in(response)["amount_text"] == sent["amount_text"]
    plain.refresh_from_db()
    assert plain.title != "Nieuwe titel"


def test_no_cost_line_and_an_empty_cell_differ(desk: Client, plain: Action) -> None:
    desk.post(change(plain), filled_in(desk.get(change(plain)), amount_text=""))
    assert plain.cost_lines.get().state == "blank"
    page = desk.get(change(plain))
    assert filled_in(page)["has_cost"] == ["on"]
    desk.post(change(plain), filled_in(page, has_cost=None))
    assert not plain.cost_lines.exists()
    assert "has_cost" not in filled_in(desk.get(change(plain)))


def test_unread_text_is_kept_with_a_mark_and_read_once_it_is_right(
    desk: Client, plain: Action
) -> None:
    sent = filled_in(desk.get(change(plain)), amount_text="€ 64,376", amount_unreadable="on")
    assert desk.post(change(plain), sent).status_code == 302
    assert plain.cost_lines.get().state == "unread"
    page = desk.get(change(plain))
    assert desk.post(change(plain), filled_in(page, title="Anders")).status_code == 302
    page = desk.get(change(plain))
    response = desk.post(change(plain), filled_in(page, amount_text="€ 64.376"))
    assert "haal het vinkje weg" in response.content.decode()
    right = filled_in(page, amount_text="€ 64.376", amount_unreadable=None)
    assert desk.post(change(plain), right).status_code == 302
    assert plain.cost_lines.get().amount.amount == Decimal(64_376)


def test_a_new_action_goes_to_the_end_of_its_line(desk: Client, plain: Action) -> None:
    page = reverse("admin:workplans_action_add")
    sent = filled_in(desk.get(page), line=plain.line_id, code="9", title="Nieuw", amount_text="PM")
    assert desk.post(page, sent).status_code == 302
    new = Action.objects.get(code="9", title="Nieuw")
    assert new.position == plain.position + 1
    assert new.cost_lines.get().state == "pm"


def test_what_follows_is_only_read(desk: Client, plain: Action) -> None:
    cost = plain.cost_lines.get()
    for row in (cost, cost.shares.get(), plain.planning_entries.get()):
        assert desk.get(change(row)).status_code == 200
        assert desk.post(change(row), {"text": "€ 1"}).status_code == 403
        name = row._meta.model_name
        assert desk.get(reverse(f"admin:workplans_{name}_add")).status_code == 403
        delete = reverse(f"admin:workplans_{name}_delete", args=[row.pk])
        assert desk.post(delete, {"post": "yes"}).status_code == 403


def test_an_action_is_removed_with_what_follows(desk: Client, plain: Action) -> None:
    delete = reverse("admin:workplans_action_delete", args=[plain.pk])
    assert desk.post(delete, filled_in(desk.get(delete))).status_code == 302
    assert not CostLine.objects.exists()


def test_the_history_of_an_action_tells_the_amount_too(desk: Client, plain: Action) -> None:
    desk.post(change(plain), filled_in(desk.get(change(plain)), amount_text="€ 12.345,-"))
    history = desk.get(reverse("admin:workplans_action_history", args=[plain.pk]))
    rows = " ".join(history.content.decode().split())
    assert "<td>Bedrag zoals getypt</td> <td>€ 10.000,-</td> <td>€ 12.345,-</td>" in rows
    assert "Technisch beheer" in rows


# ---- a plan


def test_the_status_is_not_changed_by_hand(desk: Client, plain: Action) -> None:
    plan = plain.line.plan
    sent = filled_in(desk.get(change(plan)))
    assert "status" not in sent
    desk.post(change(plan), sent | {"status": ["vastgesteld"], "loaded_digest": ["sha256:x"]})
    plan.refresh_from_db()
    assert (plan.status, plan.loaded_digest) == ("concept", "")


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("slug", "WF_2", "Een kenmerk bestaat uit kleine letters en cijfers"),
        ("slug", "wf-", "Een kenmerk bestaat uit kleine letters en cijfers"),
        ("title", "Plan\x07", "onzichtbaar stuurteken"),
        ("title", "Pl\x85an", "onzichtbaar stuurteken"),
        ("joint_text", "bla", "“bla” is geen verdeling van gezamenlijke acties; schrijf gelijk"),
        ("joint_text", "inwoners 2017-02-31", "De peildatum 2017-02-31 bestaat niet"),
        ("joint_text", "inwoners 20170101", "De peildatum 20170101 bestaat niet"),
        ("joint_text", "inwoners 1900-01-01", "geen inwonertallen bekend van 1 januari 1900"),
        ("first_year", "0", "De periode loopt van een eerder naar een later jaar"),
    ],
)
def test_a_plan_is_held_to_what_a_file_is_held_to(
    desk: Client, bollenstreek: object, field: str, typed: str, sentence: str
) -> None:
    plan = WorkPlanFactory(region=bollenstreek)
    before = planfile.dump(plan)
    sent = filled_in(desk.get(change(plan)), **{field: typed})
    response = desk.post(change(plan), sent)
    assert response.status_code == 200
    assert sentence in html.unescape(response.content.decode())
    assert planfile.dump(WorkPlan.objects.get()) == before


@pytest.mark.parametrize("field", ["title", "description", "amount_text", "funding", "code"])
def test_no_text_of_an_action_holds_what_nobody_sees(
    desk: Client, plain: Action, field: str
) -> None:
    response = desk.post(change(plain), filled_in(desk.get(change(plain)), **{field: "PM\x1b[31m"}))
    assert response.context["adminform"].form.errors[field] == [INVISIBLE]


def test_inhabitants_of_a_region_without_municipalities(desk: Client) -> None:
    plan = WorkPlanFactory(joint_text="")
    plan.region.memberships.all().delete()
    plan.full_clean()
    plan.joint_text = "inwoners"
    with pytest.raises(ValidationError, match="heeft op 1 januari 2020 geen gemeenten"):
        plan.full_clean()


def test_an_earlier_year_is_refused_where_a_municipality_does_not_fit(
    desk: Client, bollenstreek: object
) -> None:
    Municipality.objects.filter(code="GM0537").update(valid_from=datetime.date(2020, 1, 1))
    action = ActionFactory(line__plan__region=bollenstreek, municipalities="Katwijk")
    plan = action.line.plan
    sent = filled_in(desk.get(change(plan)), first_year="2019", title="Vroeger")
    response = desk.post(change(plan), sent)
    assert response.status_code == 200
    text = response.content.decode()
    assert "Katwijk" in " ".join(response.context["adminform"].form.errors["__all__"])
    assert 'value="Vroeger"' in text
    plan.refresh_from_db()
    assert plan.first_year == 2020


def test_another_year_is_divided_over_the_members_of_that_year(
    desk: Client, bollenstreek: object
) -> None:
    lisse = Municipality.objects.get(code="GM0553")
    lisse.valid_until = datetime.date(2020, 12, 31)
    lisse.save()
    action = ActionFactory(
        line__plan__region=bollenstreek, amount="€ 9.000", municipalities="gelijk over de gemeenten"
    )
    plan = action.line.plan
    assert Share.objects.count() == 3
    sent = filled_in(desk.get(change(plan)), first_year="2021")
    assert desk.post(change(plan), sent).status_code == 302
    assert sorted(Share.objects.values_list("amount", flat=True)) == [Decimal(4500)] * 2


def test_what_was_submitted_stands_fast(desk: Client, loaded: WorkPlan) -> None:
    row = loaded.applications.get()
    other = RoundFactory(fund=row.round.fund)
    sent = filled_in(desk.get(change(loaded))) | {
        "applications-0-round": [str(other.pk)],
        "applications-0-submitted_on": ["01-01-2020"],
        "applications-0-DELETE": ["on"],
    }
    assert desk.post(change(loaded), sent).status_code == 302
    kept = loaded.applications.get()
    assert (kept.round_id, kept.submitted_on) == (row.round_id, row.submitted_on)
    delete = reverse("admin:workplans_workplan_delete", args=[loaded.pk])
    assert desk.post(delete, {"post": "yes"}).status_code == 403


def test_a_concept_is_removed_with_all_its_parts(desk: Client) -> None:
    plan = WorkPlanFactory(draft=True)
    delete = reverse("admin:workplans_workplan_delete", args=[plan.pk])
    assert desk.post(delete, filled_in(desk.get(delete))).status_code == 302
    assert not WorkPlan.objects.exists()


def test_changelists_show_ten_rows_with_the_queries_of_one(
    desk: Client, bollenstreek: object, django_assert_num_queries: Callable
) -> None:
    _plans(bollenstreek, 1)
    pages = [reverse(f"admin:workplans_{name}_changelist") for name in OUR_MODELS]
    before = {page: _queries(desk, page) for page in pages}
    _plans(bollenstreek, 9)
    for page, queries in before.items():
        with django_assert_num_queries(queries):
            desk.get(page)


def _plans(region: object, number: int) -> None:
    for _ in range(number):
        plan = WorkPlanFactory(draft=True, region=region)
        BlockFactory(plan=plan)
        line = ActionLineFactory(plan=plan)
        ActionFactory(
            line=line,
            municipalities="Duin- en Bollenstreek, penvoerder Katwijk",
            amount=Cell("?", unread=True),
        )


def _queries(desk: Client, page: str) -> int:
    assert desk.get(page).status_code == 200
    with CaptureQueriesContext(connection) as seen:
        desk.get(page)
    return len(seen)


# ---- what else a plan holds


def test_a_quantity_is_read_and_a_partner_is_known(desk: Client, plain: Action) -> None:
    Organisation.objects.create(name="De Brug", kind="welzijn", aliases=["Brugge"])
    page = desk.get(change(plain))
    sent = filled_in(page) | {
        "partners-TOTAL_FORMS": ["1"],
        "partners-0-text": ["Brugge"],
        "partners-0-position": ["0"],
        "quantities-TOTAL_FORMS": ["1"],
        "quantities-0-text": ["ca. 5 woningen"],
        "quantities-0-position": ["0"],
    }
    assert desk.post(change(plain), sent).status_code == 302
    assert plain.partners.get().organisation.name == "De Brug"
    quantity = plain.quantities.get()
    assert (quantity.low, quantity.unit, quantity.is_about) == (5, "woningen", True)
    sent["quantities-0-text"] = ["veel"]
    assert "is geen aantal" in desk.post(change(plain), sent).content.decode()


def test_several_costs_stay_as_they_are(desk: Client, named: None) -> None:
    load_every_key()
    action = Action.objects.get(title="Plaatsen inrichten")
    page = desk.get(change(action))
    sent = filled_in(page, title="Anders", amount_text="€ 5", has_cost="on")
    assert desk.post(change(action), sent).status_code == 302
    texts = action.cost_lines.order_by("position").values_list("text", flat=True)
    assert list(texts) == ["€ 600,01", "PM"]


def test_every_page_of_a_rich_plan_is_shown_and_stays_as_it_is(desk: Client, named: None) -> None:
    load_every_key()
    plan = WorkPlan.objects.get(slug="alle-sleutels-2020")
    before = lines_of(plan)
    rows = [plan, *plan.lines.all(), *plan.blocks.all(), *plan.rules.all(), *plan.figures.all()]
    rows += [*plan.printed.all(), *Action.objects.filter(line__plan=plan), *BlockRow.objects.all()]
    rows += [*IntendedResult.objects.all(), *ActionPoint.objects.all()]
    for row in rows:
        page = desk.get(change(row))
        assert page.status_code == 200, row
        sent = desk.post(change(row), filled_in(page))
        assert sent.status_code == 302, (row, sent.context["errors"])
    assert lines_of(plan) == before


def test_settings_of_a_block_are_those_of_the_plan_file(desk: Client) -> None:
    block = BlockFactory()
    page = desk.get(change(block))
    for wrong in ('{"colums": ["nr"]}', '{"title": "x"}', '["nr"]', '{"unit": "dollar"}'):
        answer = desk.post(change(block), filled_in(page, options=wrong))
        assert answer.context["adminform"].form.errors["options"], wrong
    right = filled_in(page, options='{"columns": ["nr", "actie: Pilot"]}')
    assert desk.post(change(block), right).status_code == 302
    block.refresh_from_db()
    assert block.options == {"columns": ["nr", "actie: Pilot"]}
