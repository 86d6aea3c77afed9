"""An application on a day: each line from asked to settled, what the envelope has left,
and what the rules of the fund say of it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from funds.balance import Standing, standings
from funds.calendar import dues
from funds.deadlines import deadlines
from funds.deciding import Effect, effect
from funds.figure import Figure
from funds.models import Application, ApplicationWithdrawal, GrantProposal, Provision
from funds.provisions import obligation_standings, provisions
from funds.requesting import last_accounts, open_requests
from funds.rules import ICONS, LABELS
from reports.account_tables import account_table, request_table
from reports.entry_tables import step_table
from reports.fund_entries import Asked, entries
from reports.letters import KINDS, letter_table, letters
from reports.obligation_tables import obligation_table
from reports.payment_calendar import earlier_table, schedule_table
from reports.table import Amount, Cell, Column, Row, State, Table, Text
from reports.term_tables import completion_table, term_table

COLUMNS = (
    Column("code", "Nr", "code", 7),
    Column("regel", "Regel", "text", 22),
    Column("uitkomst", "Uitkomst", "text", 17),
    Column("aangevraagd", "Aangevraagd", "amount", 14),
    Column("beschikt", "Beschikt", "amount", 13),
    Column("uitbetaald", "Uitbetaald", "amount", 13),
    Column("vastgesteld", "Vastgesteld", "amount", 14),
)
STEPS = {
    "beschikken": "Beschik",
    "wijzigen": "Wijzig",
    "wijziging-vragen": "Vraag een wijziging",
    "betaalschema": "Betaalschema",
    "betalen": "Betaal",
    "verantwoorden": "Verantwoord",
    "vaststellen": "Stel vast",
    "terugvorderen": "Vorder terug",
}
"""Word of the address to word on the button, in the order of the life of a grant."""
OF_RECIPIENT = {"wijziging-vragen", "verantwoorden"}
"""The steps that who writes plans for the region may take as well."""
OUTCOMES = {
    "waiting": ("info", "Nog geen besluit"),
    "deferred": ("info", "Aangehouden"),
    "refused": ("fault", "Afgewezen"),
    "partly": ("check", "Deels toegekend"),
    "granted": ("check", "Toegekend"),
    "settled": ("check", "Vastgesteld"),
}


@dataclass(frozen=True)
class ApplicationPage:
    """What the page of an application shows."""

    application: Application
    on: datetime.date
    effect: Effect
    lines: Table
    rules: Table | None
    kept: Table | None
    entries: Table
    letters: Table | None
    periods: tuple[Provision, ...]
    obligations: Table | None
    accounts: Table | None
    requests: Table | None
    terms: Table | None
    completions: Table | None
    may_ask_completion: bool
    proposal: GrantProposal | None
    steps: tuple[tuple[str, str], ...]
    schedule: Table | None
    earlier_schedules: Table | None


def application_page(
    application: Application, *, on: datetime.date, may_administer: bool, may_report: bool
) -> ApplicationPage:
    """Everything about an application on a day. Some thirty queries, however many lines."""
    found = standings(application.lines.order_by("position"), on)
    withdrawn = ApplicationWithdrawal.objects.filter(application=application).exists()
    waiting = {
        each: each.asked.known
        for each in found
        if not each.is_decided and each.asked.is_complete and not withdrawn
    }
    shown = effect(application, waiting, on=on)
    allowed = set(STEPS) if may_administer else OF_RECIPIENT if may_report else set()
    proposal = application.proposals.open().select_related("proposed_by").first()
    fund, region = application.envelope.fund, application.envelope.region_id
    provided = provisions(application, on)
    obligations = obligation_standings(provided, on)
    accounts = last_accounts(application, on)
    completions = list(application.completions.filter(dated_on__lte=on).order_by("dated_on", "pk"))
    terms = deadlines(application, found, provided=provided, completions=completions, on=on)
    listed = entries(fund, on, [region], Asked(application=application.pk))
    return ApplicationPage(
        application,
        on,
        shown,
        _lines(found),
        _rules(shown) if waiting else None,
        kept_answers(found),
        step_table(listed, can_correct=may_administer),
        _letters(application, on),
        tuple(each for each in provided if each.starts_on is not None),
        obligation_table(obligations, fund.slug, may_administer=may_administer),
        account_table(found, accounts),
        request_table(application, on, may_administer=may_administer),
        term_table(() if withdrawn else terms, on),
        completion_table(completions, fund.slug, on, may_administer=may_administer),
        may_administer and not withdrawn and not all(each.is_decided for each in found),
        proposal if may_administer else None,
        _steps(found, application, proposal, allowed) if not withdrawn else (),
        schedule_table(
            fund,
            dues(Application.objects.filter(pk=application.pk), on),
            on,
            may_pay=may_administer,
        ),
        earlier_table(application, on),
    )


def _lines(found: list[Standing]) -> Table:
    is_decided = any(each.is_decided for each in found)
    rows = [_line(each, is_decided) for each in found]
    if len(rows) > 1:
        rows.append(_total(found))
    return Table(
        key="regels",
        caption="Van aanvraag tot vaststelling, per regel in €",
        columns=COLUMNS,
        rows=tuple(rows),
        notes=(
            "Aangehouden: over andere regels is besloten, over deze nog niet. Uitbetaald is wat "
            "betaald is, min wat is teruggevorderd.",
        ),
        may_sort=True,
    )


def _line(standing: Standing, is_decided: bool) -> Row:
    line = standing.line
    cells: tuple[Cell, ...] = (
        Text(line.code),
        Text(line.title, is_header=True),
        State(*OUTCOMES[_outcome(standing, is_decided)]),
        *_amounts([standing]),
    )
    return Row(str(line.pk), cells)


def _outcome(standing: Standing, is_decided: bool) -> str:
    """What became of a line; `is_decided` says that another line was decided."""
    if standing.granted is None:
        return "deferred" if is_decided else "waiting"
    return "settled" if standing.is_settled else decided_as(standing)


def decided_as(standing: Standing) -> str:
    """What was decided on a line, whatever became of it afterwards."""
    if not standing.granted:
        return "refused"
    return "partly" if standing.granted < standing.asked.known else "granted"


def _total(found: list[Standing]) -> Row:
    cells: tuple[Cell, ...] = (
        Text("", empty=""),
        Text("Totaal", is_header=True),
        Text("", empty=""),
        *_amounts(found),
    )
    return Row("totaal", cells, kind="total")


def _amounts(found: Iterable[Standing]) -> tuple[Cell, ...]:
    found = list(found)
    decided = [each for each in found if each.is_decided]
    granted = sum((each.granted or Decimal(0) for each in decided), Decimal(0))
    paid = sum((each.moved.paid - each.moved.recovered for each in found), Decimal(0))
    settled = [each.moved.settled for each in found if each.is_settled]
    return (
        Amount(sum((each.asked for each in found), Figure.zero())),
        Amount(Figure.of(granted) if decided else None, text="–"),
        Amount(Figure.of(paid) if decided else None, text="–"),
        Amount(Figure.of(sum(settled, Decimal(0))) if settled else None, text="–"),
    )


def _rules(shown: Effect) -> Table | None:
    """The rules held against the balance as it would be; None without rules."""
    if not shown.outcomes:
        return None
    return Table(
        key="antwoorden",
        caption="Regels van het fonds, als alles wat nog wacht wordt toegekend",
        columns=(
            Column("code", "Nr", "code", 8),
            Column("regel", "Regel", "text", 34),
            Column("stand", "Stand", "text", 20),
            Column("grens", "Grens", "text", 20),
            Column("oordeel", "Uitkomst", "text", 18),
        ),
        rows=tuple(
            Row(
                found.rule.code,
                (
                    Text(found.rule.code),
                    Text(found.rule.title, note=found.rule.source, is_header=True),
                    Text(found.value),
                    Text(found.limit),
                    State(ICONS[found.verdict], LABELS[found.verdict]),
                ),
            )
            for found in shown.outcomes
        ),
    )


def kept_answers(found: Iterable[Standing]) -> Table | None:
    """What the rules said when these lines were decided, as it was kept; None when nothing
    was."""
    rows = [
        (standing.line, answer)
        for standing in found
        if standing.grant is not None
        for answer in standing.grant.answers
    ]
    if not rows:
        return None
    said: dict[tuple[str, ...], list[str]] = {}
    for line, answer in rows:
        key = tuple(answer[name] for name in ("code", "title", "value", "limit", "verdict"))
        said.setdefault(key, []).append(line.code or line.title)
    return Table(
        key="bewaard",
        caption="Wat de regels zeiden toen er besloten werd",
        columns=(
            Column("code", "Nr", "code", 8),
            Column("regel", "Regel", "text", 28),
            Column("stand", "Stand", "text", 18),
            Column("grens", "Grens", "text", 16),
            Column("oordeel", "Uitkomst", "text", 15),
            Column("regels", "Besluit over", "text", 15),
        ),
        rows=tuple(
            Row(
                f"{code}-{n}",
                (
                    Text(code),
                    Text(title, is_header=True),
                    Text(value),
                    Text(limit),
                    Text(verdict),
                    Text(", ".join(lines)),
                ),
            )
            for n, ((code, title, value, limit, verdict), lines) in enumerate(said.items())
        ),
    )


def _letters(application: Application, on: datetime.date) -> Table | None:
    """The letters up to and including that day; None without any."""
    found = [letter for kind in KINDS for letter in letters(kind, [application], last=on)]
    return letter_table(found, "Brieven bij deze aanvraag") if found else None


def _steps(
    found: list[Standing],
    application: Application,
    proposal: GrantProposal | None,
    allowed: set[str],
) -> tuple[tuple[str, str], ...]:
    """The steps that can be taken now, with the word on the button; a proposal that waits
    for a colleague comes before another decision. One query."""
    if not allowed:
        return ()
    asked = open_requests(application)
    settleable = [each for each in found if each.is_settleable]
    can = {
        "beschikken": proposal is None and any(not each.is_decided for each in found),
        "wijzigen": any(each.is_changeable for each in found),
        "wijziging-vragen": any(each.grant and each.grant.pk not in asked for each in settleable),
        "betaalschema": any(each.payable > 0 for each in found),
        "betalen": any(each.payable > 0 for each in found),
        "verantwoorden": bool(settleable),
        "vaststellen": bool(settleable),
        "terugvorderen": any(each.recoverable > 0 for each in found),
    }
    return tuple((step, word) for step, word in STEPS.items() if step in allowed and can[step])
