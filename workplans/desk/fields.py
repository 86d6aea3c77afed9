"""What can be typed at each kind of part: the key of the plan file, what a person calls
it, and how it is typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from funds.models import Rule
from workplans import words
from workplans.models import Action, ActionLine, Block, WorkPlan
from workplans.planfile import NATURES, Tree

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
    control: Control = "line"
    width: int = 10
    choices: Choices = ()
    hint: str = ""
    absent: str = ""
    is_prose: bool = False
    label: str = ""


def _called(labels: words.Words, *columns: Field) -> tuple[Field, ...]:
    """The same with what people call them."""
    return tuple(replace(column, label=labels[column.key]) for column in columns)


def _chosen(choices: list[tuple[str, str]]) -> Choices:
    return (("", "–"), *((str(value), str(label)) for value, label in choices))


_COLUMNS = "Elke kolom op een eigen regel, zoals actie: Activiteiten; leeg is die van de opmaak."
_KEY = "gelijk, of inwoners met een peildatum, zoals inwoners 2017-01-01."
_NATURES: Choices = (("", "–"), *((word, word) for word in NATURES.values()))

ACTION = {
    field.key: field
    for field in _called(
        words.ACTION,
        Field("code", width=5),
        Field("title", "text", 20),
        Field("description", "text", 34),
        Field("target_group", width=14),
        Field("partners", "list", 16, hint="Zet elke partner op een eigen regel."),
        Field("amount", "read", 14, hint="Zoals € 80.000,-, PM, n.v.t. of n.t.b."),
        Field("nature", "choice", 10, _NATURES),
        Field("funding", "line", 16),
        Field("monitoring", "text", 18),
        Field("planning", "read", 12, hint="Zoals 2020, Q2 2020 of doorlopend."),
        Field("start", "read", 10),
        Field("end", "read", 10),
        Field(
            "municipalities",
            "read",
            18,
            hint="Zoals Katwijk, of K: € 10.000, L: € 5.000, of gelijk over de gemeenten.",
        ),
        Field("embed_in", width=14),
        Field("embed_from", width=10),
        Field("quantities", "list", 14, hint="Zet elk aantal op een eigen regel."),
        Field("status", "choice", 12, _chosen(Action.Status.choices)),
        Field("kind", "choice", 12, _chosen(Action.Kind.choices)),
        Field("results", "list", 12, hint="Noem de code, elk op een eigen regel."),
        Field("after", "list", 10, hint="Noem de volle code, zoals A1."),
        Field("follows", width=14),
        Field("budget_title", width=16),
        Field("note", "text", 16),
    )
}

COST = _called(
    words.COST,
    Field("label", hint="Waarvoor dit bedrag is, of voor welk jaar."),
    Field("amount", "read", hint=ACTION["amount"].hint),
    Field("nature", "choice", choices=_NATURES),
    Field("funding"),
    Field("municipalities", "read", hint="Alleen waar dit bedrag anders verdeeld wordt."),
)

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

LINE = _called(
    words.LINE,
    Field("code", width=5),
    Field("title"),
    Field("kind", "choice", 10, tuple(ActionLine.Kind.choices)),
    Field("general_goal", "text", is_prose=True),
    Field("goals", "list", hint="Zet elke doelstelling op een eigen regel."),
    Field("text", "text", is_prose=True),
    Field("follows", "list", hint="Zoals plan/A, elk op een eigen regel."),
    Field("columns", "list", hint=_COLUMNS),
)
POINT = _called(words.POINT, Field("code", width=8), Field("title"))
RESULT = _called(
    words.RESULT,
    Field("code", width=6),
    Field("text", "text", 40),
    Field("due", width=14),
    Field("quantities", "list", 14, hint="Zet elk aantal op een eigen regel."),
)
BLOCK = _called(
    words.BLOCK,
    Field("kind", "choice", 12, tuple(Block.Kind.choices)),
    Field("title"),
    Field("text", "text", is_prose=True),
    Field("level", "choice", 8, (("1", "1"), ("2", "2"), ("3", "3")), absent="1"),
    Field("lines", "list", hint="Noem de code van elke lijn op een eigen regel; leeg is alle."),
    Field("columns", "list", hint=_COLUMNS),
    Field("source"),
    Field("amount", hint="Het bedrag dat verdeeld wordt."),
    Field("key", hint=_KEY),
    Field("tranches", hint="In hoeveel gelijke delen het bedrag komt."),
    Field("unit", "choice", 8, (("", "–"), ("euro", "euro"), ("cent", "cent"))),
    Field("vat", "choice", 8, (("", "–"), ("excl. btw", "excl. btw"), ("incl. btw", "incl. btw"))),
)
_OF_BLOCK: Mapping[str, tuple[str, ...]] = {
    Block.Kind.ACTIONS: ("lines", "columns"),
    Block.Kind.GOALS: ("lines", "columns"),
    Block.Kind.QUOTE: ("source",),
    Block.Kind.DISTRIBUTION: ("amount", "key", "tranches", "unit", "vat"),
}
_OF_EVERY_BLOCK = ("kind", "title", "text", "level")

ROW = {
    field.key: field
    for field in _called(
        words.ROW,
        Field("group", width=12),
        Field("code", width=6),
        Field("title", "text", 24),
        Field("line", width=8, hint="Noem de code van de actielijn."),
        Field("action", width=8, hint="Noem de volle code, zoals A1."),
        Field("text", "text", 36),
        Field("items", "list", 24, hint="Zet elk punt op een eigen regel."),
        Field("note", "text", 16),
        Field("partners", "list", 16, hint="Zet elke partner op een eigen regel."),
        Field("target_group", width=14),
        Field("marks", width=8),
        Field("status", width=10),
        Field("year", width=6),
        Field("quantities", "list", 14, hint="Zet elk aantal op een eigen regel."),
    )
}
FIGURE = _called(
    words.FIGURE,
    Field("code", width=8),
    Field("title", width=24),
    Field("amount", width=12),
    Field("sum", width=20),
    Field("share", width=20),
    Field("source", width=16),
)
PRINTED = _called(
    words.PRINTED,
    Field("where", width=20),
    Field("text", width=16),
    Field("figure", width=20),
    Field("note", width=20),
)
RULE = _called(
    words.RULE,
    Field("code", width=6),
    Field("kind", "choice", 12, tuple(Rule.Kind.choices)),
    Field("title", width=20),
    Field("text", "text", 24),
    Field("amount", width=10),
    Field("maximum", width=10),
    Field("share", width=8),
    Field("base", width=14),
    Field("applies_to", width=14),
    Field("figure", width=14),
    Field("severity", "choice", 10, _chosen(Rule.Severity.choices)),
    Field("source", width=14),
)
PLAN = _called(
    words.PLAN,
    Field("title"),
    Field("kind", "choice", 14, tuple(WorkPlan.Kind.choices)),
    Field("style", "choice", 14, (("", "zoals bij de soort"), *WorkPlan.Style.choices)),
    Field("period", hint="Een jaar of twee jaren, zoals 2020 of 2020-2021."),
    Field("as_of", hint="Als jaar-maand-dag, zoals 2020-03-01."),
    Field("joint", hint=_KEY),
)
TEXT_BLOCKS = frozenset({Block.Kind.TEXT.value, Block.Kind.QUOTE.value})

WITHOUT_ROWS = TEXT_BLOCKS | frozenset(
    {
        Block.Kind.ACTIONS.value,
        Block.Kind.CIRCLES.value,
        Block.Kind.PLANNING.value,
        Block.Kind.MUNICIPALITIES.value,
        Block.Kind.BUDGET.value,
        Block.Kind.FUNDING.value,
        Block.Kind.FUND.value,
        Block.Kind.FIGURES.value,
        Block.Kind.DISTRIBUTION.value,
        Block.Kind.RULES.value,
        Block.Kind.SIGNATURES.value,
    }
)
"""Kinds of block that are text, or draw themselves from the plan."""
READ_BELOW = ("general_goal", "goals", "text")
"""What is read below the heading of a block or line; the rest is asked in its form."""


def of_block(block: Tree) -> tuple[Field, ...]:
    """What can be typed at a block: what its kind has, and what stands there anyway."""
    kind = block.get("kind", "")
    own = _OF_BLOCK.get(kind, () if kind in WITHOUT_ROWS else ("columns",))
    keys = {*_OF_EVERY_BLOCK, *own, *block}
    return tuple(column for column in BLOCK if column.key in keys)
