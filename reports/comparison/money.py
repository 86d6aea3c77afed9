"""What two plans cost beside one another, from the figures that their documents show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from funds.figure import GAP_WORDS, Figure
from funds.notation import format_euro
from reports.comparison.parts import ActionPairs
from reports.content import Content, contribution
from reports.plan_totals import PlanTotals
from reports.table import Amount, Cell, Column, Row, Table, Text
from workplans.models import Action

ZERO = Figure.zero()
VIEWS = (
    ("recipient", "ontvangt", "Verschil per gemeente: wie het bedrag ontvangt"),
    ("beneficiary", "baat", "Verschil per gemeente: wie er baat bij heeft"),
)
GAPS_NOTE = (
    "Wat nog open staat, telt een kostenregel die bij meer gemeenten hoort bij elke gemeente mee."
)


@dataclass(frozen=True)
class Difference:
    """A figure before and after, under a name."""

    key: str
    name: str
    old: Figure
    new: Figure

    @property
    def is_none(self) -> bool:
        return self.old == self.new

    @property
    def known(self) -> Decimal:
        """What is known now less what was known."""
        return self.new.known - self.old.known

    @property
    def amount_text(self) -> str:
        """`+ € 12.500`, `− € 300`, or `€ 0`."""
        return signed_euro(self.known)

    @property
    def gaps_text(self) -> str:
        """`1 × PM erbij, 2 × niet bekend eraf`; empty when as much is open as before."""
        changes = (
            (word, self.new.gaps.get(state, 0) - self.old.gaps.get(state, 0))
            for state, word in GAP_WORDS.items()
        )
        return ", ".join(
            f"{abs(count)} × {word} {'erbij' if count > 0 else 'eraf'}"
            for word, count in changes
            if count
        )


@dataclass(frozen=True)
class Money:
    """Every difference in money: per action, per municipality in each view, in total."""

    total: Difference
    actions: tuple[Difference, ...]
    municipalities: Mapping[str, tuple[Difference, ...]]

    @property
    def is_none(self) -> bool:
        return self.total.is_none and not self.actions and not any(self.municipalities.values())

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables that have anything to tell."""
        if self.is_none:
            return ()
        found = [_table("acties", "Verschil per actie", "Actie", self.actions, self.total, ())]
        found += [
            _table(key, caption, "Gemeente", rows, self.total, (GAPS_NOTE,))
            for view, key, caption in VIEWS
            if (rows := self.municipalities[view])
        ]
        return tuple(found)


def money(
    old: tuple[Content, PlanTotals], new: tuple[Content, PlanTotals], pairs: ActionPairs
) -> Money:
    """The differences between two plans; only those that are. Asks the database nothing."""
    return Money(
        Difference("totaal", "Totaal", old[1].total, new[1].total),
        tuple(_only(_of_actions(old[0], new[0], pairs))),
        {view: tuple(_only(_of_municipalities(old, new, view))) for view, _, _ in VIEWS},
    )


def signed_euro(amount: Decimal) -> str:
    """An amount with its sign, also when it is a plus."""
    if not amount:
        return format_euro(amount)
    return f"{'+' if amount > 0 else '−'} {format_euro(abs(amount))}"


def _only(found: Iterator[Difference]) -> Iterator[Difference]:
    return (one for one in found if not one.is_none)


def _of_actions(old: Content, new: Content, pairs: ActionPairs) -> Iterator[Difference]:
    before, after = _by_name(old), _by_name(new)
    for pair in pairs:
        there = pair.new or pair.old
        assert there is not None
        was = _cost(before[pair.old.name]) if pair.old else ZERO
        now = _cost(after[pair.new.name]) if pair.new else ZERO
        yield Difference(there.code, there.heading, was, now)


def _by_name(content: Content) -> dict[tuple[str, int], Action]:
    """The actions of a plan by code of the line and turn, those under points first: the
    names that the plan file gives them."""
    found: dict[tuple[str, int], Action] = {}
    for line in content.lines:
        turns = {point.pk: turn for turn, point in enumerate(line.points.all())}
        ordered = sorted(
            line.actions.all(), key=lambda one: turns.get(one.point_id or 0, len(turns))
        )
        found |= {(line.code, turn): action for turn, action in enumerate(ordered)}
    return found


def _cost(action: Action) -> Figure:
    return sum((contribution(cost) for cost in action.cost_lines.all()), ZERO)


def _of_municipalities(
    old: tuple[Content, PlanTotals], new: tuple[Content, PlanTotals], view: str
) -> Iterator[Difference]:
    """Each municipality, and what is not divided, so that the rows make the total."""
    before, after = old[1].by_municipality[view], new[1].by_municipality[view]
    names = {code: new[0].places.name(code) for code in after}
    names = {code: old[0].places.name(code) for code in before} | names
    for code, name in sorted(names.items(), key=lambda item: item[1]):
        yield Difference(code, name, before.get(code, ZERO), after.get(code, ZERO))
    yield Difference("niet-verdeeld", "Niet verdeeld", old[1].undivided, new[1].undivided)


def _table(
    key: str,
    caption: str,
    what: str,
    rows: tuple[Difference, ...],
    total: Difference,
    notes: tuple[str, ...],
) -> Table:
    columns = (
        Column("wat", what, "text", 36),
        Column("was", "Was in €", "amount", 16),
        Column("nu", "Wordt in €", "amount", 16),
        Column("verschil", "Verschil", "amount", 14),
        Column("open", "Nog open", "text", 18),
    )
    shown = [Row(f"{key}-{n}", _cells(row)) for n, row in enumerate(rows, start=1)]
    shown.append(Row(f"{key}-totaal", _cells(total), kind="total"))
    return Table(f"verschil-{key}", caption, columns, tuple(shown), notes)


def _cells(row: Difference) -> tuple[Cell, ...]:
    return (
        Text(row.name, is_header=True),
        Amount(row.old),
        Amount(row.new),
        Text(row.amount_text),
        Text(row.gaps_text, empty="gelijk"),
    )
