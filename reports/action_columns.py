"""The columns that an action table can have, and what each shows of an action."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from funds.figure import Figure
from funds.notation import AmountState, format_euro, format_number
from reports.content import Content, contribution, recipients
from reports.prose import Prose
from reports.table import Amount, Cell, ColumnKind, Place, Places, Rich, Text, Titled
from workplans.models import Action, CostLine, Share
from workplans.notation.places import format_date
from workplans.notation.planning import Planning, format_planning, read_planning


@dataclass(frozen=True)
class Shown:
    """What the cells of one table are made with."""

    content: Content
    prose: Prose
    has_description: bool


@dataclass(frozen=True)
class ActionColumn:
    """A column: heading, kind, how wide beside the others, its cell, and whether an
    action has anything to show in it."""

    heading: str
    kind: ColumnKind
    weight: int
    cell: Callable[[Action, Shown], Cell]
    is_filled: Callable[[Action], object] = lambda _: True


def _title(action: Action, shown: Shown) -> Cell:
    if shown.has_description:
        return Titled(action.title)
    return Titled(action.title, action.description, pieces=shown.prose.read(action.description))


def _rich(text: str, shown: Shown, empty: str = "–") -> Cell:
    return Rich.of(shown.prose.read(text), text, empty=empty)


def amount_cell(action: Action) -> Cell:
    """The amount of an action: its cost lines together, or the text that was not read."""
    costs = list(action.cost_lines.all())
    if not costs:
        return Amount(None, text="–")
    if len(costs) == 1 and costs[0].state == AmountState.UNREAD:
        return Text(costs[0].text, is_fault=True)
    if all(cost.state == AmountState.NOT_APPLICABLE for cost in costs):
        return Amount(None, text="n.v.t.")
    return Amount(sum(map(contribution, costs), Figure.zero()), note=_qualifiers(costs))


def _qualifiers(costs: list[CostLine]) -> str:
    """What stands beside the amount: nature and cover, as far as they are the same."""
    words = {
        ", ".join(
            word
            for word in (
                cost.get_nature_display() if cost.cover or cost.nature_note else "",
                cost.nature_note,
                f"voorlopig {cost.cover}" if cost.cover and cost.is_provisional else cost.cover,
                cost.funding_text if cost.cover else "",
                cost.note,
            )
            if word
        )
        for cost in costs
    }
    return words.pop() if len(words) == 1 else ""


def _moment(aspect: str) -> Callable[[Action, Shown], Cell]:
    def cell(action: Action, shown: Shown) -> Cell:
        return planning_cell(action, aspect)

    return cell


def planning_cell(action: Action, aspect: str = "planning") -> Cell:
    """When, as it is written out: `2020 en/of 2021`."""
    text: str = getattr(action, f"{aspect}_text")
    if getattr(action, f"{aspect}_unread"):
        return Text(text, is_fault=True)
    if getattr(action, f"{aspect}_by_hand") or not text:
        is_missing = not text and not action.start_text and not action.end_text
        return Text(text, empty="Ontbreekt" if is_missing else "–", is_missing=is_missing)
    planning = read_planning(text)
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
    shares = recipients(cost) if cost else []
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


def cover_text(action: Action) -> str:
    """From which pots, as typed: of its costs, or of the action without costs."""
    texts = [cost.funding_text or cost.cover for cost in action.cost_lines.all()]
    return "; ".join(filter(None, texts)) or action.funding_text


def _embedding(action: Action) -> str:
    if action.embed_in and action.embed_from:
        return f"{action.embed_in} (vanaf {action.embed_from})"
    return action.embed_in


def _quantities(action: Action) -> str:
    return "; ".join(quantity.text for quantity in action.quantities.all())


ACTION_COLUMNS: dict[str, ActionColumn] = {
    "nr": ActionColumn(
        "Nr", "code", 7, lambda a, _: Text(a.full_code, is_header=True, empty=""), lambda a: a.code
    ),
    "actiepunt": ActionColumn(
        "Actiepunt",
        "text",
        18,
        lambda a, _: Text(str(a.point) if a.point else "", empty=""),
        lambda a: a.point_id,
    ),
    "actie": ActionColumn("Actie", "text", 35, _title),
    "omschrijving": ActionColumn(
        "Omschrijving",
        "text",
        38,
        lambda a, s: _rich(a.description, s),
        lambda a: a.description,
    ),
    "doelgroep": ActionColumn(
        "Doelgroep", "text", 16, lambda a, _: Text(a.target_group), lambda a: a.target_group
    ),
    "partners": ActionColumn(
        "Partners",
        "text",
        17,
        lambda a, _: Text(", ".join(p.text for p in a.partners.all())),
        lambda a: a.partners.all(),
    ),
    "planning": ActionColumn("Planning", "planning", 14, _moment("planning")),
    "start": ActionColumn("Start", "planning", 11, _moment("start"), lambda a: a.start_text),
    "eind": ActionColumn("Eind", "planning", 11, _moment("end"), lambda a: a.end_text),
    "bedrag": ActionColumn(
        "Bedrag in €", "amount", 14, lambda a, _: amount_cell(a), lambda a: a.cost_lines.all()
    ),
    "dekking": ActionColumn(
        "Dekking", "text", 22, lambda a, _: Text(cover_text(a)), lambda a: cover_text(a)
    ),
    "monitoring": ActionColumn(
        "Monitoring", "text", 22, lambda a, _: Text(a.monitoring, empty="Niet ingevuld")
    ),
    "gemeenten": ActionColumn("Gemeente", "places", 20, lambda a, s: places_cell(a, s.content)),
    "onderbrengen in": ActionColumn(
        "Onderbrengen in", "text", 16, lambda a, _: Text(_embedding(a)), lambda a: a.embed_in
    ),
    "aantallen": ActionColumn(
        "Aantallen", "text", 15, lambda a, _: Text(_quantities(a)), lambda a: a.quantities.all()
    ),
    "status": ActionColumn(
        "Stand", "text", 12, lambda a, _: Text(a.get_status_display()), lambda a: a.status
    ),
}
