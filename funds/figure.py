"""A figure: what is known of a sum, together with what is not known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

from funds.notation import CENT, AmountState, format_euro

# In the order in which a total prints them. Not applicable is an answer, so no gap.
GAP_WORDS: Mapping[AmountState, str] = MappingProxyType(
    {
        AmountState.PM: "PM",
        AmountState.TBD: "n.t.b.",
        AmountState.UNKNOWN: "niet bekend",
        AmountState.BLANK: "niet ingevuld",
        AmountState.UNREAD: "niet gelezen",
    }
)


NO_GAPS: Mapping[AmountState, int] = MappingProxyType({})


@dataclass(frozen=True)
class Figure:
    """A known amount in euros and, per state, how many cost lines it leaves out.

    Gaps that do not occur are left out, so equal figures are equal however they were
    made. The mapping of gaps cannot be changed. `has_known` is whether any line has an
    amount, be it zero; it decides only how the figure is printed.
    """

    known: Decimal
    gaps: Mapping[AmountState, int] = field(default_factory=dict)
    has_known: bool = field(default=True, compare=False)

    def __post_init__(self) -> None:
        known = self.known.quantize(CENT)
        if known != self.known:
            raise ValueError(f"A figure is in whole cents, not {self.known}.")
        object.__setattr__(self, "known", known)
        object.__setattr__(self, "gaps", _counted(self.gaps) if self.gaps else NO_GAPS)

    @classmethod
    def zero(cls) -> Figure:
        """The start of a sum: nothing, and nothing missing."""
        return cls(Decimal(0), has_known=False)

    @classmethod
    def of(cls, amount: Decimal) -> Figure:
        """The figure of one known amount."""
        return cls(amount)

    @classmethod
    def gap(cls, state: AmountState) -> Figure:
        """The figure of one cost line of which no amount is known."""
        return cls(Decimal(0), {state: 1}, has_known=False)

    @classmethod
    def entry(cls, state: AmountState, amount: Decimal | None, count: int = 1) -> Figure:
        """The figure of `count` lines in one state, with the sum of their amounts.

        What is not applicable adds nothing and is no gap.
        """
        if state == AmountState.KNOWN:
            return cls(amount or Decimal(0))
        return cls(Decimal(0), {state: count} if state in GAP_WORDS else {}, has_known=False)

    @classmethod
    def total(cls, figures: Iterable[Figure]) -> Figure:
        """The sum, without a figure for each step on the way."""
        found = list(figures)
        gaps: dict[AmountState, int] = {}
        for figure in found:
            for state, count in figure.gaps.items():
                gaps[state] = gaps.get(state, 0) + count
        known = sum((figure.known for figure in found), Decimal(0))
        return cls(known, gaps, any(figure.has_known for figure in found))

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing from the known amount."""
        return not self.gaps

    @property
    def is_open(self) -> bool:
        """Whether it is gaps and no more, so that its zero says nothing."""
        return bool(self.gaps) and not self.has_known

    @property
    def gap_words(self) -> list[str]:
        """The gaps as a reader sees them: `3 × PM`, `1 × niet bekend`."""
        return [f"{count} × {GAP_WORDS[state]}" for state, count in self.gaps.items()]

    def parts(self, known: str) -> list[str]:
        """What is printed, with the known amount as `known`; one gap alone is its word."""
        words = self.gap_words
        if not self.is_open:
            return [known, *words]
        return words if words[1:] else [words[0].removeprefix("1 × ")]

    def __add__(self, other: Figure) -> Figure:
        return self._with(other.known, other)

    def __sub__(self, other: Figure) -> Figure:
        """Subtract what is known; what is unknown on either side stays unknown."""
        return self._with(-other.known, other)

    def closing(self, other: Figure) -> Figure:
        """The same amount without the gaps of another: what was not known of that does
        not matter any more."""
        gaps = {n: max(count - other.gaps.get(n, 0), 0) for n, count in self.gaps.items()}
        return Figure(self.known, gaps, self.has_known)

    def __hash__(self) -> int:
        return hash((self.known, tuple(self.gaps.items())))

    def __reduce__(self) -> tuple[type[Figure], tuple[Decimal, dict[AmountState, int], bool]]:
        # A mapping proxy can be neither copied nor pickled (caches, dataclasses.asdict).
        return Figure, (self.known, dict(self.gaps), self.has_known)

    def __str__(self) -> str:
        return " + ".join(self.parts(format_euro(self.known)))

    def _with(self, known: Decimal, other: Figure) -> Figure:
        gaps = {state: self.gaps.get(state, 0) + other.gaps.get(state, 0) for state in GAP_WORDS}
        return Figure(self.known + known, gaps, self.has_known or other.has_known)


def _counted(gaps: Mapping[AmountState, int]) -> Mapping[AmountState, int]:
    """The gaps that occur, in the order of printing."""
    for state, count in gaps.items():
        if state not in GAP_WORDS or count < 0:
            raise ValueError(f"No gap of a figure: {count} × {state!r}.")
    found = {state: gaps[state] for state in GAP_WORDS if gaps.get(state)}
    return MappingProxyType(found) if found else NO_GAPS


def shows_cents(figures: Iterable[Figure | None]) -> bool:
    """Whether a column with these figures prints cents: every line does where one has
    any, or the digits would not stand under one another."""
    return any(figure is not None and figure.known % 1 for figure in figures)
