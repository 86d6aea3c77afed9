"""Twenty-five people edit one plan at once, each with rows of their own and cells that
they share: nothing that was accepted is lost, and the sums are right."""

from __future__ import annotations

import threading
import uuid
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from tests.factories import ActionFactory, ActionLineFactory, UserFactory, WorkPlanFactory
from workplans import planfile
from workplans.editing import Add, Move, Parts, Put
from workplans.models import CostLine, PlanChange, Share, WorkPlan
from workplans.services.editing import Clashed, change_plan

pytestmark = pytest.mark.django_db(transaction=True)
EDITORS = 25


class Editor(threading.Thread):
    """One person: what they ask is stored, or asked again with what is there now."""

    def __init__(self, number: int, plan: WorkPlan, own: str, shared: str, lines: list[str]):
        super().__init__(daemon=True)
        self.number, self.plan, self.own, self.shared, self.lines = number, plan, own, shared, lines
        self.by = UserFactory()
        self.accepted: list[tuple[int, dict[str, Any]]] = []
        self.fault: BaseException | None = None

    def run(self) -> None:
        try:
            self.edit()
        except BaseException as fault:  # told in the test, not in a thread that nobody sees
            self.fault = fault
        finally:
            connection.close()

    def edit(self) -> None:
        self.store(Put(self.own, "amount", "€ 100,-", f"€ {self.number},-"))
        self.add_to_shared("partners", f"partner {self.number}")
        new = {"title": f"Nieuw {self.number}", "amount": "€ 1.000,-"}
        answer = self.store(Add("new:a", self.lines[0], "actions", "end", new))
        added = answer["new"]["new:a"]
        self.store(Put(added, "note", None, f"Noot {self.number}"))
        self.store(Move(added, self.lines[1], "actions", ""))
        self.add_to_shared("quantities", f"{self.number + 1} plaatsen")

    def store(self, *changes: Any) -> dict[str, Any]:
        key = uuid.uuid4()
        answer = change_plan(self.plan, changes, key=key, by=self.by)
        # A line that breaks off: the same is sent again.
        assert change_plan(self.plan, changes, key=key, by=self.by) == answer
        self.accepted.append((answer["number"], vars(changes[0])))
        return answer

    def add_to_shared(self, key: str, value: str) -> None:
        """Each clash means that somebody else was accepted: so often at most."""
        there: Any = None
        for _ in range(EDITORS):
            try:
                self.store(Put(self.shared, key, there, [*(there or []), value]))
            except Clashed as refused:
                (clash,) = refused.clashes
                there = clash.theirs
            else:
                return
        raise AssertionError("refused more often than anybody was accepted")


def test_nothing_is_lost_and_the_sums_are_right() -> None:
    plan = WorkPlanFactory()
    first, second = (ActionLineFactory(plan=plan, code=code) for code in "AB")
    shared = ActionFactory(line=first, title="Van ons allen", amount="€ 7,-", equal=True)
    own = [
        ActionFactory(line=first, code=f"e{n}", amount="€ 100,-", equal=True)
        for n in range(EDITORS)
    ]
    lines = [f"line:{first.pk}", f"line:{second.pk}"]
    editors = [
        Editor(n, plan, f"action:{action.pk}", f"action:{shared.pk}", lines)
        for n, action in enumerate(own)
    ]
    before = plan.revision.number
    for editor in editors:
        editor.start()
    for editor in editors:
        editor.join(timeout=120)
    assert [editor.fault for editor in editors] == [None] * EDITORS

    parts = Parts(planfile.dump(plan, keys=True))
    ours = parts.found[f"action:{shared.pk}"]
    assert sorted(ours["partners"]) == sorted(f"partner {n}" for n in range(EDITORS))
    assert sorted(ours["quantities"]) == sorted(f"{n + 1} plaatsen" for n in range(EDITORS))
    for n, action in enumerate(own):
        assert parts.found[f"action:{action.pk}"]["amount"] == f"€ {n},-"
    moved = parts.found[lines[1]]["actions"]
    assert {(a["title"], a["note"]) for a in moved} == {
        (f"Nieuw {n}", f"Noot {n}") for n in range(EDITORS)
    }
    assert len({a["code"] for a in moved}) == EDITORS
    costs = CostLine.objects.filter(action__line__plan=plan)
    total = 7 + sum(range(EDITORS)) + 1_000 * EDITORS
    assert sum(cost.amount.amount for cost in costs) == total
    shares = Share.objects.filter(cost_line__in=costs)
    assert sum(share.amount.amount for share in shares) == Decimal(7 + sum(range(EDITORS)))

    accepted = {number: (e.by.pk, change) for e in editors for number, change in e.accepted}
    rows = list(PlanChange.objects.filter(plan=plan).order_by("after"))
    assert len(rows) == sum(len(editor.accepted) for editor in editors)
    for row in rows:
        asked = {key: value for key, value in row.changes[0].items() if key != "do"}
        assert accepted[row.after] == (row.by_id, asked)
    # Nobody else wrote: the batches follow on each other without a hole.
    assert [row.before for row in rows] == [before, *(row.after for row in rows[:-1])]
