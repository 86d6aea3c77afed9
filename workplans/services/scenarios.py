"""The table of a plan and its scenarios: who divides, how, what they voted."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db.models import Max

from funds.scenario import Operation
from municipalities.guard import guarded
from municipalities.models import Organisation, User
from workplans.models import AllocationTable, Scenario, ScenarioVote, TableMember, WorkPlan
from workplans.models.scenario import SCENARIO_STANDS
from workplans.notation.partners import fold, names_of
from workplans.scenarios import Standing, known_figures, scenarios_of
from workplans.services.turn import locked_plan

OTHER_OUTCOME = (
    "De uitkomst van dit scenario is veranderd sinds u haar zag; kijk wat er nu uitkomt en doe het "
    "dan opnieuw."
)
MOST = 100
OVERTAKEN = (
    "Iemand anders heeft dit scenario intussen gewijzigd; kijk wat er nu staat en doe het opnieuw."
)


def set_table(
    plan: WorkPlan, *, budget: str, requested: str, majority: str, members: Sequence[str]
) -> AllocationTable:
    """Say who divide the money of a plan, by names in their order, out of which figures of
    the plan and by which majority (empty: nobody votes). Raises `ValidationError`:
    `no_figure`, `member_voted`, `scenario_chosen` and what is wrong with a name."""
    with guarded():
        plan = locked_plan(plan.pk)
        _refuse_chosen(plan)
        figures = known_figures(plan)
        for field, code in (("budget_code", budget), ("requested_code", requested)):
            if code and code not in figures:
                raise ValidationError(
                    {field: ValidationError(NO_FIGURE.format(code=code), code="no_figure")}
                )
        table = AllocationTable.objects.filter(plan=plan).first() or AllocationTable(plan=plan)
        table.budget_code, table.requested_code, table.majority = budget, requested, majority
        table.full_clean()
        table.save()
        _set_members(table, members)
        return table


NO_FIGURE = (
    "Dit plan heeft geen cijfer “{code}” met een bekend bedrag; zet het eerst bij de cijfers van "
    "het plan."
)


def _set_members(table: AllocationTable, names: Sequence[str]) -> None:
    there = {member.name: member for member in table.members.all()}
    for name, member in there.items():
        if name in names:
            continue
        if member.votes.exists():
            raise ValidationError(
                f"{name} heeft al gestemd en blijft lid van de tafel; zet dit lid terug.",
                code="member_voted",
            )
        TableMember.objects.filter(pk=member.pk).delete()
    rows = list(Organisation.objects.order_by("name"))
    spelled = names_of((row.name, row.aliases) for row in rows)
    by_name = {row.name: row for row in rows}
    for position, name in enumerate(names):
        member = there.get(name) or TableMember(table=table, name=name)
        member.position = position
        member.organisation = by_name.get(spelled.get(fold(name), ""))
        member.full_clean()
        member.save()


def make_scenario(
    plan: WorkPlan, *, title: str, text: str = "", operations: Sequence[Operation] = ()
) -> Scenario:
    """Add a scenario to a plan with a table. Raises `ValidationError`: `scenario_chosen`."""
    with guarded():
        plan = locked_plan(plan.pk)
        last = plan.scenarios.aggregate(last=Max("number"))["last"] or 0
        stored = [operation.as_json() for operation in operations]
        scenario = Scenario(plan=plan, number=last + 1, title=title, text=text, stored=stored)
        scenario.full_clean()
        scenario.save()
        return scenario


def change_scenario(scenario: Scenario, *, title: str, text: str) -> Scenario:
    """Give a scenario another name and explanation. Raises `ValidationError`."""
    with guarded():
        locked_plan(scenario.plan_id)
        scenario.title, scenario.text = title, text
        scenario.full_clean()
        scenario.save()
        return scenario


def change_operations(
    scenario: Scenario, operations: Sequence[Operation], *, seen: str
) -> Scenario:
    """Give a scenario other operations; `seen` is the mark of those that somebody saw.
    Raises `ValidationError`: `overtaken` where others stand there by now, `most_operations`,
    `scenario_chosen`."""
    if len(operations) > MOST:
        raise ValidationError(
            f"Een scenario heeft hoogstens {MOST} bewerkingen; haal er eerst een weg.",
            code="most_operations",
        )
    with guarded():
        locked_plan(scenario.plan_id)
        now = Scenario.objects.get(pk=scenario.pk)
        if now.mark != seen:
            raise ValidationError(OVERTAKEN, code="overtaken")
        now.stored = [operation.as_json() for operation in operations]
        now.full_clean()
        now.save()
        return now


def record_votes(
    scenario: Scenario,
    votes: Mapping[TableMember, str],
    *,
    digest: str,
    dated_on: datetime.date,
    on: datetime.date,
    by: User | None,
) -> list[ScenarioVote]:
    """Write down what members voted on the outcome with this digest; `on` is today.
    Raises `ValidationError`: `future`, `other_outcome`, `vote_other_plan`,
    `scenario_chosen`."""
    if dated_on > on:
        late = "Deze dag moet nog komen; leg de stemmen vast als er gestemd is."
        raise ValidationError({"dated_on": ValidationError(late, code="future")})
    with guarded():
        plan = locked_plan(scenario.plan_id)
        _refuse_chosen(plan)
        standing_now(plan, scenario, digest)
        made = []
        for member, vote in votes.items():
            row = ScenarioVote(
                scenario=scenario,
                member=member,
                vote=vote,
                digest=digest,
                dated_on=dated_on,
                entered_by=by,
                entered_by_name=str(by) if by else "",
            )
            row.full_clean()
            row.save()
            made.append(row)
        return made


def standing_now(plan: WorkPlan, scenario: Scenario, digest: str) -> Standing:
    """Where a scenario of a locked plan stands, if its outcome is the one that was seen."""
    found = scenarios_of(plan)
    assert found is not None  # a scenario is made on the page of a table
    standing = found.by_number[scenario.number]
    if standing.outcome.digest != digest:
        raise ValidationError(OTHER_OUTCOME, code="other_outcome")
    return standing


def _refuse_chosen(plan: WorkPlan) -> None:
    """What the database says of scenarios, said of their table and votes too."""
    choice = getattr(plan, "scenario_choice", None)
    if choice is not None:
        said = SCENARIO_STANDS.format(number=choice.scenario.number)
        raise ValidationError(said, code="scenario_chosen")
