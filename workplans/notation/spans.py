"""Cells that go over several columns or rows: where the others of a table come then."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Spans:
    """What cells of rows above take of the rows below: by column, for how many rows."""

    taken: dict[int, int] = field(default_factory=dict)

    def put(self, row: list[str], text: str, across: int, down: int) -> int:
        """Add a cell where the row has room for it. What else it goes over is empty;
        gives how many places are empty for the sake of this cell or those above."""
        before = len(row)
        self.skip(row)
        start = len(row)
        row += [text] + [""] * (across - 1)
        if down > 1:
            self.taken |= dict.fromkeys(range(start, start + across), down - 1)
        return len(row) - before - 1

    def skip(self, row: list[str]) -> int:
        """Leave empty what cells of rows above take here; gives how many places."""
        before = len(row)
        while self.taken.get(len(row)):
            self.taken[len(row)] -= 1
            row.append("")
        return len(row) - before


def span(typed: str, most: int) -> int:
    """How many columns or rows a cell claims: at least one, and no more than `most`."""
    typed = typed.strip()
    number = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 1
    return max(1, min(number, most))
