"""What each part of a plan file says, key by key, in the words of the reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from reports.comparison.words import Run, runs
from workplans.planfile import Tree

HEAD = {
    "title": "Titel",
    "kind": "Soort",
    "style": "Opmaak",
    "region": "Regio",
    "programme": "Uitvoering van programma",
    "follows": "Vervolg op",
    "period": "Periode",
    "status": "Status",
    "as_of": "Peildatum",
    "joint": "Gezamenlijk telt",
}
APPLICATION = {"fund": "Fonds", "round": "Ronde", "submitted_on": "Ingediend op"}
RULE = {
    "code": "Code",
    "kind": "Soort",
    "title": "Titel",
    "text": "Tekst",
    "amount": "Bedrag",
    "maximum": "Maximum",
    "share": "Deel",
    "base": "Waarvan",
    "applies_to": "Geldt voor",
    "figure": "Cijfer",
    "severity": "Ernst",
    "source": "Bron",
}
FIGURE = {
    "code": "Code",
    "title": "Titel",
    "amount": "Bedrag",
    "sum": "Som van",
    "share": "Deel",
    "source": "Bron",
}
PRINTED = {
    "where": "Plaats in de bron",
    "text": "Zoals gedrukt",
    "figure": "Hoort te zijn",
    "note": "Opmerking",
}
BLOCK = {
    "kind": "Soort blok",
    "title": "Kop",
    "level": "Hoe diep",
    "text": "Tekst",
    "lines": "Actielijnen",
    "columns": "Kolommen",
    "source": "Bron",
    "amount": "Bedrag",
    "tranches": "Delen",
    "key": "Sleutel",
    "unit": "Afronding",
    "vat": "Btw",
}
ROW = {
    "group": "Kopje",
    "code": "Nr",
    "title": "Onderwerp",
    "line": "Actielijn",
    "action": "Actie",
    "text": "Tekst",
    "items": "Punten",
    "note": "Opmerking",
    "partners": "Partners",
    "target_group": "Doelgroep",
    "marks": "Fasen",
    "status": "Stand",
    "year": "Jaar",
    "quantities": "Aantallen",
}
LINE = {
    "code": "Code",
    "title": "Titel",
    "kind": "Soort",
    "follows": "Komt voort uit",
    "general_goal": "Algemene doelstelling",
    "goals": "Doelstellingen",
    "results": "Beoogde resultaten",
    "text": "Tekst",
    "columns": "Kolommen",
    "points": "Actiepunten",
}
ACTION = {
    "code": "Code",
    "point": "Actiepunt",
    "title": "Titel",
    "budget_title": "Titel in de begroting",
    "kind": "Soort",
    "status": "Stand",
    "follows": "Komt voort uit",
    "description": "Omschrijving",
    "target_group": "Doelgroep",
    "partners": "Partners",
    "quantities": "Aantallen",
    "results": "Resultaten",
    "amount": "Bedrag",
    "nature": "Aard",
    "funding": "Uit welke pot",
    "costs": "Kosten",
    "monitoring": "Monitoring",
    "planning": "Planning",
    "start": "Start",
    "end": "Eind",
    "after": "Na",
    "embed_in": "Onderbrengen in",
    "embed_from": "Onderbrengen vanaf",
    "municipalities": "Gemeenten",
    "note": "Opmerking",
}

Labels = Mapping[str, str]
Field = tuple[str, tuple[Run, ...]]


def fields(old: Tree, new: Tree, labels: Labels, *, leaving: str = "") -> tuple[Field, ...]:
    """The keys that differ, in the order of the labels, each with its difference; those
    of `leaving` (words) are said elsewhere."""
    pairs = ((key, said(key, old.get(key)), said(key, new.get(key))) for key in labels)
    return tuple(
        (labels[key], runs(was, now))
        for key, was, now in pairs
        if was != now and key not in leaving.split()
    )


def said(key: str, value: Any) -> str:
    """A value of the tree as a person reads it; lists have a line for each item."""
    if isinstance(value, list):
        return "\n".join(LISTED.get(key, _item)(item) for item in value)
    if isinstance(value, dict):
        return f"{value['unread']} (niet gelezen)"
    return str(value or "")


def _item(item: Any) -> str:
    return said("", item)


def _result(result: Tree) -> str:
    counted = "; ".join(result.get("quantities", []))
    parts = [result.get("code", ""), result.get("text", ""), result.get("due", ""), counted]
    below = [f"  {line}" for part in result.get("results", []) for line in [_result(part)]]
    return "\n".join([" · ".join(filter(None, parts)), *below])


def _results(result: Any) -> str:
    """A result of a line; of an action only its code."""
    return _result(result) if isinstance(result, dict) else str(result)


def _cost(cost: Tree) -> str:
    keys = ("label", "amount", "nature", "funding", "municipalities")
    return " · ".join(filter(None, (said(key, cost.get(key)) for key in keys)))


def _point(point: Tree) -> str:
    return " ".join(filter(None, (point.get("code", ""), point.get("title", ""))))


LISTED: dict[str, Callable[[Any], str]] = {"results": _results, "costs": _cost, "points": _point}
