"""Letters of a fund: what they say, that they stay as they were, and all of them in a zip."""

import datetime
import io
import zipfile
from decimal import Decimal

import pytest
from django.urls import reverse

from funds.clauses import Clause, Provided
from funds.ledger import change_grant, correct, decide, decide_all, pay, pay_all
from funds.models import Application, Fund
from funds.notation import AmountState
from reports import letter_views
from reports.files import Rendered, zipped
from reports.letter_paper import decision, letter_paper, payment
from reports.letters import DECISION, PAYMENT, Letter, find_letter, letters
from tests.factories import ApplicationFactory, asked
from tests.reports.reading import pdf_text
from tests.reports.verapdf import VeraPdf

pytestmark = pytest.mark.django_db

DAY = datetime.date(2020, 4, 1)
LATER = datetime.date(2020, 6, 1)
ANSWER = {
    "code": "F1",
    "title": "Niet te veel",
    "value": "€ 500",
    "limit": "€ 900",
    "verdict": "Voldoet",
}


@pytest.fixture
def application(fund, bollenstreek) -> Application:
    """600 asked and 500 granted, 400 refused, an amount that is not known refused, and
    300 deferred; 450 paid."""
    lines = [
        asked(600, code="A1", title="Huisbezoeken"),
        asked(400, code="A2"),
        asked(AmountState.PM, code="A3"),
        asked(300, code="A4", title="Vervolg"),
    ]
    envelope = fund.envelopes.get(region=bollenstreek)
    return ApplicationFactory(envelope=envelope, lines=lines, title="Samen verder")


@pytest.fixture
def by(fenna) -> dict:
    return {"on": DAY, "by": fenna}


@pytest.fixture
def grant(application, by):
    first, second, third, _ = application.lines.order_by("position")
    decide(second, Decimal(0), decision="Past niet bij het doel", **by)
    decide(third, Decimal(0), **by)
    return decide(first, Decimal(500), decision="B 2020-14", answers=[ANSWER], **by)


def only(kind: str, application: Application) -> Letter:
    (found,) = letters(kind, [application])
    return found


def words(letter: Letter) -> str:
    return " ".join(pdf_text(letter_paper(letter).body).replace("\xa0", " ").split())


class TestDecision:
    def test_says_what_the_ledger_says(self, application, grant, tmp_path, verapdf: VeraPdf):
        letter = only(DECISION, application)
        made = letter_paper(letter)
        path = tmp_path / made.name
        path.write_bytes(made.body)
        text = words(letter)
        for said in (
            "Gemeente Leiden Aan de regio Duin- en Bollenstreek",
            "Besluit op uw aanvraag Samen verder",
            "U vroeg voor de regels hieronder € 1.000 + 1 × PM; na dit besluit is daarvan € 500",
            "A1 Huisbezoeken Deels toegekend 600 500",
            "Past niet bij het doel",
            "A3 Afgewezen; een motivering is niet vastgelegd.",
            "houden wij aan",
            "A4 Vervolg 300",
            "F1 Niet te veel € 500 € 900 Voldoet",
            "Van PM en andere woorden",
            "Bijdrage aan een overheid",
            "namens het college van burgemeester en wethouders van Leiden",
        ):
            assert said in text
        assert "bezwaar" not in text
        is_compliant, report = verapdf.report([path])
        assert is_compliant, report

    def test_objection_only_where_the_law_on_grants_applies(self, application, grant) -> None:
        fund = application.envelope.fund
        assert not decision(only(DECISION, application))["may_object"]
        fund.regime = Fund.Regime.GRANT
        assert decision(only(DECISION, application))["may_object"]
        assert "Tegen dit besluit kunt u bezwaar maken" in words(only(DECISION, application))

    def test_says_what_goes_with_it(self, application, by) -> None:
        """Of its own day alone."""
        first, *_, fourth = application.lines.order_by("position")
        clause = Clause("verplichting", "Lever het verslag in", LATER)
        period = Provided(DAY, LATER)
        decide_all(
            application, {first.pk: Decimal(500)}, provided=Provided(clauses=(clause,)), **by
        )
        later = by | {"on": LATER}
        decide_all(application, {fourth.pk: Decimal(300)}, provided=period, **later)
        one, other = (decision(letter) for letter in letters(DECISION, [application]))
        (row,) = one["obligations"].rows
        assert [cell.text for cell in row.cells] == [clause.text, "Verplichting", "01-06-2020"]
        assert one["periods"] == []
        assert other["obligations"] is None
        assert [each.ends_on for each in other["periods"]] == [LATER]

    def test_a_later_entry_changes_no_letter(self, application, grant, by, fenna) -> None:
        before = letter_paper(only(DECISION, application)).body
        last = application.lines.get(position=4)
        decide(last, Decimal(300), on=LATER, by=fenna)
        change_grant(grant, Decimal(600), reason="Meer nodig", on=LATER, by=fenna)
        first, second = letters(DECISION, [application])
        assert letter_paper(first).body == before
        said = decision(second)
        assert (said["granted"].known, said["earlier"]) == (Decimal(900), 2)
        assert ("A1", "Meer nodig") in said["reasons"]

    def test_an_entry_that_was_not_known_yet_is_not_in_it(self, application, grant, by, fenna):
        """A payment of an earlier day, entered afterwards."""
        pay(grant, Decimal(450), reference="2020-9", **by)
        first = payment(only(PAYMENT, application))["paid"]
        pay(grant, Decimal(50), reference="2020-8", **by)
        again = find_letter(PAYMENT, application, letters(PAYMENT, [application])[0].key)
        assert payment(again)["paid"] == first


class TestPaymentOrder:
    def test_says_what_is_paid_and_what_is_left(self, application, grant, by, fenna) -> None:
        other = decide(application.lines.get(position=4), Decimal(300), **by)
        pay_all({grant: Decimal(450), other: Decimal(200)}, reference="2020-117", **by)
        letter = only(PAYMENT, application)
        text = words(letter)
        assert "Betaalopdracht 2020-117 Betaal € 650 aan de regio Duin- en Bollenstreek" in text
        assert "A1 Huisbezoeken Voorschot 500 450 50" in text
        assert "Totaal 800 650 150" in text

    def test_one_that_was_taken_back_is_in_no_batch(
        self, application, grant, by, fenna, client
    ) -> None:
        wrong = pay(grant, Decimal(450), reference="2020-117", **by)
        before = letter_paper(only(PAYMENT, application)).body
        correct(wrong, reason="Verkeerde rekening", on=LATER, by=fenna)
        letter = only(PAYMENT, application)
        assert letter.is_void
        assert letter_paper(letter).body == before
        client.force_login(fenna)
        slug = application.envelope.fund.slug
        query = {"soort": PAYMENT}
        page = client.get(reverse("reports:letter_list", args=[slug]), query)
        assert "Teruggenomen; voer deze opdracht niet uit." in page.content.decode()
        batch = reverse("reports:letter_batch_download", args=[slug, 1])
        assert client.get(batch, query).status_code == 404


def test_zip_has_all_letters_of_its_part(application, grant, fenna, client, monkeypatch) -> None:
    """Two parts, of one letter each; the list names them both."""
    monkeypatch.setattr(letter_views, "LETTERS_PER_PART", 1)
    decide(application.lines.get(position=4), Decimal(300), on=LATER, by=fenna)
    client.force_login(fenna)
    slug = application.envelope.fund.slug
    page = client.get(reverse("reports:letter_list", args=[slug])).content.decode()
    assert "2 brieven, in 2 delen van hoogstens 1" in page
    for part, letter in enumerate(letters(DECISION, [application]), start=1):
        url = reverse("reports:letter_batch_download", args=[slug, part])
        assert url in page
        with zipfile.ZipFile(io.BytesIO(b"".join(client.get(url)))) as archive:
            assert archive.namelist() == [letter.file_name]
            assert archive.read(letter.file_name) == letter_paper(letter).body
        assert client.get(letter.url)["Content-Disposition"].endswith(f'"{letter.file_name}"')
    span = {"van": LATER.isoformat()}
    with zipfile.ZipFile(
        io.BytesIO(
            b"".join(client.get(reverse("reports:letter_batch_download", args=[slug, 1]), span))
        )
    ) as archive:
        assert archive.namelist() == [letter.file_name]


def test_zip_is_made_one_file_at_a_time() -> None:
    made = []

    def files():
        for name in ("a.pdf", "b.pdf"):
            made.append(name)
            yield Rendered(name.encode() * 1000, "application/pdf", name)

    pieces = zipped(files())
    first = next(pieces)
    assert made == ["a.pdf"]
    whole = first + b"".join(pieces)
    assert len(first) < len(whole) / 2
    assert zipfile.ZipFile(io.BytesIO(whole)).testzip() is None
