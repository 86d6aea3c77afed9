"""Figures that are no costs of an action, as tables: named ones, and distribution
annexes."""

from __future__ import annotations

from funds.figure import Figure
from funds.notation import NotationError
from reports.content import Content
from reports.named_figures import NamedFigures
from reports.table import Amount, Cell, Column, Percentage, Places, Row, Table, Text
from workplans.models import Block
from workplans.notation.distribution import Distribution
from workplans.notation.places import format_date

VAT = {"excl. btw": "exclusief btw", "incl. btw": "inclusief btw"}


def figure_table(key: str, content: Content, figures: NamedFigures) -> Table | None:
    """The named figures of a plan in its order; None when it has none."""
    if not content.figures:
        return None
    rows = []
    for figure in content.figures:
        rows.append(
            Row(
                figure.code,
                (
                    Text(figure.title, is_header=True),
                    _value(f"cijfer {figure.code}", figures),
                    Text(_origin(figure.sum_text, figure.share_text, content)),
                    Text(figure.source),
                ),
            )
        )
    return Table(
        key=key,
        caption="Cijfers van het plan",
        columns=(
            Column("cijfer", "Cijfer", "text", 38),
            Column("waarde", "Waarde", "number", 18),
            Column("hoe", "Hoe het is berekend", "text", 26),
            Column("bron", "Waar het staat", "text", 18),
        ),
        rows=tuple(rows),
        notes=("Een som of deel wordt hier berekend uit de andere cijfers.",)
        if any(figure.sum_text or figure.share_text for figure in content.figures)
        else (),
    )


def distribution_table(
    block: Block, key: str, content: Content, figures: NamedFigures
) -> Table | None:
    """A distribution annex: a row per municipality with its tranches and total; None
    when the amount cannot be divided."""
    found = figures.distributions.get(block.position)
    if found is None:
        return None
    many = len(found.tranches) > 1
    tranches = [f"{n}e tranche in €" for n in range(1, len(found.tranches) + 1)] if many else []
    weighs = found.day is not None
    columns = [Column("gemeente", "Gemeente", "places", 26)]
    if weighs:
        assert found.day is not None
        heading = f"Inwoners op {found.day:%d-%m-%Y}"
        columns += [
            Column("inwoners", heading, "number", 14),
            Column("deel", "Deel", "percentage", 10),
        ]
    width = (100 - sum(column.width for column in columns)) // (len(tranches) + 1)
    columns += [Column(f"tranche-{n}", t, "amount", width) for n, t in enumerate(tranches, 1)]
    left = 100 - sum(column.width for column in columns)
    columns.append(Column("totaal", "Totaal in €", "amount", left))
    return Table(
        key=key,
        caption=_caption(block),
        columns=tuple(columns),
        rows=(*_rows(found, content, many=many), _total(found, many=many)),
        notes=_notes(found),
    )


def _rows(found: Distribution, content: Content, *, many: bool) -> list[Row]:
    rows = []
    for row in found.rows:
        place = content.place(row.code)
        cells: list[Cell] = [Places(place.name, places=(place,), is_header=True)]
        if found.day is not None:
            cells += [Text(_thousands(row.weight)), Percentage(row.percentage)]
        if many:
            cells += [Amount(Figure.of(tranche)) for tranche in row.tranches]
        cells.append(Amount(Figure.of(row.total)))
        rows.append(Row(row.code, tuple(cells)))
    return rows


def _total(found: Distribution, *, many: bool) -> Row:
    cells: list[Cell] = [Text("Totaal", is_header=True)]
    if found.day is not None:
        cells += [Text(_thousands(found.weight)), Text("", empty="")]
    if many:
        cells += [Amount(Figure.of(tranche)) for tranche in found.tranches]
    cells.append(Amount(Figure.of(found.amount)))
    return Row("totaal", tuple(cells), kind="total")


def _caption(block: Block) -> str:
    vat = VAT.get(block.options.get("vat", ""), "")
    what = f"Verdeling van {block.options.get('amount', '')} over de gemeenten"
    return f"{what}, {vat}" if vat else what


def _notes(found: Distribution) -> tuple[str, ...]:
    how = f"naar inwoners op {format_date(found.day)}" if found.day else "gelijk"
    return (
        f"Verdeeld {how}. Elk bedrag is naar boven of beneden afgerond, zo dat rijen en "
        "kolommen samen precies het bedrag zijn.",
    )


def _value(name: str, figures: NamedFigures) -> Cell:
    try:
        value = figures.value(name)
    except NotationError:
        return Text("niet te berekenen", is_fault=True)
    return Amount(value.figure) if value.figure is not None else Text(str(value))


def _origin(sum_text: str, share_text: str, content: Content) -> str:
    """A sum or share in the titles of its figures."""
    titles = {figure.code: figure.title for figure in content.figures}
    words = [titles.get(word, word) for word in (sum_text or share_text).split()]
    signs = {"-": "min", "−": "min", "+": "plus", "/": "gedeeld door"}
    return " ".join(signs.get(word, word) for word in words)


def _thousands(number: int) -> str:
    return f"{number:,}".replace(",", ".")
