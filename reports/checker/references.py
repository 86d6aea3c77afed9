"""References that lead nowhere, and lists that do not agree with what they list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from funds.notation import NotationError
from reports.checker.finding import Found, Spot
from reports.checker.material import Material
from reports.styles import rows_of
from workplans.models import ActionLine
from workplans.notation.richtext import Kind, Mark


def cross_references(material: Material) -> Iterator[Found]:
    """A cross-reference in text to a part that the plan does not have."""
    for written in material.texts:
        for run in written.runs:
            if run.mark is Mark.CROSS_REFERENCE and run.target.casefold() not in material.anchors:
                yield Found(
                    written.spot,
                    f"De tekst verwijst naar “{run.target}”, maar dat staat niet in dit plan; noem "
                    "een deel dat er is of haal de verwijzing weg.",
                )


def footnotes(material: Material) -> Iterator[Found]:
    """A footnote number without its note."""
    for written in material.texts:
        notes: set[str] = set()
        used: list[str] = []
        for piece in written.pieces:
            for line in piece.lines:
                numbers = [run.target for run in line if run.mark is Mark.FOOTNOTE]
                if piece.kind is Kind.NOTES and numbers:
                    notes.add(numbers.pop(0))
                used += numbers
        for number in dict.fromkeys(used):
            if number not in notes:
                yield Found(
                    written.spot,
                    f"Voetnoot {number} heeft geen tekst; schrijf die onder aan, na [^{number}]:.",
                )


def figures(material: Material) -> Iterator[Found]:
    """The name of a figure that the plan does not have: in text, at a printed figure or
    in a rule."""
    for spot, name in _named_figures(material):
        try:
            material.figures.value(name)
        except NotationError as fault:
            yield Found(spot, fault.sentence)


def _named_figures(material: Material) -> Iterator[tuple[Spot, str]]:
    for written in material.texts:
        for run in written.runs:
            if run.mark is Mark.FIGURE:
                yield written.spot, run.target
    for printed in material.printed:
        if printed.figure:
            yield material.printed_figure(printed), printed.figure
    for rule in material.content.rules:
        for name in (rule.figure, rule.base):
            # The base may be a number: 11 leden.
            if name and not re.match(r"\d", name):
                yield material.rule(rule), name


def planning(material: Material) -> Iterator[Found]:
    """`Zie #13` where the plan has no 13."""
    for action in material.content.actions:
        names = {entry.reference for entry in action.planning_entries.all() if entry.reference}
        for name in sorted(names):
            if not _exists(material, name):
                yield Found(
                    material.action(action, "planning"),
                    f"De planning verwijst naar #{name}, maar dat punt is er niet; noem een punt "
                    "van dit plan of schrijf de planning uit.",
                )


def _exists(material: Material, name: str) -> bool:
    return any(f"{front}{name}".casefold() in material.anchors for front in ("", "punt ", "lijn "))


def actions(material: Material) -> Iterator[Found]:
    """An action that must come after, or serves, something that is not there."""
    for action in material.content.actions:
        for after in action.after.all():
            if after.first_id is None:
                yield Found(
                    material.action(action, "na"),
                    f"De actie komt na “{after.text}”, maar die actie is er niet; noem een actie "
                    "van dit plan.",
                )
        for served in action.results.all():
            if served.result_id is None:
                yield Found(
                    material.action(action, "resultaten"),
                    f"De actie draagt bij aan resultaat “{served.text}”, maar dat is er niet; noem "
                    "een resultaat van dit plan of zijn programma.",
                )


def list_against_headings(material: Material) -> Iterator[Found]:
    """A row that names an action line and carries the code of another."""
    for block in material.content.blocks:
        for row in rows_of(block):
            if row.line and row.code != row.line.code and row.code in material.lines:
                yield Found(
                    material.block(block).part(row.code),
                    f"Hier heeft “{row.title or row.text}” nummer {row.code}, verderop is het "
                    f"{row.line.code}; geef het op beide plaatsen hetzelfde nummer.",
                )


def row_of_another_line(material: Material) -> Iterator[Found]:
    """A row under one line that is about an action of another."""
    for block in material.content.blocks:
        for row in rows_of(block):
            if row.line and row.action and row.line_id not in _lines_of(row.action.line):
                yield Found(
                    material.block(block).part(row.title),
                    f"Deze rij staat bij actielijn {row.line.code}, maar actie "
                    f"{row.action.full_code} hoort bij actielijn {row.action.line.code}; zeg "
                    "waarom of zet de rij daar.",
                )


def _lines_of(line: ActionLine) -> tuple[int, int | None]:
    return line.pk, line.parent_id
