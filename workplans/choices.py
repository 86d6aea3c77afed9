"""Choices that a summary of faults can point to: the first of them takes the focus."""

from typing import Any

from django import forms


class Radios(forms.RadioSelect):
    """Radio buttons, one of which is chosen."""

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return super().id_for_label(id_, "0" if index is None else index)


class Boxes(forms.CheckboxSelectMultiple):
    """Boxes, any number of which is ticked."""

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return super().id_for_label(id_, "0" if index is None else index)


def day_field(label: str, **options: Any) -> forms.DateField:
    """A field for a day, as browsers and people write one."""
    return forms.DateField(
        label=label,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": "Kies een dag.",
            "invalid": "Schrijf de dag als jaar-maand-dag, zoals 2022-01-31.",
        },
        **options,
    )
