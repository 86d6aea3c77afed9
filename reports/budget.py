"""The budget of a plan: each action by nature, with the subtotal of each line."""

from __future__ import annotations

from collections.abc import Iterable

from funds.figure import Figure
from funds.notation import AmountState
from reports.content import NATURES, Content, contribution, nature_of
from reports.plan_totals import PlanTotals
from reports.table import Amount, Cell, Column, Row, Table, Text
from workplans.models import Action, ActionLine

ALWAYS = ("incidental", "structural")


def budget(content: Content, totals: PlanTotals) -> Table:
    """A row per action, a group row per line, and the total; by nature in the columns.

    Meerjarig and niet vermeld have a column only where they occur.
    """
    natures = tuple(
        nature
        for nature in NATURES
        if nature in ALWAYS or totals.by_nature[nature] != Figure.zero()
    )
    rows: list[Row] = []
    for line in content.lines:
        rows.append(_group(line, natures, totals))
        rows += [
            _action(content.names[action.pk], action, natures) for action in line.actions.all()
        ]
    total = (totals.by_nature[nature] for nature in natures)
    rows.append(_row("totaal", "", "Totaal", total, totals.total, kind="total"))
    return Table(
        key="begroting",
        caption="Begroting in €, naar aard",
        columns=_columns(natures),
        rows=tuple(rows),
        notes=_notes(totals),
    )


def _columns(natures: tuple[str, ...]) -> tuple[Column, ...]:
    width = min(14, 60 // (len(natures) + 1))
    title = 92 - width * (len(natures) + 1)
    return (
        Column("nr", "Nr", "code", 8),
        Column("actie", "Actie", "text", title),
        *(Column(NATURES[nature].lower(), NATURES[nature], "amount", width) for nature in natures),
        Column("totaal", "Totaal", "amount", width),
    )


def _group(line: ActionLine, natures: tuple[str, ...], totals: PlanTotals) -> Row:
    figures = [
        sum((_figure(action, nature) for action in line.actions.all()), Figure.zero())
        for nature in natures
    ]
    return _row(
        f"lijn-{line.code}", line.code, line.title, figures, totals.by_line[line.code], kind="group"
    )


def _action(name: str, action: Action, natures: tuple[str, ...]) -> Row:
    code = action.full_code
    figures = [_figure(action, nature) for nature in natures]
    total = sum(map(contribution, action.cost_lines.all()), Figure.zero())
    states = {cost.state for cost in action.cost_lines.all()}
    word = "n.v.t." if states == {AmountState.NOT_APPLICABLE.value} else "–"
    return _row(
        name, code, action.budget_title or action.title, figures, total if states else None, word
    )


def _row(
    key: str,
    code: str,
    title: str,
    figures: Iterable[Figure],
    total: Figure | None,
    word: str = "–",
    kind: str = "body",
) -> Row:
    cells: list[Cell] = [
        Amount(figure if figure != Figure.zero() else None, text="–") for figure in figures
    ]
    return Row(
        key,
        (
            Text(code, is_header=True, empty=""),
            Text(title, is_header=kind != "body"),
            *cells,
            Amount(total if word == "–" else None, text=word),
        ),
        kind=kind,  # type: ignore[arg-type]
    )


def _figure(action: Action, nature: str) -> Figure:
    """What the cost lines of one nature add."""
    return sum(
        (contribution(cost) for cost in action.cost_lines.all() if nature_of(cost) == nature),
        Figure.zero(),
    )


def _notes(totals: PlanTotals) -> tuple[str, ...]:
    notes = ["De aard staat er zoals de gemeenten die in het plan noemen."]
    if not totals.total.is_complete:
        notes.append(
            "Een totaal telt de bekende bedragen op en noemt daarachter hoeveel bedragen ontbreken."
        )
    return tuple(notes)
