"""The page of a fund: what each reader sees of each region, on which day."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.urls import reverse

from funds.balance import balances
from funds.notation import AmountState
from funds.services import record_grant
from funds.withdrawing import withdraw_application
from reports.fund_entries import Asked, entries, entry_total
from tests.factories import ApplicationFactory, EnvelopeMutationFactory, asked, euro
from tests.reports.reading import ReadTable, parse, seen, tables

pytestmark = pytest.mark.django_db

OWN, OTHER = "Duin- en Bollenstreek", "Rijnstreek"
# available, granted, remaining, requested, remaining if granted, used if granted
FULL = ("101.000", "20.000", "81.000", "7.000", "74.000", "26,73%")
SHORT = ("100.000", "0", "100.000", "–", "–", "–")


@pytest.fixture
def ledger(fund: Any, bollenstreek: Any, rijnstreek: Any) -> Any:
    """Of the own region € 101.000 with 20.000 granted and 7.000 asked; the Rijnstreek
    has € 100.000 and asks 3.000."""
    own, other = (fund.envelopes.get(region=region) for region in (bollenstreek, rijnstreek))
    EnvelopeMutationFactory(envelope=own, amount=euro(1_000), reason="Eigen bijstelling")
    EnvelopeMutationFactory(
        envelope=own,
        amount=None,
        condition="Nog geen besluit",
        dated_on=datetime.date(2020, 1, 2),
    )
    first = ApplicationFactory(
        envelope=own,
        title="Eigen eerste",
        lines=[asked(20_000)],
        submitted_on=datetime.date(2019, 6, 1),
    )
    record_grant(
        first.lines.get(), amount=asked(20_000).amount, dated_on=datetime.date(2019, 9, 30)
    )
    ApplicationFactory(envelope=own, title="Eigen tweede", lines=[asked(7_000)])
    ApplicationFactory(envelope=other, title="Andermans aanvraag", lines=[asked(3_000)])
    return fund


@pytest.fixture
def get(client: Any, ledger: Any) -> Any:
    def page(user: Any, day: str = "2020-03-31") -> Any:
        client.force_login(user)
        url = reverse("reports:fund_detail", args=[ledger.slug])
        return client.get(url, {"peildatum": day} if day is not None else {})

    return page


def regions(response: Any) -> ReadTable:
    (table,) = [t for caption, t in tables(response.content).items() if "per regio" in caption]
    return table


def row(table: ReadTable, name: str) -> tuple[str, ...]:
    return next(cells[1:] for heading, cells in table.rows.items() if heading.startswith(name))


@pytest.mark.parametrize("name", ["anna", "pieter", "bram"])
def test_own_region_in_full_and_others_in_short(name: str, get, request) -> None:
    table = regions(get(request.getfixturevalue(name)))
    assert row(table, OWN) == FULL
    assert row(table, OTHER) == SHORT
    assert row(table, "Totaal") == ("201.000", "20.000", "181.000", "–", "–", "–")


def test_carla_sees_the_other_side(get, carla) -> None:
    response = get(carla)
    table = regions(response)
    assert row(table, OTHER) == ("100.000", "0", "100.000", "3.000", "97.000", "3,00%")
    assert row(table, OWN) == ("101.000", "20.000", "81.000", "–", "–", "–")
    words = seen(parse(response.content))
    assert "Andermans aanvraag" in words
    for secret in ("Eigen eerste", "Eigen tweede", "Eigen bijstelling", " 7.000"):
        assert secret not in words


def test_fund_manager_sees_all_and_no_note_about_others(get, fenna) -> None:
    response = get(fenna)
    table = regions(response)
    assert row(table, OWN) == FULL
    assert row(table, "Totaal")[3] == "10.000"
    words = seen(parse(response.content))
    assert "Wat andere regio’s hebben aangevraagd" not in words
    assert "Andermans aanvraag" in words
    assert "Eigen tweede" in words


def test_entries_are_of_the_own_region_only_the_newest_first(get, anna) -> None:
    table = tables(get(anna).content)["Boekingen, de nieuwste eerst"]
    cells = [(c[2].split(" Ronde")[0], c[3], c[4]) for c in table.rows.values()]
    assert {c[1] for c in table.rows.values()} == {OWN}
    assert [kind for _, kind, _ in cells] == [
        "Aangevraagd",
        "Voorwaardelijk",
        "Bijstelling",
        "Beschikt",
        "Ruimte",
    ]
    assert [amount for _, _, amount in cells] == ["7.000", "n.t.b.", "1.000", "−20.000", "100.000"]
    assert "Andermans aanvraag" not in seen(parse(get(anna).content))


def test_entries_add_up_to_the_statement(get, anna) -> None:
    """Space and adjustments less what was granted and asked is what remains."""
    table = tables(get(anna).content)["Boekingen, de nieuwste eerst"]
    known = {cells[3]: cells[4] for cells in table.rows.values()}
    assert known["Ruimte"] == "100.000"
    assert known["Bijstelling"] == "1.000"
    assert row(regions(get(anna)), OWN)[2] == "81.000"


def test_conditional_adjustment_counts_in_nothing(get, anna) -> None:
    words = seen(parse(get(anna).content))
    assert "Telt niet mee: Nog geen besluit" in words
    assert row(regions(get(anna)), OWN)[0] == "101.000"


@pytest.mark.parametrize(
    ("day", "figures"),
    [
        ("2018-12-31", ("0", "0", "0", "0", "0", "–")),
        ("2019-01-01", ("100.000", "0", "100.000", "0", "100.000", "0,00%")),
        ("2019-09-29", ("100.000", "0", "100.000", "20.000", "80.000", "20,00%")),
        ("2019-09-30", ("100.000", "20.000", "80.000", "0", "80.000", "20,00%")),
        ("2019-12-31", ("100.000", "20.000", "80.000", "0", "80.000", "20,00%")),
        ("2020-01-01", ("101.000", "20.000", "81.000", "0", "81.000", "19,80%")),
        ("2020-03-01", FULL),
    ],
)
def test_each_day_has_its_own_figures(day: str, figures: tuple[str, ...], get, anna) -> None:
    assert row(regions(get(anna, day)), OWN) == figures


@pytest.mark.parametrize("typed", ["31-12-2020", "2020-02-30", "morgen", '"><script>x</script>'])
def test_day_that_is_none_is_answered_with_the_sentence(typed: str, get, anna) -> None:
    response = get(anna, typed)
    assert response.status_code == 422
    tree = parse(response.content)
    (field,) = tree.xpath('//input[@name="peildatum"]')
    assert field.get("value") == typed
    assert field.get("aria-invalid") == "true"
    (fault,) = tree.xpath(f'//*[@id="{field.get("aria-describedby")}"]')
    assert "is geen dag; schrijf de peildatum als jaar-maand-dag" in seen(fault)
    assert row(regions(response), OWN)[0] == "101.000"


def test_without_a_day_it_is_today(get, anna) -> None:
    assert get(anna, None).status_code == 200
    assert get(anna, "").status_code == 200


def test_fund_list_says_of_others_what_is_left_and_not_what_they_ask(client, ledger, anna) -> None:
    client.force_login(anna)
    words = seen(parse(client.get(reverse("reports:fund_list")).content))
    assert "74.000" in words
    assert "100.000" in words
    assert "97.000" not in words
    assert "3.000" not in words


def test_what_is_withdrawn_takes_its_gaps_along(bollenstreek: Any, ledger: Any) -> None:
    """The entries of a figure come to that figure, also after a withdrawal."""
    envelope = ledger.envelopes.get(region=bollenstreek)
    lines = [asked(4_000), asked(AmountState.PM)]
    taken = ApplicationFactory(envelope=envelope, title="Eigen derde", lines=lines)
    day = datetime.date(2020, 3, 31)

    def both() -> tuple[str, str]:
        listed = entries(ledger, day, [bollenstreek.pk], Asked("aangevraagd"))
        (balance,) = balances([envelope], day)
        return str(entry_total(listed)), str(balance.requested)

    assert both() == ("€\u00a011.000 + 1 × PM",) * 2
    withdraw_application(taken, dated_on=day, reason="Anders verdeeld")
    assert both() == ("€\u00a07.000",) * 2
