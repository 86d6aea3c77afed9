"""Two sessions that each do what is right by what they see, and would be wrong together:
one of them is refused."""

import datetime
import threading
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction

from municipalities.models import Municipality, RegionMembership
from tests.factories import ActionFactory
from tests.workplans.sessions import in_turn
from workplans.models import Action, Share
from workplans.services import locked_plan

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Run each act in a session of its own; nobody commits before all have written.

    Gives the name of the constraint that refused an act, or `stored`, in their order.
    """
    written, outcomes = threading.Barrier(len(acts), timeout=20), ["nothing"] * len(acts)

    def run(number: int) -> None:
        try:
            with transaction.atomic():
                acts[number]()
                written.wait()
            outcomes[number] = "stored"
        except IntegrityError as error:
            outcomes[number] = error.__cause__.diag.constraint_name
        finally:
            connection.close()

    sessions = [threading.Thread(target=run, args=[number]) for number in range(len(acts))]
    for session in sessions:
        session.start()
    for session in sessions:
        session.join(timeout=30)
    return outcomes


@pytest.fixture
def action() -> Action:
    """An amount that nobody knows, of nobody yet."""
    return ActionFactory(amount="PM")


@pytest.fixture
def first(action) -> Municipality:
    return action.line.plan.region.memberships.get(abbreviation="A").municipality


def share(action: Action, municipality: Municipality) -> Callable[[], object]:
    cost = action.cost_lines.get()
    return lambda: Share.objects.create(cost_line=cost, municipality=municipality, state="pm")


def lead(action: Action, municipality: Municipality) -> Callable[[], object]:
    rows = Action.objects.filter(pk=action.pk)
    return lambda: rows.update(sharing="lead", lead=municipality)


@pytest.mark.parametrize("use", [share, lead])
def test_a_municipality_ends_while_somebody_uses_it(action, first, use) -> None:
    rows = Municipality.objects.filter(pk=first.pk)
    last_day = datetime.date(2019, 12, 31)
    outcomes = at_once(use(action, first), lambda: rows.update(valid_until=last_day))
    assert sorted(outcomes) == ["share_municipality", "stored"]


@pytest.mark.parametrize("use", [share, lead])
def test_a_municipality_leaves_the_region_while_somebody_uses_it(action, first, use) -> None:
    rows = RegionMembership.objects.filter(municipality=first)
    assert at_once(use(action, first), rows.delete) == ["share_region", "stored"]


def test_the_plan_moves_while_somebody_uses_a_municipality(action, first) -> None:
    first.valid_from = datetime.date(2020, 1, 1)
    first.save()
    plan = action.line.plan
    plan.first_year = 2019
    assert in_turn(share(action, first), plan.save) == "share_municipality"


def test_another_leads_while_somebody_gives_a_share(action, first) -> None:
    other = action.line.plan.region.memberships.get(abbreviation="B").municipality
    leads = lead(action, other)
    # As every service does: whoever changes a plan takes its turn first.
    outcome = in_turn(share(action, first), lambda: (locked_plan(action.line.plan_id), leads()))
    assert outcome == "joint_recipient"
