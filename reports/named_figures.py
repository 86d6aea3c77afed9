"""Figures of a plan by name, as a text asks for them: `totaal A`, `fonds resteert`.

The only place where a name becomes a value; live figures in text, printed figures and
rules all ask here, so they never differ from the tables.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import cached_property

from funds.balance import percentage
from funds.figure import Figure
from funds.notation import AmountState, NotationError
from funds.rules import Value, fund_value
from reports.content import NATURES, Content, contribution
from reports.fund_positions import FundPosition
from reports.plan_totals import PlanTotals
from workplans.models import Action, PlanFigure
from workplans.notation.distribution import Distribution, distribute
from workplans.notation.quantities import Quantity, total
from workplans.notation.references import SUM, Reference, read_reference, read_share, read_sum
from workplans.styles import rows_of

_NATURES = {heading.lower(): nature for nature, heading in NATURES.items()}
_VIEWS = {"gemeente": "recipient", "eigen": "own", "begunstigde": "beneficiary"}


class NamedFigures:
    """The figures of one plan on one date. Asks the database nothing."""

    def __init__(
        self, content: Content, totals: PlanTotals, positions: tuple[FundPosition, ...]
    ) -> None:
        self.content = content
        self.totals = totals
        self.positions = positions

    def value(self, text: str) -> Value:
        """The value behind a name. NotationError, with what would be right, when the
        name is none or this plan has no such figure."""
        reference = read_reference(text)
        found = getattr(self, f"_{reference.kind}")(reference)
        if found is None:
            raise NotationError(
                f"“{text}” staat niet in dit plan; kies een cijfer dat er is.", code="no_figure"
            )
        return found if isinstance(found, Value) else Value(figure=found)

    # ---- one method per kind of reference; None when the plan does not have it

    def _totaal(self, reference: Reference) -> Figure | None:
        if not reference.subject:
            return self.totals.total
        if reference.subject in self.totals.by_line:
            return self.totals.by_line[reference.subject]
        return self._sum(self._actions_of(reference.subject))

    def _aard(self, reference: Reference) -> Figure:
        return self.totals.by_nature[_NATURES[reference.subject]]

    def _by_view(self, reference: Reference) -> Figure | None:
        try:
            code = self.content.places.municipality(reference.subject)
        except NotationError:
            return None
        figures = self.totals.by_municipality[_VIEWS[reference.kind]]
        return figures.get(code, Figure.zero())

    _gemeente = _eigen = _begunstigde = _by_view

    def _dekking(self, reference: Reference) -> Figure | None:
        return self.totals.by_pot.get(reference.subject.casefold())

    def _fonds(self, reference: Reference) -> Value | None:
        for position in self.positions:
            if position.balance is not None:
                return fund_value(position.balance, position.requested_here, reference.subject)
        return None

    def _acties(self, reference: Reference) -> Value | None:
        if not reference.subject:
            return Value(number=Decimal(len(self.content.actions)))
        found = self._actions_of(reference.subject)
        return None if found is None else Value(number=Decimal(len(found)))

    def _punten(self, reference: Reference) -> Value:
        return Value(
            number=Decimal(
                sum(
                    len(line.points.all())
                    for line in self.content.lines
                    if reference.subject in ("", line.code)
                )
            )
        )

    def _resultaten(self, reference: Reference) -> Value:
        return Value(
            number=Decimal(
                sum(
                    result.parent_id is None
                    for line in self.content.lines
                    if reference.subject in ("", line.code)
                    for result in line.results.all()
                )
            )
        )

    def _aantal(self, reference: Reference) -> Value | None:
        low, high = total(self._quantities(reference.column), reference.subject)
        return Value(number=low) if high else None

    def _rijen(self, reference: Reference) -> Value:
        return Value(
            number=Decimal(
                sum(
                    len(rows_of(block))
                    for block in self.content.blocks
                    if block.kind == reference.subject
                )
            )
        )

    def _verdeling(self, reference: Reference) -> Value | Figure | None:
        found = next(iter(self.distributions.values()), None)
        if found is None:
            return None
        if reference.subject == SUM:
            return _column(found, reference.column)
        try:
            row = found.row(self.content.places.municipality(reference.subject))
        except NotationError:
            return None
        if row is None:
            return None
        return {
            "inwoners": Value(number=Decimal(row.weight)),
            "percentage": Value(percentage=row.percentage),
            "tranche": Value(figure=Figure.of(row.tranches[0])),
            "totaal": Value(figure=Figure.of(row.total)),
        }[reference.column]

    def _cijfer(self, reference: Reference) -> Value | None:
        return self._named(reference.subject, ())

    # ---- what they stand on

    @cached_property
    def distributions(self) -> dict[int, Distribution]:
        """The distribution annexes of the plan that can be divided, by the position of
        their block, in order."""
        found: dict[int, Distribution] = {}
        for block in self.content.blocks:
            if block.kind == "verdeling":
                try:
                    found[block.position] = distribute(
                        block.options.get("amount", ""),
                        self.content.places,
                        key=block.options.get("key", "gelijk"),
                        tranches=int(block.options.get("tranches", 1)),
                        unit=block.options.get("unit", "cent"),
                    )
                except NotationError:
                    continue
        return found

    def _named(self, code: str, asked: tuple[str, ...]) -> Value | None:
        """A named figure; one that is made of itself has no value."""
        figure = self._figures.get(code)
        if figure is None or code in asked:
            return None
        asked = (*asked, code)
        if figure.sum_text:
            return self._named_sum(figure, asked)
        if figure.share_text:
            return self._named_share(figure, asked)
        amount = figure.amount.amount if figure.amount else None
        return Value(figure=Figure.entry(AmountState(figure.state), amount))

    def _named_sum(self, figure: PlanFigure, asked: tuple[str, ...]) -> Value | None:
        result = Figure.zero()
        for sign, code in read_sum(figure.sum_text):
            term = self._named(code, asked)
            if term is None or term.figure is None:
                return None
            result = result + term.figure if sign > 0 else result - term.figure
        return Value(figure=result)

    def _named_share(self, figure: PlanFigure, asked: tuple[str, ...]) -> Value | None:
        part, whole = (self._named(code, asked) for code in read_share(figure.share_text))
        if part is None or whole is None or part.figure is None or whole.figure is None:
            return None
        share = percentage(part.figure.known, whole.figure.known)
        return None if share is None else Value(percentage=share)

    @cached_property
    def _figures(self) -> dict[str, PlanFigure]:
        return {figure.code: figure for figure in self.content.figures}

    def _actions_of(self, code: str) -> list[Action] | None:
        """The actions of a line, a point or an action by its full code."""
        for line in self.content.lines:
            if line.code == code:
                return [a for a in self.content.actions if a.line_id == line.pk]
        found = [
            action
            for action in self.content.actions
            if action.full_code == code or (action.point and action.point.code == code)
        ]
        return found or None

    def _sum(self, actions: Iterable[Action] | None) -> Figure | None:
        if actions is None:
            return None
        costs = (cost for action in actions for cost in action.cost_lines.all())
        return sum(map(contribution, costs), Figure.zero())

    def _quantities(self, line_code: str) -> list[Quantity]:
        """The quantities of actions, rows and results, of one line or of all."""
        found = []
        for line in self.content.lines:
            if line_code in ("", line.code):
                for owner in (*line.actions.all(), *line.results.all()):
                    found += owner.quantities.all()
        for block in self.content.blocks:
            for row in rows_of(block):
                if not line_code or (row.line and row.line.code == line_code):
                    found += row.quantities.all()
        return [Quantity(each.low, each.unit, high=each.high) for each in found]


def _column(found: Distribution, column: str) -> Value:
    if column == "inwoners":
        return Value(number=Decimal(found.weight))
    if column == "percentage":
        return Value(percentage=Decimal(100))
    if column == "tranche":
        return Value(figure=Figure.of(found.tranches[0]))
    return Value(figure=Figure.of(found.amount))
