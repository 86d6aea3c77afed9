"""Document styles: which live blocks and which columns a plan has that chooses none.

Data only. A style is no code path: every block and column can stand in every plan.
"""

from __future__ import annotations

from dataclasses import dataclass

from workplans.models import Block, BlockRow, WorkPlan


@dataclass(frozen=True)
class Style:
    """The columns of its action tables, its live blocks in order, the kind that its lines
    mostly have, and a Dutch sentence that says what it looks like."""

    columns: tuple[str, ...]
    blocks: tuple[str, ...]
    line_kind: str
    looks: str


STYLES = {
    WorkPlan.Style.FUND_PLAN: Style(
        ("nr", "actie", "bedrag: Bedrag in €", "monitoring", "planning", "gemeenten"),
        ("cirkels", "acties", "planning", "gemeenten", "fonds", "begroting", "ondertekening"),
        "cirkel",
        "Actielijnen als cirkels om de inwoner, een tabel met bedrag en monitoring per actie, en "
        "wat er in het fonds overblijft.",
    ),
    WorkPlan.Style.LOOK_BACK: Style(
        ("nr", "actie", "omschrijving: Toelichting", "planning"),
        ("acties", "planning", "gemeenten", "begroting", "financiering", "fonds", "ondertekening"),
        "thema",
        "Een terugblik op het vorige plan, en actietabellen met een toelichting bij elke actie; "
        "het geld staat bij elkaar achterin.",
    ),
    WorkPlan.Style.PROGRAMME: Style(
        ("nr", "actie", "planning", "bedrag: Bedrag in €", "gemeenten"),
        ("cirkels", "doelen", "acties", "gemeenten", "begroting", "ondertekening"),
        "cirkel",
        "Doelen en resultaten per lijn, met de acties eronder; andere plannen voeren het uit.",
    ),
    WorkPlan.Style.TABLE: Style(
        ("nr", "actie: Activiteiten", "partners: Partner(s)", "status", "bedrag: Bedrag in €"),
        (
            "doelen",
            "acties",
            "gemeenten",
            "begroting",
            "fonds",
            "cijfers",
            "regels",
            "ondertekening",
        ),
        "deelplan",
        "Een tabel per deelplan met partners, stand en bedrag, met de regels en de cijfers van "
        "de tafel erachter.",
    ),
    WorkPlan.Style.ANNUAL: Style(
        (
            "nr",
            "actiepunt: Actiepunten visie",
            "partners: Belangrijkste partners",
            "actie: Activiteiten",
            "start: Start (verwacht)",
            "eind: Eind (verwacht)",
            "bedrag: Budget en kostenindicatie p.j.",
        ),
        (
            "acties",
            "planning",
            "gemeenten",
            "begroting",
            "fonds",
            "financiering",
            "regels",
            "ondertekening",
        ),
        "thema",
        "Actiepunten met hun activiteiten, begin en eind, partners en kosten, en daarachter uit "
        "welke pot wat komt.",
    ),
}

OF_KIND = {
    WorkPlan.Kind.WORK_PLAN: WorkPlan.Style.FUND_PLAN,
    WorkPlan.Kind.ANNUAL: WorkPlan.Style.ANNUAL,
    WorkPlan.Kind.IMPLEMENTATION: WorkPlan.Style.TABLE,
    WorkPlan.Kind.PROGRAMME: WorkPlan.Style.PROGRAMME,
}

HEADINGS = {
    Block.Kind.CIRCLES: "Cirkels om de inwoner",
    Block.Kind.GOALS: "Doelen en resultaten",
    Block.Kind.PRINCIPLES: "Uitgangspunten",
    Block.Kind.FOCUS_POINTS: "Speerpunten",
    Block.Kind.DEVELOPMENTS: "Ontwikkelingen",
    Block.Kind.TARGET_GROUPS: "Doelgroepen",
    Block.Kind.LOOK_BACK: "Terugblik",
    Block.Kind.ACTIONS: "Acties",
    Block.Kind.PLANNING: "Planning",
    Block.Kind.MUNICIPALITIES: "Bedrag per gemeente",
    Block.Kind.BUDGET: "Begroting",
    Block.Kind.FUNDING: "Financiering",
    Block.Kind.FUND: "Wat er in het fonds overblijft",
    Block.Kind.FIGURES: "Cijfers",
    Block.Kind.DISTRIBUTION: "Verdeling over de gemeenten",
    Block.Kind.RULES: "Regels",
    Block.Kind.MEMBERS: "Leden",
    Block.Kind.SCENARIOS: "Scenario’s",
    Block.Kind.PHASES: "Overzicht van de fasen",
    Block.Kind.DEVELOPMENT_AGENDA: "Ontwikkelagenda",
    Block.Kind.ORGANISATION: "Organisatie",
    Block.Kind.WORKING_GROUPS: "Werkgroepen",
    Block.Kind.MEETINGS: "Overleggen",
    Block.Kind.SIGNATURES: "Ondertekening",
}
"""The heading of a block without one of its own; text and quotation have none."""


def style_named(style: str, kind: str) -> Style:
    """The style that was chosen, or that of the kind of plan."""
    return STYLES[WorkPlan.Style(style or OF_KIND[WorkPlan.Kind(kind)])]


def style_of(plan: WorkPlan) -> Style:
    """The style that a plan chose, or that of its kind."""
    return style_named(plan.style, plan.kind)


ADDED_BY_COPYING = (Block.Kind.LOOK_BACK, Block.Kind.DEVELOPMENT_AGENDA)
"""Rows that a plan gets from the plan before it: no choice of its author."""


def rows_of(block: Block) -> list[BlockRow]:
    """The rows of a block; none of one that its style adds, which is not stored."""
    return list(block.rows.all()) if block.pk else []


def blocks_of(plan: WorkPlan, blocks: list[Block]) -> list[Block]:
    """The blocks of a document: the author's, and when those are all text, the live
    blocks of the style after them (not stored). What was left behind of the plan before
    it counts as text."""
    if any(block.kind not in (Block.Kind.TEXT, *ADDED_BY_COPYING) for block in blocks):
        return blocks
    position = len(blocks)
    return blocks + [
        Block(plan=plan, kind=kind, position=position + n)
        for n, kind in enumerate(style_of(plan).blocks)
    ]
