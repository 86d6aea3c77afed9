"""One component with given inputs, as markup."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

Samples = Iterator[tuple[str, list[tuple[str, SafeString]]]]
"""Names of components, each with `(state, markup)`."""


def show(component: str, /, within: str = "{}", **inputs: Any) -> SafeString:
    """A component with these inputs; it may not take the focus of this page."""
    shown = render_to_string(f"components/{component}.html", {"on_paper": False, **inputs})
    return format_html(within, mark_safe(shown.replace(" autofocus", "")))
