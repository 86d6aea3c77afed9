"""The action tables of a plan, one per action line, in the columns of a fund plan."""

from __future__ import annotations

from funds.notation import AmountState, format_euro, format_number
from reports.content import Content, contribution
from reports.plan_totals import PlanTotals
from reports.table import Amount, Cell, Column, Place, Places, Row, Table, Text, Titled
from workplans.models import Action, ActionLine, CostLine, Share
from workplans.notation.places import format_date
from workplans.notation.planning import Planning, format_planning, read_planning

COLUMNS = (
    Column("nr", "Nr", "code", 6),
    Column("actie", "Actie", "text", 35),
    Column("bedrag", "Bedrag in €", "amount", 11),
    Column("monitoring", "Monitoring", "text", 19),
    Column("planning", "Planning", "planning", 11),
    Column("gemeente", "Gemeente", "places", 18),
)


def action_table(line: ActionLine, content: Content, totals: PlanTotals) -> Table:
    """The actions of one line with their total. Asks the database nothing."""
    rows = [_row(action, content) for action in line.actions.all()]
    total = Row(
        "totaal",
        (
            Text("", is_header=True, empty=""),
            Text(f"Totaal {line.code}", is_header=True),
            Amount(totals.by_line[line.code]),
            *(Text("", empty="") for _ in COLUMNS[3:]),
        ),
        kind="total",
    )
    return Table(
        key=f"acties-{line.code}",
        caption=f"Acties van {line.code} {line.title}",
        columns=COLUMNS,
        rows=(*rows, total),
        may_sort=True,
    )


def _row(action: Action, content: Content) -> Row:
    code = action.full_code
    name = content.names[action.pk]
    return Row(
        name,
        (
            Text(code, is_header=True),
            Titled(action.title, action.description),
            _amount(action),
            Text(action.monitoring, empty="Niet ingevuld"),
            planning_cell(action),
            places_cell(action, content),
        ),
        anchor=f"actie-{name}",
    )


def _amount(action: Action) -> Cell:
    """The amount of an action: its cost lines together, or the text that was not read."""
    costs = list(action.cost_lines.all())
    if not costs:
        return Amount(None, text="–")
    if len(costs) == 1 and costs[0].state == AmountState.UNREAD:
        return Text(costs[0].text, is_fault=True)
    if all(cost.state == AmountState.NOT_APPLICABLE for cost in costs):
        return Amount(None, text="n.v.t.")
    figure = contribution(costs[0])
    for cost in costs[1:]:
        figure += contribution(cost)
    return Amount(figure)


def planning_cell(action: Action) -> Cell:
    """When, as it is written out: `2020 en/of 2021`."""
    if action.planning_unread:
        return Text(action.planning_text, is_fault=True)
    if action.planning_by_hand or not action.planning_text:
        return Text(action.planning_text, empty="Ontbreekt", is_missing=not action.planning_text)
    planning = read_planning(action.planning_text)
    return Text(format_planning(planning), order=_first_moment(planning))


def _first_moment(planning: Planning) -> str:
    """When it starts (or else ends) as a text that sorts: `2020-3`. Empty without."""
    moments = [entry.start or entry.end for entry in planning.entries]
    firsts = [moment.first for moment in moments if moment]
    return "{}-{}".format(*min(firsts)) if firsts else ""


def places_cell(action: Action, content: Content) -> Cell:
    """For whom: a municipality, a lead for all, or the division."""
    typed = action.municipalities_text
    if action.municipalities_unread:
        return Text(typed, is_fault=True)
    common = (cost for cost in action.cost_lines.all() if not cost.municipalities_text)
    cost = next(common, None)
    shares = list(cost.shares.all()) if cost else []
    if action.sharing == Action.Sharing.UNDIVIDED or not shares:
        return Places(typed, lead_text=typed) if typed else _undivided(cost)
    if action.is_joint and action.lead:
        group = typed.lower().partition("penvoerder")[0]
        lead_text = typed[: len(group)].rstrip(" ,(;") or content.places.region
        return Places(typed, lead_text=lead_text, note=f"Penvoerder {action.lead.name}")
    if action.sharing == Action.Sharing.SINGLE:
        return Places(typed, places=(content.place(shares[0].municipality.code),))
    return _division(action, shares, content)


def _undivided(cost: CostLine | None) -> Cell:
    """Of what names no municipality: only where there is an amount is one to be named."""
    if cost is None or cost.state == AmountState.NOT_APPLICABLE:
        return Text("", empty="")
    return Places("", lead_text="Nog te verdelen")


def _division(action: Action, shares: list[Share], content: Content) -> Places:
    """A division over several: in one line where it is equal, otherwise by name."""
    amounts = {share.amount.amount for share in shares if share.amount is not None}
    if action.sharing == Action.Sharing.EQUAL and len(amounts) == 1:
        each = f"{len(shares)} × {format_euro(amounts.pop())}"
        return Places(action.municipalities_text, lead_text="Per gemeente", note=each)
    cents = any(amount % 1 for amount in amounts)
    note = f"Inwoners op {format_date(action.key_date)}" if action.key_date else ""
    lead_text = (
        action.get_sharing_display().capitalize()
        if action.sharing in (Action.Sharing.POPULATION, Action.Sharing.EQUAL)
        else ""
    )
    return Places(
        action.municipalities_text,
        lead_text=lead_text,
        note=note,
        places=tuple(_place(share, content, cents) for share in shares),
    )


def _place(share: Share, content: Content, cents: bool) -> Place:
    amount = share.amount
    text = (
        share.get_state_display() if amount is None else format_number(amount.amount, cents=cents)
    )
    return content.place(share.municipality.code, text)
