"""The payments of a fund beside those of the financial system."""

from __future__ import annotations

import datetime
import io
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from funds.ledger import correct, pay, pay_all
from funds.models import Fund
from reports.payment_rows import PaymentFaults, read_payments, text_of
from reports.reconciliation import Agreement, Pair, reconcile
from tests.factories import ApplicationFactory, EnvelopeFactory, UserFactory, asked

DAY = datetime.date(2020, 6, 1)


@pytest.fixture
def paid(db: None) -> Fund:
    """2020-117: € 0,10 + € 0,20 over two lines; 2020-118: € 500, taken back; 2020-119:
    € 700. Another fund paid € 9 under 2020-120."""
    by = UserFactory()
    application = ApplicationFactory(lines=[asked(1_000), asked(2_000)], grants=True)
    one, two = (line.grant for line in application.lines.order_by("position"))
    cents = {one: Decimal("0.10"), two: Decimal("0.20")}
    pay_all(cents, reference="2020-117", on=DAY, by=by)
    (wrong,) = pay_all({one: Decimal(500)}, reference="2020-118", on=DAY, by=by)
    correct(wrong, reason="Verkeerde rekening", on=DAY + datetime.timedelta(days=3), by=by)
    pay_all({two: Decimal(700)}, reference="2020-119", on=DAY, by=by)
    other = ApplicationFactory(envelope=EnvelopeFactory(), grants=True)
    pay(other.lines.get().grant, Decimal(9), reference="2020-120", on=DAY, by=by)
    return application.envelope.fund


def compared(fund: Fund, text: str, **days: Any) -> dict[str, Pair]:
    return {pair.reference: pair for pair in reconcile(fund, read_payments(text), **days)}


def outcomes(fund: Fund, text: str, **days: Any) -> dict[str, Agreement]:
    return {name: pair.outcome for name, pair in compared(fund, text, **days).items()}


def test_what_agrees_and_what_does_not(paid: Fund) -> None:
    text = """Bedrag (EUR);Omschrijving;Boekdatum;Betalingskenmerk
€ 0,30;samen;01-06-2020;2020-117
500,00;eerst;2020-06-01;2020-118
700,-;later;02/06/2020;2020-119
9;van een ander fonds;01-06-2020;2020-120
"""
    found = compared(paid, text)
    assert {name: pair.outcome for name, pair in found.items()} == {
        "2020-118": Agreement.AMOUNT,
        "2020-119": Agreement.DAY,
        "2020-120": Agreement.ONLY_THERE,
        "2020-117": Agreement.SAME,
    }
    assert found["2020-118"].here.amount == 0
    assert found["2020-117"].here.amount == Decimal("0.30")


def test_parts_and_what_was_taken_back_there(paid: Fund) -> None:
    """The financial system has the parts, in capitals or not, and its own storno."""
    text = """kenmerk\tdatum\tbedrag
2020-117/1\t01-06-2020\t0,10
2020-117/2\t01-06-2020\t0,20
2020-118\t01-06-2020\t500
2020-118\t05-06-2020\t-500,00
"""
    assert outcomes(paid, text) == {
        "2020-119": Agreement.ONLY_HERE,
        "2020-117": Agreement.SAME,
        "2020-118": Agreement.SAME,
    }


def test_days_leave_out_what_only_we_know(paid: Fund) -> None:
    text = "kenmerk;datum;bedrag\n2020-117;1-6-2020;0,31\n"
    assert outcomes(paid, text, first=DAY + datetime.timedelta(days=1)) == {
        "2020-117": Agreement.AMOUNT
    }


def test_each_wrong_row_has_its_number() -> None:
    text = """kenmerk;datum;bedrag
A;31-02-2020;5
;01-02-2020;5

B;01-02-2020;5.00
C;01-02-2020;5
"""
    with pytest.raises(PaymentFaults) as faults:
        read_payments(text)
    assert [sentence[:6] for sentence in faults.value.sentences] == ["Rij 2:", "Rij 3:", "Rij 5:"]
    assert faults.value.sentences[0].startswith("Rij 2: “31-02-2020” is geen datum")
    with pytest.raises(PaymentFaults, match="De kolom datum en de kolom bedrag ontbreekt"):
        read_payments("Kenmerk;Som\nA;5")


def test_a_workbook_reads_as_its_text() -> None:
    book = openpyxl.Workbook()
    book.active.append(["Datum", "Kenmerk", "Bedrag in €"])
    book.active.append([datetime.date(2020, 6, 1), "A 1", 1250.1000000000001])
    file = io.BytesIO()
    book.save(file)
    (row,) = read_payments(text_of(file.getvalue()))
    assert (row.reference, row.day, row.amount) == ("A 1", DAY, Decimal("1250.10"))
    with pytest.raises(PaymentFaults, match="kan niet worden gelezen"):
        text_of(b"PK is geen werkblad")


def test_the_page_keeps_what_was_sent_and_stores_nothing(client, fenna, fund) -> None:
    client.force_login(fenna)
    url = reverse("reports:fund_reconcile", args=[fund.slug])
    file = SimpleUploadedFile("export.csv", b"kenmerk;datum;bedrag\nA;gisteren;5\n")
    refused = client.post(url, {"file": file})
    assert refused.status_code == 422
    assert "Rij 2: “gisteren” is geen datum" in refused.content.decode()
    assert "A;gisteren;5" in refused.content.decode()
    sent = {"text": "kenmerk;datum;bedrag\nA;01-06-2020;1.250,50\n"}
    assert "1 betaling vergeleken, 1 verschilt" in client.post(url, sent).content.decode()
    csv = client.post(url, sent | {"csv": "ja"}).content.decode("utf-8-sig")
    assert csv.splitlines()[1] == (
        "A;Alleen in het financiële systeem;2020-06-01;;1250.50;;1250.50"
    )
