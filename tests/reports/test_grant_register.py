"""What everybody reads of what was granted."""

from __future__ import annotations

import csv
import datetime
import io
import json
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from funds.balance import balances
from funds.ledger import change_grant, decide, settle, show_in_register
from funds.models import Fund
from reports.grant_register import SAID
from tests.factories import ApplicationFactory, UserFactory, asked

pytestmark = pytest.mark.django_db
SPRING, SUMMER = datetime.date(2020, 4, 1), datetime.date(2020, 7, 1)


@pytest.fixture
def granted(fund: Fund, bollenstreek: Any) -> Fund:
    """Of four lines one is granted and settled, one withdrawn, one refused and one not
    decided; the fund is in the register."""
    by = UserFactory(display_name="Griet Jansen")
    lines = [asked(n, title=title) for n, title in ((1_000, "Eén"), (200, "Twee"), (30, "Drie"))]
    application = ApplicationFactory(
        envelope=fund.envelopes.get(region=bollenstreek), lines=[*lines, asked(4, title="Vier")]
    )
    one, two, three, _ = application.lines.order_by("position")
    first = decide(one, Decimal(900), decision="Besluit van Griet Jansen", on=SPRING, by=by)
    change_grant(first, Decimal("800.50"), reason="Griet vroeg het", on=SUMMER, by=by)
    settle(first, Decimal(750), ground="Griet Jansen schreef", on=SUMMER, by=by)
    second = decide(two, Decimal(200), on=SPRING, by=by)
    change_grant(second, Decimal(0), reason="Ging niet door", on=SUMMER, by=by)
    decide(three, Decimal(0), on=SPRING, by=by)
    return show_in_register(fund, shown=True)


def rows(client: Client) -> list[dict[str, str]]:
    answer = client.get(reverse("reports:register_download", args=["csv"]))
    text = answer.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_columns_and_figures_are_those_of_the_ledger(granted, bollenstreek) -> None:
    stranger = Client()
    found = rows(stranger)
    assert list(found[0]) == [said.name for said in SAID]
    names = ("omschrijving", "aangevraagd_bedrag", "eerst_verleend_bedrag", "gewijzigd_bedrag")
    names += ("verleend_bedrag", "vastgesteld_bedrag", "ingetrokken", "dagtekening")
    assert [tuple(row[name] for name in names) for row in found] == [
        ("Eén", "1000.00", "900.00", "-99.50", "800.50", "750.00", "nee", "2020-04-01"),
        ("Twee", "200.00", "200.00", "-200.00", "0.00", "", "ja", "2020-04-01"),
    ]
    (balance,) = balances(granted.envelopes.filter(region=bollenstreek), SUMMER)
    for name, figure in {
        "verleend_bedrag": balance.granted,
        "vastgesteld_bedrag": balance.settled,
    }.items():
        assert sum(Decimal(row[name] or 0) for row in found) == figure.known


def test_no_person_stands_in_it_and_only_what_was_put_there(granted) -> None:
    stranger = Client()
    page, *files = (
        reverse("reports:register_detail"),
        *(reverse("reports:register_download", args=[form]) for form in ("csv", "json")),
    )
    for url in (page, *files):
        assert "Griet" not in stranger.get(url).content.decode()
    tree = json.loads(stranger.get(files[1]).content)
    assert [row["kenmerk"] for row in tree["verleningen"]] == [
        row["kenmerk"] for row in rows(stranger)
    ]
    assert tree["verleningen"][0]["taakveld"] is None
    show_in_register(granted, shown=False)
    assert rows(stranger) == []
    assert "Nog geen verleningen" in stranger.get(page).content.decode()


def test_a_file_that_did_not_change_is_not_sent_again(granted) -> None:
    stranger = Client()
    url = reverse("reports:register_download", args=["json"])
    answer = stranger.get(url)
    assert answer["Cache-Control"] == "public, no-cache"
    assert 'rel="license"' in answer["Link"]
    again = stranger.get(url, headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304


def test_the_fund_manager_puts_a_fund_in(client, fenna, fund) -> None:
    client.force_login(fenna)
    url = reverse("reports:fund_register", args=[fund.slug])
    client.post(url, {"shown": "ja"})
    fund.refresh_from_db()
    assert fund.is_in_register


def test_the_docs_name_every_column() -> None:
    """docs/register.md has them in the order of the files."""
    page = (settings.BASE_DIR / "docs" / "register.md").read_text(encoding="utf-8")
    named = [line.split("`")[1] for line in page.splitlines() if line.startswith("| `")]
    assert named == [said.name for said in SAID]
