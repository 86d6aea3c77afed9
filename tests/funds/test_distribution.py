"""Distributing, taking back, and what the database refuses of it; the reserve with it."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from funds.balance import balances
from funds.distributing import Proposal, distribute, stored_division, take_back
from funds.distribution_form import DistributionForm
from funds.division import Tranche, divide
from funds.ledger import close_years
from funds.models import (
    Distribution,
    DistributionShare,
    DistributionTranche,
    Fund,
    ReserveCounter,
    ReserveMovement,
)
from funds.reserve import reserve_entries, reserve_rest, reserve_years
from funds.reserving import correct_movement, move_reserve
from municipalities.models import Region
from tests.conftest import insert_like
from tests.factories import (
    DistributionFactory,
    EnvelopeFactory,
    MunicipalityFactory,
    ReserveMovementFactory,
)

pytestmark = pytest.mark.django_db

DAY = datetime.date(2020, 1, 1)
LATER = datetime.date(2020, 7, 1)
NEXT = datetime.date(2021, 7, 1)


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def refused(code: str, act: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(ValidationError) as caught:
        act(*args, **kwargs)
    faults = getattr(caught.value, "error_dict", {"": [caught.value]}).values()
    found = [each for row in faults for fault in row for each in fault.error_list]
    assert found[0].code == code
    return " ".join(caught.value.messages)


@pytest.fixture
def entered(fenna: Any) -> dict[str, Any]:
    return {"on": DAY, "by": fenna}


@pytest.fixture
def made(fenna: Any) -> Distribution:
    """100 euro over three municipalities in two tranches, from a reserve of 150."""
    fund = EnvelopeFactory().fund
    ReserveMovementFactory(fund=fund, amount=150)
    one = stored_division(DistributionFactory(fund=fund))
    tranches = [Tranche(DAY, Decimal("40.01")), Tranche(NEXT, Decimal("59.99"))]
    places = [row.place for row in one.rows]
    proposal = Proposal(
        fund.envelopes.get().region,
        "Uit de reserve",
        divide(one.key, places, tranches, unit="cent"),
        DAY,
        "Raadsbesluit 2",
        from_reserve=True,
    )
    return distribute(fund, proposal, by=fenna)


class TestWestfriesland:
    @pytest.fixture
    def shares(self, reference: Any, fenna: Any) -> dict[str, list[Decimal]]:
        """The 600.000 of the annex, by name and tranche, typed in the form."""
        region = Region.objects.get(slug="westfriesland")
        fund = EnvelopeFactory(region=region).fund
        move_reserve(
            fund,
            Decimal(600_000),
            kind="beginstand",
            reason="Reserve MO/BW",
            decision="Jaarrekening 2016",
            on=datetime.date(2017, 1, 1),
            by=fenna,
        )
        typed = {
            "title": "Overheveling naar lokale budgetten",
            "amount": "€ 600.000",
            "unit": "euro",
            "decided_on": "2017-06-30",
            "decision": "Madivosa",
            "from_reserve": "on",
            "rest": "inwoners",
            "reference_date": "2017-01-01",
            "dag-1": "2017-07-01",
            "bedrag-1": "300.000",
            "dag-2": "2018-07-01",
            "bedrag-2": "300.000",
        }
        members = region.memberships.values_list("municipality__code", flat=True)
        typed |= {f"mee-{code}": "on" for code in members}
        form = DistributionForm(typed, region=region, on=LATER)
        assert form.errors == {}
        made = distribute(fund, form.proposal, by=fenna)
        division = stored_division(made)
        assert division == form.proposal.division
        assert division.is_proven
        return {row.place.name: [*row.tranches, row.given] for row in division.rows}

    def test_the_annex_comes_out_to_the_euro(self, shares: Any) -> None:
        assert {name: int(amounts[2]) for name, amounts in shares.items()} == {
            "Drechterland": 55_407,
            "Enkhuizen": 52_820,
            "Hoorn": 207_214,
            "Koggenland": 64_377,
            "Medemblik": 125_935,
            "Opmeer": 32_643,
            "Stede Broec": 61_604,
        }
        columns = [sum(column) for column in zip(*shares.values(), strict=True)]
        assert columns == [300_000, 300_000, 600_000]

    def test_the_reserve_has_it_as_two_withdrawals(self, shares: Any) -> None:
        years = reserve_years(reserve_entries(Fund.objects.get()), datetime.date(2018, 12, 31))
        assert [(y.year, y.begin, y.added, y.withdrawn, y.end) for y in years] == [
            (2017, 600_000, 0, 300_000, 300_000),
            (2018, 300_000, 0, 300_000, 0),
        ]


class TestTakingBack:
    def test_the_opposite_stands_beside_it(self, made: Distribution, fenna: Any) -> None:
        take_back(made, reason="Verkeerde sleutel", on=LATER, by=fenna)
        days = DistributionTranche.objects.exclude(distribution__title__startswith="Verdeling")
        assert [(t.dated_on, t.amount.amount) for t in days.order_by("pk")] == [
            (DAY, Decimal("40.01")),
            (NEXT, Decimal("59.99")),
            (LATER, Decimal("-40.01")),
            (NEXT, Decimal("-59.99")),
        ]
        entries = reserve_entries(made.fund)
        rests = [reserve_rest(entries, day) for day in (DAY, LATER, NEXT)]
        assert rests == [Decimal("109.99"), 150, 150]
        assert ReserveCounter.objects.get(fund=made.fund).rest == 150

    def test_twice_or_before_it_was_made(self, made: Distribution, fenna: Any) -> None:
        before = DAY - datetime.timedelta(days=1)
        refused("distribution_correction", take_back, made, reason="x", on=before, by=fenna)
        take_back(made, reason="x", on=LATER, by=fenna)
        refused("corrected", take_back, made, reason="x", on=LATER, by=fenna)

    def test_other_amounts_by_sql(self, made: Distribution, refuses: Any) -> None:
        other = DistributionFactory(fund=made.fund, amount=50)
        with refuses("distribution_correction"):
            insert_like(Distribution, corrects_id=other.pk, reason="x", amount=-50)
            sql(
                "INSERT INTO funds_distributiontranche (distribution_id, number, dated_on, "
                "amount, amount_currency) SELECT max(id), 1, '2020-07-01', -50, 'EUR' "
                "FROM funds_distribution"
            )
            sql(
                "INSERT INTO funds_distributionshare (tranche_id, municipality_id, amount, "
                "amount_currency) SELECT (SELECT max(id) FROM funds_distributiontranche), "
                "municipality_id, CASE row_number() OVER () WHEN 1 THEN -50 ELSE 0 END, 'EUR' "
                "FROM funds_distributionshare WHERE tranche_id = "
                f"{other.tranches.get().pk}"
            )


class TestByPlainSql:
    @pytest.mark.parametrize(
        "table", ["distribution", "distributiontranche", "distributionshare", "reservemovement"]
    )
    def test_nothing_is_changed_or_removed(self, table: str, made: Any, refuses: Any) -> None:
        name = "reserve" if table == "reservemovement" else "distribution"
        for statement in (f"UPDATE funds_{table} SET amount = 1", f"DELETE FROM funds_{table}"):
            with refuses(f"{name}_append_only"):
                sql(statement)

    def test_a_share_more_or_a_tranche_more(self, made: Distribution, refuses: Any) -> None:
        new = MunicipalityFactory()
        for amount, refusal in ((1, "distribution_shares"), (0, "distribution_closed")):
            with refuses(refusal):
                insert_like(DistributionShare, municipality_id=new.pk, amount=amount)
        with refuses("distribution_shares"):
            insert_like(DistributionTranche, number=3, amount=1)

    def test_a_distribution_without_its_parts(self, made: Distribution, refuses: Any) -> None:
        with refuses("distribution_tranches"):
            insert_like(Distribution)

    def test_a_tranche_before_the_decision(self, fenna: Any) -> None:
        proposal = self.proposal(DistributionFactory(), decided_on=LATER)
        refused("distribution_day", distribute, proposal[0], proposal[1], by=fenna)

    def test_a_municipality_that_is_no_more(self, fenna: Any) -> None:
        one = DistributionFactory()
        fund, proposal = self.proposal(one)
        gone = one.region.memberships.first().municipality
        gone.valid_until = datetime.date(2019, 12, 31)
        gone.save()
        sentence = refused("distribution_municipality", distribute, fund, proposal, by=fenna)
        assert f"{gone.name} bestaat niet op 01-01-2020" in sentence

    @pytest.mark.parametrize(
        ("unit", "shares", "refusal"),
        [
            ("euro", "33.34, 33.33, 33.33", "distribution_unit"),
            ("cent", "150, -50, 0", "distribution_sign"),
        ],
    )
    def test_cents_in_whole_euros_or_taking_while_giving(
        self, unit: str, shares: str, refusal: str, refuses: Any
    ) -> None:
        DistributionFactory()
        with refuses(refusal):
            insert_like(Distribution, unit=unit)
            sql(
                "INSERT INTO funds_distributiontranche (distribution_id, number, dated_on, "
                "amount, amount_currency) SELECT max(id), 1, '2020-07-01', 100, 'EUR' "
                "FROM funds_distribution"
            )
            sql(
                "INSERT INTO funds_distributionshare (tranche_id, municipality_id, amount, "
                "amount_currency) SELECT (SELECT max(id) FROM funds_distributiontranche), "
                f"municipality_id, (ARRAY[{shares}])[row_number() OVER ()], 'EUR' "
                "FROM funds_distributionshare"
            )

    def test_a_closed_day(self, made: Distribution, entered: Any) -> None:
        close_years(made.fund, until=DAY)
        fund, proposal = self.proposal(DistributionFactory(fund=made.fund, on=LATER))
        early = Proposal(**(proposal.__dict__ | {"decided_on": DAY}))
        assert distribute(fund, early, by=entered["by"]).pk
        said = {"kind": "toevoeging", "reason": "x", "decision": "x"}
        refused("entry_locked", move_reserve, fund, Decimal(1), **said, **entered)

    @staticmethod
    def proposal(one: Distribution, **changes: Any) -> tuple[Fund, Proposal]:
        """To make the same distribution again, but for these changes."""
        said = {
            "region": one.region,
            "title": "Nog eens",
            "division": stored_division(one),
            "decided_on": one.decided_on,
        }
        return one.fund, Proposal(**(said | changes))


class TestReserve:
    @pytest.fixture
    def fund(self) -> Fund:
        return ReserveMovementFactory(amount=100).fund

    def test_it_is_never_below_zero_on_any_day(self, fund: Fund, entered: Any) -> None:
        said = {"kind": "onttrekking", "reason": "Pilot", "decision": "Raad"}
        move_reserve(fund, Decimal(60), **said, **(entered | {"on": LATER}))
        sentence = refused(
            "reserve_below_zero", move_reserve, fund, Decimal("40.01"), **said, **entered
        )
        assert sentence == (
            "In de reserve zit op 01-07-2020 nog € 40 en dit neemt er € 40,01 uit; neem er "
            "hoogstens € 40 uit."
        )
        assert move_reserve(fund, Decimal(40), **said, **entered).pk

    def test_by_plain_sql_and_by_a_distribution(self, fund: Fund, fenna: Any, refuses: Any) -> None:
        with refuses("reserve_below_zero"):
            insert_like(ReserveMovement, kind="onttrekking", amount=-101)
        with refuses("counter_kept"):
            ReserveCounter.objects.update(rest=1_000)
        one = DistributionFactory(fund=EnvelopeFactory(fund=fund).fund, amount=101)
        _, proposal = TestByPlainSql.proposal(one, from_reserve=True, decision="Raad")
        refused("reserve_below_zero", distribute, fund, proposal, by=fenna)

    def test_a_correction_takes_back_one_movement(self, fund: Fund, entered: Any) -> None:
        first = ReserveMovement.objects.get()
        back = correct_movement(first, reason="Dubbel", **entered)
        assert (back.kind, back.amount.amount) == (first.kind, -100)
        refused("corrected", correct_movement, first, reason="Dubbel", **entered)
        refused("reserve_correction", correct_movement, back, reason="Toch", **entered)
        (year,) = reserve_years(reserve_entries(fund), DAY)
        assert (year.added, year.end) == (0, 0)

    def test_a_correction_of_another_amount_by_sql(self, fund: Fund, refuses: Any) -> None:
        first = ReserveMovement.objects.get()
        with refuses("reserve_correction"):
            insert_like(ReserveMovement, corrects_id=first.pk, amount=-99)

    def test_it_begins_once_and_before_all_else(self, fund: Fund, entered: Any) -> None:
        said = {"kind": "beginstand", "reason": "Stand", "decision": "Jaarrekening"}
        refused(
            "reserve_begin", move_reserve, fund, Decimal(1), **said, **(entered | {"on": LATER})
        )
        begin = move_reserve(fund, Decimal(5), **said, **entered)
        refused("reserve_begin", move_reserve, fund, Decimal(1), **said, **entered)
        correct_movement(begin, reason="Anders", **entered)
        move_reserve(fund, Decimal(7), **said, **entered)
        (year,) = reserve_years(reserve_entries(fund), DAY)
        assert (year.begin, year.added, year.end) == (7, 100, 107)

    def test_a_year_without_movements_is_shown(self, fund: Fund) -> None:
        years = reserve_years(reserve_entries(fund), datetime.date(2022, 3, 1))
        assert [(y.year, y.begin, y.end) for y in years] == [
            (2020, 0, 100),
            (2021, 100, 100),
            (2022, 100, 100),
        ]


def test_what_is_available_knows_no_distribution(made: Distribution) -> None:
    (before,) = balances(made.fund.envelopes.all(), NEXT)
    assert before.available.known == made.fund.envelopes.get().amount.amount
    assert before.remaining == before.available
