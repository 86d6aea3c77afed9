"""The payment calendar of a fund: per month and in all, narrowed, as a file, and what
waits of it."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from funds.ledger import pay
from funds.models import Application
from tests.factories import ApplicationFactory, PaymentScheduleFactory, asked

pytestmark = pytest.mark.django_db

TERMS = "01-06-2020 € 400; 01-10-2020 € 300"


@pytest.fixture
def application(fund, bollenstreek, fenna) -> Application:
    """1.000 granted, of which 700 is planned; 250 paid of the first instalment, and 50
    beside it."""
    envelope = fund.envelopes.get(region=bollenstreek)
    made = ApplicationFactory(
        envelope=envelope, lines=[asked(1_000)], granted=True, title="Samen verder"
    )
    schedule = PaymentScheduleFactory(application=made, typed=TERMS)
    said = {"on": datetime.date(2020, 6, 2), "by": fenna}
    part = schedule.instalments.order_by("due_on")[0]
    pay(part.grant, Decimal(250), reference="1", instalment=part, **said)
    pay(part.grant, Decimal(50), reference="2", **said)
    return made


@pytest.fixture
def shown(application, client, fenna):
    client.force_login(fenna)
    url = reverse("reports:fund_calendar", args=[application.envelope.fund.slug])

    def rows(table: str, **asked: str) -> list[list[str]]:
        found = client.get(url, {"peildatum": "2020-07-01"} | asked).context[table]
        return [[cell.plain for cell in row.cells] for row in found.rows]

    return rows


def test_per_month_and_in_all(shown) -> None:
    assert shown("months") == [
        ["juni 2020", "400.00", "300.00", "150.00", "150.00"],
        ["oktober 2020", "300.00", "0.00", "300.00", "0.00"],
        ["Totaal", "700.00", "300.00", "450.00", "150.00"],
    ]


def test_one_by_one(shown) -> None:
    assert [(row[0], row[2]) for row in shown("table")] == [
        ("01-06-2020", "Te laat"),
        ("02-06-2020", "Betaald"),
        ("01-10-2020", "Komt nog"),
    ]


def test_narrowed_to_a_month_the_total_is_that_of_the_month(shown) -> None:
    found = shown("months", van="2020-10-01", tot="2020-10-31")
    assert found == [
        ["oktober 2020", "300.00", "0.00", "300.00", "0.00"],
        ["Totaal", "300.00", "0.00", "300.00", "0.00"],
    ]


def test_the_file_says_the_same(application, client, fenna) -> None:
    client.force_login(fenna)
    url = reverse("reports:fund_calendar_download", args=[application.envelope.fund.slug, "csv"])
    found = client.get(url, {"peildatum": "2020-07-01", "van": "2020-10-01"}).content.decode()
    assert "2020-10-01;Duin- en Bollenstreek;Samen verder;voorschot;ja;300.00;0.00;300.00;0.00" in (
        found
    )
    assert "2020-06-01" not in found


def test_who_reads_another_region_sees_none_of_it(application, client, carla) -> None:
    client.force_login(carla)
    page = client.get(reverse("reports:fund_calendar", args=[application.envelope.fund.slug]))
    assert "Samen verder" not in page.content.decode()


def test_the_page_of_the_application_has_its_schedule_and_those_before(
    application, client, fenna
) -> None:
    PaymentScheduleFactory(application=application, typed="rest 01-12-2020", reason="Later nodig")
    client.force_login(fenna)
    slug = application.envelope.fund.slug
    page = client.get(reverse("reports:application_detail", args=[slug, application.pk]))
    now, before = page.context["page"].schedule, page.context["page"].earlier_schedules
    assert [[cell.plain for cell in row.cells[3:6]] for row in now.rows] == [
        ["700.00", "0.00", "700.00"]
    ] * 2
    assert [cell.plain for cell in before.rows[0].cells][1:] == [TERMS, "700.00", "250.00"]
    assert "Later nodig" not in before.rows[0].cells[1].note


def test_it_waits_on_the_start_page(application, client, fenna) -> None:
    client.force_login(fenna)
    page = client.get(reverse("reports:start")).content.decode().replace("\xa0", " ")
    assert "betaal € 150" in page
    assert "termijn=2020-06-01-voorschot" in page
