"""A scenario that is chosen becomes the amounts of the plan, in one step or not at all."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from funds.notation import (
    Amount,
    AmountState,
    NotationError,
    format_amount,
    format_euro,
    read_amount,
)
from funds.scenario import Result
from municipalities.guard import guarded
from municipalities.models import User
from workplans import planfile
from workplans.editing import Add, Change, Clash, Parts, Put
from workplans.editing.change import END
from workplans.gazetteer import places_of
from workplans.models import (
    Action,
    Block,
    PlanVersion,
    Scenario,
    ScenarioChoice,
    WorkPlan,
    plain_code,
)
from workplans.notation.places import Places
from workplans.notation.shares import read_shares
from workplans.planfile import Tree
from workplans.scenarios import REST, CostOfAction, Standing, costs_of, last_day, material_of
from workplans.services.batches import change_in_batches
from workplans.services.editing import Clashed, Refused
from workplans.services.keeping import keep_version
from workplans.services.scenarios import standing_now
from workplans.services.turn import locked_plan

BEFORE = "Voor scenario {number}"
AFTER = "Na scenario {number}"


def choose_scenario(
    scenario: Scenario,
    *,
    digest: str,
    dated_on: datetime.date,
    on: datetime.date,
    by: User,
    reference: str = "",
) -> ScenarioChoice:
    """Divide the money by this scenario: its amounts become those of the plan, what drops
    goes to the development agenda, and a version is kept before and after it.

    `digest` is that of the outcome that was seen, `on` is today. All or nothing. Raises
    `ValidationError`: `other_outcome`, `too_few_votes`, `choice_before_votes`, `future`,
    `lines_gone`, `scenario_chosen`, `not_written`, or that of `change_plan`.
    """
    with guarded():
        plan = locked_plan(scenario.plan_id)
        standing = standing_now(plan, scenario, digest)
        _refuse(standing, dated_on, on)
        material = material_of(plan, standing.table)
        with contextlib.suppress(ValidationError):  # the last version may be the same
            keep_version(plan, name=BEFORE.format(number=scenario.number), by=by)
        _write(plan, standing, by)
        plan = WorkPlan.objects.select_related("region").get(pk=plan.pk)
        version = _keep_after(plan, scenario, by)
        choice = ScenarioChoice(
            plan=plan,
            scenario=scenario,
            version=version,
            digest=digest,
            material=material.as_json(),
            dated_on=dated_on,
            reference=reference,
            entered_by=by,
            entered_by_name=str(by),
        )
        choice.full_clean()
        choice.save()
        return choice


def _refuse(standing: Standing, dated_on: datetime.date, on: datetime.date) -> None:
    last = last_day(standing)
    if standing.choice is not None:
        said = f"Voor dit plan is scenario {standing.choice.scenario.number} al gekozen."
        raise ValidationError(said, code="scenario_chosen")
    if not standing.passes:
        raise ValidationError(
            f"Dit scenario haalt de meerderheid niet: {standing.count_text}. Kies een scenario met "
            "genoeg stemmen.",
            code="too_few_votes",
        )
    if standing.outcome.lost_names:
        names = ", ".join(standing.outcome.lost_names)
        raise ValidationError(
            f"Dit scenario noemt wat niet meer in het plan staat: {names}. Pas de bewerkingen aan.",
            code="lines_gone",
        )
    if dated_on > on:
        raise ValidationError(
            {"dated_on": ValidationError("Deze dag moet nog komen.", code="future")}
        )
    if last is not None and dated_on < last:
        late = f"De laatste stem is van {last:%d-%m-%Y}; kies die dag of een latere."
        raise ValidationError({"dated_on": ValidationError(late, code="choice_before_votes")})


def _keep_after(plan: WorkPlan, scenario: Scenario, by: User) -> PlanVersion:
    name = AFTER.format(number=scenario.number)
    return keep_version(plan, name=name, reason=str(scenario)[:500], by=by)


def _write(plan: WorkPlan, standing: Standing, by: User) -> None:
    try:
        change_in_batches(plan, _Changes(plan, standing).all(), by=by)
    except Clashed as clashed:
        first: Clash = clashed.clashes[0]
        raise ValidationError(
            f"Iemand anders heeft {first.key} net gewijzigd; doe het opnieuw.", code="overtaken"
        ) from clashed
    except Refused as refused:
        said = " ".join(part.sentence for part in refused.refusals)
        raise ValidationError(f"Het plan kan zo niet worden bewaard: {said}", "not_written") from (
            refused
        )


class _Changes:
    """The changes that make the plan what a scenario says."""

    def __init__(self, plan: WorkPlan, standing: Standing) -> None:
        self.plan, self.standing = plan, standing
        self.tree = planfile.dump(plan, keys=True)
        self.parts = Parts(self.tree)
        self.places = places_of(plan.region, plan.starts_on)
        self.results = {row.line.key: row for row in standing.outcome.results}
        self.costs: dict[int, list[CostOfAction]] = {}
        for row in costs_of(plan):
            self.costs.setdefault(row.action.pk, []).append(row)

    def all(self) -> list[Change]:
        changes: list[Change] = []
        for rows in self.costs.values():
            changes += self._of_action(rows)
        return [*changes, *self._agenda(), self._figure()]

    def _of_action(self, rows: list[CostOfAction]) -> Iterator[Change]:
        action, node = rows[0].action, f"action:{rows[0].action.pk}"
        part = self.parts.found[node]
        costs = list(action.cost_lines.all())
        after = [dict(cost) for cost in part.get("costs", [])]
        for row in rows:
            result = self.results[row.key]
            text = _amount(row, result)
            if text == row.cost.text:
                continue
            division = _division(row, result, self.places)
            if after:
                own = after[costs.index(row.cost)]
                own["amount"] = text
                if division and row.cost.municipalities_text:
                    own["municipalities"] = division
            else:
                yield Put(node, "amount", part.get("amount"), text)
            if division and not row.cost.municipalities_text:
                yield Put(node, "municipalities", part.get("municipalities"), division)
        if after != part.get("costs", []):
            yield Put(node, "costs", part["costs"], after)
        if all(self.results[row.key].is_dropped for row in rows):
            yield Put(node, "status", part.get("status"), Action.Status.PARKED.value)

    # ---- what drops

    def _agenda(self) -> Iterator[Change]:
        """A row for all that drops, on the agenda of its line; one agenda more for what
        has none, before the signatures."""
        homeless = []
        for number, (line, row) in enumerate(self._dropped()):
            block = self._block_of(line)
            if block:
                yield Add(f"new:vervallen-{number}", block, "rows", END, row)
            else:
                homeless.append(row)
        if homeless:
            blocks = self.tree.get("blocks", [])
            is_signed = bool(blocks) and blocks[-1]["kind"] == Block.Kind.SIGNATURES
            after = END
            if is_signed:
                after = f"block:{blocks[-2][planfile.KEY]}" if len(blocks) > 1 else ""
            block_of_all = {"kind": Block.Kind.DEVELOPMENT_AGENDA.value, "rows": homeless}
            yield Add("new:ontwikkelagenda", "plan", "blocks", after, block_of_all)

    def _dropped(self) -> Iterator[tuple[str, Tree]]:
        number = self.standing.scenario.number
        said: dict[str, Any] = {"status": "open", "year": str(self.plan.first_year)}
        by_key = {row.key: row for rows in self.costs.values() for row in rows}
        for result in self.standing.outcome.dropped:
            asked = format_euro(result.line.asked)
            why = f"Vervallen door scenario {number}: {'; '.join(result.steps)}."
            tree = said | {
                "title": result.line.title[:200],
                "note": f"{why} Gevraagd was {asked if result.line.figure.is_complete else 'PM'}.",
            }
            if result.line.key == REST:
                yield "", tree
                continue
            action = by_key[result.line.key].action
            tree |= {"line": action.line.code, "text": action.description}
            tree |= {"partners": [partner.text for partner in action.partners.all()]}
            if plain_code(action.full_code) in (
                result.line.key,
                result.line.key.rpartition(".")[0],
            ):
                tree["action"] = action.full_code
            yield action.line.code, {key: value for key, value in tree.items() if value}

    def _block_of(self, line: str) -> str:
        """The development agenda of a line, or of the whole plan."""
        for block in self.tree.get("blocks", []):
            lines = block.get("lines", [])
            if block["kind"] == Block.Kind.DEVELOPMENT_AGENDA and (not lines or line in lines):
                return f"block:{block[planfile.KEY]}"
        return ""

    def _figure(self) -> Change:
        """The sum that was divided, as a figure that texts of the plan can quote."""
        number, total = self.standing.scenario.number, self.standing.outcome.total.now.known
        code = f"scenario-{number}"
        figure = {
            "code": code,
            "title": f"Verdeeld volgens scenario {number}",
            "amount": _text(total),
        }
        return Add("new:verdeeld", "plan", "figures", END, figure)


def _amount(row: CostOfAction, result: Result) -> str:
    """The cell as it is to be; what else it says stays, but it is provisional no more."""
    if result.now is None:
        return row.cost.text
    try:
        said = read_amount(row.cost.text)
    except NotationError:
        return _text(result.now)
    is_same = said.state == AmountState.KNOWN and said.amount == result.now
    if is_same and not said.provisional:
        return row.cost.text
    now = dataclasses.replace(
        said, state=AmountState.KNOWN, amount=result.now, provisional=False, bound=""
    )
    return format_amount(now)


def _text(amount: Decimal) -> str:
    return format_amount(Amount(state=AmountState.KNOWN, amount=amount))


def _division(row: CostOfAction, result: Result, places: Places) -> str:
    """The cell for municipalities, where that names amounts: they follow the amount."""
    text = row.cost.municipalities_text or row.action.municipalities_text
    try:
        sharing = read_shares(text, places)
    except NotationError:
        return ""
    if sharing.each is None and not sharing.amounts:
        return ""
    shares = result.shares
    return "; ".join(f"{places.name(code)}: {_text(shares[code])}" for code in shares)
