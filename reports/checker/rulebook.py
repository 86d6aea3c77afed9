"""All rules as one table, and the run over them."""

from __future__ import annotations

from reports.checker import (
    amounts,
    limits,
    missing,
    moments,
    natures,
    numbering,
    printed,
    references,
)
from reports.checker.finding import Severity
from reports.checker.material import Material
from reports.checker.rule import Finding, Rule
from reports.rendering import Reported

BLOCK, WARN, INFORM = Severity.BLOCK, Severity.WARN, Severity.INFORM

RULES = (
    Rule("ongelezen-cel", "Een cel is niet te lezen", BLOCK, missing.unread),
    Rule("gedrukt-anders", "Een gedrukt cijfer is anders dan uitgerekend", WARN, printed.wrong),
    Rule("bedrag-onduidelijk", "Een gedrukt bedrag is fout geschreven", WARN, printed.malformed),
    Rule("bedrag-in-tekst-fout", "Een bedrag in tekst is fout geschreven", WARN, amounts.malformed),
    Rule("kolom-telt-niet", "Een kolom telt niet op tot haar totaal", WARN, printed.column_sums),
    Rule("tranche-telt-niet", "Een totaal is niet zijn tranches", WARN, printed.tranche_sums),
    Rule("twee-schrijfwijzen", "Een bedrag op twee manieren", WARN, amounts.spelled_two_ways),
    Rule("bedrag-zonder-cijfer", "Een bedrag in tekst is geen cijfer", INFORM, amounts.unmatched),
    Rule("engelse-notatie", "Getallen in Engelse notatie", INFORM, printed.english),
    Rule("geen-planning", "De planning ontbreekt", WARN, missing.no_planning),
    Rule("geen-monitoring", "De monitoring ontbreekt", WARN, missing.no_monitoring),
    Rule("geen-ontvanger", "Geld zonder ontvanger", WARN, missing.no_recipient),
    Rule("nog-open", "PM en wat nog open is", INFORM, missing.gaps),
    Rule("volgorde", "Een actie begint te vroeg", WARN, moments.order),
    Rule("eind-voor-begin", "Het eind ligt voor het begin", WARN, moments.backwards),
    Rule("moment-in-tekst", "De tekst noemt een ander moment", WARN, moments.contradicted),
    Rule("periode-in-titel", "De titel noemt een andere periode", WARN, moments.title_period),
    Rule("looptijd", "De looptijd is langer dan de periode", WARN, moments.term),
    Rule("jaartal-onvolledig", "Een jaartal mist een cijfer", WARN, moments.cut_short),
    Rule("aard-structureel", "Structureel, maar tijdelijk", WARN, natures.structural),
    Rule("aard-meerjarig", "Meerjarig, maar binnen één jaar", WARN, natures.multi_year),
    Rule("verwijzing", "Een verwijzing naar wat er niet is", WARN, references.cross_references),
    Rule("voetnoot", "Een voetnoot zonder tekst", WARN, references.footnotes),
    Rule("cijfer-onbekend", "Een cijfer dat er niet is", WARN, references.figures),
    Rule(
        "planning-verwijst", "De planning verwijst naar wat er niet is", WARN, references.planning
    ),
    Rule("actie-verwijst", "Een actie verwijst naar wat er niet is", WARN, references.actions),
    Rule("lijst-en-kop", "Lijst en koppen verschillen", WARN, references.list_against_headings),
    Rule("andere-lijn", "Een rij bij een andere lijn", INFORM, references.row_of_another_line),
    Rule("code-dubbel", "Een code komt twee keer voor", WARN, numbering.double_letters),
    Rule("code-ontbreekt", "Er is een letter overgeslagen", INFORM, numbering.missing_letters),
    Rule("acties-zonder-letter", "Acties zonder letter", INFORM, numbering.no_letters),
    Rule("punt-zonder-nummer", "Een punt zonder nummer", INFORM, numbering.point_without_number),
    Rule("punten-ontbreken", "Er zijn nummers overgeslagen", INFORM, numbering.missing_points),
    Rule("regel-overschreden", "Een regel is overschreden", WARN, limits.broken),
    Rule("drempel", "Een uitgave vraagt een besluit", INFORM, limits.threshold),
    Rule("oormerk-zonder-ruimte", "Minimum en maximum zijn gelijk", INFORM, limits.no_room),
)
"""What is looked at, each with its own small function. `Rule.severity` is the usual one."""


def check(reported: Reported) -> tuple[Finding, ...]:
    """All findings, in the order of the document, then of the rules. One query, for the
    printed figures."""
    plan = reported.content.plan
    material = Material(reported, tuple(plan.printed.order_by("position", "pk")))
    address = plan.get_absolute_url()
    findings = []
    for rule in RULES:
        for found in rule.look(material):
            anchor = f"#{found.spot.anchor}" if found.spot.anchor else ""
            findings.append(
                (
                    material.order[found.spot.anchor],
                    Finding(
                        rule,
                        found.severity or rule.severity,
                        found.sentence,
                        found.spot.where,
                        f"{address}{anchor}",
                    ),
                )
            )
    return tuple(finding for _, finding in sorted(findings, key=lambda pair: pair[0]))
