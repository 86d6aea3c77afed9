"""From which pots a plan is paid: by nature as its cells say it, and by pot and year.

The pot of a cost line is what its amount says (lokaal, regiobudget); where it says
none, the pots of its funding; otherwise it is not stated.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from funds.figure import Figure
from funds.notation import AmountState
from reports.content import NATURES, Content, contribution, nature_of
from reports.costs import REST, UNSTATED, Cost, Pot
from reports.table import Amount, Column, Places, Row, Table, Text
from workplans.models import Action, CostLine, Share


@dataclass(frozen=True)
class Paid:
    """What one pot pays for one action; without an amount where only the pot is said."""

    pot: str
    year: int | None
    action: Action
    figure: Figure | None
    is_certain: bool = True
    is_alternative: bool = False

    @property
    def name(self) -> str:
        """The action by which a reader knows it."""
        return self.action.full_code


def paid(content: Content) -> tuple[Paid, ...]:
    """Every pot of every action, in the order of the document."""
    return tuple(part for action in content.actions for part in of_action(action))


def pot_table(content: Content) -> Table | None:
    """A row per pot and year: how many actions, what it pays, and what is not certain.
    None when no pot is named."""
    rows: dict[tuple[str, int | None], list[Paid]] = defaultdict(list)
    for part in paid(content):
        rows[part.pot, part.year].append(part)
    if not set(rows) - {(UNSTATED, None)}:
        return None
    return Table(
        key="financiering",
        caption="Wie wat betaalt, per pot en jaar",
        columns=(
            Column("pot", "Pot", "text", 34),
            Column("jaar", "Jaar", "text", 10),
            Column("acties", "Acties", "number", 10),
            Column("bedrag", "Bedrag in €", "amount", 20),
            Column("zekerheid", "Zekerheid", "text", 26),
        ),
        rows=tuple(_row(pot, year, parts) for (pot, year), parts in rows.items()),
        notes=(
            "Een pot zonder bedrag staat wel in het plan, maar het plan zegt niet hoeveel die "
            "betaalt.",
        )
        if any(part.figure is None for parts in rows.values() for part in parts)
        else (),
        may_sort=True,
    )


def nature_table(content: Content) -> Table | None:
    """What the cells say of pot and nature together, with totals; None without costs
    that name a pot."""
    cells: dict[str, dict[str, Figure]] = defaultdict(lambda: defaultdict(Figure.zero))
    for action in content.actions:
        for cost in action.cost_lines.all():
            if cost.state != AmountState.NOT_APPLICABLE:
                cells[_as_printed(cost)][nature_of(cost)] += contribution(cost)
    if not set(cells) - {UNSTATED}:
        return None
    used = [nature for nature in NATURES if any(nature in row for row in cells.values())]
    width = 66 // (len(used) + 1)
    whole: dict[str, Figure] = defaultdict(Figure.zero)
    rows = []
    for pot, figures in cells.items():
        rows.append(_nature_row(pot, pot[:1].upper() + pot[1:], figures, used))
        for nature, figure in figures.items():
            whole[nature] += figure
    rows.append(_nature_row("totaal", "Totaal", whole, used, kind="total"))
    return Table(
        key="dekking",
        caption="Dekking in €, naar aard",
        columns=(
            Column("dekking", "Dekking", "text", 100 - width * (len(used) + 1)),
            *(Column(NATURES[n].lower(), NATURES[n], "amount", width) for n in used),
            Column("totaal", "Totaal", "amount", width),
        ),
        rows=tuple(rows),
        notes=("De dekking staat er zoals de gemeenten die in het plan noemen.",),
    )


def bearer_table(content: Content, bearer: Mapping[str, Figure]) -> Table | None:
    """What each municipality bears, as far as the plan says it in full; None when it
    does so nowhere."""
    if not bearer:
        return None
    codes = [code for code in content.places.members if code in bearer]
    codes += [code for code in bearer if code not in codes]
    rows = []
    for code in codes:
        place = content.place(code)
        name = Places(place.name, places=(place,), is_header=True)
        rows.append(Row(code, (name, Amount(bearer[code]))))
    total = Amount(sum(bearer.values(), Figure.zero()))
    rows.append(Row("totaal", (Text("Totaal", is_header=True), total), kind="total"))
    return Table(
        key="kostendragers",
        caption="Wat gemeenten zelf dragen in €",
        columns=(
            Column("gemeente", "Gemeente", "places", 70),
            Column("kostendrager", "Draagt", "amount", 30),
        ),
        rows=tuple(rows),
        notes=(
            "Alleen van acties waarvan het plan zegt welke gemeente welk deel betaalt: "
            f"{_borne(content)}.",
        ),
    )


def _borne(content: Content) -> str:
    """The codes of the actions of which it is said who bears them."""
    codes = [
        action.full_code
        for action in content.actions
        for cost in action.cost_lines.all()
        if any(share.capacity == Share.Capacity.BEARER for share in cost.shares.all())
    ]
    return ", ".join(dict.fromkeys(codes))


def of_action(action: Action) -> Iterator[Paid]:
    """Every pot of one action; without costs those that its funding only names."""
    costs = [c for c in action.cost_lines.all() if c.state != AmountState.NOT_APPLICABLE]
    pots = [pot for cost in costs for pot in Cost.of(cost).pots]
    if not costs:
        pots = [
            Pot(entry.pot or REST, entry.year, None, entry.is_certain, entry.is_alternative)
            for entry in action.funding.all()
        ]
    for pot in pots:
        yield Paid(pot.name, pot.year, action, pot.figure, pot.is_certain, pot.is_alternative)


def _as_printed(cost: CostLine) -> str:
    if cost.cover:
        return f"voorlopig {cost.cover}" if cost.is_provisional else cost.cover
    return cost.funding_text or UNSTATED


def _row(pot: str, year: int | None, parts: list[Paid]) -> Row:
    known = [part.figure for part in parts if part.figure is not None]
    doubts = [
        word
        for word, found in (
            ("voorlopig", any(not part.is_certain for part in parts)),
            ("of een andere pot", any(part.is_alternative for part in parts)),
        )
        if found
    ]
    return Row(
        f"{pot}-{year or ''}",
        (
            Text(pot, is_header=True),
            Text(str(year) if year else "", empty="–"),
            Text(str(len({part.action.pk for part in parts}))),
            Amount(sum(known, Figure.zero()) if known else None, text="niet vermeld"),
            Text(", ".join(doubts).capitalize(), empty="Zeker"),
        ),
    )


def _nature_row(
    key: str, heading: str, figures: dict[str, Figure], used: list[str], kind: str = "body"
) -> Row:
    return Row(
        key,
        (
            Text(heading, is_header=True),
            *(Amount(figures.get(nature), text="–") for nature in used),
            Amount(sum(figures.values(), Figure.zero())),
        ),
        kind=kind,  # type: ignore[arg-type]
    )
