"""How a person wants to see the pages: colours, contrast, room in tables, and whether
single keys are shortcuts. One cookie keeps it, so that the first paint is right already;
nobody needs to be signed in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace

COOKIE = "weergave"
COOKIE_AGE = 365 * 24 * 60 * 60  # seconds


@dataclass(frozen=True)
class Choice:
    """One thing to choose: its field, what it is called, and values with their labels.

    The first value is the one that needs no choice.
    """

    field: str
    label: str
    options: tuple[tuple[str, str], ...]

    @property
    def values(self) -> tuple[str, ...]:
        return tuple(value for value, _ in self.options)


LOOKS = (
    Choice(
        "scheme",
        "Kleuren",
        (("system", "Zoals mijn apparaat"), ("light", "Licht"), ("dark", "Donker")),
    ),
    Choice(
        "contrast",
        "Contrast",
        (("system", "Zoals mijn apparaat"), ("normal", "Normaal"), ("more", "Meer")),
    ),
    Choice("density", "Tabellen", (("dense", "Compact"), ("roomy", "Ruim"))),
)
SHORTCUTS = Choice("shortcuts", "Sneltoetsen", (("on", "Aan"), ("off", "Uit")))
CHOICES = (*LOOKS, SHORTCUTS)


@dataclass(frozen=True)
class Display:
    """What somebody chose; each field holds a value of its `Choice`."""

    scheme: str = "system"
    contrast: str = "system"
    density: str = "dense"
    shortcuts: str = "on"

    @classmethod
    def read(cls, cookie: str) -> Display:
        """What the cookie says. A part that nobody knows counts as not chosen."""
        parts = cookie.split(".")
        names = [field.name for field in fields(cls)]
        return cls().changed(dict(zip(names, parts, strict=False)))

    def written(self) -> str:
        """The value of the cookie."""
        return ".".join(getattr(self, field.name) for field in fields(self))

    def changed(self, wanted: Mapping[str, str]) -> Display:
        """With what is wanted; an unknown value leaves its field as it is."""
        known = {
            choice.field: wanted[choice.field]
            for choice in CHOICES
            if wanted.get(choice.field) in choice.values
        }
        return replace(self, **known)

    @property
    def attributes(self) -> Iterator[tuple[str, str]]:
        """What the html element says: only what differs from the default."""
        for choice in CHOICES:
            value = getattr(self, choice.field)
            if value != choice.values[0]:
                yield f"data-{choice.field}", value

    @property
    def has_shortcuts(self) -> bool:
        return self.shortcuts == "on"

    @property
    def color_scheme(self) -> str:
        """What the browser paints before any stylesheet is there."""
        return "light dark" if self.scheme == "system" else self.scheme

    @property
    def groups(self) -> Iterator[tuple[Choice, tuple[tuple[str, str, bool], ...]]]:
        """The choices of the look with `(value, label, is_chosen)`, for a form."""
        for choice in LOOKS:
            chosen = getattr(self, choice.field)
            yield (
                choice,
                tuple((value, label, value == chosen) for value, label in choice.options),
            )
