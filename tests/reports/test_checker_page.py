"""The findings as page, as csv and on the command line; the pages with rules."""

from __future__ import annotations

import codecs
import csv
import io

import pytest
from django.core.management import CommandError, call_command
from django.http import HttpResponse
from django.urls import reverse

from funds.models import FundRule
from municipalities.models import User
from reports.checker.accepted import checked
from reports.checker.rulebook import RULES
from reports.rendering import report
from tests.browser_form import filled_in
from tests.factories import WorkPlanFactory, euro
from tests.reports.checking import action, findings, found, line, printed, rule
from tests.reports.reading import parse, words
from tests.reports.test_queries import flat, queries
from workplans import planfile
from workplans.cells import Cell
from workplans.models import AcceptedFinding, PrintedFigure, WorkPlan
from workplans.services import accept_finding

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(bollenstreek, fund) -> WorkPlan:
    """Three findings: one that stops, one that warns and one that informs."""
    plan = WorkPlanFactory(region=bollenstreek, title="Plan van de kust")
    a = line(plan, "A")
    whole = {"municipalities": "K"}
    action(a, "1", planning="", **whole)
    action(a, "2", amount="PM", **whole)
    action(a, "3", planning=Cell("Q5 2020", unread=True), **whole)
    return plan


def text_of(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def test_plan_page_says_how_many_findings_there_are(client, pieter, plan) -> None:
    client.force_login(pieter)
    page = text_of(client.get(plan.get_absolute_url()))
    assert "Controle: 3 bevindingen" in page
    assert reverse("reports:workplan_check", args=[plan.slug]) in page
    assert reverse("reports:workplan_rules", args=[plan.slug]) in page


def test_findings_stand_by_severity_with_a_link_to_their_place(client, pieter, plan) -> None:
    client.force_login(pieter)
    page = text_of(client.get(reverse("reports:workplan_check", args=[plan.slug])))
    order = ["Houdt indienen tegen: 1", "Verdient aandacht: 1", "Ter informatie: 1"]
    assert [page.index(caption) for caption in order] == sorted(
        page.index(caption) for caption in order
    )
    assert f'href="{plan.get_absolute_url()}#actie-A1"' in page
    assert all(one.title.replace("'", "&#x27;") in page for one in RULES)


def test_findings_of_one_severity(client, pieter, plan) -> None:
    client.force_login(pieter)
    address = reverse("reports:workplan_check", args=[plan.slug])
    page = text_of(client.get(address, {"ernst": "blokkeren"}))
    assert "Houdt indienen tegen: 1 bevinding" in page
    assert "Verdient aandacht: " not in page
    plan.lines.get().actions.filter(code="3").delete()
    assert "Niets met deze ernst" in text_of(client.get(address, {"ernst": "blokkeren"}))
    assert "Verdient aandacht: 1" in text_of(client.get(address, {"ernst": "iets anders"}))


def test_plan_without_findings_says_so(client, pieter, bollenstreek) -> None:
    client.force_login(pieter)
    plan = WorkPlanFactory(region=bollenstreek)
    page = text_of(client.get(reverse("reports:workplan_check", args=[plan.slug])))
    assert "Geen bevindingen" in page
    assert "Controle: geen bevindingen" in text_of(client.get(plan.get_absolute_url()))


def test_findings_as_csv(client, pieter, plan) -> None:
    client.force_login(pieter)
    address = reverse("reports:workplan_check_download", args=[plan.slug, "csv"])
    response = client.get(address)
    assert response.content.startswith(codecs.BOM_UTF8), "or a Dutch Excel misreads it"
    head, *rows = csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";")
    assert head == ["ernst", "regel", "plaats", "zin", "adres", "geaccepteerd"]
    assert [row[:3] for row in rows] == [
        [str(f.severity), f.rule.code, f.where] for f in findings(plan)
    ]
    assert f"{plan.slug}-controle-peildatum-2020-03-01.csv" in response["Content-Disposition"]


def test_other_file_than_csv_does_not_exist(client, pieter, plan) -> None:
    client.force_login(pieter)
    address = reverse("reports:workplan_check_download", args=[plan.slug, "ods"])
    assert client.get(address).status_code == 404


def test_formula_in_a_text_is_no_formula_in_the_file(client, pieter, plan) -> None:
    client.force_login(pieter)
    printed(plan, "€ 1", "cijfer weg")
    plan.printed.update(place="=1+1")
    address = reverse("reports:workplan_check_download", args=[plan.slug, "csv"])
    rows = list(csv.reader(io.StringIO(text_of(client.get(address))), delimiter=";"))
    assert "'=1+1" in [row[2] for row in rows]


def test_html_in_a_text_is_shown_as_text(client, pieter, plan) -> None:
    client.force_login(pieter)
    plan.lines.get().actions.filter(code="1").update(description="[[<script>alert(1)</script>]]")
    page = text_of(client.get(reverse("reports:workplan_check", args=[plan.slug])))
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_command_ends_with_1_when_something_stops_a_submission(plan, capsys) -> None:
    with pytest.raises(SystemExit) as ended:
        call_command("check_plan", plan.slug)
    assert ended.value.code == 1
    said = capsys.readouterr().out.splitlines()
    assert len(said) == 3
    assert said[0].startswith("waarschuwen  geen-planning  Actie A1, planning  De planning")


def test_command_ends_well_without(plan, capsys) -> None:
    plan.lines.get().actions.filter(code="3").delete()
    call_command("check_plan", plan.slug)
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_command_says_how_many_are_accepted(plan, pieter, capsys) -> None:
    accept(plan, pieter, "geen-planning")
    with pytest.raises(SystemExit):
        call_command("check_plan", plan.slug)
    first, *_, last = capsys.readouterr().out.splitlines()
    assert "geen-planning" not in first
    assert last == "Geaccepteerd: 1 bevinding."


def test_command_names_the_plans_that_exist(plan) -> None:
    with pytest.raises(CommandError, match=plan.slug):
        call_command("check_plan", "bestaat-niet")


# ---- accepting


def accept(plan: WorkPlan, user: User, code: str) -> AcceptedFinding:
    (finding,) = found(plan, code)
    return accept_finding(plan, finding.said, reason="Zo afgesproken", user=user)


def step(response: HttpResponse, word: str) -> str:
    """The address of the first link with that word."""
    url, *_ = parse(response.content).xpath(f"//main//a[normalize-space()='{word}']/@href")
    return str(url)


def test_a_finding_is_accepted_with_a_reason_and_taken_back(client, pieter, plan) -> None:
    client.force_login(pieter)
    check = reverse("reports:workplan_check", args=[plan.slug])
    url = step(client.get(check), "Accepteer")
    assert "Schrijf op waarom" in words(client.post(url, {"reason": " "}))
    sent = filled_in(client.get(url), reason="Loopt <door>")
    assert client.post(url, sent).url == check
    page = client.get(check)
    said = words(page)
    assert "Geaccepteerd: 1 bevinding" in said
    assert "Loopt <door> (Projectleider Duin- en Bollenstreek, " in said
    assert "Verdient aandacht: " not in said
    assert "Controle: 2 bevindingen" in words(client.get(plan.get_absolute_url()))
    again = client.post(url, sent)
    assert again.status_code == 422
    assert "Deze bevinding is intussen al geaccepteerd." in words(again)
    back = step(page, "Neem terug")
    sent = filled_in(client.get(back))
    assert client.post(back, sent).url == client.post(back, sent).url == check
    assert "Verdient aandacht: 1" in words(client.get(check))
    events = AcceptedFinding.pgh_event_model.objects.order_by("pgh_id")
    assert [(row.pgh_label, row.reason, row.pgh_context.metadata["user"]) for row in events] == [
        ("insert", "Loopt <door>", pieter.pk),
        ("delete", "Loopt <door>", pieter.pk),
    ]


def test_another_value_opens_what_was_accepted(plan, pieter) -> None:
    first = printed(plan, "€ 1", "totaal", "1")
    accept(plan, pieter, "gedrukt-anders")
    assert open_codes(plan).count("gedrukt-anders") == 0
    PrintedFigure.objects.filter(pk=first.pk).update(text="€ 2", amount=euro(2))
    assert open_codes(plan).count("gedrukt-anders") == 1


def open_codes(plan: WorkPlan) -> list[str]:
    plan = WorkPlan.objects.select_related("region", "programme").get(pk=plan.pk)
    return [finding.rule.code for finding in checked(report(plan)).open]


def test_what_blocks_is_not_accepted(client, pieter, plan) -> None:
    accept(plan, pieter, "ongelezen-cel")
    assert "ongelezen-cel" in open_codes(plan)
    client.force_login(pieter)
    page = client.get(reverse("reports:workplan_check", args=[plan.slug]), {"ernst": "blokkeren"})
    assert "Accepteer" not in words(page)


def test_accepting_leaves_the_plan_file_as_it_was(plan, pieter) -> None:
    before = planfile.digest(planfile.dump(plan))
    accept(plan, pieter, "geen-planning")
    assert planfile.digest(planfile.dump(plan)) == before
    plan.delete()


def test_who_only_reads_sees_what_is_accepted_and_no_step(client, pieter, bram, plan) -> None:
    accept(plan, pieter, "geen-planning")
    client.force_login(bram)
    said = words(client.get(reverse("reports:workplan_check", args=[plan.slug])))
    assert "Zo afgesproken" in said
    assert "Accepteer" not in said
    assert "Neem terug" not in said


def test_a_finding_that_nobody_was_shown_is_not_accepted(client, pieter, plan) -> None:
    client.force_login(pieter)
    url = reverse("workplans:finding_accept", args=[plan.slug])
    for token in ("", "geen:token"):
        assert client.post(f"{url}?bevinding={token}", {"reason": "x"}).status_code == 404


def test_accepted_findings_stand_last_in_the_csv(client, pieter, plan) -> None:
    accept(plan, pieter, "geen-planning")
    client.force_login(pieter)
    address = reverse("reports:workplan_check_download", args=[plan.slug, "csv"])
    *_, last = csv.reader(io.StringIO(text_of(client.get(address))), delimiter=";")
    assert last[1] == "geen-planning"
    assert last[5].startswith("Zo afgesproken (")


# ---- rules


def test_rules_of_a_plan_with_value_limit_room_and_severity(client, pieter, plan) -> None:
    client.force_login(pieter)
    address = reverse("reports:workplan_rules", args=[plan.slug])
    assert "Geen regels" in text_of(client.get(address))
    rule(
        plan,
        "maximum",
        amount="25000",
        figure="totaal A",
        title="Niet te veel",
        severity="waarschuwen",
        source="Hoofdstuk 2",
    )
    page = text_of(client.get(address)).replace("\u00a0", " ")
    for text in ("Niet te veel", "hoogstens € 25.000", "€ 20.000 + 1 × PM", "5.000"):
        assert text in page
    assert "Waarschuwen" in page
    assert "Hoofdstuk 2" in page


def fund_rule(fund) -> FundRule:
    return FundRule.objects.create(
        fund=fund,
        code="F1",
        kind="plafond",
        title="Blijf binnen de ruimte",
        amount_text="€ 80.000",
        state="known",
        amount=euro("80000"),
        figure="fonds beschikbaar",
        severity="blokkeren",
    )


def test_rules_of_a_fund_per_region_that_the_reader_sees_in_full(
    client, pieter, fenna, fund
) -> None:
    address = reverse("reports:fund_rules", args=[fund.slug])
    client.force_login(pieter)
    assert "Geen regels" in text_of(client.get(address))
    fund_rule(fund)
    page = text_of(client.get(address)).replace("\u00a0", " ")
    assert "Regels voor Duin- en Bollenstreek" in page
    assert "Regels voor Rijnstreek" not in page
    for text in ("Blijf binnen de ruimte", "€ 100.000", "hoogstens € 80.000", "Buiten de grens"):
        assert text in page
    client.force_login(fenna)
    assert "Regels voor Rijnstreek" in text_of(client.get(address))
    assert address in text_of(client.get(reverse("reports:fund_detail", args=[fund.slug])))


def test_plan_is_held_to_the_rules_of_its_fund(client, pieter, bollenstreek, fund) -> None:
    fund_rule(fund)
    plan = WorkPlanFactory(draft=True, region=bollenstreek, fund=fund)
    client.force_login(pieter)
    page = text_of(client.get(reverse("reports:workplan_rules", args=[plan.slug])))
    assert "Blijf binnen de ruimte" in page
    assert "Buiten de grens" in page


# ---- queries


@pytest.mark.parametrize("route", ["workplan_check", "workplan_rules", "workplan_detail"])
def test_as_many_queries_with_2_as_with_20_actions(
    route: str, client, pieter, bollenstreek, fund
) -> None:
    plan = WorkPlanFactory(draft=True, region=bollenstreek, fund=fund)
    fund_rule(fund)
    a = line(plan, "A")
    action(a, "1", municipalities="K", planning="")
    client.force_login(pieter)
    address = reverse(f"reports:{route}", args=[plan.slug])

    def grow() -> None:
        for n in range(18):
            action(a, f"{n + 2}", municipalities="alle gemeenten", planning="", amount="PM")
            rule(plan, "maximum", amount="1", figure="totaal")

    flat(lambda: text_of(client.get(address)), grow)
    assert queries(lambda: client.get(address))
