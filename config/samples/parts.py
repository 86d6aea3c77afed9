"""Samples of what shows one thing, stands around a page, or floats over it."""

from __future__ import annotations

from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from config.samples.showing import Samples, show
from config.samples.things import KEY_FIGURES, KNOWN, PLACES, WITH_GAPS
from config.shortcuts import SHORTCUTS
from reports.document import Block
from reports.table import Remark
from workplans import lifecycle
from workplans.notation.richtext import read_text, runs

NOTHING = mark_safe("")
RICH = """### Een kopje
Tekst met *nadruk* en **vet**.[^1]

- een punt
- nog een

1. eerst

> Zo zegt iemand het.

| Taak | Wie |
| Opvang | Leiden |

[^1]: Waar het staat."""


def frame() -> Samples:
    """Parts of the frame: they stand around this page already, and once is enough."""
    for name in ("account", "display_menu", "notices", "search"):
        yield name, [("Staat in de kop van deze pagina", NOTHING)]
    yield "footer", [("Staat onder deze pagina", NOTHING)]


def parts() -> Samples:
    yield (
        "icon",
        [
            ("Gewoon", show("icon", name="send")),
            ("Klein", show("icon", name="check", size="small")),
        ],
    )
    yield "tile", [(place.name, show("tile", place=place)) for place in PLACES]
    yield "place", [(place.name, show("place", place=place)) for place in PLACES[:2]]
    yield (
        "status",
        [
            (label, show("status", key=status.value, label=label))
            for status, label in lifecycle.LABELS.items()
        ],
    )
    pieces = read_text(RICH)
    yield (
        "prose",
        [("Alles wat tekst kan zijn", show("prose", pieces=pieces, prefix="patroon", tag="h3"))],
    )
    yield (
        "prose_table",
        [("Rijen tussen streepjes", show("prose_table", piece=pieces[-2], prefix="patroon-tabel"))],
    )
    yield (
        "runs",
        [
            (
                "Nadruk, een koppeling, en een cijfer dat er niet is",
                show("runs", line=runs("*Nadruk*, [een plek](https://voorbeeld.nl), {{iets}}")),
            )
        ],
    )
    yield (
        "remark",
        [
            (
                "Twee open, en een plek voor meer",
                show("remark", remark=Remark("A3", 2, url="#lezen", add_url="#plaatsen")),
            ),
            ("Wie alleen leest", show("remark", remark=Remark("A3", 1, url="#lezen"))),
        ],
    )
    yield "missing", [("Ontbreekt", show("missing", word="Ontbreekt"))]
    yield (
        "notice",
        [
            (
                tone or "gewoon",
                show("notice", tone=tone, icon=icon, text="Wat er is, en wat u kunt doen."),
            )
            for tone, icon in (
                ("", "info"),
                ("good", "check"),
                ("care", "warning"),
                ("bad", "fault"),
            )
        ],
    )
    yield (
        "messages",
        [
            (
                "Van elke soort een",
                show(
                    "messages",
                    messages=[
                        Message(constants.SUCCESS, "Het plan is ingediend."),
                        Message(constants.WARNING, "Eén bedrag ontbreekt nog."),
                        Message(constants.ERROR, "Het bestand is niet gelezen."),
                        Message(constants.INFO, "De stand is die van vandaag."),
                    ],
                ),
            )
        ],
    )
    yield (
        "empty",
        [("Leeg", show("empty", heading="Nog geen plannen", text="Maak het eerste plan."))],
    )
    yield (
        "breadcrumbs",
        [
            (
                "Onder de plannen",
                show(
                    "breadcrumbs",
                    breadcrumbs=[("Plannen", "reports:workplan_list")],
                    here="Werkplan 2020",
                ),
            )
        ],
    )
    blocks = [
        Block("text", "doelen", "Doelen"),
        Block("actions", "lijn-a", "Persoonlijke situatie", code="A", count_text="9 acties"),
    ]
    yield "contents", [("Twee delen", show("contents", blocks=blocks))]
    yield (
        "key_figure",
        [
            (
                "Gewoon",
                show("key_figure", KEY_FIGURES, term="Beschikt", figure=KNOWN, is_big=False),
            ),
            (
                "Groot, met ontbrekende bedragen",
                show("key_figure", KEY_FIGURES, term="Resteert", figure=WITH_GAPS, is_big=True),
            ),
        ],
    )
    yield (
        "facts",
        [
            (
                "Twee feiten",
                show(
                    "facts",
                    facts=[("Regio", "Duin- en Bollenstreek"), ("Periode", "2020 t/m 2021")],
                ),
            )
        ],
    )
    yield (
        "progress",
        [
            (
                text,
                show(
                    "progress",
                    id=f"voortgang-{done}",
                    label="Acties compleet",
                    done=done,
                    whole=16,
                    text=text,
                ),
            )
            for done, text in ((0, "0 van 16"), (11, "11 van 16"), (16, "16 van 16"))
        ],
    )
    yield (
        "tabs",
        [
            (
                "De eerste is open",
                show(
                    "tabs",
                    label="Actielijnen",
                    tabs=[("A", "#patroon-tabs", True), ("B", "#patroon-tabs", False)],
                ),
            )
        ],
    )
    yield "shortcuts", [("Lijst", show("shortcuts", things=SHORTCUTS))]
    yield (
        "dialog",
        [
            (
                "Dicht, tot de knop hem opent",
                format_html(
                    '<button class="button" type="button" data-opens="voorbeeldvenster">'
                    "Open het venster</button>{}",
                    show(
                        "dialog",
                        id="voorbeeldvenster",
                        heading="Venster",
                        body="components/shortcuts.html",
                        things=SHORTCUTS,
                        link="",
                        link_text="",
                    ),
                ),
            )
        ],
    )
    yield (
        "panel",
        [
            (
                "Met een weg terug",
                show(
                    "panel",
                    id="zijpaneel",
                    heading="Toetsen",
                    body="components/shortcuts.html",
                    things=SHORTCUTS,
                    close="#patroon-panel",
                ),
            )
        ],
    )
