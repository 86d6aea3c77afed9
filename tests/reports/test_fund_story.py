"""The second plan of the Duin- en Bollenstreek, from what was asked to what came back:
fenna in the browser, without JavaScript; the figures on the pages and in the files."""

import datetime
import json
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from funds.balance import balances
from funds.models import Application, Envelope, FundRule, Grant
from funds.withdrawing import withdraw_application
from reports.rendering import render
from tests.browser_form import filled_in
from tests.factories import euro

pytestmark = pytest.mark.django_db

DECIDED, PAID, SETTLED = "2020-05-01", "2020-06-01", "2021-03-01"


@pytest.fixture
def application(loaded) -> Application:
    return loaded.applications.get().application


@pytest.fixture
def at_work(client: Client, fenna) -> Client:
    client.force_login(fenna)
    return client


def step(client: Client, application: Application, name: str, **typed: str):
    """Open the page of a step and send it with what is typed over what stands there."""
    slug = application.envelope.fund.slug
    url = reverse("funds:application_step", args=[slug, application.pk, name])
    return client.post(url, filled_in(client.get(url)) | typed)


def decided(client: Client, application: Application, **typed: str):
    """See what the decision does, and take it."""
    shown = step(client, application, "beschikken", **({"on": DECIDED} | typed))
    return shown, client.post(shown.request["PATH_INFO"], filled_in(shown))


def line(application: Application, code: str) -> str:
    return f"regel-{application.lines.get(code=code).pk}"


def figures(day: str) -> list[Decimal]:
    (found,) = balances(Envelope.objects.all(), datetime.date.fromisoformat(day))
    wanted = ("granted", "remaining", "requested", "paid", "settled", "released", "recovered")
    return [getattr(found, name).known for name in wanted]


def page(client: Client, application: Application, day: str) -> str:
    url = reverse("reports:fund_detail", args=[application.envelope.fund.slug])
    return client.get(f"{url}?peildatum={day}").content.decode()


def test_from_asked_to_released(at_work, application, loaded) -> None:
    _, done = decided(at_work, application, decision="Besluit 12")
    detail = reverse(
        "reports:application_detail", args=[application.envelope.fund.slug, application.pk]
    )
    assert done.url == detail
    assert figures(DECIDED)[:3] == [2_627_500, 307_966, 0]
    assert step(at_work, application, "betalen", on=PAID, reference="2020-117").url == detail
    a1 = line(application, "A1")
    settled = {"on": SETTLED, "ground": "Verantwoording", a1: "70.000"}
    assert step(at_work, application, "vaststellen", **settled).url == detail
    assert step(at_work, application, "terugvorderen", on=SETTLED).url == detail
    after = [2_627_500, 317_966, 0, 1_282_500, 1_272_500, 10_000, 10_000]
    assert figures(SETTLED) == after
    # G3 stands on the page and in the file of its day, and the new figures on theirs.
    shown = page(at_work, application, "2020-03-01")
    assert all(text in shown for text in ("2.935.466", "1.345.000", "1.590.466", "307.966"))
    shown = page(at_work, application, SETTLED)
    assert all(text in shown for text in ("317.966", "1.272.500", "Vrijgevallen"))
    (fund,) = json.loads(render(loaded, "json").body)["totals"]["funds"]
    known = {name: fund[name]["known"] for name in ("available", "granted", "remaining")}
    assert known == {"available": "2935466.00", "granted": "1345000.00", "remaining": "1590466.00"}
    assert fund["remaining_if_granted"]["known"] == "307966.00"


def test_every_figure_opens_its_entries(at_work, application) -> None:
    decided(at_work, application)
    step(at_work, application, "betalen", on=PAID, reference="2020-117")
    fund = application.envelope.fund
    url = reverse("reports:fund_entries", args=[fund.slug])
    assert f'href="{url}?cijfer=uitbetaald' in page(at_work, application, PAID)
    listed = at_work.get(f"{url}?cijfer=uitbetaald&tot={PAID}").content.decode()
    assert "15 boekingen" in listed
    assert "1.282.500" in listed
    file = reverse("reports:fund_entries_download", args=[fund.slug, "csv"])
    rows = at_work.get(f"{file}?cijfer=uitbetaald&tot={PAID}").content.decode().splitlines()
    assert sum(Decimal(row.split(";")[5]) for row in rows[1:]) == 1_282_500


def test_a_rule_speaks_before_the_click_and_is_kept(at_work, application) -> None:
    FundRule.objects.create(
        fund=application.envelope.fund,
        code="R1",
        kind="drempel",
        title="Naar de raad",
        amount_text="€ 50.000",
        state="known",
        amount=euro(50_000),
    )
    shown, done = decided(at_work, application)
    assert "R1 Naar de raad" in shown.content.decode()
    assert not Grant.objects.filter(line__application=application, answers=[]).exists()
    assert done.status_code == 302
    assert "5 uitgaven: A1, A4, A6, A7, C1" in at_work.get(done.url).content.decode()


def test_a_rule_that_blocks_stops_the_decision(at_work, application) -> None:
    FundRule.objects.create(
        fund=application.envelope.fund,
        code="R2",
        kind="plafond",
        title="Samen",
        amount_text="€ 2.000.000",
        state="known",
        amount=euro(2_000_000),
        figure="fonds beschikt",
        severity="blokkeren",
    )
    shown = step(at_work, application, "beschikken", on=DECIDED)
    assert shown.status_code == 422
    assert "R2 Samen houdt dit besluit tegen" in shown.content.decode()


def test_what_was_not_shown_is_not_decided(at_work, application) -> None:
    shown = step(at_work, application, "beschikken", on=DECIDED)
    changed = filled_in(shown) | {line(application, "A1"): "1"}
    again = at_work.post(shown.request["PATH_INFO"], changed)
    assert "iets anders dan u net zag" in again.content.decode()
    assert not Grant.objects.filter(line__application=application).exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"on": "2020-02-29"}, "De beschikking ligt voor de aanvraag"),
        ({"on": "2022-01-01"}, "buiten de looptijd van het fonds"),
        ({"A6": "650.000,01"}, "is hoger dan wat er is aangevraagd"),
        ({"A6": "64,376"}, "64,376"),
    ],
)
def test_what_cannot_be_is_refused_with_what_was_typed(
    at_work, application, typed, sentence
) -> None:
    typed = {line(application, k) if k == "A6" else k: v for k, v in typed.items()}
    shown, refused = decided(at_work, application, **typed)
    last = shown if shown.status_code == 422 else refused
    assert last.status_code == 422
    assert sentence in last.content.decode().replace("\u00a0", " ")
    assert all(f'value="{value}"' in last.content.decode() for value in typed.values())


def test_an_entry_is_taken_back_and_a_year_closed(at_work, application) -> None:
    decided(at_work, application)
    step(at_work, application, "betalen", on=PAID, reference="2020-117")
    fund = application.envelope.fund
    entry = fund.entries.order_by("pk")[0]
    url = reverse("funds:entry_correct", args=[fund.slug, entry.pk])
    assert at_work.post(url, {"on": PAID, "reason": "Dubbel"}).status_code == 302
    assert figures(PAID)[3] == 1_282_500 - entry.amount.amount
    again = at_work.post(url, {"on": PAID, "reason": "Weer"})
    assert "Deze boeking is al teruggenomen" in again.content.decode()
    close = reverse("funds:fund_close", args=[fund.slug])
    assert at_work.post(close, {"until": PAID}).status_code == 302
    refused = step(at_work, application, "betalen", on=PAID, reference="2020-118")
    assert "Het fonds is afgesloten tot en met 01-06-2020" in refused.content.decode()


def test_a_line_that_went_meanwhile_is_not_left_out_in_silence(at_work, application) -> None:
    decided(at_work, application)
    a1, a2 = line(application, "A1"), line(application, "A2")
    lines = [f"regel-{row.pk}" for row in application.lines.all()]
    only = dict.fromkeys(lines, "")
    step(at_work, application, "betalen", **(only | {a1: "80.000", "on": PAID, "reference": "1"}))
    slug = application.envelope.fund.slug
    url = reverse("funds:application_step", args=[slug, application.pk, "betalen"])
    both = {a1: "80.000", a2: "30.000", "on": PAID, "reference": "2", "kind": "voorschot"}
    refused = at_work.post(url, both)
    assert refused.status_code == 422
    assert "A1: 80.000" in refused.content.decode()
    assert figures(PAID)[3] == 80_000


def test_what_was_realised_is_not_lost_where_nothing_is_settled(at_work, application) -> None:
    decided(at_work, application)
    a1 = line(application, "A1")
    typed = {"on": SETTLED, "ground": "Verantwoording", a1: "", f"{a1}-gerealiseerd": "500"}
    refused = step(at_work, application, "vaststellen", **typed)
    assert "Vul ook in wat u vaststelt op A1" in refused.content.decode()
    assert figures(SETTLED)[4] == 0


def test_a_day_that_is_to_come_is_refused(at_work, application) -> None:
    """Closing until a year too far would lock the fund for ever."""
    later = "9999-12-31"
    decided(at_work, application)
    refused = step(at_work, application, "betalen", on=later, reference="2020-117")
    assert "Deze dag moet nog komen" in refused.content.decode()
    step(at_work, application, "betalen", on=PAID, reference="2020-117")
    fund = application.envelope.fund
    correct = reverse("funds:entry_correct", args=[fund.slug, fund.entries.first().pk])
    assert at_work.post(correct, {"on": later, "reason": "Dubbel"}).status_code == 422
    close = reverse("funds:fund_close", args=[fund.slug])
    assert at_work.post(close, {"until": later}).status_code == 422
    fund.refresh_from_db()
    assert fund.locked_until is None


def test_what_was_withdrawn_does_not_ask_for_a_decision(at_work, application) -> None:
    withdraw_application(application, dated_on=datetime.date(2020, 4, 1), reason="Te duur")
    url = reverse(
        "funds:application_step",
        args=[application.envelope.fund.slug, application.pk, "beschikken"],
    )
    detail = at_work.get(
        reverse("reports:application_detail", args=[application.envelope.fund.slug, application.pk])
    )
    assert url not in detail.content.decode()
    assert "Hier is niets te doen" in at_work.get(url).content.decode()
