"""What was spent beside what was budgeted, with every gap; and who sees it."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from reports.progress import RoundProgress, round_progress
from reports.progress_document import progress_document
from reports.progress_tables import missing_table
from reports.waiting import waiting
from tests.factories import (
    ActionFactory,
    ActionProgressFactory,
    ProgressRoundFactory,
    WorkPlanFactory,
)
from workplans.models import Action, ProgressRound
from workplans.services import close_round

pytestmark = pytest.mark.django_db
DUE = datetime.date(2020, 7, 31)


@pytest.fixture
def round(bollenstreek, fund) -> ProgressRound:
    """Five actions: one known, one PM, one unread, one without a report, and one that
    costs nothing. Budget 10.000 each, of Katwijk but for the last two."""
    plan = WorkPlanFactory(region=bollenstreek, submitted=True, fund=fund)
    Action.objects.filter(line__plan=plan).delete()
    line = ActionFactory(line__plan=plan, code="1", municipalities="Katwijk").line
    for code in "23":
        ActionFactory(line=line, code=code, municipalities="Katwijk")
    ActionFactory(line=line, code="4", municipalities="Lisse")
    ActionFactory(line=line, code="5", amount=None)
    round = ProgressRoundFactory(plan=plan)
    for code, text in {"1": "€ 12.500,50", "2": "PM", "3": "€ 64,376"}.items():
        action = Action.objects.get(line=line, code=code)
        ActionProgressFactory(round=round, action=action, actual_text=text)
    return round


def found(round: ProgressRound) -> RoundProgress:
    return round_progress(ProgressRound.objects.select_related("plan__region").get(pk=round.pk))


def shown(round: ProgressRound, user, **asked: str):
    client = Client()
    client.force_login(user)
    url = reverse("reports:progress_detail", args=[round.plan.slug])
    return client.get(url, {"ronde": round.moment} | asked)


def test_sums_name_every_gap(round) -> None:
    progress = found(round)
    assert str(progress.budget) == "€\u00a040.000"
    gaps = "1\u00a0× PM + 1\u00a0× niet ingevuld + 1\u00a0× niet gelezen".replace("\u00a0", " ")
    assert str(progress.actual) == f"€\u00a012.500,50 + {gaps}"
    assert str(progress.difference) == f"€\u00a027.499,50 + {gaps}"
    assert [row.actual is None for row in progress.rows] == [False] * 4 + [True]


def test_filter_leaves_what_is_of_a_municipality_or_of_all(round) -> None:
    progress = found(round)
    codes = [row.action.code for row in progress.narrowed(municipality="GM0553").rows]
    assert codes == ["4", "5"]
    assert [row.action.code for row in progress.narrowed(status="zonder").rows] == ["4", "5"]
    assert len(progress.narrowed(municipality="GM0537", status="op_schema").rows) == 3


def test_missing_reports_stand_with_who_has_to_write_them(round) -> None:
    rows = missing_table(found(round)).rows
    assert [[cell.plain for cell in row.cells][:2] for row in rows] == [
        ["Lisse", "1"],
        ["Alle gemeenten samen", "1"],
    ]


def test_page_and_file_show_the_same_figures(round, anna) -> None:
    page = shown(round, anna, gemeente="GM0553")
    assert "27.499,50" not in page.content.decode()
    assert "Begonnen" not in page.content.decode()
    whole = shown(round, anna).content.decode()
    assert "27.499,50" in whole
    assert "Van wie wij nog een verslag missen" in whole
    client = Client()
    client.force_login(anna)
    url = reverse("reports:progress_download", args=[round.plan.slug, "csv"])
    rows = client.get(url, {"voortgang": "op_schema"}).content.decode("utf-8-sig").splitlines()
    assert len(rows) == 4
    assert ";12500.50;bekend;€ 12.500,50;-2500.50;bekend;" in rows[1]


def test_document_is_a_concept_until_the_round_is_closed(round) -> None:
    assert progress_document(found(round)).is_concept
    action = Action.objects.get(line__plan=round.plan, code="3")
    ActionProgressFactory(round=round, action=action, actual_text="€ 1", seen=1)
    close_round(round, on=DUE)
    document = progress_document(found(round))
    assert not document.is_concept
    assert document.as_of == datetime.date(2020, 6, 30)
    assert [column.heading for column in document.tables[0].columns][-1] == "Verschil in €"
    assert [block.heading for block in document.blocks][:2] == [
        "Voortgang per actie",
        "Nog geen verslag",
    ]


def test_fund_manager_sees_a_round_once_it_is_closed(round, fenna, bram, carla) -> None:
    assert shown(round, fenna).status_code == 200
    assert "Nog geen voortgang" in shown(round, fenna).content.decode()
    assert "12.500,50" in shown(round, bram).content.decode()
    assert "/voortgang/2020-1/" not in shown(round, bram).content.decode()
    assert shown(round, carla).status_code == 404
    action = Action.objects.get(line__plan=round.plan, code="3")
    ActionProgressFactory(round=round, action=action, actual_text="€ 1", seen=1)
    close_round(round, on=DUE)
    assert "12.500,50" in shown(round, fenna).content.decode()


def test_queries_do_not_grow_with_the_actions(round, django_assert_num_queries) -> None:
    with CaptureQueriesContext(connection) as few:
        found(round)
    line = Action.objects.get(line__plan=round.plan, code="1").line
    for code in "6789":
        action = ActionFactory(line=line, code=code, municipalities="Lisse")
        ActionProgressFactory(round=round, action=action, measured=[("", "3")])
    with django_assert_num_queries(len(few)):
        found(round)


def test_reports_wait_for_who_writes_them(round, anna, pieter, bram) -> None:
    def tasks(user, role: str) -> list[tuple[str, str]]:
        waits = waiting(user, roles=[role], funds=[], on=now().date()).tasks
        return [(task.what, task.end) for task in waits if "Voortgang" in task.note]

    assert tasks(anna, "beleidsmedewerker") == [("schrijf het laatste verslag", "31 juli 2020")]
    assert tasks(pieter, "projectleider") == [("schrijf nog 2 verslagen", "31 juli 2020")]
    assert tasks(bram, "lezer") == []
    for code in "45":
        action = Action.objects.get(line__plan=round.plan, code=code)
        ActionProgressFactory(round=round, action=action)
    assert tasks(anna, "beleidsmedewerker") == []
    assert tasks(pieter, "projectleider")[0][0].startswith("sluit de ronde")
