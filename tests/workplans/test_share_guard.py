"""The database refuses shares that do not add up to their cost line, whatever wrote
them, and accepts every way to get from one right sum to another."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection

from funds.notation import AmountState
from municipalities.guard import check_now
from municipalities.models import Municipality
from tests.factories import ActionFactory, CostLineFactory, euro
from tests.workplans.sessions import in_turn
from workplans.models import CostLine, Share

pytestmark = pytest.mark.django_db


@pytest.fixture
def line() -> CostLine:
    """€ 100 over three municipalities: 33,34 + 33,33 + 33,33."""
    return CostLineFactory(amount="€ 100,-", municipalities="gelijk over alle gemeenten")


@pytest.fixture
def undivided(line) -> CostLine:
    """In the same plan as `line`."""
    return CostLineFactory(line=line.action.line, amount="€ 100,-", municipalities="")


@pytest.fixture
def pm_line() -> CostLine:
    return CostLineFactory(amount="PM", municipalities="gelijk over alle gemeenten")


def members(line: CostLine) -> list[Municipality]:
    region = line.action.line.plan.region
    return list(Municipality.objects.filter(memberships__region=region).order_by("code"))


def shares_of(line: CostLine, *amounts: str) -> list[Share]:
    return [
        Share(cost_line=line, municipality=who, state="known", amount=euro(amount))
        for who, amount in zip(members(line), amounts, strict=False)
    ]


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_the_line_to_start_from_is_right(line) -> None:
    assert sorted(s.amount.amount for s in line.shares.all()) == [
        Decimal("33.33"),
        Decimal("33.33"),
        Decimal("33.34"),
    ]
    check_now()


class TestRefused:
    def test_a_share_that_is_added(self, undivided, refuses) -> None:
        with refuses("share_sum"):
            shares_of(undivided, "99.99")[0].save()

    def test_shares_that_are_added_in_bulk(self, undivided, refuses) -> None:
        with refuses("share_sum"):
            Share.objects.bulk_create(shares_of(undivided, "50", "50", "0.01"))

    def test_a_bulk_upsert(self, line, refuses) -> None:
        with refuses("share_sum"):
            Share.objects.bulk_create(
                shares_of(line, "50", "50", "50"),
                update_conflicts=True,
                unique_fields=["cost_line", "capacity", "municipality"],
                update_fields=["amount"],
            )

    def test_a_queryset_update(self, line, refuses) -> None:
        with refuses("share_sum"):
            line.shares.update(amount=Decimal("33.33"))

    def test_plain_sql(self, line, refuses) -> None:
        with refuses("share_sum"):
            sql(
                "UPDATE workplans_share SET amount = amount + 0.01 WHERE cost_line_id = %s", line.pk
            )

    def test_one_share_deleted(self, line, refuses) -> None:
        with refuses("share_sum"):
            line.shares.first().delete()

    def test_one_share_deleted_by_sql(self, line, refuses) -> None:
        with refuses("share_sum"):
            sql("DELETE FROM workplans_share WHERE id = %s", line.shares.first().pk)

    def test_the_amount_of_the_line_alone(self, line, refuses) -> None:
        with refuses("share_sum"):
            CostLine.objects.filter(pk=line.pk).update(amount=Decimal("100.01"))

    def test_a_share_moved_to_another_line(self, line, undivided, refuses) -> None:
        with refuses("share_sum"):
            Share.objects.filter(pk=line.shares.first().pk).update(cost_line=undivided)

    def test_all_shares_moved_to_a_line_of_another_amount(self, line, refuses) -> None:
        other = CostLineFactory(line=line.action.line, amount="€ 90,-")
        with refuses("share_sum"):
            line.shares.update(cost_line=other)

    def test_an_amount_that_becomes_known_beside_wrong_shares(self, pm_line, refuses) -> None:
        with refuses("share_sum"):
            CostLine.objects.filter(pk=pm_line.pk).update(state="known", amount=Decimal(100))
            pm_line.shares.update(state="known", amount=Decimal(33))

    def test_a_second_capacity_that_does_not_add_up(self, line, refuses) -> None:
        with refuses("share_sum"):
            Share.objects.create(
                cost_line=line,
                municipality=members(line)[0],
                capacity=Share.Capacity.BEARER,
                state="known",
                amount=euro(99),
            )

    def test_copy(self, undivided, refuses) -> None:
        with refuses("share_sum"):
            _copy(undivided, "50", "49.99")

    def test_merge(self, line, refuses) -> None:
        if connection.pg_version < 150000:
            pytest.skip("MERGE exists since PostgreSQL 15")
        with refuses("share_sum"):
            sql(
                "MERGE INTO workplans_share s USING (SELECT %s AS id) n ON s.cost_line_id = n.id "
                "WHEN MATCHED THEN UPDATE SET amount = 50",
                line.pk,
            )


class TestStates:
    def test_a_known_share_of_an_unknown_amount_is_refused(self, pm_line, refuses) -> None:
        with refuses("share_state"):
            pm_line.shares.update(state="known", amount=Decimal(0))

    def test_an_unknown_share_of_a_known_amount_is_refused(self, line, refuses) -> None:
        with refuses("share_state"):
            line.shares.update(state="pm", amount=None)

    def test_another_gap_than_that_of_the_line_is_refused(self, pm_line, refuses) -> None:
        with refuses("share_state"):
            pm_line.shares.update(state="tbd")

    def test_a_line_that_becomes_unknown_alone_is_refused(self, line, refuses) -> None:
        with refuses("share_state"):
            CostLine.objects.filter(pk=line.pk).update(state="pm", amount=None)

    def test_a_line_that_becomes_known_alone_is_refused(self, pm_line, refuses) -> None:
        with refuses("share_state"):
            CostLine.objects.filter(pk=pm_line.pk).update(state="known", amount=Decimal(100))

    @pytest.mark.parametrize("model", [Share, CostLine])
    def test_an_amount_and_pm_at_once_is_refused(self, line, refuses, model) -> None:
        with refuses({Share: "workplans_share_state", CostLine: "workplans_cost_state"}[model]):
            model.objects.update(state="pm")

    @pytest.mark.parametrize("model", [Share, CostLine])
    def test_known_without_an_amount_is_refused(self, line, refuses, model) -> None:
        with refuses({Share: "workplans_share_state", CostLine: "workplans_cost_state"}[model]):
            model.objects.update(amount=None)

    @pytest.mark.parametrize("model", [Share, CostLine])
    def test_a_state_that_nobody_knows_is_refused(self, pm_line, refuses, model) -> None:
        with refuses({Share: "workplans_share_state", CostLine: "workplans_cost_state"}[model]):
            model.objects.update(state="onzin")

    def test_every_gap_reaches_the_shares(self) -> None:
        for text, state in (("PM", "pm"), ("n.t.b.", "tbd"), ("NB", "unknown"), ("", "blank")):
            line = CostLineFactory(amount=text, municipalities="A")
            assert line.shares.get().state == state == AmountState(state)
        check_now()


class TestAccepted:
    def test_wrong_in_between_but_right_at_the_end(self, line, accepts) -> None:
        first, second, _ = line.shares.all()
        with accepts():
            for share, amount in ((first, 1), (second, 65)):
                share.amount = euro(amount)
                share.save()
            third = line.shares.last()
            third.amount = euro(34)
            third.save()

    def test_shares_saved_one_by_one(self, undivided, accepts) -> None:
        with accepts():
            for share in shares_of(undivided, "50", "25", "25"):
                share.save()

    def test_a_line_split_over_two_batches(self, undivided, accepts) -> None:
        with accepts():
            Share.objects.bulk_create(shares_of(undivided, "50", "25", "25"), batch_size=2)

    def test_amount_and_shares_together(self, line, accepts) -> None:
        with accepts():
            CostLine.objects.filter(pk=line.pk).update(amount=Decimal(30))
            line.shares.update(amount=Decimal(10))

    def test_all_shares_deleted(self, line, accepts) -> None:
        with accepts():
            line.shares.all().delete()

    def test_the_line_deleted(self, line, accepts) -> None:
        with accepts():
            line.delete()
        assert not Share.objects.exists()

    def test_the_action_deleted_by_sql(self, line, accepts) -> None:
        with accepts():
            sql("DELETE FROM workplans_share")
            sql("DELETE FROM workplans_costline")

    def test_an_amount_made_unknown_together_with_its_shares(self, line, accepts) -> None:
        with accepts():
            CostLine.objects.filter(pk=line.pk).update(state="pm", amount=None)
            line.shares.update(state="pm", amount=None)

    def test_an_amount_that_becomes_known_with_its_shares(self, pm_line, accepts) -> None:
        with accepts():
            CostLine.objects.filter(pk=pm_line.pk).update(state="known", amount=Decimal(30))
            pm_line.shares.update(state="known", amount=Decimal(10))

    def test_an_amount_without_shares_that_becomes_known(self, accepts) -> None:
        line = CostLineFactory(amount="PM")
        with accepts():
            CostLine.objects.filter(pk=line.pk).update(state="known", amount=Decimal(30))

    def test_all_shares_moved_to_a_line_of_the_same_amount(self, line, undivided, accepts) -> None:
        with accepts():
            line.shares.update(cost_line=undivided)

    def test_copy(self, undivided, accepts) -> None:
        with accepts():
            _copy(undivided, "50", "50")

    def test_a_zero_that_is_divided(self, accepts) -> None:
        with accepts():
            line = CostLineFactory(amount="€ 0,-", municipalities="gelijk over alle gemeenten")
        assert [share.amount.amount for share in line.shares.all()] == [0, 0, 0]

    def test_342_municipalities(self, accepts) -> None:
        with accepts():
            action = ActionFactory(
                line__plan__region__members=342,
                amount="€ 1.000.000,01",
                municipalities="gelijk over alle gemeenten",
            )
        line = action.cost_lines.get()
        amounts = [share.amount.amount for share in line.shares.all()]
        assert len(amounts) == 342
        assert sum(amounts) == Decimal("1000000.01")
        assert max(amounts) - min(amounts) == Decimal("0.01")


@pytest.mark.parametrize(
    ("column", "value"), [("amount", "'NaN'"), ("amount", "-0.01"), ("amount_currency", "'USD'")]
)
@pytest.mark.parametrize("table", ["share", "costline"])
def test_what_is_no_amount_in_euros_is_refused(line, refuses, table, column, value) -> None:
    name = {"share": "workplans_share_amount", "costline": "workplans_cost_amount"}[table]
    with refuses(name):
        sql(f"UPDATE workplans_{table} SET {column} = {value}")


@pytest.mark.parametrize("table", ["share", "costline"])
def test_an_amount_without_a_currency_is_refused(line, refuses, table) -> None:
    name = {"share": "workplans_share_amount", "costline": "workplans_cost_amount"}[table]
    with refuses(name):
        sql(f"UPDATE workplans_{table} SET amount_currency = NULL")


def test_a_municipality_twice_in_one_division_is_refused(undivided, refuses) -> None:
    first, second = members(undivided)[0], shares_of(undivided, "50", "50")
    second[1].municipality = first
    with refuses("workplans_share_once"):
        Share.objects.bulk_create(second)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_divide_a_line_at_once_the_second_is_refused() -> None:
    line = CostLineFactory(amount="€ 100,-")
    first, second, _ = members(line)

    def divide(who: Municipality) -> Callable[[], object]:
        values = {"cost_line": line, "state": "known", "amount": euro(100)}
        return lambda: Share.objects.create(municipality=who, **values)

    assert in_turn(divide(first), divide(second)) == "share_sum"
    assert line.shares.get().amount == euro(100)


@pytest.mark.django_db(transaction=True)
def test_a_wrong_sum_is_refused_at_commit_by_itself() -> None:
    line = CostLineFactory(amount="€ 100,-", municipalities="A")
    with pytest.raises(IntegrityError):
        line.shares.update(amount=Decimal(99))
    assert line.shares.get().amount == euro(100)


def _copy(line: CostLine, *amounts: str) -> None:
    columns = "cost_line_id, municipality_id, capacity, position, state, amount, amount_currency"
    rows = [
        [line.pk, share.municipality_id, "recipient", 0, "known", share.amount.amount, "EUR"]
        for share in shares_of(line, *amounts)
    ]
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(f"COPY workplans_share ({columns}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)
