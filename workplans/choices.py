"""Choices that a summary of faults can point to: the first of them takes the focus."""

from django import forms


class Radios(forms.RadioSelect):
    """Radio buttons, one of which is chosen."""

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return super().id_for_label(id_, "0" if index is None else index)


class Boxes(forms.CheckboxSelectMultiple):
    """Boxes, any number of which is ticked."""

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return super().id_for_label(id_, "0" if index is None else index)
