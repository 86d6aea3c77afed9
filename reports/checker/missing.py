"""What is not there: planning, monitoring, who receives the money; gaps; what could not
be read."""

from __future__ import annotations

from collections.abc import Iterator

from funds.models import LINE_KNOWN, Round
from funds.notation import AmountState
from reports.checker.finding import Found, Severity
from reports.checker.material import Material
from reports.content import recipients
from workplans import lifecycle
from workplans.models import Action, CostLine
from workplans.models import Block as AuthoredBlock
from workplans.readiness import unread_cells
from workplans.styles import rows_of

MOST_NAMED = 8
GAPS = {
    AmountState.PM: "Het bedrag is PM; vul het in zodra het bekend is.",
    AmountState.TBD: "Het bedrag is nader te bepalen; vul het in zodra het bekend is.",
    AmountState.UNKNOWN: "Het bedrag is niet bekend; vul het in zodra het bekend is.",
    AmountState.BLANK: "De cel voor het bedrag is leeg; vul een bedrag in, of PM of n.v.t.",
}
MOMENTS = {"unknown": "niet bekend", "tbd": "nader te bepalen"}


def no_planning(material: Material) -> Iterator[Found]:
    yield from _lacking(
        material,
        [a for a in material.content.actions if not _is_planned(a)],
        columns=("planning", "start", "eind"),
        cell="planning",
        sentence="De planning ontbreekt; vul in wanneer de actie is, of n.t.b.",
        collected="Zonder planning: {}. Vul in wanneer deze acties zijn, of n.t.b.",
    )


def no_monitoring(material: Material) -> Iterator[Found]:
    """Only in a plan that says anywhere how it is followed."""
    actions = material.content.actions
    lacking = [action for action in actions if not action.monitoring.strip()]
    if len(lacking) == len(actions):
        lacking = [action for action in lacking if material.shows(action, "monitoring")]
    yield from _lacking(
        material,
        lacking,
        columns=("monitoring",),
        cell="monitoring",
        sentence="De monitoring ontbreekt; schrijf op hoe u volgt of de actie werkt.",
        collected="Zonder monitoring: {}. Schrijf op hoe u volgt of deze acties werken.",
    )


def no_recipient(material: Material) -> Iterator[Found]:
    """Money that no municipality receives."""
    yield from _lacking(
        material,
        [action for action in material.content.actions if _is_undivided(action)],
        columns=("gemeenten",),
        cell="gemeenten",
        sentence="Er staat niet welke gemeente het geld ontvangt; noem een penvoerder of verdeel "
        "het bedrag.",
        collected="Geld zonder ontvanger: {}. Noem een penvoerder of verdeel de bedragen.",
    )


def _is_planned(action: Action) -> bool:
    return bool(action.planning_text or action.start_text or action.end_text)


def _is_undivided(action: Action) -> bool:
    """Whether some cost of the action has nobody who receives it. A cell that could not
    be read is a finding of its own."""
    return any(
        cost.state != AmountState.NOT_APPLICABLE
        and not cost.division.municipalities_unread
        and not recipients(cost)
        for cost in action.cost_lines.all()
    )


def _lacking(
    material: Material,
    actions: list[Action],
    *,
    columns: tuple[str, ...],
    cell: str,
    sentence: str,
    collected: str,
) -> Iterator[Found]:
    """One finding per action whose table has a column for it. The others together make
    one, which only informs: their document was not meant to say it."""
    others = []
    for action in actions:
        if material.shows(action, *columns):
            yield Found(material.action(action, cell), sentence)
        else:
            others.append(action)
    if others:
        yield Found(material.plan, collected.format(_named(others)), Severity.INFORM)


def _named(actions: list[Action]) -> str:
    codes = [action.full_code for action in actions]
    named = ", ".join(codes[:MOST_NAMED])
    left = len(codes) - MOST_NAMED
    return f"{named} en nog {left}" if left > 0 else named


def gaps(material: Material) -> Iterator[Found]:
    """PM and what else is still to come; information as long as the plan is a concept,
    unless the round in which it will be asked takes only known amounts."""
    for action in material.content.actions:
        for cost in action.cost_lines.all():
            sentence = GAPS.get(AmountState(cost.state))
            if sentence and (refusing := _refusing(material, cost)):
                said = LINE_KNOWN.format(line=action.full_code, round=refusing.name)
                yield Found(material.action(action, "bedrag"), said, Severity.BLOCK)
            elif sentence:
                yield _gap(material, action, "bedrag", sentence)
        for entry in action.planning_entries.all():
            if entry.aspect == entry.Aspect.PERIOD and not action.planning_text:
                continue  # made of start and end, which are looked at themselves
            if word := MOMENTS.get(entry.state):
                whom = f" voor {entry.group}" if entry.group else ""
                cell = {"start": "start", "end": "eind"}.get(entry.aspect, "planning")
                sentence = f"Het moment{whom} is {word}; vul het in zodra het bekend is."
                yield _gap(material, action, cell, sentence)
    for block in material.content.blocks:
        rows = rows_of(block)
        lost = [row for row in rows if " van " in row.marks]
        if block.kind == AuthoredBlock.Kind.PHASES and lost:
            yield Found(
                material.block(block),
                f"Van {len(lost)} van de {len(rows)} rijen is niet bekend bij welke "
                "fasen de kruisjes staan; vul die in.",
                Severity.INFORM,
            )


def _gap(material: Material, action: Action, cell: str, sentence: str) -> Found:
    severity = Severity.INFORM if _is_concept(material) else Severity.WARN
    return Found(material.action(action, cell), sentence, severity)


def _is_concept(material: Material) -> bool:
    return lifecycle.Status(material.content.plan.status) in lifecycle.UNSUBMITTED


def _refusing(material: Material, cost: CostLine) -> Round | None:
    """The round that refuses this cost as long as its amount is not known; none where
    it was asked already."""
    if not _is_concept(material):
        return None
    positions = material.reported.positions
    for position in positions:
        is_asked_here = len(positions) == 1 or cost.funding_text == position.fund.slug
        is_open = position.submitted is None and not position.round.accepts_unknown
        if is_asked_here and is_open:
            return position.round
    return None


_CELLS = {
    "amount": ("bedrag", "€\N{NO-BREAK SPACE}1.250"),
    "division": ("gemeenten van het bedrag", "alle gemeenten"),
    "planning": ("planning", "Q1 2020"),
    "start": ("start", "Q1 2020"),
    "end": ("eind", "Q4 2020"),
    "municipalities": ("gemeenten", "alle gemeenten"),
}


def unread(material: Material) -> Iterator[Found]:
    """Cells with text that could not be read; they stop a submission."""
    for action in material.content.actions:
        for name, _text in unread_cells(action):
            cell, right = _CELLS[name]
            yield Found(
                material.action(action, cell),
                f"De cel voor {cell} is niet te lezen; schrijf bijvoorbeeld {right}.",
            )
