"""The totals above the editor are those of the documents, also while money is asked."""

from decimal import Decimal

import pytest

from funds.figure import Figure
from funds.notation import AmountState
from municipalities.models import User
from reports.fund_positions import fund_positions
from reports.running_totals import running_totals
from tests.factories import ApplicationFactory, EnvelopeFactory, asked, typed_cells
from workplans.models import Action, WorkPlan
from workplans.services.actions import store_cells

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(loaded: None) -> WorkPlan:
    return WorkPlan.objects.get(slug="duin-en-bollenstreek-2020")


def only_left(plan: WorkPlan) -> Figure:
    (left,) = running_totals(plan).left
    return left.figure


def change(plan: WorkPlan, amount: str) -> None:
    action = Action.objects.select_related("line__plan").get(
        line__plan=plan, line__code="A", code="1"
    )
    store_cells(action, typed=typed_cells(amount, municipalities="Teylingen"))


def test_what_is_left_is_what_the_document_says(plan) -> None:
    (position,) = fund_positions(plan, plan.as_of)
    assert only_left(plan) == position.balance.remaining_if_granted
    assert only_left(plan).known == Decimal("307966")


def test_a_change_after_the_submission_counts(plan) -> None:
    before = only_left(plan)
    change(plan, "€ 80.001,-")
    assert before.known - only_left(plan).known == 1


def test_what_is_not_known_counts_once(plan) -> None:
    change(plan, "PM")
    assert only_left(plan).gaps == {AmountState.PM: 1}


def test_the_total_is_that_of_the_plan(plan) -> None:
    totals = running_totals(plan)
    assert totals.total.known == Decimal("1282500")
    assert sum(figure.known for _, figure in totals.natures) == totals.total.known


def test_the_municipalities_and_what_is_not_divided_make_the_total(plan) -> None:
    action = Action.objects.get(line__plan=plan, line__code="A", code="1")
    store_cells(action, typed=typed_cells("€ 80.000,-", municipalities=""))
    totals = running_totals(plan)
    assert totals.municipalities[-1] == ("Niet verdeeld", Figure.of(Decimal(80_000)))
    assert sum(figure.known for _, figure in totals.municipalities) == totals.total.known


def test_what_competes_is_named_as_far_as_the_reader_may_see_it(
    plan, bollenstreek, fenna, pieter, gijs
) -> None:
    (position,) = fund_positions(plan, plan.as_of)
    own = position.balance.envelope
    elsewhere = EnvelopeFactory(fund=own.fund)
    for number in range(1, 8):
        at = {"round": position.round, "title": f"Nog {number}", "submitted_on": plan.as_of}
        envelope = own if number < 7 else elsewhere
        ApplicationFactory(envelope=envelope, lines=[asked(number)], **at)

    def competing(reader: User) -> tuple[list[str], int, int]:
        (left,) = running_totals(plan, reader).left
        names = [each.application.title for each in left.competing]
        return names, len(left.others), int(left.others_asked.known)

    assert competing(fenna) == (["Nog 7", "Nog 6", "Nog 5", "Nog 4", "Nog 3"], 2, 3)
    assert competing(pieter) == (["Nog 6", "Nog 5", "Nog 4", "Nog 3", "Nog 2"], 1, 1)
    assert competing(gijs) == ([], 0, 0)
