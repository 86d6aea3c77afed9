"""What was asked and granted never changes, and every amount is one in euros."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import ProtectedError

from funds.models import Application, ApplicationLine, Envelope, EnvelopeMutation, Grant, Round
from funds.notation import AmountState
from funds.services import record_grant, submit_application
from tests.conftest import insert_like
from tests.factories import (
    ApplicationFactory,
    ApplicationLineFactory,
    EnvelopeFactory,
    EnvelopeMutationFactory,
    GrantFactory,
    RoundFactory,
    asked,
    euro,
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
            "answers, entered_at) "
            f"VALUES ({line.pk}, {value}, 'EUR', '2020-04-01', '', '[]', now())"
        )


@pytest.mark.parametrize(
    ("column", "value"), [("amount", "NaN"), ("amount", -1), ("amount_currency", "USD")]
)
def test_an_envelope_is_a_number_of_euros_from_zero(column, value, refuses) -> None:
    EnvelopeFactory()
    with refuses("funds_envelope_amount"):
        insert_like(Envelope, starts_on="2021-01-01", **{column: value})


def test_a_mutation_may_go_down_but_is_a_number_of_euros(refuses, accepts) -> None:
    EnvelopeMutationFactory()
    with accepts():
        insert_like(EnvelopeMutation, reason="Lager", amount=-12.50)
    for column, value in (("amount", "NaN"), ("amount_currency", "USD"), ("amount_currency", None)):
        with refuses("funds_mutation_amount"):
            insert_like(EnvelopeMutation, reason="Anders", **{column: value})


def test_a_mutation_without_amount_needs_a_condition(refuses) -> None:
    EnvelopeMutationFactory()
    with refuses("funds_mutation_known"):
        insert_like(EnvelopeMutation, reason="Anders", amount=None)


class TestEnvelopes:
    """What an envelope held on a past day never changes; a correction is a mutation."""

    @pytest.fixture(autouse=True)
    def _there(self) -> None:
        EnvelopeMutationFactory()

    @pytest.mark.parametrize(
        "change", ["amount = 1", "dated_on = '2018-01-01'", "region_id = 0", "fund_id = 0"]
    )
    def test_what_its_figures_rest_on_stands_fast(self, change, refuses) -> None:
        with refuses("envelope_append_only"):
            sql(f"UPDATE funds_envelope SET {change}")

    def test_it_is_not_removed(self, refuses) -> None:
        with refuses("envelope_append_only"):
            sql("DELETE FROM funds_envelope")

    def test_period_label_and_decision_may_be_corrected(self, accepts) -> None:
        with accepts():
            envelope = Envelope.objects.get()
            envelope.label, envelope.decision = "Tot en met 2022", "Besluit 12"
            envelope.ends_on = datetime.date(2022, 12, 31)
            envelope.full_clean()
            envelope.save()

    @pytest.mark.parametrize(
        "change",
        ["amount = 1", "dated_on = '2018-01-01'", "reason = 'x'", "condition = 'x'"],
    )
    def test_a_mutation_stands_fast_whole(self, change, refuses) -> None:
        with refuses("mutation_append_only"):
            sql(f"UPDATE funds_envelopemutation SET {change}")

    def test_a_mutation_is_not_removed(self, refuses) -> None:
        with refuses("mutation_append_only"):
            sql("DELETE FROM funds_envelopemutation")

    @pytest.mark.parametrize("model", [Envelope, EnvelopeMutation])
    def test_a_form_is_told_before_the_database_is_asked(self, model) -> None:
        row = model.objects.get()
        row.amount = euro(5)
        with pytest.raises(ValidationError) as caught:
            row.full_clean()
        assert "leg het verschil vast als" in caught.value.message_dict["amount"][0]


class TestWithinTheRequest:
    """Plain SQL keeps to what was submitted, too."""

    def test_a_line_that_comes_later(self, refuses) -> None:
        ApplicationFactory()
        with refuses("application_lines"):
            insert_like(ApplicationLine, position=2)

    def test_a_line_too_few(self, refuses) -> None:
        ApplicationFactory()
        with refuses("application_lines"):
            insert_like(Application, title="Zonder regels")

    def test_no_line_at_all(self, refuses) -> None:
        ApplicationFactory()
        with refuses("funds_application_lines"):
            insert_like(Application, title="Zonder regels", line_count=0)

    def test_a_line_that_is_not_known_where_the_round_wants_it(self, refuses, accepts) -> None:
        """Also where who asks still thinks that the round takes it."""
        envelope = EnvelopeFactory()
        turn = RoundFactory(fund=envelope.fund)
        Round.objects.update(accepts_unknown=False)
        with refuses("line_known"):
            ApplicationFactory(envelope=envelope, round=turn, lines=[asked(AmountState.PM)])
        with accepts():
            ApplicationFactory(envelope=envelope, round=turn, lines=[asked(1)])

    @pytest.mark.parametrize("state", ["unread", "onzin"])
    def test_a_line_in_a_state_that_nobody_asks(self, state, refuses) -> None:
        ApplicationLineFactory(pm=True)
        with refuses("funds_line_state"):
            insert_like(ApplicationLine, position=2, state=state)

    def grant(self, line: ApplicationLine, amount: str, day: str = "2020-04-01") -> None:
        sql(
            "INSERT INTO funds_grant (line_id, amount, amount_currency, dated_on, decision, "
            f"answers, entered_at) VALUES ({line.pk}, {amount}, 'EUR', '{day}', '', '[]', now())"
        )

    def test_a_grant_above_what_was_asked(self, refuses) -> None:
        line = ApplicationLineFactory(asked="1250.50")
        with refuses("grant_amount"):
            self.grant(line, "1250.51")

    def test_a_grant_of_all_that_was_asked(self, accepts) -> None:
        with accepts():
            self.grant(ApplicationLineFactory(asked="1250.50"), "1250.50", "2020-03-01")

    def test_a_grant_of_what_had_no_amount_yet(self, accepts) -> None:
        with accepts():
            self.grant(ApplicationLineFactory(pm=True), "1250.50")

    def test_a_grant_before_the_submission(self, refuses) -> None:
        line = ApplicationLineFactory()
        with refuses("grant_day"):
            self.grant(line, "1", "2020-02-29")


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

    def test_more_than_was_asked_is_refused_with_both_amounts(self) -> None:
        line = ApplicationLineFactory(asked="1250.50")
        with pytest.raises(ValidationError) as caught:
            record_grant(line, amount=Decimal(1251), dated_on=DAY)
        assert caught.value.code == "above_request"
        assert "1.251" in caught.value.message
        assert "1.250,50" in caught.value.message

    def test_twice_is_refused(self) -> None:
        grant = GrantFactory()
        with pytest.raises(ValidationError):
            GrantFactory(line=grant.line)

    @pytest.mark.parametrize("amount", ["-0.01", "1000000000000"])
    def test_an_impossible_amount_is_refused(self, amount) -> None:
        with pytest.raises(ValidationError):
            record_grant(ApplicationLineFactory(), amount=Decimal(amount), dated_on=DAY)
