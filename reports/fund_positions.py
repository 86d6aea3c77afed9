"""Where a plan stands in the funds that it draws on: what is left, asked and drafted."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from funds.balance import Balance, balances, undecided
from funds.figure import Figure
from funds.models import ApplicationLine, Fund, Round
from municipalities.models import Region
from workplans.asking import applications_of, asked_total, envelope_of, sum_by_state
from workplans.models import PlanApplication, WorkPlan


@dataclass(frozen=True)
class FundPosition:
    """One envelope on a day, and what this plan asks there.

    `requested_here` is what was submitted and not decided; `draft` is what the plan
    would ask and had not submitted by that day. `submitted` and `asked_now` are the
    whole application and what the plan would ask today: they differ when somebody
    changed the plan after submitting it. `balance` is None when the region has no
    envelope in the plan's period.
    """

    fund: Fund
    round: Round
    region: Region
    on: datetime.date
    balance: Balance | None
    requested_here: Figure
    draft: Figure
    submitted: Figure | None
    asked_now: Figure

    @property
    def has_changed(self) -> bool:
        """Whether the plan asks something else than was submitted."""
        return self.submitted is not None and self.submitted != self.asked_now

    @property
    def requested_elsewhere(self) -> Figure:
        """What others ask of this envelope; the gaps of this plan do not count for them."""
        whole = self.balance.requested if self.balance else Figure.zero()
        here = self.requested_here
        gaps = {state: count - here.gaps.get(state, 0) for state, count in whole.gaps.items()}
        return Figure(whole.known - here.known, gaps)

    @property
    def left_if_granted(self) -> Figure | None:
        """What would be left if the plan were granted as it stands now: before the
        submission with its draft, and while it waits with what it asks by now. Once it
        was decided on a change of the plan changes nothing."""
        if self.balance is None:
            return None
        if self.submitted is None:
            return self.remaining_with_draft
        if self.requested_here == Figure.zero():
            return self.balance.remaining_if_granted
        return self.balance.remaining - self.requested_elsewhere - self.asked_now

    @property
    def remaining_with_draft(self) -> Figure | None:
        """What would be left if the draft were granted as well."""
        return self.balance.remaining_if_granted - self.draft if self.balance else None


def fund_positions(plan: WorkPlan, on: datetime.date) -> tuple[FundPosition, ...]:
    """The position in each fund, in the order of the plan. Eight queries for one fund."""
    rows = applications_of(plan)
    return tuple(_position(plan, row, on, alone=len(rows) == 1) for row in rows)


def _position(
    plan: WorkPlan, row: PlanApplication, on: datetime.date, *, alone: bool
) -> FundPosition:
    envelope = row.application.envelope if row.application else envelope_of(plan, row)
    asked_now = asked_total(plan, row, alone=alone)
    is_draft = row.application is None or row.application.submitted_on > on
    lines = ApplicationLine.objects.filter(application=row.application_id)
    return FundPosition(
        fund=row.round.fund,
        round=row.round,
        region=plan.region,
        on=on,
        balance=balances([envelope], on)[0] if envelope else None,
        requested_here=Figure.zero() if is_draft else sum_by_state(lines.filter(undecided(on))),
        draft=asked_now if is_draft else Figure.zero(),
        submitted=None if is_draft else sum_by_state(lines),
        asked_now=asked_now,
    )
