"""What one thing that was found shows: its title and a passage with the words marked,
where it stands, and the address of the very row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import quote

from django.urls import reverse

from funds.models import Application, Envelope, EnvelopeMutation, Fund, Grant
from funds.notation import format_euro
from funds.search import FundSearch, Question, matching
from reports.table import State
from workplans import lifecycle
from workplans.models import Action, ActionLine, Block, WorkPlan, anchor_of, block_anchors
from workplans.notation.richtext import plain_text
from workplans.search import PlanSearch

WORD = re.compile(r"\d+(?:\.\d{3})+(?:,\d\d)?|\d+,\d\d|[^\W_]+(?:['’]s\b)?")
PASSAGE = 180
LEAD = 60


PARTS = ("cost_lines", "partners")


@dataclass(frozen=True)
class Piece:
    """A stretch of text that answers the question, or one that does not. Not escaped."""

    text: str
    is_match: bool = False


Pieces = tuple[Piece, ...]


@dataclass(frozen=True)
class Hit:
    """One thing that was found. `label` says of which part of it the passage is."""

    url: str
    title: Pieces
    code: Pieces = ()
    place: str = ""
    label: str = ""
    passage: Pieces = ()
    status: State | None = None


@dataclass(frozen=True)
class _Draft:
    """A hit before its words are marked; `parts` are labels and texts, the best first."""

    url: str
    title: str
    code: str
    place: str
    parts: tuple[tuple[str, str], ...]
    status: State | None = None


def action_hits(keys: Sequence[int], question: Question) -> tuple[Hit, ...]:
    """Actions with those keys, in that order. Four queries."""
    actions = Action.objects.filter(pk__in=keys).select_related("line__plan__region", "point")
    found = {action.pk: _action(action) for action in actions.prefetch_related(*PARTS)}
    return _marked((found[key] for key in keys), question)


def plan_hits(keys: Sequence[int], question: Question, plans: PlanSearch) -> tuple[Hit, ...]:
    """Plans with those keys, each with the part that answers best. Six queries."""
    where = plans.places(question, tuple(keys))
    blocks = _addressed_blocks(key for kind, key in where.values() if kind == "block")
    lines = ActionLine.objects.in_bulk([key for kind, key in where.values() if kind == "line"])
    found = {
        plan.pk: _plan(plan, where.get(plan.pk, ("plan", plan.pk)), blocks, lines)
        for plan in WorkPlan.objects.filter(pk__in=keys).select_related("region")
    }
    return _marked((found[key] for key in keys), question)


def fund_hits(keys: Sequence[int], question: Question, funds: FundSearch) -> tuple[Hit, ...]:
    """Funds with those keys, with what the reader may see in them. Seven queries."""
    found = {
        fund.pk: _fund(fund, funds)
        for fund in Fund.objects.filter(pk__in=keys).select_related("owner")
    }
    return _marked((found[key] for key in keys), question)


def _action(action: Action) -> _Draft:
    plan = action.line.plan
    costs = [
        ("Bedrag", cost.text or (format_euro(cost.amount.amount) if cost.amount else ""))
        for cost in action.cost_lines.all()
    ]
    notes = [("Bij het bedrag", cost.funding_text) for cost in action.cost_lines.all()]
    return _Draft(
        url=f"{_plan_url(plan)}#{quote(anchor_of(action.full_code))}",
        title=action.title,
        code=action.full_code,
        place=f"{plan.title}, {plan.region.name} {plan.period_text}",
        parts=(
            ("", plain_text(action.description)),
            ("In de begroting", action.budget_title),
            *costs,
            ("Monitoring", action.monitoring),
            ("Gemeenten", action.municipalities_text),
            ("Planning", action.planning_text),
            ("Partners", ", ".join(partner.text for partner in action.partners.all())),
            ("Doelgroep", action.target_group),
            ("Opmerking", plain_text(action.note)),
            *notes,
        ),
    )


def _plan(
    plan: WorkPlan,
    where: tuple[str, int],
    blocks: dict[int, tuple[str, Block]],
    lines: dict[int, ActionLine],
) -> _Draft:
    kind, key = where
    anchor = ""
    parts: list[tuple[str, str]] = []
    if kind == "block" and key in blocks:
        address, block = blocks[key]
        anchor = f"#{address}"
        title = str(block)
        rows = " ".join(
            " ".join(filter(None, (row.title, *map(plain_text, (row.text, *row.items, row.note)))))
            for row in block.rows.all()
        )
        parts = [(title, plain_text(block.text)), (title, rows), ("Kop", title)]
    elif kind == "line" and key in lines:
        line = lines[key]
        anchor = f"#lijn-{quote(line.code)}"
        parts = [("Actielijn", f"{line.code} {line.title}")]
    status = lifecycle.Status(plan.status)
    return _Draft(
        url=f"{_plan_url(plan)}{anchor}",
        title=plan.title,
        code="",
        place=f"{plan.region.name}, {plan.get_kind_display()} {plan.period_text}",
        parts=tuple(parts),
        status=State(status.value, lifecycle.LABELS[status]),
    )


def _addressed_blocks(keys: Iterable[int]) -> dict[int, tuple[str, Block]]:
    """Blocks by key, each with its address on the page of its plan."""
    wanted = set(keys)
    found: dict[int, tuple[str, Block]] = {}
    plans = Block.objects.filter(pk__in=wanted).values("plan")
    blocks = Block.objects.filter(plan__in=plans).order_by("plan", "position", "pk")
    for _, of_plan in groupby(blocks.prefetch_related("rows"), key=lambda block: block.plan_id):
        in_order = list(of_plan)
        for block, anchor in zip(in_order, block_anchors(in_order), strict=True):
            if block.pk in wanted:
                found[block.pk] = (anchor, block)
    return found


def _fund(fund: Fund, funds: FundSearch) -> _Draft:
    return _Draft(
        url=reverse("reports:fund_detail", args=[fund.slug]),
        title=fund.name,
        code="",
        place=f"Beheer: gemeente {fund.owner.name}",
        parts=tuple(_fund_parts(fund, funds)),
    )


def _fund_parts(fund: Fund, funds: FundSearch) -> Iterator[tuple[str, str]]:
    """What the reader may see of a fund, in the words of its page. Five queries."""
    yield "Grondslag", fund.legal_basis
    envelopes = funds.in_full(Envelope.objects.filter(fund=fund), "region")
    for envelope in envelopes.select_related("region").order_by("starts_on", "pk"):
        amount = format_euro(envelope.amount.amount)
        yield "Ruimte", _line(envelope.region.name, envelope.label, amount, envelope.decision)
    mutations = EnvelopeMutation.objects.filter(envelope__fund=fund)
    for change in funds.in_full(mutations, "envelope__region").order_by("dated_on", "pk"):
        amount = format_euro(change.amount.amount) if change.amount is not None else ""
        yield "Bijstelling", _line(change.reason, amount, change.decision, change.condition)
    applications = Application.objects.filter(envelope__fund=fund)
    for application in funds.in_full(applications, "envelope__region").order_by("pk"):
        yield "Aanvraag", application.title
    grants = Grant.objects.filter(line__application__envelope__fund=fund)
    visible = funds.in_full(grants, "line__application__envelope__region")
    for grant in visible.select_related("line").order_by("dated_on", "pk"):
        yield "Beschikt", _line(str(grant.line), format_euro(grant.amount.amount), grant.decision)
    for name in fund.rounds.order_by("dated_on", "pk").values_list("name", flat=True):
        yield "Ronde", name


def _line(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _plan_url(plan: WorkPlan) -> str:
    return reverse("reports:workplan_detail", args=[plan.slug])


def _marked(drafts: Iterable[_Draft], question: Question) -> tuple[Hit, ...]:
    """The drafts with their words marked. One query for all of them together."""
    known = list(drafts)
    texts = [text for draft in known for _, text in (*draft.parts, ("", draft.title))]
    texts += [f"{draft.code} {draft.place}" for draft in known]
    words = (word for text in texts for word in WORD.findall(text))
    matches = matching([*words, *(draft.code for draft in known)], question)
    return tuple(_hit(draft, matches) for draft in known)


def _hit(draft: _Draft, matches: frozenset[str]) -> Hit:
    label, text = _best_part(draft.parts, matches.difference(WORD.findall(draft.title)))
    return Hit(
        url=draft.url,
        title=pieces(draft.title, matches),
        code=(Piece(draft.code, draft.code in matches),) if draft.code else (),
        place=draft.place,
        label=label,
        passage=passage(text, matches),
        status=draft.status,
    )


def _best_part(parts: Sequence[tuple[str, str]], matches: frozenset[str]) -> tuple[str, str]:
    """The part that holds the most different words to mark, or else the first."""
    held = [len(matches.intersection(WORD.findall(text))) for _, text in parts]
    if not held:
        return "", ""
    return parts[held.index(max(held))] if max(held) else ("", parts[0][1])


def pieces(text: str, matches: frozenset[str]) -> Pieces:
    """A text cut where words to mark begin and end."""
    cut: list[Piece] = []
    at = 0
    for found in WORD.finditer(text):
        if found.group() in matches:
            cut += [Piece(text[at : found.start()]), Piece(found.group(), is_match=True)]
            at = found.end()
    return tuple(piece for piece in (*cut, Piece(text[at:])) if piece.text)


def passage(text: str, matches: frozenset[str]) -> Pieces:
    """The stretch of a text around its first word to mark, on one line."""
    line = " ".join(text.split())
    first = next((f.start() for f in WORD.finditer(line) if f.group() in matches), 0)
    start = 0 if first <= LEAD else line.rfind(" ", 0, first - LEAD) + 1
    end = len(line) if len(line) - start <= PASSAGE else line.rfind(" ", start, start + PASSAGE)
    if end <= first:
        end = start + PASSAGE
    shown = f"{'… ' if start else ''}{line[start:end]}{' …' if end < len(line) else ''}"
    return pieces(shown, matches)
