"""The field for running text: plain where nothing else works, and what an editor made of
it where it does. Both are stored as text."""

from __future__ import annotations

from typing import Any

from django import forms

from workplans.notation.richtext_html import to_html, to_text

MADE_UP = "_opgemaakt"


class ProseArea(forms.Textarea):
    """A plain field that carries its HTML for the editor over it (static/js/prose.js).

    The editor sends its HTML beside the field, and only once something was changed in
    it: so a text that was only looked at stays as it was typed.
    """

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["data-prose"] = to_html(self.format_value(value) or "")
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        html = data.get(name + MADE_UP)
        return super().value_from_datadict(data, files, name) if html is None else to_text(html)
