"""An overview as a table for the page, and as a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter

from django.urls import reverse

from funds.figure import Figure
from reports.action_columns import amount_cell, cover_text, places_cell, planning_cell
from reports.axes import AXES, whole
from reports.content import Content
from reports.files import CSV, Rendered, rows_as_csv
from reports.long_form import gaps_text
from reports.overview import Entry, Overview, Section
from reports.table import Amount, Cell, Column, Row, Table, Text, widths
from workplans.models import Action

KEY = "overzicht"
NOTHING = Text("", empty="")


@dataclass(frozen=True)
class _Shown:
    """A column between the title and the amount; left out where it says nothing, and on
    the axis that the table is laid out along."""

    heading: str
    width: int
    cell: Callable[[Action, Content], Cell]
    axis: str = ""


def _when(action: Action) -> Cell:
    """The planning, or start and end as one: `Q1 2019 – doorlopend`."""
    if action.planning_text or not (action.start_text or action.end_text):
        return planning_cell(action)
    ends = [planning_cell(action, aspect) for aspect in ("start", "end")]
    text = " – ".join(end.plain for end in ends if end.plain)
    return Text(text, is_fault=any(end.is_fault for end in ends))


def _line(action: Action) -> str:
    """The line, where the code of the action does not begin with it."""
    line = action.line
    return "" if action.full_code.startswith(line.code) else str(line)


def _places(action: Action, content: Content) -> Cell:
    return places_cell(action, content) if action.municipalities_text else Text("")


def _partners(action: Action) -> str:
    return ", ".join(partner.text for partner in action.partners.all())


COLUMNS: dict[str, _Shown] = {
    "lijn": _Shown("Actielijn", 16, lambda a, _: Text(_line(a)), "lijn"),
    "planning": _Shown("Planning", 14, lambda a, _: _when(a)),
    "gemeenten": _Shown("Gemeente", 16, _places, "gemeente"),
    "partners": _Shown("Partners", 20, lambda a, _: Text(_partners(a)), "organisatie"),
    "dekking": _Shown("Dekking", 16, lambda a, _: Text(cover_text(a)), "dekking"),
}


Line = tuple[Section, Entry]


def lines(overview: Overview) -> list[Line]:
    """Every action in every group, in order: what a page holds so many of."""
    return [(section, entry) for section in overview.sections for entry in section.entries]


def overview_table(overview: Overview, page: Sequence[Line] | None = None) -> Table:
    """A row per group with its sum, below it its actions, and the total at the end; with
    `page` only those lines, the total below the last. A group that goes on says so."""
    every = lines(overview)
    shown = every if page is None else page
    content, axis = overview.content, AXES[overview.asked.axis]
    columns = {
        key: column
        for key, column in COLUMNS.items()
        if column.axis != overview.asked.axis
        and any(column.cell(action, content).plain for action in overview.actions)
    }
    has_amounts = overview.has_amounts
    rows: list[Row] = []
    for section, found in groupby(shown, key=itemgetter(0)):
        entries = [entry for _, entry in found]
        rows += _section_rows(overview, section, entries, list(columns.values()))
    if has_amounts and shown and shown[-1][1] is every[-1][1]:
        rows.append(_row("totaal", "Totaal", overview.total, len(columns), kind="total"))
    return Table(
        key=KEY,
        caption=f"Acties per {axis.label.lower()}",
        columns=_headed(columns, has_amounts),
        rows=tuple(rows),
        notes=tuple(_notes(overview, has_amounts)),
    )


def _headed(columns: dict[str, _Shown], has_amounts: bool) -> tuple[Column, ...]:
    found = [
        Column("nr", "Nr", "code", 8),
        Column("actie", "Actie", "text", 32),
        *(Column(key, column.heading, "text", column.width) for key, column in columns.items()),
    ]
    if has_amounts:
        found.append(Column("bedrag", "Bedrag in €", "amount", 14))
    shares = widths([column.width for column in found])
    return tuple(replace(column, width=n) for column, n in zip(found, shares, strict=True))


def _section_rows(
    overview: Overview, section: Section, entries: list[Entry], columns: list[_Shown]
) -> Iterator[Row]:
    group, has_amounts = section.group, overview.has_amounts
    amount = section.figure if has_amounts else None
    note = count_text(len(section.entries))
    if entries[0] is not section.entries[0]:
        note += ", vervolg"
    yield _row(group.key, group.heading, amount, len(columns), note=note, has_amounts=has_amounts)
    content = overview.content
    page = reverse("reports:workplan_detail", args=[content.plan.slug])
    point = ""
    for entry in entries:
        action = entry.action
        name = content.names[action.pk]
        before, point = point, str(action.point or "")
        title = Text(
            action.title,
            url=f"{page}#actie-{name}",
            note="" if point == before else point,  # Once for those that stand together.
            is_header=True,
        )
        yield Row(
            f"{group.key}/{name}",
            (
                Text(action.full_code),
                title,
                *(column.cell(action, content) for column in columns),
                *([_amount(entry)] if has_amounts else []),
            ),
        )


def _row(
    key: str,
    heading: str,
    figure: Figure | None,
    between: int,
    *,
    kind: str = "group",
    note: str = "",
    has_amounts: bool = True,
) -> Row:
    return Row(
        key,
        (
            NOTHING,
            Text(heading, note=note, is_header=True),
            *[NOTHING] * between,
            *([Amount(figure)] if has_amounts else []),
        ),
        kind=kind,  # type: ignore[arg-type]
    )


def _amount(entry: Entry) -> Cell:
    """The part that stands in this group; where that is the whole, as the plan has it."""
    figure = entry.part.figure
    if figure == whole(entry.action) and not entry.part.note:
        cell = amount_cell(entry.action)
        return replace(cell, note=_nature(entry.action)) if isinstance(cell, Amount) else cell
    return Amount(figure, text=entry.part.note or "–", note=entry.part.note)


def _nature(action: Action) -> str:
    """Incidental, structural or for years, where all costs are the same."""
    natures = {cost.get_nature_display() for cost in action.cost_lines.all() if cost.nature}
    return natures.pop() if len(natures) == 1 else ""


def count_text(number: int) -> str:
    return "1 actie" if number == 1 else f"{number or 'Geen'} acties"


def _notes(overview: Overview, has_amounts: bool) -> Iterator[str]:
    asked = overview.asked
    if overview.is_repeated:
        yield (
            "Een actie kan in meer groepen staan. In het totaal telt zij één keer."
            if has_amounts
            else "Een actie kan in meer groepen staan."
        )
    if not has_amounts:
        return
    if asked.axis == "gemeente":
        yield (
            "Het bedrag is wat de gemeente ontvangt. Een gezamenlijke actie telt helemaal bij de "
            "penvoerder."
        )
    if asked.axis == "dekking" and any(
        entry.part.figure is None and whole(entry.action) is not None
        for section in overview.sections
        for entry in section.entries
    ):
        yield (
            "Een pot zonder bedrag staat wel in het plan, maar het plan zegt niet hoeveel die "
            "betaalt. Het totaal telt het bedrag van de actie wel mee."
        )
    divided = [AXES[key].label.lower() for key in asked.keys if AXES[key].divides]
    elsewhere = [label for label in divided if label != AXES[asked.axis].label.lower()]
    if elsewhere:
        yield (
            f"Het filter op {' en '.join(elsewhere)} kiest acties; het bedrag is dat van de hele "
            "actie."
        )


HEADINGS = (
    *("per", "groep", "nr", "actie", "actielijn", "actiepunt", "planning", "gemeenten"),
    *("partners", "dekking", "soort", "stand", "aard", "bedrag in groep"),
    *("toestand in groep", "bedrag van actie", "toestand van actie"),
)


def plain_rows(overview: Overview) -> Iterator[tuple[str, ...]]:
    """A row per action in each group, below `HEADINGS`. Amounts have a decimal point;
    beside them stand the gaps, as in the long form of a document (`pm:1`)."""
    for section in overview.sections:
        for entry in section.entries:
            action = entry.action
            yield (
                AXES[overview.asked.axis].label.lower(),
                section.group.heading,
                action.full_code,
                action.title,
                str(action.line),
                str(action.point or ""),
                _when(action).plain,
                action.municipalities_text,
                _partners(action),
                cover_text(action),
                action.kind,
                action.status,
                _nature(action),
                *_plain(entry.part.figure),
                *_plain(whole(action)),
            )


def overview_csv(overview: Overview) -> Rendered:
    """An overview as a file, named after its axis."""
    name = overview.content.file_name("csv", f"per-{overview.asked.axis}")
    return Rendered(rows_as_csv(HEADINGS, plain_rows(overview)), CSV, name)


def _plain(figure: Figure | None) -> tuple[str, str]:
    return Amount(figure).plain, gaps_text(figure)
