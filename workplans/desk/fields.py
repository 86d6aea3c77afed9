"""What can be typed at each kind of part: the key of the plan file, what a person calls
it, and how it is typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from funds.models import Rule
from workplans.models import Action, ActionLine, Block
from workplans.planfile import NATURES

Control = Literal["line", "text", "list", "choice", "read", "several"]
"""One line, several lines, a line for each item, one of a few, a cell with a notation of
its own that says how it was read, or what is typed on a page of its own."""

Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Field:
    """A cell of a part. `width` is a share beside the others of its table, `absent` what
    a part has whose tree does not say it; `is_prose` says that its text may have
    paragraphs, lists and marks."""

    key: str
    label: str
    control: Control = "line"
    width: int = 10
    choices: Choices = ()
    hint: str = ""
    absent: str = ""
    is_prose: bool = False


def _chosen(choices: list[tuple[str, str]]) -> Choices:
    return (("", "–"), *((str(value), str(label)) for value, label in choices))


_NATURES: Choices = (("", "–"), *((word, word) for word in NATURES.values()))

ACTION = {
    field.key: field
    for field in (
        Field("code", "Code", width=5),
        Field("title", "Actie", "text", 20),
        Field("description", "Omschrijving", "text", 34),
        Field("target_group", "Doelgroep", width=14),
        Field("partners", "Partners", "list", 16, hint="Zet elke partner op een eigen regel."),
        Field("amount", "Bedrag", "read", 14, hint="Zoals € 80.000,-, PM, n.v.t. of n.t.b."),
        Field("nature", "Aard", "choice", 10, _NATURES),
        Field("funding", "Uit welke pot", "line", 16),
        Field("monitoring", "Monitoring", "text", 18),
        Field("planning", "Planning", "read", 12, hint="Zoals 2020, Q2 2020 of doorlopend."),
        Field("start", "Start", "read", 10),
        Field("end", "Eind", "read", 10),
        Field(
            "municipalities",
            "Gemeenten",
            "read",
            18,
            hint="Zoals Katwijk, of K: € 10.000, L: € 5.000, of gelijk over de gemeenten.",
        ),
        Field("embed_in", "Onderbrengen in", width=14),
        Field("embed_from", "Onderbrengen vanaf", width=10),
        Field("quantities", "Aantallen", "list", 14, hint="Zet elk aantal op een eigen regel."),
        Field("status", "Stand", "choice", 12, _chosen(Action.Status.choices)),
        Field("kind", "Soort", "choice", 12, _chosen(Action.Kind.choices)),
        Field("results", "Resultaten", "list", 12, hint="Noem de code, elk op een eigen regel."),
        Field("after", "Na actie", "list", 10, hint="Noem de volle code, zoals A1."),
        Field("follows", "Komt voort uit", width=14),
        Field("budget_title", "Titel in de begroting", width=16),
        Field("note", "Opmerking", "text", 16),
    )
}

OF_COLUMN = {
    "nr": ("code",),
    "actie": ("title", "description"),
    "omschrijving": ("description",),
    "doelgroep": ("target_group",),
    "partners": ("partners",),
    "planning": ("planning",),
    "start": ("start",),
    "eind": ("end",),
    "bedrag": ("amount",),
    "dekking": ("funding",),
    "monitoring": ("monitoring",),
    "gemeenten": ("municipalities",),
    "onderbrengen in": ("embed_in", "embed_from"),
    "aantallen": ("quantities",),
    "status": ("status",),
}
"""What is typed for each column of a table of actions; a column of which the cell is
made from two texts has two cells here."""

LINE = (
    Field("code", "Code", width=5),
    Field("title", "Titel"),
    Field("kind", "Soort", "choice", 10, tuple(ActionLine.Kind.choices)),
    Field("general_goal", "Algemene doelstelling", "text", is_prose=True),
    Field("goals", "Doelstellingen", "list", hint="Zet elke doelstelling op een eigen regel."),
    Field("text", "Tekst", "text", is_prose=True),
)
POINT = (Field("code", "Code", width=8), Field("title", "Actiepunt"))
RESULT = (
    Field("code", "Code", width=6),
    Field("text", "Resultaat", "text", 40),
    Field("due", "Wanneer bereikt", width=14),
    Field("quantities", "Aantallen", "list", 14, hint="Zet elk aantal op een eigen regel."),
)
BLOCK = (
    Field("kind", "Soort blok", "choice", 12, tuple(Block.Kind.choices)),
    Field("title", "Kop"),
    Field("text", "Tekst", "text", is_prose=True),
    Field("level", "Hoe diep", "choice", 8, (("1", "1"), ("2", "2"), ("3", "3")), absent="1"),
)
ROW = {
    field.key: field
    for field in (
        Field("group", "Kopje", width=12),
        Field("code", "Code", width=6),
        Field("title", "Titel", "text", 24),
        Field("line", "Actielijn", width=8, hint="Noem de code van de actielijn."),
        Field("action", "Actie", width=8, hint="Noem de volle code, zoals A1."),
        Field("text", "Tekst", "text", 36),
        Field("items", "Punten", "list", 24, hint="Zet elk punt op een eigen regel."),
        Field("note", "Opmerking", "text", 16),
        Field("partners", "Partners", "list", 16, hint="Zet elke partner op een eigen regel."),
        Field("target_group", "Doelgroep", width=14),
        Field("marks", "Kruisjes", width=8),
        Field("status", "Stand", width=10),
        Field("year", "Jaar", width=6),
        Field("quantities", "Aantallen", "list", 14, hint="Zet elk aantal op een eigen regel."),
    )
}
FIGURE = (
    Field("code", "Code", width=8),
    Field("title", "Titel", width=24),
    Field("amount", "Bedrag", width=12),
    Field("sum", "Som van cijfers", width=20),
    Field("share", "Deel van een cijfer", width=20),
    Field("source", "Bron", width=16),
)
PRINTED = (
    Field("where", "Waar", width=20),
    Field("text", "Zoals gedrukt", width=16),
    Field("figure", "Cijfer", width=20),
    Field("note", "Opmerking", width=20),
)
RULE = (
    Field("code", "Code", width=6),
    Field("kind", "Soort", "choice", 12, tuple(Rule.Kind.choices)),
    Field("title", "Titel", width=20),
    Field("text", "Tekst", "text", 24),
    Field("amount", "Bedrag", width=10),
    Field("maximum", "Hoogstens", width=10),
    Field("share", "Deel", width=8),
    Field("base", "Waarvan", width=14),
    Field("figure", "Cijfer", width=14),
    Field("severity", "Ernst", "choice", 10, _chosen(Rule.Severity.choices)),
    Field("source", "Bron", width=14),
)
PLAN = (
    Field("title", "Titel"),
    Field("period", "Periode", hint="Een jaar of twee jaren, zoals 2020 of 2020-2021."),
    Field("as_of", "Peildatum", hint="Als jaar-maand-dag, zoals 2020-03-01."),
    Field(
        "joint",
        "Gezamenlijk telt",
        hint="gelijk, of inwoners met een peildatum, zoals inwoners 2017-01-01.",
    ),
)
TEXT_BLOCKS = frozenset({Block.Kind.TEXT.value, Block.Kind.QUOTE.value})
