"""The patterns that pages are made of: what each component file declares of itself.

Only who builds pages sees them. A component without a sample fails a test.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString

FOLDER = Path(settings.BASE_DIR) / "templates" / "components"
DECLARED = re.compile(r"\{# (Inputs|Keyboard): (.*?) #\}")


def may_see(user: Any) -> bool:
    """Whether the patterns exist for this user: the technical sign-in, or anybody signed
    in where the program is written."""
    return bool(user and user.is_authenticated and (user.is_superuser or settings.DEBUG))


def components() -> list[str]:
    """The names of all component files."""
    return sorted(path.stem for path in FOLDER.glob("*.html"))


@dataclass(frozen=True)
class Pattern:
    """A component: its name, what its file says of it, and `(state, markup)` samples."""

    name: str
    samples: tuple[tuple[str, SafeString], ...]

    @property
    def declared(self) -> dict[str, str]:
        return dict(DECLARED.findall((FOLDER / f"{self.name}.html").read_text(encoding="utf-8")))

    @property
    def inputs(self) -> str:
        return self.declared.get("Inputs", "")

    @property
    def keyboard(self) -> str:
        return self.declared.get("Keyboard", "")
