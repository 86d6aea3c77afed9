"""What belongs to a decision comes in its transaction: plain SQL cannot add it later, nor in
a transaction that had begun before somebody else decided."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from funds.clauses import Clause, Provided
from funds.ledger import decide, settle
from funds.models import Application, GrantProposal, Obligation, PaymentSchedule, ProposedGrant
from funds.money import euros
from funds.provisions import provide
from tests.conftest import insert_like
from tests.factories import (
    ApplicationFactory,
    ChangeRequestFactory,
    GrantFactory,
    ProposedGrantFactory,
    ProvisionFactory,
    UserFactory,
    asked,
)
from tests.sessions import at_once

pytestmark = pytest.mark.django_db(transaction=True)

DAY = datetime.date(2020, 4, 1)
REPORT = Clause("verplichting", "Lever het verslag in", None)
PROVIDED = Provided(datetime.date(2020, 1, 1), datetime.date(2020, 12, 31), (REPORT,))


@pytest.fixture
def application() -> Application:
    return ApplicationFactory(lines=[asked(600), asked(400)])


def elsewhere(act) -> None:
    """Do something in another transaction, that is over when this returns."""
    (fault,) = at_once(act)
    assert not isinstance(fault, str), fault


def test_nothing_is_added_to_a_proposal_that_somebody_saw(refuses) -> None:
    proposal = ProposedGrantFactory().proposal
    with refuses("provision_proposal"):
        ProvisionFactory(
            proposal=proposal, application=proposal.application, dated_on=proposal.dated_on
        )
    with refuses("proposed_line"):
        insert_like(ProposedGrant)


def test_writing_a_proposal_again_does_not_make_it_new(refuses) -> None:
    ProposedGrantFactory()
    with refuses("proposal_kept"):
        GrantProposal.objects.update(decision="x")
    with refuses("proposal_kept"):
        GrantProposal.objects.update(outcome="")


def test_not_to_a_decision_of_somebody_else_after_this_began(application) -> None:
    by = UserFactory()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        line = application.lines.first()
        elsewhere(lambda: decide(line, Decimal(600), on=DAY, by=by))
        with pytest.raises(ValidationError) as refusal, transaction.atomic():
            provide(application, PROVIDED, on=DAY, by=by)
    assert refusal.value.error_list[0].code == "provision_granted"


def test_not_to_what_was_provided_after_this_began(application, refuses) -> None:
    by = UserFactory()

    def decided() -> None:
        with transaction.atomic():
            decide(application.lines.first(), Decimal(600), on=DAY, by=by)
            provide(application, PROVIDED, on=DAY, by=by)

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        elsewhere(decided)
        with refuses("obligation_later"):
            insert_like(Obligation, position=2)


def test_with_its_decision_it_comes_also_after_a_savepoint(application) -> None:
    by = UserFactory()
    with transaction.atomic():
        with transaction.atomic():
            decide(application.lines.first(), Decimal(600), on=DAY, by=by)
        with transaction.atomic():
            provide(application, PROVIDED, on=DAY, by=by)
    assert Obligation.objects.get().text == REPORT.text


def test_a_request_of_after_the_snapshot_stops_a_settlement() -> None:
    grant = GrantFactory()
    by = UserFactory()
    with pytest.raises(DatabaseError) as fault, transaction.atomic():  # noqa: PT012
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SELECT 1 FROM funds_grant")
        elsewhere(lambda: ChangeRequestFactory(grant=grant))
        settle(grant, Decimal(1), ground="Verslag", on=grant.dated_on, by=by)
    assert fault.value.__cause__.diag.sqlstate == "40001"


def test_a_schedule_has_a_number_from_one_on(application, refuses) -> None:
    by = UserFactory()
    decide(application.lines.first(), Decimal(600), on=DAY, by=by)
    for number in (0, 2):
        with refuses("schedule_follows"):
            PaymentSchedule.objects.create(
                application=application, number=number, amount=euros(0), dated_on=DAY, entered_by=by
            )
