"""The colours of the brand, for engines that do not let CSS into an inline SVG.

Reads `static/theme.css`, the one file that a municipality replaces. What a role looks
like on the screen stands in tokens.css and figure.css; this is its light side, on paper.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

ROLES: Mapping[str, str] = MappingProxyType(
    {
        "ink": "color-neutral-900",
        "sub": "color-neutral-600",
        "on": "color-neutral-0",
        "surface": "color-neutral-0",
        "track": "color-neutral-100",
        "line": "color-neutral-500",
        "grid": "color-neutral-200",
        "balance": "color-neutral-600",
        "granted": "color-primary-700",
        "requested": "color-accent-600",
        "remaining": "color-positive-700",
        "ring-0": "color-primary-700",
        "ring-1": "color-primary-200",
        "ring-2": "color-primary-100",
        "ring-3": "color-primary-50",
        "ring-4": "color-neutral-25",
        **{f"{n}": f"color-strip-{n}" for n in range(1, 8)},
    }
)
FONT = "font-family-text"

_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_DECLARATION = re.compile(r"--pv-brand-([\w-]+)\s*:\s*([^;}]+)")


def colour(role: str) -> str:
    """The colour of a role in `ROLES`, as the theme writes it."""
    return _value(ROLES[role])


def font_family() -> str:
    """The typefaces of the brand, the first that exists counts."""
    return _value(FONT)


def _value(token: str) -> str:
    theme = Path(settings.BASE_DIR) / "static" / "theme.css"
    found = _brand(theme, theme.stat().st_mtime_ns).get(token, "")
    if not found or "light-dark(" in found or "var(" in found:
        raise ImproperlyConfigured(
            f"In {theme.name} staat voor --pv-brand-{token} geen gewone waarde; schrijf er een, "
            "zoals in de voorbeelden in static/themes."
        )
    return found


@lru_cache(maxsize=4)
def _brand(theme: Path, _changed: int) -> Mapping[str, str]:
    """The declarations of a theme; read again when the file changes."""
    css = _COMMENT.sub("", theme.read_text(encoding="utf-8"))
    return {name: " ".join(value.split()) for name, value in _DECLARATION.findall(css)}
