"""What was asked and granted never changes, and every amount is one in euros."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import ProtectedError

from funds.models import Application, ApplicationLine, Grant
from funds.notation import AmountState
from funds.services import record_grant, submit_application
from tests.factories import (
    ApplicationFactory,
    ApplicationLineFactory,
    EnvelopeFactory,
    EnvelopeMutationFactory,
    GrantFactory,
    RoundFactory,
    asked,
)

pytestmark = pytest.mark.django_db

DAY = datetime.date(2020, 3, 1)
CHANGES = {Application: {"title": "Anders"}, ApplicationLine: {"code": "X"}, Grant: {"amount": 1}}


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("model", CHANGES, ids=lambda model: model.__name__)
class TestAppendOnly:
    @pytest.fixture(autouse=True)
    def _granted(self) -> None:
        GrantFactory()

    def test_a_queryset_update_is_refused(self, model, refuses) -> None:
        with refuses("append_only"):
            model.objects.update(**CHANGES[model])

    def test_saving_again_is_refused(self, model, refuses) -> None:
        with refuses("append_only"):
            model.objects.get().save()

    def test_deleting_by_sql_is_refused(self, model, refuses) -> None:
        with refuses("append_only"):
            sql(f"DELETE FROM {model._meta.db_table}")

    def test_deleting_an_instance_is_refused(self, model, refuses) -> None:
        if model is Grant:
            with refuses("append_only"):
                model.objects.get().delete()
        else:
            with pytest.raises(ProtectedError):
                model.objects.get().delete()


@pytest.mark.parametrize("value", ["'NaN'", "-1", "NULL"])
def test_a_grant_is_a_number_from_zero(value, refuses) -> None:
    line = ApplicationLineFactory()
    name = None if value == "NULL" else "funds_grant_amount"
    with refuses(name):
        sql(
            "INSERT INTO funds_grant (line_id, amount, amount_currency, dated_on, decision, "
            f"entered_at) VALUES ({line.pk}, {value}, 'EUR', '2020-04-01', '', now())"
        )


@pytest.mark.parametrize(
    ("column", "value"), [("amount", "'NaN'"), ("amount", "-1"), ("amount_currency", "'USD'")]
)
def test_an_envelope_is_a_number_of_euros_from_zero(column, value, refuses) -> None:
    EnvelopeFactory()
    with refuses("funds_envelope_amount"):
        sql(f"UPDATE funds_envelope SET {column} = {value}")


def test_a_mutation_may_go_down_but_is_a_number_of_euros(refuses, accepts) -> None:
    EnvelopeMutationFactory()
    with accepts():
        sql("UPDATE funds_envelopemutation SET amount = -12.50")
    for change in ("amount = 'NaN'", "amount_currency = 'USD'", "amount_currency = NULL"):
        with refuses("funds_mutation_amount"):
            sql(f"UPDATE funds_envelopemutation SET {change}")


def test_a_mutation_without_amount_needs_a_condition(refuses) -> None:
    EnvelopeMutationFactory()
    with refuses("funds_mutation_known"):
        sql("UPDATE funds_envelopemutation SET amount = NULL")


class TestSubmitting:
    def code(self, **changes) -> str:
        envelope = EnvelopeFactory()
        wanted = {
            "round": RoundFactory(fund=envelope.fund),
            "title": "Aanvraag",
            "lines": [asked(1)],
            "submitted_on": DAY,
        } | changes
        with pytest.raises(ValidationError) as caught:
            submit_application(envelope, **wanted)
        assert not Application.objects.exists()
        return caught.value.code

    def test_a_round_of_another_fund_is_refused(self) -> None:
        assert self.code(round=RoundFactory()) == "other_fund"

    def test_a_day_before_the_envelope_is_refused(self) -> None:
        assert self.code(submitted_on=datetime.date(2018, 12, 31)) == "before_envelope"

    def test_nothing_asked_is_refused(self) -> None:
        assert self.code(lines=[]) == "nothing_asked"

    def test_the_same_application_twice_is_refused(self) -> None:
        first = ApplicationFactory()
        with pytest.raises(ValidationError) as caught:
            ApplicationFactory(envelope=first.envelope, round=first.round, title=first.title)
        assert caught.value.messages == ["Deze aanvraag is in deze ronde al ingediend."]

    def test_lines_keep_their_order_and_their_gaps(self) -> None:
        lines = [asked("0.01", code="A1"), asked(AmountState.PM, code="A2"), asked(0, code="A3")]
        stored = ApplicationFactory(lines=lines).lines.order_by("position")
        assert [
            (row.code, row.state, row.amount if row.amount is None else row.amount.amount)
            for row in stored
        ] == [
            ("A1", "known", Decimal("0.01")),
            ("A2", "pm", None),
            ("A3", "known", 0),
        ]


class TestGranting:
    def test_before_the_submission_is_refused(self) -> None:
        line = ApplicationLineFactory()
        with pytest.raises(ValidationError) as caught:
            record_grant(line, amount=Decimal(1), dated_on=datetime.date(2020, 2, 29))
        assert caught.value.code == "before_submission"

    def test_on_the_day_of_submission_is_allowed(self) -> None:
        assert record_grant(ApplicationLineFactory(), amount=Decimal(1), dated_on=DAY).pk

    def test_twice_is_refused(self) -> None:
        grant = GrantFactory()
        with pytest.raises(ValidationError):
            GrantFactory(line=grant.line)

    @pytest.mark.parametrize("amount", ["-0.01", "1000000000000"])
    def test_an_impossible_amount_is_refused(self, amount) -> None:
        with pytest.raises(ValidationError):
            record_grant(ApplicationLineFactory(), amount=Decimal(amount), dated_on=DAY)
