"""Samples of tables, of what stands in them, and of what stands around them."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.html import format_html

from config.samples.showing import Samples, show
from config.samples.things import COLUMNS, DIVIDED, PLACES, ROWS, TOTAL, WITH_GAPS
from reports.figures.shapes import Drawing
from reports.search_hits import Piece
from reports.table import Amount, Column, Places, Row, Sort, Table, Text

BARS = format_html(
    '<svg viewBox="0 0 560 40" role="img" aria-label="{}">'
    '<rect class="f-granted" width="380" height="16"/>'
    '<rect class="f-remaining" y="22" width="180" height="16"/></svg>',
    "Beschikt is langer dan resteert",
)


def tables() -> Samples:
    yield (
        "cell",
        [
            (state, show("cell", cell=cell))
            for state, cell in (
                ("Tekst met een noot", Text("Beschikt", note="per brief")),
                ("Ontbreekt", Text("", empty="Ontbreekt", is_missing=True)),
                ("Niet gelezen", Text("± twee ton", is_fault=True)),
                ("Bedrag met ontbrekende bedragen", Amount(WITH_GAPS)),
            )
        ],
    )
    yield (
        "places",
        [
            ("Eén gemeente", show("places", cell=Places("Katwijk", places=PLACES[:1]))),
            (
                "Gezamenlijk",
                show(
                    "places", cell=Places("", lead_text="Duin en Bollen", note="Penvoerder Lisse")
                ),
            ),
            ("Met bedragen", show("places", cell=Places("", places=DIVIDED))),
        ],
    )
    found = (Piece("Een plek om te "), Piece("leren", is_match=True))
    yield "pieces", [("Eén woord gevonden", show("pieces", pieces=found))]
    yield (
        "row",
        [
            (
                kind,
                show(
                    "row",
                    "<table><tbody>{}</tbody></table>",
                    row=Row("1", ROWS[0].cells, kind=kind),
                ),
            )
            for kind in ("body", "group", "total")
        ],
    )
    table = Table(
        "voorbeeld",
        "Te sorteren op de pagina",
        COLUMNS,
        (*ROWS, TOTAL),
        notes=("Een noot.",),
        may_sort=True,
    )
    linked = tuple(
        Column(
            column.key,
            column.heading,
            column.kind,
            column.width,
            Sort(f"?sorteer={column.key}", direction),
        )
        for column, direction in zip(COLUMNS, ("ascending", "", ""), strict=True)
    )
    yield (
        "table",
        [
            (
                "Te sorteren op de pagina, met een totaal dat blijft staan",
                show("table", table=table),
            ),
            (
                "Gesorteerd door de server",
                show("table", table=Table("gesorteerd", "Gesorteerd op nummer", linked, ROWS)),
            ),
            (
                "Lang: schuift in zichzelf",
                show("table", table=Table("lang", "Dertig regels", COLUMNS, ROWS * 10)),
            ),
        ],
    )
    yield (
        "figure",
        [
            (
                "Met dezelfde cijfers als tabel",
                show(
                    "figure",
                    drawing=Drawing(
                        BARS,
                        "Beschikt en resteert",
                        Table("balken", "Beschikt en resteert", COLUMNS, ROWS),
                    ),
                ),
            )
        ],
    )
    pages = Paginator(range(60), 25)
    yield (
        "pagination",
        [
            (
                f"Bladzijde {number}",
                show(
                    "pagination",
                    page=pages.page(number),
                    kept=QueryDict("jaar=2020"),
                    noun="plannen",
                ),
            )
            for number in (2,)
        ],
    )
