"""A form whose effect is shown before it is done, and is done only as it was shown."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError

from funds.deciding import Effect
from funds.moving import Move


class ShownFirst(forms.Form):
    """What is typed moves money: sending it the first time shows the effect, sending it
    again with the mark of that does it. A rule that blocks refuses."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    effect: Effect | Move | None = None
    has_changed_since = False
    """Whether the effect is another one than was shown before."""

    def was_shown(self, effect: Effect | Move) -> bool:
        """Whether somebody saw this very effect; otherwise it is shown now."""
        self.effect = effect
        if effect.faults:
            raise ValidationError(effect.faults)
        seen = self.cleaned_data["seen"]
        self.has_changed_since = bool(seen) and seen != self.seal
        return bool(seen == self.seal)

    @property
    def seal(self) -> str:
        """The mark of all that is shown."""
        return "" if self.effect is None else self.effect.digest

    @property
    def shows_first(self) -> bool:
        """Whether sending the form only shows what it would do."""
        return self.effect is None or bool(self.errors)
