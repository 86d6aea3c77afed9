"""The start page: what each of the cast arrives at."""

import datetime
import re

import pghistory
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from funds.models import Round
from funds.services import record_grant
from municipalities.changes import Step
from municipalities.models import Municipality
from reports.start import start
from tests.conftest import CAST
from tests.factories import (
    ActionFactory,
    ApplicationFactory,
    BlockFactory,
    EnvelopeFactory,
    FundFactory,
    PopulationFigureFactory,
    RoundFactory,
    UserFactory,
    WorkPlanFactory,
    asked,
    euro,
)
from workplans.cells import Cell
from workplans.services import submit_workplan

pytestmark = pytest.mark.django_db
AT = datetime.datetime(2020, 3, 4, 9, 0, tzinfo=datetime.UTC)
TODAY = AT.date()
WHOLE = {"planning": "2020", "municipalities": "Katwijk", "monitoring": "Jaarlijks"}


@pytest.fixture
def draft(bollenstreek, fund):
    """A draft of the Bollenstreek with one complete action of Katwijk."""
    plan = WorkPlanFactory(region=bollenstreek, draft=True, fund=fund, title="Derde werkplan")
    plan.lines.get().actions.update(monitoring="Jaarlijks")
    ActionFactory(line=plan.lines.get(), code="1", **WHOLE)
    return plan


def tasks(user) -> list[str]:
    page = start(user, at=AT)
    return [f"{task.code} {task.title}: {task.what}".strip() for task in page.waiting.tasks]


def page_of(client, user) -> str:
    client.force_login(user)
    return client.get(reverse("reports:start")).content.decode()


# ---- wacht op u


def test_nothing_waits_for_anna_when_all_is_complete(anna, draft) -> None:
    page = start(anna, at=AT)
    assert page.headline == "Er wacht niets op u"
    assert page.waiting.count == 0


def test_anna_completes_what_is_absent_and_mends_what_is_unread(anna, draft) -> None:
    line = draft.lines.get()
    ActionFactory(line=line, code="2", title="Opvang", **WHOLE | {"monitoring": ""})
    unread = Cell("€ 64,376", unread=True)
    ActionFactory(line=line, code="3", title="Vervoer", amount=unread, **WHOLE | {"planning": ""})
    assert tasks(anna) == [
        f"{line.code}2 Opvang: vul de monitoring in",
        f"{line.code}3 Vervoer: maak het bedrag leesbaar en vul de planning in",
    ]
    page = start(anna, at=AT)
    assert page.headline == "Twee taken wachten op u"
    assert page.waiting.tasks[0].url.endswith(f"#actie-{line.code}2")


def test_a_task_leads_to_a_place_that_exists(client, anna, draft) -> None:
    ActionFactory(line=draft.lines.get(), code="2", **WHOLE | {"monitoring": ""})
    url, anchor = start(anna, at=AT).waiting.tasks[0].url.split("#")
    client.force_login(anna)
    assert f'id="{anchor}"' in client.get(url).content.decode()


def test_of_many_tasks_ten_are_shown_and_all_are_counted(client, anna, draft) -> None:
    for n in range(13):
        ActionFactory(line=draft.lines.get(), code=f"1{n}", planning="")
    found = start(anna, at=AT)
    assert (len(found.waiting.tasks), found.waiting.count) == (10, 13)
    assert found.headline == "13 taken wachten op u"
    assert "En nog 3." in page_of(client, anna)


def test_pieter_submits_what_is_ready(pieter, draft) -> None:
    assert tasks(pieter) == ["Derde werkplan: klaar om in te dienen"]
    (task,) = start(pieter, at=AT).waiting.tasks
    assert task.url == reverse("workplans:workplan_submit", args=[draft.slug])
    assert start(pieter, at=AT).headline == "Eén taak wacht op u"


def test_pieter_reads_what_keeps_a_draft_back(pieter, draft) -> None:
    ActionFactory(line=draft.lines.get(), code="2", unread=True)
    draft.applications.all().delete()
    (task,) = start(pieter, at=AT).waiting.tasks
    assert task.what == "maak het klaar om in te dienen"
    assert task.note == "Eén cel is niet te lezen. Er is nog geen aanvraagronde."


def test_pieter_reads_that_a_pm_does_not_keep_a_draft_back(pieter, draft) -> None:
    ActionFactory(line=draft.lines.get(), code="2", pm=True)
    (task,) = start(pieter, at=AT).waiting.tasks
    assert task.what == "klaar om in te dienen"
    assert task.note == "In het bedrag ontbreekt nog 1 × PM; zo indienen mag."


def test_fenna_decides_and_sees_what_is_asked_too_much(fenna, bollenstreek, fund) -> None:
    envelope = fund.envelopes.get(region=bollenstreek)
    ApplicationFactory(envelope=envelope, title="Besloten", granted=True, lines=[asked(1)])
    ApplicationFactory(envelope=envelope, title="Werkplan", lines=[asked(100_500), asked(100)])
    found = start(fenna, at=datetime.datetime(2020, 5, 1, 9, tzinfo=datetime.UTC)).waiting.tasks
    assert [(task.title, task.what) for task in found] == [
        ("Duin- en Bollenstreek", "er is €\u00a0601 meer aangevraagd dan er is"),
        ("Werkplan", "neem een besluit"),
    ]
    assert found[1].note == "Duin- en Bollenstreek vraagt €\u00a0100.600 in 2 regels"
    assert found[1].end == "sinds 1 maart"


def test_fenna_decides_nothing_for_the_fund_of_another(fenna, fund, bollenstreek) -> None:
    ApplicationFactory(envelope=EnvelopeFactory(fund=FundFactory(), region=bollenstreek))
    assert tasks(fenna) == []


def test_nothing_waits_for_a_reader(bram, draft) -> None:
    ActionFactory(line=draft.lines.get(), code="2", planning="")
    assert start(bram, at=AT).headline == "Er wacht niets op u"


def test_hanna_gives_roles_and_adds_inhabitants(hanna, gijs, technician, bollenstreek) -> None:
    found = start(hanna, at=AT).waiting.tasks
    assert [f"{task.title}: {task.what}" for task in found] == [
        "Collega zonder rol: geef een rol",
        "Inwonertallen: voeg een aantal met een peildatum toe van 3 gemeenten",
    ]
    assert found[0].url == reverse("admin:municipalities_user_change", args=[gijs.pk])
    assert found[1].note == "Katwijk, Lisse en Noordwijk"
    gijs.delete()
    for municipality in Municipality.objects.all():
        PopulationFigureFactory(municipality=municipality)
    assert start(hanna, at=AT).headline == "Er wacht niets op u"


def test_gijs_reads_how_to_get_a_role(client, gijs) -> None:
    text = page_of(client, gijs)
    assert "<h1>U heeft nog geen rol</h1>" in text
    assert "geeft u een rol" in text


def test_the_technical_sign_in_is_sent_to_the_administration(client, technician) -> None:
    assert "<h1>Deze inlog is voor het beheer</h1>" in page_of(client, technician)


def test_with_two_roles_both_wait(anna, draft, bollenstreek) -> None:
    anna.role_assignments.create(role="projectleider", region=bollenstreek)
    ActionFactory(line=draft.lines.get(), code="2", title="Opvang", **WHOLE | {"monitoring": ""})
    assert start(anna, at=AT).waiting.count == 2


@pytest.mark.parametrize("name", ["carla", "fenna", "hanna", "gijs", "technician"])
def test_nothing_of_a_draft_reaches_who_may_not_read_it(client, cast, draft, name) -> None:
    ActionFactory(line=draft.lines.get(), code="2", title="Geheim", planning="")
    assert "Derde werkplan" not in (text := page_of(client, cast[name]))
    assert "Geheim" not in text


# ---- plannen


def test_a_plan_shows_how_far_it_is_and_until_when(anna, draft) -> None:
    Round.objects.update(closes_on=datetime.date(2020, 4, 1))
    ActionFactory(line=draft.lines.get(), code="2", amount="PM", planning="")
    (own,) = start(anna, at=AT).plans
    assert (own.progress.complete, own.progress.actions) == (2, 3)
    assert str(own.total) == "€\u00a019.000 + 1 × PM"
    assert own.deadline == "1 april"


# ---- datums


def test_dates_within_sixty_days_the_nearest_first(anna, fund, bollenstreek, rijnstreek) -> None:
    def later(days: int) -> datetime.date:
        return TODAY + datetime.timedelta(days=days)

    for days in (-1, 0, 60, 61):
        RoundFactory(fund=fund, name=f"Ronde {days}", closes_on=later(days))
    EnvelopeFactory(fund=fund, region=bollenstreek, starts_on=later(-9), ends_on=later(14))
    EnvelopeFactory(fund=fund, region=rijnstreek, starts_on=later(-9), ends_on=later(14))
    RoundFactory(fund=FundFactory(), name="Elders", closes_on=later(2))
    fund.ends_on = later(2)
    fund.save()
    assert [(c.how_soon, c.what) for c in start(anna, at=AT).dates] == [
        ("vandaag", "Ronde 0 sluit"),
        ("over 2 dagen", f"{fund.name} loopt af"),
        ("over 2 weken", "De ruimte van Duin- en Bollenstreek loopt af"),
        ("over 8 weken", "Ronde 60 sluit"),
    ]


def test_fenna_sees_when_every_envelope_of_the_fund_ends(fenna, fund) -> None:
    fund.envelopes.update(ends_on=TODAY)
    assert len(start(fenna, at=AT).dates) == 2


def test_at_the_edge_of_the_year_it_is_the_day_of_amsterdam(anna, fund) -> None:
    RoundFactory(fund=fund, name="Ronde", closes_on=datetime.date(2021, 1, 1))
    found = start(anna, at=datetime.datetime(2020, 12, 31, 23, 30, tzinfo=datetime.UTC))
    assert found.today == "Vrijdag 1 januari 2021"
    assert [coming.how_soon for coming in found.dates if coming.what == "Ronde sluit"] == [
        "vandaag"
    ]


# ---- veranderd


def last_visit(user, *, ago: datetime.timedelta = datetime.timedelta(hours=1)) -> None:
    user.last_seen_at, user.visited_until = now(), now() - ago
    user.save()


def test_a_first_visit_has_no_news(client, anna, draft) -> None:
    assert start(anna, at=now()).news.since == ""
    assert "Dit is uw eerste bezoek" in page_of(client, anna)


def test_news_names_who_did_what(client, anna, draft) -> None:
    noor = UserFactory(display_name="Beleidsmedewerker Noordwijk")
    with pghistory.context(user=noor.pk):
        WorkPlanFactory(region=draft.region, title="Vierde werkplan")
    last_visit(anna)
    found = {item.change.title: item.who for item in start(anna, at=now()).news.items}
    assert found == {
        "Derde werkplan": "Systeembeheer",
        "Vierde werkplan": "Beleidsmedewerker Noordwijk",
    }
    assert re.search(r"Vierde werkplan</a> is toegevoegd", page_of(client, anna))


def test_a_colleague_who_is_gone_has_no_name(anna, draft) -> None:
    noor = UserFactory()
    with pghistory.context(user=noor.pk):
        WorkPlanFactory(region=draft.region)
    noor.delete()
    last_visit(anna)
    assert "Een vroegere collega" in {item.who for item in start(anna, at=now()).news.items}


def test_ten_are_told_and_the_rest_is_counted(anna, bollenstreek) -> None:
    for _ in range(12):
        WorkPlanFactory(region=bollenstreek)
    last_visit(anna)
    found = start(anna, at=now()).news
    assert (len(found.items), found.more) == (10, 2)


def test_who_was_away_for_a_year_reads_of_two_months(anna, draft) -> None:
    last_visit(anna, ago=datetime.timedelta(days=365))
    at = now() + datetime.timedelta(days=61)
    assert start(anna, at=at).news.items == ()
    assert start(anna, at=now()).news.items


def test_a_submission_and_a_grant_are_told_once(anna, fenna, draft, pieter) -> None:
    with pghistory.context(user=pieter.pk):
        submit_workplan(draft, on=datetime.date(2020, 3, 1))
    application = draft.applications.get().application
    with pghistory.context(user=fenna.pk):
        for line in application.lines.all():
            record_grant(line, amount=euro(100).amount, dated_on=datetime.date(2020, 3, 2))
    last_visit(anna)
    last_visit(pieter)
    last_visit(fenna)
    granted = [i.change for i in start(anna, at=now()).news.items if i.change.step == Step.GRANTED]
    assert [(change.amount, change.by) for change in granted] == [("€\u00a0200", fenna.pk)]
    steps = [item.change.step for item in start(fenna, at=now()).news.items]
    assert steps.count(Step.SUBMITTED) == 1
    assert Step.GRANTED not in steps
    assert Step.SUBMITTED not in [i.change.step for i in start(pieter, at=now()).news.items]


def test_what_another_region_asks_is_no_news(anna, carla, fund, rijnstreek) -> None:
    ApplicationFactory(envelope=fund.envelopes.get(region=rijnstreek), granted=True)
    last_visit(anna)
    last_visit(carla)
    assert start(anna, at=now()).news.items == ()
    assert {item.change.step for item in start(carla, at=now()).news.items} == {
        Step.SUBMITTED,
        Step.GRANTED,
    }


# ---- the page


@pytest.mark.parametrize("name", CAST)
def test_everybody_has_a_page_with_one_heading(client, cast, draft, name) -> None:
    last_visit(cast[name])
    text = page_of(client, cast[name])
    assert len(re.findall("<h1", text)) == 1
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", ["anna", "pieter", "fenna", "hanna"])
def test_queries_are_those_of_one_plan_with_ten(client, cast, draft, name, fund) -> None:
    last_visit(cast[name])
    client.force_login(cast[name])
    noor = UserFactory(display_name="Noor")

    def happens(*turns: int) -> int:
        with pghistory.context(user=noor.pk):
            for n in turns:
                WorkPlanFactory(region=draft.region, draft=True, fund=fund)
                plan = WorkPlanFactory(region=draft.region, submitted=True, fund=fund)
                ActionFactory(line=draft.lines.get(), code=f"3{n}", unread=True)
                BlockFactory(plan=plan)
                UserFactory()
        return _queries(client)

    assert happens(1) == happens(2, 3, 4, 5)


def _queries(client) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(reverse("reports:start"))
    return len(captured)
