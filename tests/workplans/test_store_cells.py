"""Storing the cells of one action: what they say, and what is refused."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from tests.factories import ActionFactory, ActionLineFactory, typed_cells
from workplans.cells import Cell
from workplans.models import Action, CostLine, Share
from workplans.services import store_cells
from workplans.services.actions import typed_cells as stored_cells

pytestmark = pytest.mark.django_db


def amounts(action: Action) -> list[Decimal]:
    shares = Share.objects.filter(cost_line__action=action).order_by("position")
    return [share.amount.amount for share in shares]


def test_the_cells_give_amount_planning_and_shares() -> None:
    action = ActionFactory(
        amount="€ 10,01 (incidenteel)",
        planning="Q1 2020, Q3 2020",
        municipalities="alle gemeenten",
    )
    assert action.sharing == "undivided"
    store_cells(
        action,
        typed=typed_cells("€ 10,01 (incidenteel)", "Q1 2020", "gelijk over alle gemeenten"),
    )
    cost = action.cost_lines.get()
    assert (cost.state, cost.amount.amount, cost.nature) == (
        "known",
        Decimal("10.01"),
        "incidental",
    )
    assert amounts(action) == [Decimal("3.34"), Decimal("3.34"), Decimal("3.33")]
    entry = action.planning_entries.get()
    assert (entry.start_year, entry.start_quarter) == (2020, 1)


@pytest.mark.parametrize(
    ("percentages", "expected"),
    [
        ("33,33% A, 33,33% B, 33,34% C", ["33.33", "33.33", "33.34"]),
        ("50% A, 50% B, 0% C", ["50", "50", "0"]),
        ("99,99% A, rest gelijk", ["99.99", "0.01", "0"]),
    ],
)
def test_percentages(percentages, expected) -> None:
    assert amounts(ActionFactory(amount="€ 100", municipalities=percentages)) == [
        *map(Decimal, expected)
    ]


def test_cells_that_fit_each_other_alone() -> None:
    action = ActionFactory(equal=True)
    with pytest.raises(ValidationError) as caught:
        store_cells(action, typed=typed_cells("€ 10,-", "2020", "A: € 5,-, B: € 4,-"))
    assert list(caught.value.error_dict) == ["municipalities"]
    assert "verschil €\u00a01" in caught.value.messages[0]


def test_every_cell_has_its_own_fault_and_nothing_is_stored() -> None:
    action = ActionFactory(equal=True)
    before = amounts(action)
    with pytest.raises(ValidationError) as caught:
        store_cells(action, typed=typed_cells("€ 64,376", "Q5 2020", "Atlantis"))
    assert set(caught.value.error_dict) == {"amount", "planning", "municipalities"}
    assert amounts(action) == before
    assert CostLine.objects.get().text == "€ 10.000,-"


def test_what_is_unread_is_kept_as_typed() -> None:
    unread = [Cell(text, unread=True) for text in ("€ 64,376", "Q5 2020", "Atlantis")]
    action = ActionFactory(amount=unread[0], planning=unread[1], municipalities=unread[2])
    assert action.cost_lines.get().state == "unread"
    assert (action.planning_unread, action.municipalities_unread) == (True, True)
    assert not Share.objects.exists()
    assert stored_cells(action) == typed_cells(*unread)


def test_the_share_of_an_unread_amount_is_unread() -> None:
    action = ActionFactory(unread=True, municipalities="A")
    assert action.cost_lines.get().shares.get().state == "unread"


def test_an_amount_that_is_taken_away_takes_its_shares_along() -> None:
    action = ActionFactory(equal=True)
    store_cells(action, typed=typed_cells(None, "2020", "A"))
    assert not CostLine.objects.exists()
    assert not Share.objects.exists()


def test_from_known_to_pm_and_back() -> None:
    action = ActionFactory(equal=True)
    for text, state in (("PM", "pm"), ("n.v.t.", "not_applicable"), ("€ 3,-", "known")):
        store_cells(action, typed=typed_cells(text, "", "gelijk over alle gemeenten"))
        assert {share.state for share in Share.objects.all()} == {state}
    assert amounts(action) == [1, 1, 1]


def test_storing_what_is_stored_leaves_the_rows_alone() -> None:
    action = ActionFactory(equal=True, nature="structural", planning="Q1 2020, Q2 2020")
    keys = set(Share.objects.values_list("pk", flat=True))
    store_cells(action, typed=stored_cells(action))
    assert set(Share.objects.values_list("pk", flat=True)) == keys
    assert CostLine.objects.get().nature == "structural"


def test_a_new_action_is_stored_whole_or_not_at_all() -> None:
    action = Action(line=ActionLineFactory(), position=0, code="1", title="Nieuw")
    with pytest.raises(ValidationError):
        store_cells(action, typed=typed_cells("€ 64,376"))
    assert not Action.objects.exists()


def test_a_long_note_fits() -> None:
    note = "x" * 480
    assert ActionFactory(amount=f"€ 10,- ({note})").cost_lines.get().text.endswith("x)")
