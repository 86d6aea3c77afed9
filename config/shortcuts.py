"""The shortcuts of the keyboard: one list for the dialog, the page and the script."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True)
class Shortcut:
    """Keys pressed one after the other, what they do, and where they lead, if anywhere."""

    keys: tuple[str, ...]
    does: str
    route: str = ""

    @property
    def url(self) -> str:
        return reverse(self.route) if self.route else ""

    @property
    def typed(self) -> str:
        """The keys as the script hears them: `g s`."""
        return " ".join(self.keys)


SHORTCUTS = (
    Shortcut(("/",), "Naar het zoekveld"),
    Shortcut(("?",), "Deze lijst openen"),
    Shortcut(("g", "s"), "Naar de start", "reports:start"),
    Shortcut(("g", "p"), "Naar de plannen", "reports:workplan_list"),
    Shortcut(("g", "f"), "Naar de fondsen", "reports:fund_list"),
    Shortcut(("Esc",), "Een menu of venster sluiten"),
)
