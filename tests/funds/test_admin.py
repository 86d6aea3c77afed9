"""Funds in the admin: kept by hand, and never rewritten once asked or granted."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from funds.models import Application, Envelope, Fund, Grant
from tests.browser_form import filled_in
from tests.factories import (
    ApplicationFactory,
    EnvelopeFactory,
    EnvelopeMutationFactory,
    GrantFactory,
    RoundFactory,
)

OUR_MODELS = [
    "fund",
    "envelope",
    "envelopemutation",
    "round",
    "application",
    "applicationline",
    "grant",
]


def page_of(row: object, page: str = "change") -> str:
    return reverse(f"admin:funds_{row._meta.model_name}_{page}", args=[row.pk])


@pytest.fixture
def asking(desk: Client, fund: Fund) -> dict[str, list[str]]:
    """The form of a new application with one line of € 1.250,50 and one of PM."""
    add = reverse("admin:funds_application_add")
    round_ = RoundFactory(fund=fund, dated_on="2020-01-01")
    return filled_in(
        desk.get(add),
        envelope=Envelope.objects.filter(fund=fund).first().pk,
        round=round_.pk,
        title="Tweede werkplan",
        submitted_on="01-03-2020",
    ) | {
        "lines-0-code": ["A1"],
        "lines-0-title": ["Opvang"],
        "lines-0-asked": ["€ 1.250,50"],
        "lines-1-title": ["Onderzoek"],
        "lines-1-asked": ["PM"],
    }


def test_an_application_is_added_with_its_lines(desk: Client, asking: dict) -> None:
    response = desk.post(reverse("admin:funds_application_add"), asking)
    assert response.status_code == 302
    application = Application.objects.get()
    said = [(line.code, line.state, line.amount) for line in application.lines.all()]
    assert [(code, state) for code, state, _ in said] == [("A1", "known"), ("", "pm")]
    assert said[0][2].amount == Decimal("1250.50")
    text = desk.get(page_of(application)).content.decode()
    assert "€\u00a01.250,50" in text
    assert 'name="_save"' not in text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"submitted_on": ["01-01-1999"]}, "De aanvraag ligt voor de dag waarop de ruimte er kwam"),
        ({"lines-0-asked": ["€ 64,376"]}, "bedoelt u"),
        ({"lines-1-asked": ["veel"]}, "“veel” is geen bedrag"),
    ],
)
def test_an_impossible_application_is_explained(
    desk: Client, asking: dict, changes: dict, sentence: str
) -> None:
    response = desk.post(reverse("admin:funds_application_add"), asking | changes)
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert 'value="Tweede werkplan"' in response.content.decode()
    assert not Application.objects.exists()


def test_a_round_of_another_fund_is_refused(desk: Client, asking: dict) -> None:
    other = RoundFactory()
    asking["round"] = [str(other.pk)]
    response = desk.post(reverse("admin:funds_application_add"), asking)
    assert "hoort bij een ander fonds" in response.content.decode()


def test_a_grant_is_added_once(desk: Client, fund: Fund) -> None:
    line = ApplicationFactory().lines.first()
    add = reverse("admin:funds_grant_add")
    day = line.application.submitted_on
    sent = filled_in(desk.get(add), line=line.pk, amount="1.000", dated_on=day.isoformat())
    early = desk.post(add, sent | {"dated_on": ["1999-01-01"]})
    assert "De beschikking ligt voor de aanvraag" in early.content.decode()
    assert desk.post(add, sent).status_code == 302
    assert Grant.objects.get().amount.amount == Decimal(1000)
    assert desk.post(add, sent).status_code == 200
    assert Grant.objects.count() == 1


def test_the_ledger_is_not_changed_nor_removed(desk: Client, fund: Fund) -> None:
    grant = GrantFactory()
    for row in (grant, grant.line, grant.line.application):
        assert desk.get(page_of(row)).status_code == 200
        assert "deletelink" not in desk.get(page_of(row)).content.decode()
        assert desk.post(page_of(row), {"title": "Anders"}).status_code == 403
        assert desk.post(page_of(row, "delete"), {"post": "yes"}).status_code == 403
        name = row._meta.model_name
        chosen = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
        desk.post(reverse(f"admin:funds_{name}_changelist"), chosen)
        assert type(row).objects.filter(pk=row.pk).exists()
    assert desk.get(reverse("admin:funds_applicationline_add")).status_code == 403


def test_a_mutation_goes_up_or_down(desk: Client, fund: Fund) -> None:
    envelope = Envelope.objects.filter(fund=fund).first()
    sent = filled_in(desk.get(page_of(envelope))) | {
        "mutations-TOTAL_FORMS": ["2"],
        "mutations-0-dated_on": ["2020-02-01"],
        "mutations-0-amount": ["−€ 1.250"],
        "mutations-0-reason": ["Lagere bijdrage"],
        "mutations-1-dated_on": ["2020-02-01"],
        "mutations-1-amount": ["2.000,50"],
        "mutations-1-reason": ["Hogere bijdrage"],
    }
    sent |= {f"mutations-{n}-envelope": [str(envelope.pk)] for n in (0, 1)}
    assert desk.post(page_of(envelope), sent).status_code == 302
    found = envelope.mutations.order_by("amount").values_list("amount", flat=True)
    assert list(found) == [Decimal(-1250), Decimal("2000.50")]
    again = desk.get(page_of(envelope))
    assert desk.post(page_of(envelope), filled_in(again)).status_code == 302
    assert envelope.mutations.filter(amount=Decimal(-1250)).exists()


def test_an_amount_is_typed_as_everywhere(desk: Client, fund: Fund) -> None:
    add = reverse("admin:funds_envelope_add")
    first = Envelope.objects.filter(fund=fund).first()
    days = {"starts_on": "2022-01-01", "ends_on": "2023-12-31", "dated_on": "2022-01-01"}
    sent = filled_in(desk.get(add), fund=fund.pk, region=first.region_id, amount="€ 64,376", **days)
    assert "bedoelt u" in desk.post(add, sent).content.decode()
    assert desk.post(add, sent | {"amount": ["€ 64.376"]}).status_code == 302
    assert Envelope.objects.get(starts_on="2022-01-01").amount.amount == Decimal(64_376)


def test_a_stored_envelope_keeps_its_amount_and_date(desk: Client, fund: Fund) -> None:
    envelope = Envelope.objects.filter(fund=fund).first()
    before = (envelope.amount, envelope.dated_on)
    page = desk.get(page_of(envelope))
    assert "Een wijziging legt u vast als bijstelling" in page.content.decode()
    sent = filled_in(page, label="Tot en met 2021", ends_on="2022-12-31")
    assert not {"amount", "dated_on", "fund", "region"} & set(sent)
    sent |= {"amount": ["1"], "dated_on": ["2018-01-01"]}
    assert desk.post(page_of(envelope), sent).status_code == 302
    envelope.refresh_from_db()
    assert (envelope.amount, envelope.dated_on) == before
    assert envelope.label == "Tot en met 2021"
    assert desk.post(page_of(envelope, "delete"), {"post": "yes"}).status_code == 403


def test_a_stored_mutation_is_read_only(desk: Client, fund: Fund) -> None:
    mutation = EnvelopeMutationFactory(envelope=Envelope.objects.filter(fund=fund).first())
    inline = filled_in(desk.get(page_of(mutation.envelope)))
    assert not [name for name in inline if name.startswith("mutations-0-amount")]
    inline |= {"mutations-0-amount": ["5"], "mutations-0-DELETE": ["on"]}
    desk.post(page_of(mutation.envelope), inline)
    assert desk.post(page_of(mutation), {"reason": "Anders"}).status_code == 403
    assert desk.post(page_of(mutation, "delete"), {"post": "yes"}).status_code == 403
    assert mutation.envelope.mutations.get().amount == mutation.amount
    add = reverse("admin:funds_envelopemutation_add")
    said = {"dated_on": "2020-02-01", "amount": "−€ 5", "reason": "Verschil"}
    sent = filled_in(desk.get(add), envelope=mutation.envelope_id, **said)
    assert desk.post(add, sent).status_code == 302
    assert mutation.envelope.mutations.filter(amount=Decimal(-5)).exists()


def test_changelists_show_ten_rows_with_the_queries_of_one(
    desk: Client, django_assert_num_queries: Callable
) -> None:
    _some(1)
    pages = [reverse(f"admin:funds_{name}_changelist") for name in OUR_MODELS]
    before = {page: _queries(desk, page) for page in pages}
    _some(9)
    for page, queries in before.items():
        with django_assert_num_queries(queries):
            desk.get(page)


def _some(number: int) -> None:
    for _ in range(number):
        EnvelopeMutationFactory(envelope=EnvelopeFactory())
        GrantFactory()


def _queries(desk: Client, page: str) -> int:
    assert desk.get(page).status_code == 200
    with CaptureQueriesContext(connection) as seen:
        desk.get(page)
    return len(seen)
