"""A municipality in a plan exists on the first day of the plan, along every path that
could break that."""

import datetime

import pytest

from municipalities.guard import check_now
from municipalities.models import Municipality
from tests.factories import ActionFactory, ActionLineFactory, MunicipalityFactory, WorkPlanFactory
from workplans.models import Action, ActionLine, CostLine, Share, WorkPlan

pytestmark = pytest.mark.django_db

END_OF_2019 = datetime.date(2019, 12, 31)
NEW_YEAR_2020 = datetime.date(2020, 1, 1)


@pytest.fixture
def noordwijkerhout() -> Municipality:
    """Gone since 1 January 2019."""
    return MunicipalityFactory(ended=True)


@pytest.fixture
def old_line() -> ActionLine:
    """A line of a plan of 2018, when every municipality of these tests existed."""
    return ActionLineFactory(plan__first_year=2018, plan__last_year=2018)


@pytest.fixture
def shared() -> Action:
    """€ 10.000 of A in a plan that starts on 1 January 2020."""
    return ActionFactory(municipalities="A")


@pytest.fixture
def joint() -> Action:
    return ActionFactory(municipalities="alle gemeenten, penvoerder A")


def used_by(action: Action) -> Municipality:
    return action.lead or action.cost_lines.get().shares.get().municipality


def end(municipality: Municipality, day: datetime.date = END_OF_2019) -> None:
    check_now()
    Municipality.objects.filter(pk=municipality.pk).update(valid_until=day)


def old_use(line: ActionLine, **cells: str | None) -> Action:
    """An action of 2018 that names its first municipality, which ends before 2020.

    No check is left to run: what refuses a later change is the guard of that change.
    """
    action = ActionFactory(line=line, **cells)
    end(used_by(action))
    check_now()
    return action


def test_a_share_given_to_one_that_is_gone(shared, noordwijkerhout, refuses) -> None:
    with refuses("share_municipality"):
        Share.objects.update(municipality=noordwijkerhout)


def test_a_share_made_for_one_that_is_gone(noordwijkerhout, refuses) -> None:
    cost = ActionFactory(amount="PM").cost_lines.get()
    with refuses("share_municipality"):
        Share.objects.create(cost_line=cost, municipality=noordwijkerhout, state="pm")


def test_a_share_of_one_that_does_not_exist_yet(shared, refuses) -> None:
    later = MunicipalityFactory(valid_from=datetime.date(2020, 1, 2))
    with refuses("share_municipality"):
        Share.objects.update(municipality=later)


def test_a_lead_that_is_gone(joint, noordwijkerhout, refuses) -> None:
    with refuses("share_municipality"):
        Action.objects.update(lead=noordwijkerhout)


def test_a_new_action_with_a_lead_that_is_gone(noordwijkerhout, refuses) -> None:
    line = ActionLineFactory()
    with refuses("share_municipality"):
        Action.objects.create(
            line=line, position=0, code="1", title="x", sharing="lead", lead=noordwijkerhout
        )


SHARE = {"municipalities": "A"}
LEAD_ONLY = {"municipalities": "alle gemeenten, penvoerder A", "amount": None}


@pytest.mark.parametrize("cells", [SHARE, LEAD_ONLY], ids=["share", "lead"])
class TestWhateverNamesIt:
    """The municipality is named in a share, or only as lead municipality."""

    def test_the_period_of_its_plan_moves(self, old_line, cells, refuses) -> None:
        old_use(old_line, **cells)
        with refuses("share_municipality"):
            WorkPlan.objects.update(first_year=2020, last_year=2020)

    def test_its_action_moves_to_another_plan(self, old_line, cells, refuses) -> None:
        action = old_use(old_line, **cells)
        newer = ActionLineFactory()
        with refuses("share_municipality"):
            Action.objects.filter(pk=action.pk).update(line=newer)

    def test_its_line_moves_to_another_plan(self, old_line, cells, refuses) -> None:
        old_use(old_line, **cells)
        newer = WorkPlanFactory()
        with refuses("share_municipality"):
            ActionLine.objects.filter(pk=old_line.pk).update(plan=newer)

    def test_its_own_validity_changes(self, cells, refuses) -> None:
        action = ActionFactory(**cells)
        with refuses("share_municipality"):
            end(used_by(action))

    def test_its_first_day_changes(self, cells, refuses) -> None:
        action = ActionFactory(**cells)
        with refuses("share_municipality"):
            Municipality.objects.filter(pk=used_by(action).pk).update(
                valid_from=datetime.date(2020, 1, 2)
            )

    def test_the_first_day_itself_is_early_enough(self, cells, accepts) -> None:
        action = ActionFactory(**cells)
        with accepts():
            Municipality.objects.filter(pk=used_by(action).pk).update(
                valid_from=NEW_YEAR_2020, valid_until=NEW_YEAR_2020
            )

    def test_it_ends_in_the_middle_of_the_plan(self, cells, accepts) -> None:
        action = ActionFactory(**cells)
        with accepts():
            end(used_by(action), datetime.date(2020, 12, 31))

    def test_a_move_within_its_time(self, old_line, cells, accepts) -> None:
        action = old_use(old_line, **cells)
        with accepts():
            Action.objects.filter(pk=action.pk).update(line=ActionLineFactory(plan=old_line.plan))
            WorkPlan.objects.filter(pk=old_line.plan_id).update(first_year=2017)


def test_a_cost_line_moves_to_an_action_of_another_plan(old_line, refuses) -> None:
    cost = old_use(old_line, **SHARE).cost_lines.get()
    newer = ActionFactory(amount=None)
    with refuses("share_municipality"):
        CostLine.objects.filter(pk=cost.pk).update(action=newer)


def test_a_share_moves_to_a_line_of_another_plan(old_line, refuses) -> None:
    share = old_use(old_line, **SHARE).cost_lines.get().shares.get()
    newer = ActionFactory().cost_lines.get()
    with refuses("share_municipality"):
        Share.objects.filter(pk=share.pk).update(cost_line=newer)


def test_wrong_in_between_but_right_at_the_end(shared, noordwijkerhout, accepts) -> None:
    before = used_by(shared)
    with accepts():
        Share.objects.update(municipality=noordwijkerhout)
        Share.objects.update(municipality=before)
