"""What waits for somebody, by role; each task leads to the place where it is done."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.timezone import localtime

from funds.calendar import Due, waiting_dues
from funds.deadlines import decision_days
from funds.figure import Figure
from funds.models import ChangeRequest, GrantProposal, Obligation
from funds.notation import format_euro
from funds.provisions import pressing_obligations
from funds.requesting import waiting_requests
from funds.waiting import Undecided, undecided_applications, waiting_proposals
from municipalities.models import (
    Municipality,
    PopulationFigure,
    Region,
    RegionMembership,
    RoleAssignment,
    User,
)
from municipalities.models.region import RegionQuerySet
from reports.fund_statement import FundStatement, StatementRow
from reports.moments import day_in_words, in_a_row
from reports.payment_calendar import pay_url
from workplans import lifecycle
from workplans.missing import WITHOUT, missing_reports
from workplans.models import Action, DecisionBody, Notice, ProgressRound, WorkPlan, anchor_of
from workplans.permissions import reporter
from workplans.readiness import LACKS, UNREAD_CELLS, Obstacles, deadlines, incomplete_for, obstacles
from workplans.sums import plan_sums

Role = RoleAssignment.Role
MOST_TASKS = 10
MOST_NOTICES = 4
NAMED = 5
CELLS = {
    "amount_unread": "het bedrag",
    "planning_unread": "de planning",
    "start_unread": "de start",
    "end_unread": "het eind",
    "municipalities_unread": "de gemeenten",
    "division_unread": "de gemeenten bij de kosten",
    "lacks_amount": "het bedrag",
    "lacks_planning": "de planning",
    "lacks_monitoring": "de monitoring",
    "lacks_municipalities": "de gemeenten",
}


@dataclass(frozen=True)
class Task:
    """One thing to do: `code` and `title` name where, `what` says what."""

    icon: str
    url: str
    title: str
    what: str
    code: str = ""
    note: str = ""
    end: str = ""


@dataclass(frozen=True)
class Waiting:
    """The first tasks of a role, and how many there are."""

    tasks: tuple[Task, ...] = ()
    count: int = 0

    @property
    def more(self) -> int:
        return self.count - len(self.tasks)

    def __add__(self, other: Waiting) -> Waiting:
        return Waiting((self.tasks + other.tasks)[:MOST_TASKS], self.count + other.count)


def waiting(
    user: User, *, roles: Iterable[str], funds: Sequence[FundStatement], on: datetime.date
) -> Waiting:
    """What waits for the user in these roles, after the colleagues who wait for an answer;
    for a lezer nothing else does.

    `funds` are the statements of the funds that the user sees. At most nine queries for
    a project leader, fewer for every other role, and ten for each round in which who
    writes plans still has something to report.
    """
    held, found = set(roles), _of_colleagues(user)
    if held & {Role.PROJECT_LEADER, Role.POLICY_OFFICER}:
        found += _of_progress(user, on)
    if Role.FUND_MANAGER in held:
        found += _of_fund_manager(user, funds, on)
    if Role.PROJECT_LEADER in held:
        found += _of_project_leader(user, on)
    if Role.POLICY_OFFICER in held:
        found += _of_policy_officer(user)
    if Role.ADMINISTRATOR in held:
        found += _of_administrator(on)
    return found


# ---- who reads plans


def _of_colleagues(user: User) -> Waiting:
    """Comments that name the user or answer one, until they are read. One query."""
    notices = list(Notice.objects.of(user).unread().personal().with_subject())
    tasks = tuple(
        Task(
            "comment",
            notice.get_absolute_url(),
            notice.comment.where if notice.comment else "",
            "u wordt genoemd" if notice.kind == Notice.Kind.MENTION else "u heeft antwoord",
            note=f"{notice.by or 'Een vroegere collega'}, in {notice.plan}",
        )
        for notice in notices[:MOST_NOTICES]
    )
    return Waiting(tasks, len(notices))


# ---- beleidsmedewerker


def _of_policy_officer(user: User) -> Waiting:
    actions = incomplete_for(user)
    return Waiting(tuple(_of_action(action) for action in actions[:MOST_TASKS]), actions.count())


def _of_action(action: Action) -> Task:
    plan, code = action.line.plan, action.full_code
    unread = [CELLS[name] for name in UNREAD_CELLS if getattr(action, name)]
    lacks = [CELLS[name] for name in LACKS if getattr(action, name)]
    parts = []
    if unread:
        parts.append(f"maak {in_a_row(unread)} leesbaar")
    if lacks:
        parts.append(f"vul {in_a_row(lacks)} in")
    return Task(
        "warning" if unread else "edit",
        f"{_address(plan)}#{anchor_of(code)}",
        action.title,
        " en ".join(parts),
        code=code,
        note=plan.title,
    )


# ---- who writes plans


def _of_progress(user: User, on: datetime.date) -> Waiting:
    """A task for each open round in which reports of the user are missing, and for its
    leader one to close it when all are there; the nearest day first."""
    reached = Region.objects.with_role(user, Role.PROJECT_LEADER, Role.POLICY_OFFICER)
    rounds = ProgressRound.objects.open().filter(plan__region__in=reached)
    tasks = []
    for round in rounds.select_related("plan__region").order_by("due_on", "pk"):
        missing, writer = missing_reports(round), reporter(user, round.plan)
        own = sum(bool(writer.may_write(codes)) for _, codes in missing)
        if own or (writer.leads and not missing):
            tasks.append(_of_round(round, own, on))
    return Waiting(tuple(tasks[:MOST_TASKS]), len(tasks))


def _of_round(round: ProgressRound, missing: int, on: datetime.date) -> Task:
    if not missing:
        what = "sluit de ronde: alle verslagen zijn er"
    elif missing == 1:
        what = "schrijf het laatste verslag"
    else:
        what = f"schrijf nog {missing} verslagen"
    is_late = round.due_on < on
    return Task(
        "warning" if is_late else "edit" if missing else "check",
        f"{round.get_absolute_url()}&voortgang={WITHOUT}" if missing else round.get_absolute_url(),
        round.plan.title,
        what,
        note=f"{round}{', te laat' if is_late else ''}",
        end=day_in_words(round.due_on, on=on),
    )


# ---- projectleider


def _of_project_leader(user: User, on: datetime.date) -> Waiting:
    led = Region.objects.with_role(user, Role.PROJECT_LEADER)
    drafts = WorkPlan.objects.filter(region__in=led, status__in=lifecycle.UNSUBMITTED)
    plans = list(drafts.select_related("region").in_list_order())
    stops, sums, days = obstacles(plans), plan_sums(plans), deadlines(plans)
    tasks = tuple(
        _of_draft(plan, stops[plan.pk], sums[plan.pk], days.get(plan.pk), on) for plan in plans
    )
    return Waiting(tasks[:MOST_TASKS], len(tasks)) + _of_late_bodies(led, on)


def _of_late_bodies(led: RegionQuerySet, on: datetime.date) -> Waiting:
    """Who should have decided about a plan of these regions by now. One query."""
    late = DecisionBody.objects.late_on(on).filter(plan__region__in=led)
    bodies = list(late.select_related("plan").order_by("due_on", "plan", "position", "pk"))
    tasks = tuple(_of_body(body, on) for body in bodies[:MOST_TASKS])
    return Waiting(tasks, len(bodies))


def _of_body(body: DecisionBody, on: datetime.date) -> Task:
    return Task(
        "calendar",
        reverse("reports:adoption_detail", args=[body.plan.slug]),
        body.in_sentence,
        "heeft nog niet besloten",
        note=body.plan.title,
        end=f"uiterlijk {day_in_words(body.due_on, on=on)}" if body.due_on else "",
    )


def _of_draft(
    plan: WorkPlan, stops: Obstacles, total: Figure, day: datetime.date | None, on: datetime.date
) -> Task:
    gaps = in_a_row([word for word in total.gap_words if "niet gelezen" not in word])
    end = day_in_words(day, on=on) if day else ""
    if stops:
        return Task(
            "warning",
            _address(plan),
            plan.title,
            "maak het klaar om in te dienen",
            note=". ".join(_reasons(plan, stops)) + ".",
            end=end,
        )
    note = f"In het bedrag ontbreekt nog {gaps}; zo indienen mag." if gaps else ""
    url = reverse("workplans:workplan_submit", args=[plan.slug])
    return Task("send", url, plan.title, "klaar om in te dienen", note=note, end=end)


def _reasons(plan: WorkPlan, stops: Obstacles) -> list[str]:
    reasons = []
    if stops.unread:
        cells = "Eén cel is" if stops.unread == 1 else f"{stops.unread} cellen zijn"
        reasons.append(f"{cells} niet te lezen")
    if stops.unknown:
        actions = "één actie" if stops.unknown == 1 else f"{stops.unknown} acties"
        reasons.append(f"Bij {actions} is het bedrag niet bekend, en dat neemt de ronde niet aan")
    if not stops.has_round:
        reasons.append("Er is nog geen aanvraagronde")
    if not stops.has_envelope:
        reasons.append(f"Er is geen ruimte in het fonds voor {plan.period_text}")
    if not stops.asks_something:
        reasons.append("Geen enkele actie heeft een bedrag")
    return reasons


# ---- fondsbeheerder


def _of_fund_manager(user: User, funds: Sequence[FundStatement], on: datetime.date) -> Waiting:
    managed = user.role_assignments.filter(role=Role.FUND_MANAGER)
    owners = set(managed.values_list("municipality", flat=True))
    undecided = undecided_applications(user, on=on)
    last = decision_days([found.application for found in undecided], on)
    asked = [_of_application(found, last.get(found.application.pk), on) for found in undecided]
    over = [
        _of_envelope(statement, row)
        for statement in funds
        if statement.fund.owner_id in owners
        for row in statement.rows
        if row.balance.remaining_if_granted.known < 0
    ]
    proposed = [_of_proposal(proposal, on) for proposal in waiting_proposals(user)]
    due = [_of_obligation(found, on) for found in pressing_obligations(user, on=on)]
    payable = [_of_instalment(found, on) for found in waiting_dues(user, on=on)]
    changes = [_of_request(found, on) for found in waiting_requests(user)]
    tasks = (*over, *proposed, *due, *payable, *changes, *asked)
    return Waiting(tasks[:MOST_TASKS], len(tasks))


def _of_application(found: Undecided, last: datetime.date | None, on: datetime.date) -> Task:
    """`last` is the day by which the law asks a decision, if it does."""
    application = found.application
    since = f"sinds {day_in_words(application.submitted_on, on=on)}"
    envelope = application.envelope
    lines = "één regel" if found.lines == 1 else f"{found.lines} regels"
    return Task(
        "edit",
        reverse("reports:application_detail", args=[envelope.fund.slug, application.pk]),
        application.title,
        "neem een besluit",
        note=f"{envelope.region.name} vraagt {found.asked} in {lines}",
        end=f"uiterlijk {day_in_words(last, on=on)}" if last else since,
    )


def _of_instalment(due: Due, on: datetime.date) -> Task:
    application = due.application
    envelope = application.envelope
    late = ", te laat" if due.late(on) else ""
    return Task(
        "warning" if late else "calendar",
        pay_url(envelope.fund, due),
        application.title,
        f"betaal {format_euro(due.open)}",
        note=f"{due.kind.capitalize()} aan {envelope.region.name}{late}",
        end=day_in_words(due.day, on=on),
    )


def _of_proposal(proposal: GrantProposal, on: datetime.date) -> Task:
    application = proposal.application
    envelope = application.envelope
    return Task(
        "check",
        reverse("funds:proposal_detail", args=[envelope.fund.slug, proposal.pk]),
        application.title,
        "bevestig het voorstel van uw collega",
        note=f"{proposal.proposed_by} stelt een besluit voor, {envelope.region.name}",
        end=f"sinds {day_in_words(localtime(proposal.entered_at).date(), on=on)}",
    )


def _of_obligation(obligation: Obligation, on: datetime.date) -> Task:
    application = obligation.provision.application
    envelope = application.envelope
    is_late = obligation.due_on is not None and obligation.due_on < on
    return Task(
        "warning" if is_late else "calendar",
        reverse("funds:obligation_record", args=[envelope.fund.slug, obligation.pk]),
        application.title,
        f"{obligation.get_kind_display()} {'is te laat' if is_late else 'loopt bijna af'}",
        note=f"{obligation.text}, {envelope.region.name}",
        end=day_in_words(obligation.due_on, on=on) if obligation.due_on else "",
    )


def _of_request(request: ChangeRequest, on: datetime.date) -> Task:
    line = request.grant.line
    envelope = line.application.envelope
    return Task(
        "edit",
        reverse("funds:request_refuse", args=[envelope.fund.slug, request.pk]),
        line.application.title,
        "beantwoord het wijzigingsverzoek",
        note=f"{line}: {format_euro(request.requested.amount)} in plaats van "
        f"{format_euro(request.granted.amount)}, {envelope.region.name}",
        end=f"sinds {day_in_words(request.dated_on, on=on)}",
    )


def _of_envelope(statement: FundStatement, row: StatementRow) -> Task:
    balance = row.balance
    short = format_euro(-balance.remaining_if_granted.known)
    return Task(
        "warning",
        reverse("reports:fund_detail", args=[statement.fund.slug]),
        balance.envelope.region.name,
        f"er is {short} meer aangevraagd dan er is",
        note=statement.fund.name,
    )


# ---- beheerder


def _of_administrator(on: datetime.date) -> Waiting:
    people = User.objects.filter(
        is_active=True, is_superuser=False, role_assignments__isnull=True
    ).order_by("date_joined", "pk")
    tasks = [
        Task(
            "edit",
            reverse("admin:municipalities_user_change", args=[person.pk]),
            str(person),
            "geef een rol",
            note=f"Heeft een account sinds {day_in_words(person.date_joined.date(), on=on)}",
        )
        for person in people[:MOST_TASKS]
    ]
    found = (*tasks, *_of_members(on))
    return Waiting(found[:MOST_TASKS], people.count() + len(found) - len(tasks))


def _of_members(on: datetime.date) -> list[Task]:
    """One task for all members of a region, today, without a dated number of inhabitants."""
    dated = PopulationFigure.objects.filter(
        municipality=OuterRef("pk"), reference_date__isnull=False
    )
    members = RegionMembership.objects.values("municipality")
    without = Municipality.objects.valid_on(on).filter(~Exists(dated), pk__in=members)
    names = list(without.order_by("sort_name").values_list("name", flat=True))
    if not names:
        return []
    of = "één gemeente" if len(names) == 1 else f"{len(names)} gemeenten"
    rest = len(names) - NAMED
    return [
        Task(
            "edit",
            reverse("admin:municipalities_populationfigure_changelist"),
            "Inwonertallen",
            f"voeg een aantal met een peildatum toe van {of}",
            note=f"{', '.join(names[:NAMED])} en nog {rest}" if rest > 0 else in_a_row(names),
        )
    ]


def _address(plan: WorkPlan) -> str:
    return reverse("reports:workplan_detail", args=[plan.slug])
