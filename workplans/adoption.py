"""Where the decisions about a plan stand: what each body said about the version that was
put forward, and on whom it waits."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property
from json import loads

from workplans import planfile
from workplans.majority import MAJORITIES, WAITING, Count, Majority, Outcome, count
from workplans.models import Adoption, BodyDecision, DecisionBody, PlanVersion, WorkPlan
from workplans.planfile import Tree

NOTHING_PUT_FORWARD = "Er is nog geen versie voorgelegd; kies de versie waarover wordt besloten."


@dataclass(frozen=True)
class BodyStanding:
    """One body: its last decision on the version that was put forward, or, where it said
    nothing of that one, its last on another (`earlier`)."""

    body: DecisionBody
    version: PlanVersion | None
    decision: BodyDecision | None
    earlier: BodyDecision | None

    @property
    def outcome(self) -> Outcome | None:
        return Outcome(self.decision.outcome) if self.decision else None

    @property
    def waits(self) -> bool:
        """Whether something is still to come of this body, who gives advice too."""
        return self.outcome is None or self.outcome in WAITING

    def is_late(self, on: datetime.date) -> bool:
        return self.waits and self.body.due_on is not None and self.body.due_on < on

    @property
    def sentence(self) -> str:
        """What it waits for; empty where it waits for nothing."""
        if self.version is None or not self.waits:
            return ""
        who, number = self.body.in_sentence, self.version.number
        if self.decision is None:
            return f"{who} heeft nog niet besloten over versie {number}."
        if self.outcome is Outcome.POSTPONED:
            return f"{who} heeft het besluit over versie {number} aangehouden."
        condition = self.decision.condition.rstrip(".")
        return f"{who} is akkoord met versie {number} onder een voorwaarde: {condition}."


@dataclass(frozen=True)
class Deliberation:
    """All bodies of a plan in order, and the count of those that decide."""

    plan: WorkPlan
    adoption: Adoption
    standings: tuple[BodyStanding, ...]
    decisions: tuple[BodyDecision, ...]

    @property
    def version(self) -> PlanVersion | None:
        return self.adoption.version

    @property
    def count(self) -> Count:
        said = (row.outcome for row in self.standings if row.body.decides)
        return count(said, Majority(self.adoption.majority))

    @cached_property
    def has_changed(self) -> bool:
        """Whether the plan says something else by now than the version that was put
        forward. Costs the queries of a plan file the first time."""
        if self.version is None:
            return False
        return _content(loads(self.version.tree)) != _content(planfile.dump(self.plan))

    @cached_property
    def waits(self) -> list[str]:
        """Why the plan cannot be adopted yet, in Dutch sentences. Without bodies that
        decide nothing waits. As costly as `has_changed`."""
        found = self.count
        if not found.voters:
            return []
        if self.version is None:
            return [NOTHING_PUT_FORWARD]
        number = self.version.number
        if found.is_out_of_reach:
            part = MAJORITIES[found.majority]
            return [
                f"Versie {number} haalt de meerderheid niet meer ({part}); leg een nieuwe versie "
                "voor."
            ]
        waits = []
        if not found.is_reached:
            waits = [row.sentence for row in self.standings if row.body.decides and row.waits]
        if self.has_changed:
            waits.append(
                f"Het plan is veranderd sinds versie {number}, waarover wordt besloten; leg de "
                f"nieuwe versie voor, of ga terug naar versie {number}."
            )
        return waits


def what_waits(plan: WorkPlan) -> list[str]:
    """What stands between a plan and its adoption, as Dutch sentences; empty when the
    majority agreed with the plan as it stands, and when no body decides about it."""
    return deliberation(plan).waits


def deliberation(plan: WorkPlan) -> Deliberation:
    """Collect what was decided about a plan. Three queries."""
    adoption = Adoption.objects.filter(plan=plan).select_related("version").first() or Adoption(
        plan=plan
    )
    bodies = plan.bodies.in_order().select_related("municipality")
    decisions = (
        BodyDecision.objects.filter(body__plan=plan)
        .select_related("body", "version")
        .defer("version__tree")
        .newest_first()
    )
    decided = tuple(decisions)
    standings = tuple(_standing(body, adoption.version, decided) for body in bodies)
    return Deliberation(plan, adoption, standings, decided)


def _standing(
    body: DecisionBody, version: PlanVersion | None, decided: tuple[BodyDecision, ...]
) -> BodyStanding:
    own = [row for row in decided if row.body_id == body.pk]
    now = next((row for row in own if version and row.version_id == version.pk), None)
    earlier = None if now else next(iter(own), None)
    return BodyStanding(body, version, now, earlier)


def _content(tree: Tree) -> Tree:
    """What a plan says, without where it stands on its way: submitting and adopting it
    do not change it."""
    head = {key: value for key, value in tree["plan"].items() if key not in ("status", "as_of")}
    return {key: value for key, value in tree.items() if key != "applications"} | {"plan": head}
