"""Dividing on a page: what is refused, what is shown first, and what can be read of it
afterwards; and the reserve."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from funds.distribution_form import DistributionForm
from funds.division import Place, Tranche, divide
from funds.key import WHOLE, Key
from funds.models import Distribution, Fund, ReserveMovement
from municipalities.models import Municipality, PopulationFigure
from reports.distribution_tables import division_tables
from reports.fund_entries import Asked, entries, entry_total
from tests.factories import DistributionFactory, ReserveMovementFactory
from tests.reports.reading import parse, pdf_text, seen, tables

pytestmark = pytest.mark.django_db

DAY = datetime.date(2020, 7, 1)
PEOPLE = {"GM0537": 60_000, "GM0575": 30_000, "GM0553": 10_000}
TYPED = {
    "title": "Lokale budgetten",
    "amount": "€ 1.000",
    "unit": "euro",
    "decided_on": "2020-01-01",
    "decision": "Besluit 7",
    "rest": "inwoners",
    "reference_date": "2019-01-01",
    **{f"mee-{code}": "on" for code in PEOPLE},
}


@pytest.fixture
def counted(bollenstreek: Any) -> None:
    for code, people in PEOPLE.items():
        PopulationFigure.objects.create(
            municipality=Municipality.objects.get(code=code),
            reference_date=datetime.date(2019, 1, 1),
            inhabitants=people,
            status="definitief",
            source="CBS, tabel 7",
        )


@pytest.fixture
def form(bollenstreek: Any, counted: None) -> Any:
    def filled(**changes: str) -> DistributionForm:
        return DistributionForm(TYPED | changes, region=bollenstreek, on=DAY)

    return filled


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"amount": "-5"}, "amount", ""),
        ({"amount": "0"}, "amount", "Verdeel meer dan nul"),
        ({"amount": "1.000,50"}, "unit", "rond af op centen"),
        ({"reference_date": "2018-01-01"}, "reference_date", "Van die dag zijn geen inwonertallen"),
        ({"reference_date": ""}, "reference_date", "Kies de dag waarop de inwoners zijn geteld"),
        ({"rest": "niets"}, "__all__", "De percentages zijn samen 0%; maak er 100% van, of kies"),
        ({"rest": "niets", "deel-GM0537": "99,9999"}, "__all__", "zijn samen 99,9999%"),
        ({"deel-GM0537": "60", "deel-GM0575": "41"}, "__all__", "samen 101%; maak er 100% van."),
        ({"deel-GM0537": "-5"}, "deel-GM0537", "“-5” is geen percentage"),
        ({"deel-GM0537": "1,00001"}, "deel-GM0537", "hoogstens vier cijfers"),
        ({"deel-GM0537": "50", "mee-GM0537": ""}, "deel-GM0537", "doet niet mee"),
        ({f"mee-{code}": "" for code in PEOPLE}, "__all__", "die doen niet mee"),
        ({"from_reserve": "on", "decision": ""}, "decision", "heeft een besluit nodig"),
        ({"decided_on": "2020-08-01"}, "decided_on", "Deze dag moet nog komen"),
        ({"dag-1": "2020-01-01"}, "bedrag-1", "Vul bij een tranche een dag en een bedrag in"),
        ({"bedrag-2": "5"}, "dag-2", "Vul bij een tranche een dag en een bedrag in"),
        (
            {"dag-1": "2020-01-01", "bedrag-1": "999"},
            "amount",
            "De tranches zijn samen € 999 en het bedrag is € 1.000; het verschil is € 1.",
        ),
        (
            {"dag-1": "2019-12-31", "bedrag-1": "1000"},
            "dag-1",
            "Deze tranche ligt voor het besluit van 01-01-2020",
        ),
    ],
)
def test_wrong_input(changes: dict[str, str], field: str, sentence: str, form: Any) -> None:
    wrong = form(**changes)
    assert list(wrong.errors) == [field]
    assert sentence in " ".join(wrong.errors[field]).replace("\u00a0", " ")


def test_a_municipality_that_was_not_counted_is_named(form: Any) -> None:
    PopulationFigure.objects.filter(municipality__code="GM0553").delete()
    assert "Van Lisse is op die dag geen inwonertal bekend" in str(form().errors)
    assert form(**{"mee-GM0553": ""}).is_valid()


def twice(client: Any, url: str, typed: dict[str, str]) -> Any:
    """Send a form that shows first what it does, and then what was shown."""
    shown = client.post(url, typed)
    assert shown.status_code == 200
    return client.post(url, typed | {"seen": shown.context["form"].effect.digest})


def test_every_kind_of_key(form: Any) -> None:
    """By inhabitants, equally, percentages, and all three at once."""
    found = {
        "inwoners": {},
        "gelijk": {"rest": "gelijk"},
        "procenten": {"rest": "niets", "deel-GM0537": "75", "deel-GM0553": "25%"},
        "gemengd": {"deel-GM0537": "50", "equally": "20"},
    }
    given = {}
    for name, changes in found.items():
        right = form(**changes)
        assert right.errors == {}
        rows = right.proposal.division.rows
        given[name] = {row.place.code: int(row.given) for row in rows}
    assert given == {
        "inwoners": {"GM0537": 600, "GM0575": 300, "GM0553": 100},
        "gelijk": {"GM0537": 334, "GM0575": 333, "GM0553": 333},
        "procenten": {"GM0537": 750, "GM0553": 250},
        "gemengd": {"GM0537": 500, "GM0575": 325, "GM0553": 175},
    }


class TestMaking:
    @pytest.fixture
    def post(self, client: Any, fund: Fund, fenna: Any, counted: None) -> Any:
        client.force_login(fenna)
        url = reverse("reports:distribution_create", args=[fund.slug, "duin-en-bollenstreek"])
        return lambda **changes: client.post(url, TYPED | changes)

    def test_it_is_shown_first_and_stored_as_it_was_shown(self, post: Any, fenna: Any) -> None:
        shown = post(unit="cent", amount="100,01")
        assert shown.status_code == 200
        assert not Distribution.objects.exists()
        digest = shown.context["mark"]
        other = post(unit="cent", amount="100,02", seen=digest)
        assert "een andere dan u net zag" in other.content.decode()
        assert not Distribution.objects.exists()
        done = post(unit="cent", amount="100,01", seen=digest)
        made = Distribution.objects.get()
        assert done.status_code == 302
        assert done.url.endswith(f"/verdelingen/{made.pk}/")
        assert made.amount.amount == Decimal("100.01")
        assert made.entered_by == fenna

    def test_what_the_reserve_does_not_hold_is_refused_on_the_form(self, post: Any) -> None:
        shown = post(from_reserve="on")
        assert "Daarna in de reserve € −1.000" in seen(parse(shown.content))
        digest = shown.context["mark"]
        answer = post(from_reserve="on", seen=digest)
        assert answer.status_code == 422
        assert "In de reserve zit op 01-01-2020 nog" in answer.content.decode()
        assert not Distribution.objects.exists()


class TestReading:
    @pytest.fixture
    def made(self, fund: Fund, bollenstreek: Any) -> Distribution:
        return DistributionFactory(
            fund=fund, region=bollenstreek, amount=100, title="Lokaal", reserved=True
        )

    def test_the_proof(self, client: Any, made: Distribution, anna: Any) -> None:
        client.force_login(anna)
        url = reverse("reports:distribution_detail", args=[made.fund.slug, made.pk])
        page = client.get(url)
        rows = tables(page.content)["Wat elke gemeente krijgt"].rows
        assert rows["Katwijk"][1:] == ("33,33%", "33,3333", "+0,0067 1e, laatste cent", "33,34")
        assert rows["Lisse"][1:] == ("33,33%", "33,3333", "−0,0033", "33,33")
        assert rows["Totaal"][-1] == "100,00"
        assert "komt elk bedrag er weer uit" in seen(parse(page.content))
        file = client.get(f"{url}download/csv/").content.decode("utf-8-sig")
        assert "GM0537;Katwijk;;;;;1;100/3;1;33.34;33.34" in file
        assert client.get(f"{url}download/json/").status_code == 404

    def test_the_proof_on_paper(self, client: Any, made: Distribution, anna: Any) -> None:
        client.force_login(anna)
        url = reverse("reports:distribution_download", args=[made.fund.slug, made.pk, "pdf"])
        text = pdf_text(client.get(url).content)
        assert "Verdeling Duin- en Bollenstreek" in text
        assert "laatste cent" in text

    def test_many_tranches_have_tables_of_their_own(self) -> None:
        days = [datetime.date(2020, month, 1) for month in range(1, 11)]
        key = Key(equally=WHOLE, sharers=["GM0001"])
        tranches = [Tranche(day, Decimal(1)) for day in days]
        found = division_tables(divide(key, [Place("GM0001", "A")], tranches, unit="euro"))
        assert [len(table.columns) for table in found] == [5, 9, 3]
        assert found[2].caption == "Wat elke gemeente krijgt in tranche 9 tot en met 10"

    def test_its_entries_add_up_to_what_was_distributed(
        self, client: Any, made: Distribution, fenna: Any
    ) -> None:
        asked = Asked("verdeeld")
        found = entries(made.fund, DAY, [made.region_id], asked)
        assert {entry.title.partition(":")[0] for entry in found} == {"Lokaal"}
        assert entry_total(found).known == 100
        client.force_login(fenna)
        url = reverse("funds:distribution_take_back", args=[made.fund.slug, made.pk])
        assert client.post(url, {"on": "2020-07-01", "reason": "Te veel"}).status_code == 302
        again = entries(made.fund, DAY, [made.region_id], asked)
        assert (len(again), entry_total(again).known) == (6, 0)
        page = client.get(reverse("reports:distribution_detail", args=[made.fund.slug, made.pk]))
        assert "Te veel" in seen(parse(page.content))

    def test_the_reserve_per_year(self, client: Any, made: Distribution, fenna: Any) -> None:
        client.force_login(fenna)
        url = reverse("reports:reserve_detail", args=[made.fund.slug])
        ReserveMovementFactory(fund=made.fund, amount=50, on=datetime.date(2021, 3, 1))
        found = tables(client.get(url, {"peildatum": "2021-12-31"}).content)
        years = found["De reserve per jaar, in €"].rows
        assert years["2020"][1:] == ("0", "100", "100", "0")
        assert years["2021"][1:] == ("0", "50", "0", "50")
        early = seen(parse(client.get(url, {"peildatum": "2020-12-31"}).content))
        assert "Na deze dag komt er nog € 50 bij" in early

    def test_a_movement_is_entered_and_taken_back(
        self, client: Any, fund: Fund, fenna: Any
    ) -> None:
        client.force_login(fenna)
        url = reverse("funds:reserve_move", args=[fund.slug])
        said = {"kind": "toevoeging", "reason": "Over", "decision": "Raad", "on": "2020-01-01"}
        assert client.post(url, said | {"amount": "-5"}).status_code == 422
        assert twice(client, url, said | {"amount": "5"}).status_code == 302
        below = twice(client, url, said | {"amount": "5,01", "kind": "onttrekking"})
        assert "neem er hoogstens € 5 uit" in seen(parse(below.content))
        first = ReserveMovement.objects.get()
        back = reverse("funds:reserve_correct", args=[fund.slug, first.pk])
        assert client.post(back, {"on": "2020-02-01", "reason": "Dubbel"}).status_code == 302
        assert [m.amount.amount for m in ReserveMovement.objects.all()] == [5, -5]
