"""Letters of settlement and of recovery: what they say, and what no later entry changes."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from funds.ledger import correct, decide, pay, recover, settle
from funds.models import Application, Fund, Grant
from reports.letter_paper import letter_paper
from reports.letters import RECOVERY, SETTLEMENT, Letter, letters
from reports.settlement_paper import recovery, settlement
from tests.factories import ApplicationFactory, asked
from tests.reports.reading import pdf_text
from tests.reports.verapdf import VeraPdf

pytestmark = pytest.mark.django_db

DAY = datetime.date(2020, 4, 1)
SETTLED = datetime.date(2021, 6, 1)
LATER = datetime.date(2021, 7, 1)


@pytest.fixture
def grants(fund, bollenstreek, fenna) -> list[Grant]:
    """600 and 400 granted, 500 and 100 paid; 300 settled of the first, all of the second."""
    lines = [asked(600, code="A1", title="Huisbezoeken"), asked(400, code="A2", title="Vervolg")]
    envelope = fund.envelopes.get(region=bollenstreek)
    application = ApplicationFactory(envelope=envelope, lines=lines, title="Samen verder")
    first, second = (
        decide(line, line.amount.amount, on=DAY, by=fenna)
        for line in application.lines.order_by("position")
    )
    pay(first, Decimal(500), reference="1", on=DAY, by=fenna)
    pay(second, Decimal(100), reference="2", on=DAY, by=fenna)
    said = {"on": SETTLED, "by": fenna}
    settle(first, Decimal(300), realised=Decimal("299.50"), ground="Verantwoord", **said)
    settle(second, Decimal(400), ground="Verantwoord", **said)
    return [first, second]


@pytest.fixture
def application(grants) -> Application:
    found = Application.objects.select_related("envelope__fund__owner", "envelope__region", "round")
    return found.get()


def only(kind: str, application: Application) -> Letter:
    (found,) = letters(kind, [application])
    return found


def words(letter: Letter) -> str:
    return " ".join(pdf_text(letter_paper(letter).body).replace("\xa0", " ").split())


def test_a_settlement_says_what_the_ledger_says(application) -> None:
    said = settlement(only(SETTLEMENT, application))
    assert (said["granted"], said["settled"], said["less"]) == (1000, 700, 300)
    assert (said["paid"], said["payable"], said["recoverable"]) == (600, 300, 200)
    assert said["grounds"] == [("A1, A2", "Verantwoord")]
    total = said["settled_lines"].rows[-1].cells
    assert str(total[3].figure) == "€\xa0299,50 + 1 × niet ingevuld"


def test_a_recovery_says_what_is_asked_back_and_what_was_before(application, grants, fenna) -> None:
    recover(grants[0], Decimal(120), decision="B 2021-3", on=SETTLED, by=fenna)
    recover(grants[0], Decimal(50), on=LATER, by=fenna)
    first, second = (recovery(letter) for letter in letters(RECOVERY, [application]))
    assert (first["total"], first["earlier"], first["recoverable"]) == (120, 0, 80)
    assert (second["total"], second["earlier"], second["recoverable"]) == (50, 120, 30)
    assert first["grounds"] == [("A1", "B 2021-3")]


def test_articles_only_where_the_law_on_grants_applies(
    application, grants, fenna, tmp_path, verapdf: VeraPdf
) -> None:
    """And every file is one that an archive and a screen reader take."""
    recover(grants[0], Decimal(120), on=LATER, by=fenna)
    made = []
    for regime, names in ((Fund.Regime.CONTRIBUTION, False), (Fund.Regime.GRANT, True)):
        application.envelope.fund.regime = regime
        settled, back = only(SETTLEMENT, application), only(RECOVERY, application)
        for letter, articles in ((settled, ("4:46", "4:95", "4:57")), (back, ("4:57", "4:95"))):
            text = words(letter)
            assert [article in text for article in articles] == [names] * len(articles)
            assert ("bezwaar maken" in text) is names
            made.append(tmp_path / f"{regime}-{letter.kind}.pdf")
            made[-1].write_bytes(letter_paper(letter).body)
    is_compliant, report = verapdf.report(made)
    assert is_compliant, report


def test_a_later_entry_changes_no_letter(application, grants, fenna) -> None:
    recover(grants[0], Decimal(120), on=LATER, by=fenna)
    before = settlement(only(SETTLEMENT, application)), recovery(only(RECOVERY, application))
    pay(grants[1], Decimal(300), reference="3", on=LATER, by=fenna)
    asked_back = grants[0].entries.get(kind="terugvordering")
    correct(asked_back, reason="Vergissing", on=LATER, by=fenna)
    assert settlement(only(SETTLEMENT, application)) == before[0]
    assert recovery(only(RECOVERY, application)) == before[1]
    assert only(RECOVERY, application).is_void
    assert "verstuur deze brief niet" in only(RECOVERY, application).note


def test_settled_anew_on_the_same_day_only_the_last_is_in_it(application, grants, fenna) -> None:
    wrong = grants[0].entries.get(kind="vaststelling")
    correct(wrong, reason="Verkeerd bedrag", on=SETTLED, by=fenna)
    settle(grants[0], Decimal(350), ground="Beter geteld", on=SETTLED, by=fenna)
    letter = only(SETTLEMENT, application)
    assert settlement(letter)["settled"] == 750
    assert letter.note.endswith("1 van 3 boekingen teruggenomen.")


def test_they_stand_in_the_list_and_are_downloaded(application, client, fenna) -> None:
    client.force_login(fenna)
    slug = application.envelope.fund.slug
    page = client.get(reverse("reports:letter_list", args=[slug]), {"soort": SETTLEMENT})
    letter = only(SETTLEMENT, application)
    assert letter.url in page.content.decode()
    answer = client.get(letter.url)
    assert answer["Content-Disposition"].endswith(f'"{letter.file_name}"')
