"""Progress: a round is opened, its actions are reported on, and it is closed."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.timezone import localtime

from funds.notation import AmountState, NotationError, read_amount
from municipalities.guard import guarded
from municipalities.models import User
from workplans import lifecycle
from workplans.models import Action, ActionProgress, Measurement, ProgressRound, WorkPlan
from workplans.models.guards import ROUND_CLOSED
from workplans.services.notices import tell_of_round
from workplans.services.rows import money
from workplans.services.turn import locked_plan

ACTION_GONE = (
    "Deze actie staat niet meer in het plan; kopieer uw tekst en zet die bij een andere actie."
)


@dataclass(frozen=True)
class Reported:
    """What somebody typed about an action; `measured` has what was aimed at (empty for
    something else) and what was reached of it."""

    status: str
    text: str = ""
    attention: str = ""
    actual_text: str = ""
    measured: Sequence[tuple[str, str]] = ()


class Overtaken(ValidationError):
    """Somebody wrote the report since it was seen; `report` is what stands there now."""

    def __init__(self, report: ActionProgress) -> None:
        who = report.written_by_name or "Iemand anders"
        at = date_format(localtime(report.written_at), r"j F \o\m H:i")
        super().__init__(
            f"{who} heeft dit verslag op {at} gewijzigd; hieronder staat wat er nu staat. Uw "
            "eigen tekst staat nog in het formulier: bewaar haar opnieuw om haar te houden.",
            code="overtaken",
        )
        self.report = report


def read_actual(text: str) -> tuple[AmountState, Decimal | None, str]:
    """What an amount says that somebody typed, and the sentence where it cannot be read:
    it is kept then, and counts as a gap."""
    try:
        read = read_amount(text)
    except NotationError as fault:
        return AmountState.UNREAD, None, fault.sentence
    return read.state, read.amount, ""


def open_round(
    plan: WorkPlan, *, year: int, half: int, due_on: datetime.date, by: User, on: datetime.date
) -> ProgressRound:
    """Ask the writers of a plan how far it is, and tell them; `on` is today.

    Raises `ValidationError`, by field where there is one: `status`, `period`, `due_on`, or
    the sentence of the constraint where the round is there already.
    """
    with guarded():
        plan = locked_plan(plan.pk)
        _refuse_status(plan)
        if not plan.first_year <= year <= plan.last_year:
            sentence = f"Dit plan loopt in {plan.period_text}; kies een half jaar daaruit."
            raise _fault("period", sentence, field="half_year")
        _refuse_past(due_on, on)
        round = ProgressRound(plan=plan, year=year, half=half, due_on=due_on, opened_by=by)
        round.full_clean(exclude=["opened_at"])
        round.save()
        tell_of_round(round, by=by)
    return round


def move_round(round: ProgressRound, *, due_on: datetime.date, on: datetime.date) -> ProgressRound:
    """Give the writers until another day. Raises `ValidationError`: `due_on`, `closed`."""
    with guarded():
        round = _locked(round)
        _refuse_closed(round)
        _refuse_past(due_on, on)
        round.due_on = due_on
        round.save(update_fields=["due_on"])
    return round


def close_round(round: ProgressRound, *, on: datetime.date) -> ProgressRound:
    """Let what was reported stand fast. Raises `ValidationError`: `closed`, or `unread`
    while an amount cannot be read, for nobody could mend it afterwards."""
    with guarded():
        round = _locked(round)
        _refuse_closed(round)
        unread = round.reports.filter(state=AmountState.UNREAD)
        reports = unread.select_related("action__line", "action__point").order_by("action")
        codes = ", ".join(report.action.full_code for report in reports)
        if codes:
            raise _fault(
                "unread",
                f"Wij kunnen het gerealiseerde bedrag niet lezen bij {codes}; verbeter dat eerst.",
            )
        round.closed_on = on
        round.save(update_fields=["closed_on"])
    return round


def withdraw_round(round: ProgressRound) -> None:
    """Take back a round in which nobody reported. Raises `ValidationError`: `closed`, or
    `reported`."""
    with guarded():
        round = _locked(round)
        _refuse_closed(round)
        if round.reports.exists():
            raise _fault(
                "reported",
                "Er is al een verslag in deze ronde; laat haar staan, en sluit haar als zij "
                "klaar is.",
            )
        round.delete()


def write_progress(
    round: ProgressRound,
    action: Action,
    said: Reported,
    *,
    seen: int,
    by: User,
    at: datetime.datetime,
) -> ActionProgress:
    """Store what is reported of an action; `seen` is the version that somebody had before
    them, 0 for none.

    An amount that cannot be read is kept as it was typed. Raises `Overtaken`, and
    `ValidationError`: `closed`, `gone`, or what is wrong by field.
    """
    with guarded():
        # First the plan: the action may not go meanwhile, and writers take turns.
        round = _locked(round)
        if not Action.objects.filter(pk=action.pk, line__plan=round.plan_id).exists():
            raise _fault("gone", ACTION_GONE)
        _refuse_closed(round)
        there = ActionProgress.objects.filter(round=round, action=action).first()
        if (there.version if there else 0) != seen:
            assert there is not None, "No report is ever removed."
            raise Overtaken(there)
        report = there or ActionProgress(round=round, action=action)
        state, amount, _ = read_actual(said.actual_text)
        report.status, report.text, report.attention = said.status, said.text, said.attention
        report.actual_text, report.state, report.actual = said.actual_text, state, money(amount)
        report.version = seen + 1
        report.written_by, report.written_by_name, report.written_at = by, str(by), at
        report.full_clean()
        report.save()
        _measure(report, said.measured)
    return report


def _measure(report: ActionProgress, measured: Sequence[tuple[str, str]]) -> None:
    rows = [
        Measurement(progress=report, position=n, target=target, reached=reached)
        for n, (target, reached) in enumerate((t, r) for t, r in measured if r)
    ]
    for row in rows:
        row.full_clean(validate_unique=False, validate_constraints=False)
    there = report.measurements.order_by("position").values_list("target", "reached")
    if list(there) != [(row.target, row.reached) for row in rows]:
        report.measurements.all().delete()
        Measurement.objects.bulk_create(rows)


def _locked(round: ProgressRound) -> ProgressRound:
    """The round as it is now, while its plan is held: for this transaction only."""
    plan = locked_plan(round.plan_id)
    found = ProgressRound.objects.filter(pk=round.pk).first()
    if found is None:
        raise _fault("withdrawn", "Deze voortgangsronde is intussen ingetrokken; kopieer uw tekst.")
    found.plan = plan
    return found


def _refuse_status(plan: WorkPlan) -> None:
    if lifecycle.Status(plan.status) not in lifecycle.REPORTED:
        status = plan.get_status_display().lower()
        raise _fault(
            "status",
            f"Dit plan is {status}; om voortgang vraagt u van een plan dat is ingediend of "
            "vastgesteld.",
        )


def _refuse_past(due_on: datetime.date, on: datetime.date) -> None:
    if due_on < on:
        day = date_format(on, "j F Y")
        raise _fault("due_on", f"Deze dag is voorbij; kies {day} of later.", field="due_on")


def _refuse_closed(round: ProgressRound) -> None:
    if round.is_closed:
        raise _fault("closed", ROUND_CLOSED)


def _fault(code: str, sentence: str, *, field: str = "") -> ValidationError:
    fault = ValidationError(sentence, code=code)
    return ValidationError({field: fault}) if field else fault
