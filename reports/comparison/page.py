"""A comparison in one line, and its money as a file."""

from __future__ import annotations

from collections import Counter

from funds.figure import Figure
from reports.comparison.comparison import Comparison
from reports.comparison.money import VIEWS, Difference
from reports.files import CSV, Rendered, rows_as_csv
from reports.long_form import gaps_text

THINGS = (
    ("actie", "actie", "acties"),
    ("actielijn", "actielijn", "actielijnen"),
    ("blok", "blok", "blokken"),
)
STEPS = (
    ("changed", "gewijzigd"),
    ("added", "nieuw"),
    ("removed", "vervallen"),
    ("moved", "verplaatst"),
    ("renumbered", "hernummerd"),
)
HEADINGS = (
    *("tabel", "sleutel", "naam", "was", "was_toestand", "wordt", "wordt_toestand"),
    *("verschil", "verschil_open"),
)


def summary(found: Comparison) -> str:
    """`3 acties gewijzigd, 1 nieuw; 1 blok gewijzigd; totaal + € 12.500`."""
    told = [
        text
        for thing, one, more in THINGS
        if (text := _counted(Counter(p.step for p in found.of(thing)), one, more))
    ]
    others = sum(
        part.thing not in {thing for thing, _, _ in THINGS}
        for group in found.groups
        for part in group.parts
    )
    if others:
        told.append(f"{others} {'wijziging' if others == 1 else 'wijzigingen'} in de gegevens")
    return "; ".join([*told, _total(found.money.total)])


def _counted(steps: Counter[str], one: str, more: str) -> str:
    """`3 acties gewijzigd, 1 nieuw`: the thing is named once."""
    told = [(count, word) for step, word in STEPS if (count := steps[step])]
    return ", ".join(
        f"{count} {(one if count == 1 else more) + ' ' if n == 0 else ''}{word}"
        for n, (count, word) in enumerate(told)
    )


def _total(total: Difference) -> str:
    if total.is_none:
        return f"totaal gelijk: {total.new}"
    said = [total.amount_text] if total.known else ["bekend bedrag gelijk"]
    return "totaal " + ", ".join(filter(None, [*said, total.gaps_text]))


def compare_csv(found: Comparison, name: str) -> Rendered:
    """Every difference in money as a line; amounts with a decimal point."""
    money = found.money
    tables = [("acties", money.actions)]
    tables += [(key, money.municipalities[view]) for view, key, _ in VIEWS]
    tables.append(("totaal", (money.total,)))
    rows = [_line(key, row) for key, differences in tables for row in differences]
    return Rendered(rows_as_csv(HEADINGS, rows), CSV, f"{name}.csv")


def _line(table: str, row: Difference) -> list[str]:
    return [
        *(table, row.key, row.name),
        *(*_figure(row.old), *_figure(row.new)),
        *(f"{row.known:.2f}", row.gaps_text or "gelijk"),
    ]


def _figure(figure: Figure) -> tuple[str, str]:
    return f"{figure.known:.2f}", gaps_text(figure)
