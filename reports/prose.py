"""Typed text as a document shows it: live figures filled in, references made links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from funds.notation import NotationError
from reports.named_figures import NamedFigures
from workplans.notation.richtext import Line, Mark, Piece, Run, read_text


@dataclass(frozen=True)
class Prose:
    """Reads text of one plan.

    A figure becomes its value on the plan's date; one that the plan does not have
    stays as it was typed, without a `target`, and is marked. The same goes for a
    cross-reference that leads nowhere. `anchors` has the address on the page and the
    words of the link by what people write: `A1`, `lijn A`, `blok Inleiding`.
    """

    figures: NamedFigures
    anchors: Mapping[str, tuple[str, str]]

    def read(self, text: str) -> tuple[Piece, ...]:
        """The pieces of a text, in order."""
        return tuple(
            replace(piece, lines=tuple(map(self._line, piece.lines))) for piece in read_text(text)
        )

    def _line(self, line: Line) -> Line:
        return tuple(map(self._run, line))

    def _run(self, run: Run) -> Run:
        if run.mark is Mark.FIGURE:
            return self._figure(run)
        if run.mark is Mark.CROSS_REFERENCE:
            address, words = self.anchors.get(run.target.casefold(), ("", run.text))
            return replace(run, target=address, text=words)
        return run

    def _figure(self, run: Run) -> Run:
        try:
            return replace(run, text=str(self.figures.value(run.target)))
        except NotationError as fault:
            # Braces around what names no figure at all are only text.
            mark = Mark.PLAIN if fault.code == "no_reference" else run.mark
            return replace(run, mark=mark, target="")
