"""Forms that know what was seen: who saves over another is told so, and loses nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms.models import BaseInlineFormSet

from municipalities.versions import Overtaken, Watched, overtaken

SEEN = "seen"
LOST = "Wij weten niet meer wat u op deze pagina zag; kijk alles na en sla nog een keer op."
GONE = (
    "Iemand heeft deze regel intussen weggehaald; sla nog een keer op om hem weer toe te voegen, "
    "of haal hem hier ook weg."
)


class SeenField(forms.CharField):
    """The version that a page showed; it is no change of the row."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class Seen:
    """Mix-in of a model form whose instance carries a `seen_version`.

    What others changed since is said at its field, once: the page then shows the
    newest version. A field that the reader left alone shows what the other made of it;
    a field in which the reader typed keeps that.
    """

    watched_of: Callable[[Model], Sequence[Watched]]

    def full_clean(self) -> None:
        self.overtaken: list[tuple[Overtaken, bool]] = []
        self.lost = ""
        if self.is_bound:
            self._meet_others()
        super().full_clean()

    def clean(self) -> Any:
        cleaned = super().clean()
        if self.lost:
            self.add_error(None, self.lost)
        for change, is_typed in self.overtaken:
            if change.field in self.fields:
                self.add_error(change.field, change.sentence(is_typed=is_typed))
            else:
                self.add_error(None, change.whole_sentence)
        return cleaned

    def _meet_others(self) -> None:
        key = self.add_prefix(SEEN)
        version = self.data.get(key, "")
        self.data = self.data.copy()
        self.data[key] = str(getattr(self.instance, "seen_version", ""))
        if not self.instance.pk:
            self.lost = GONE if version else ""
            return
        try:
            changes = overtaken(type(self).watched_of(self.instance), version)
        except ValueError:
            changes, self.lost = [], LOST
        self.overtaken = [(change, self._is_typed(change)) for change in changes]
        for change, is_typed in self.overtaken:
            if change.field in self.fields and not is_typed:
                self._take_over(change.field)

    def _is_typed(self, change: Overtaken) -> bool:
        """Whether the reader made something else of it than was shown, and than it is."""
        field = self.fields.get(change.field)
        if field is None or field.disabled:
            return False
        sent = field.widget.value_from_datadict(
            self.data, self.files, self.add_prefix(change.field)
        )
        now = self.get_initial_for_field(field, change.field)
        return field.has_changed(change.old, sent) and field.has_changed(now, sent)

    def _take_over(self, name: str) -> None:
        """Let a field show what is stored now, as if it had been on the page."""
        field, key = self.fields[name], self.add_prefix(name)
        value = field.prepare_value(self.get_initial_for_field(field, name))
        if isinstance(field, forms.BooleanField):
            self.data.setlist(key, ["on"] if value else [])
            if not value:
                del self.data[key]
            return
        shown = field.widget.format_value(value)
        self.data.setlist(key, shown if isinstance(shown, list) else [shown or ""])


def seen_form(
    form: type[forms.ModelForm], watched_of: Callable[[Any], Sequence[Watched]]
) -> type[forms.ModelForm]:
    """The form, with the version of its instance among its fields."""

    class SeenForm(Seen, form):  # type: ignore[misc, valid-type]
        seen = SeenField(required=False)

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.initial[SEEN] = getattr(self.instance, "seen_version", "")

    SeenForm.watched_of = staticmethod(watched_of)
    return SeenForm


class SeenFormSet(BaseInlineFormSet):
    """Rows under their parent: a row that somebody changed is not removed unseen, and
    one that somebody removed stands below the others as a new one, with what was typed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound:
            self._move_gone()

    def _move_gone(self) -> None:
        """Renumber what was sent; Django would let such a row fall off the page."""
        there = {str(row.pk) for row in self.get_queryset()}
        number = self.initial_form_count()
        key = self.model._meta.pk.name
        kept = [n for n in range(number) if self.data.get(f"{self.prefix}-{n}-{key}") in there]
        gone = [n for n in range(number) if n not in kept]
        if not gone:
            return
        sent, moved = self.data, self.data.copy()
        for new, old in enumerate([*kept, *gone]):
            start = f"{self.prefix}-{new}-"
            for name in [name for name in moved if name.startswith(start)]:
                del moved[name]
            was = f"{self.prefix}-{old}-"
            for name in [name for name in sent if name.startswith(was)]:
                moved.setlist(start + name.removeprefix(was), sent.getlist(name))
            if old in gone:
                moved[start + key] = ""
        moved[f"{self.prefix}-INITIAL_FORMS"] = str(len(kept))
        self.data = moved
        self.__dict__.pop("management_form", None)

    def clean(self) -> None:
        super().clean()
        removed = [form for form in self.initial_forms if self._should_delete_form(form)]
        faults = [
            f"{form.instance}: {change.whole_sentence}"
            for form in removed
            for change, _ in form.overtaken
        ]
        if faults:
            raise ValidationError(faults)
