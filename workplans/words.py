"""What people call each value of a part of a plan: by kind of part, and by its key in the
plan file. The editor, its forms, a comparison and a remark all say it alike.

Each table stands in the order in which a person reads the part.
"""

from __future__ import annotations

from collections.abc import Mapping

Words = Mapping[str, str]

PLAN: Words = {
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
APPLICATION: Words = {"fund": "Fonds", "round": "Ronde", "submitted_on": "Ingediend op"}
RULE: Words = {
    "code": "Code",
    "kind": "Soort",
    "title": "Titel",
    "text": "Tekst",
    "amount": "Bedrag",
    "maximum": "Hoogstens",
    "share": "Deel",
    "base": "Waarvan",
    "applies_to": "Geldt voor",
    "figure": "Cijfer",
    "severity": "Ernst",
    "source": "Bron",
}
FIGURE: Words = {
    "code": "Code",
    "title": "Titel",
    "amount": "Bedrag",
    "sum": "Som van cijfers",
    "share": "Deel van een cijfer",
    "source": "Bron",
}
PRINTED: Words = {
    "where": "Plaats in de bron",
    "text": "Zoals gedrukt",
    "figure": "Hoort te zijn",
    "note": "Opmerking",
}
BLOCK: Words = {
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
ROW: Words = {
    "group": "Kopje",
    "code": "Code",
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
LINE: Words = {
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
POINT: Words = {"code": "Code", "title": "Actiepunt"}
RESULT: Words = {
    "code": "Code",
    "text": "Resultaat",
    "due": "Wanneer bereikt",
    "quantities": "Aantallen",
}
ACTION: Words = {
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
    "after": "Na actie",
    "embed_in": "Onderbrengen in",
    "embed_from": "Onderbrengen vanaf",
    "municipalities": "Gemeenten",
    "note": "Opmerking",
}
COST: Words = {
    "label": "Waarvoor",
    "amount": ACTION["amount"],
    "nature": ACTION["nature"],
    "funding": ACTION["funding"],
    "municipalities": ACTION["municipalities"],
}
