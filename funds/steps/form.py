"""A step as a form: an amount for each line that the step is about."""

from __future__ import annotations

import datetime
import hashlib
from abc import abstractmethod
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from funds.balance import Standing, standings
from funds.dated_forms import not_to_come
from funds.models import Application
from funds.money import EuroFormField
from funds.notation import format_euro
from municipalities.fields import day_field
from municipalities.models import User


class StepForm(forms.Form):
    """One step on the lines of an application. A line whose amount stays empty is left
    as it is; what is typed is entered whole or not at all."""

    heading: ClassVar[str]
    lead: ClassVar[str]
    verb: ClassVar[str]
    icon: ClassVar[str] = "check"
    nothing: ClassVar[str]
    by_recipient: ClassVar[bool] = False
    """Whether who writes plans for the region may take the step as well."""
    asks_again: ClassVar[bool] = False
    """Whether what stands beside the lines is shown again where it changed since."""
    closing: ClassVar[tuple[str, ...]] = ()
    """Names of the fields that are asked once, after those of the lines."""

    on = day_field("Datum")

    def __init__(
        self,
        *args: Any,
        application: Application,
        on: datetime.date,
        wanted: str = "",
        **kwargs: Any,
    ) -> None:
        """`wanted` is what the address asks for beside the step."""
        super().__init__(*args, **kwargs)
        self.wanted = wanted
        self.application = application
        self.today = on
        self.fields["on"].initial = on
        lines = application.lines.order_by("position")
        found = standings(lines, datetime.date.max)
        self.standings = [standing for standing in found if self.takes(standing)]
        for standing in self.standings:
            self.fields[self._name(standing)] = EuroFormField(
                label=str(standing.line),
                required=False,
                help_text=self.says(standing),
                initial=self.proposal(standing),
            )

    @abstractmethod
    def takes(self, standing: Standing) -> bool:
        """Whether the step can be taken on this line now."""

    def says(self, standing: Standing) -> str:
        """What somebody has to know to fill in the amount."""
        return f"Beschikt {format_euro(standing.granted or Decimal(0))}"

    def proposal(self, standing: Standing) -> Decimal | None:
        """What stands in the field beforehand."""
        return None

    @abstractmethod
    def act(self, by: User) -> str:
        """Enter what was typed; the sentence that tells what was done."""

    @property
    def shows_first(self) -> bool:
        """Whether sending the form only shows what the step would do."""
        return False

    @property
    def lines(self) -> Iterator[list[forms.BoundField]]:
        """The fields of each line, line by line."""
        return ([self[name] for name in self.names(each)] for each in self.standings)

    def names(self, standing: Standing) -> tuple[str, ...]:
        """The fields of one line."""
        return (self._name(standing),)

    @property
    def other_fields(self) -> Iterator[forms.BoundField]:
        """What is asked once, before the lines."""
        once = (field for field in self if not field.name.startswith("regel-"))
        return (field for field in once if field.name not in self.closing)

    @property
    def closing_fields(self) -> list[forms.BoundField]:
        """What is asked once, after the lines."""
        return [self[name] for name in self.closing]

    @property
    def typed(self) -> dict[Standing, Decimal]:
        """The amount of every line that has one, of a valid form."""
        found = {}
        for standing in self.standings:
            money = self.cleaned_data.get(self._name(standing))
            if money is not None:
                found[standing] = money.amount
        return found

    @property
    def known(self) -> str:
        """The mark of what stands beside the lines; nothing where it does not matter."""
        if not self.asks_again:
            return ""
        said = (f"{name}: {self.fields[name].help_text}" for name in self._line_names())
        return hashlib.sha256("\n".join(said).encode()).hexdigest()

    def _line_names(self) -> Iterator[str]:
        return (name for standing in self.standings for name in self.names(standing))

    def clean_on(self) -> datetime.date:
        return not_to_come(self.cleaned_data["on"], self.today)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._refuse_gone()
        self._refuse_unseen()
        if not self.errors and not self.typed:
            raise ValidationError(
                "Er staat nergens een bedrag; vul er bij minstens één regel een in."
            )
        return cleaned

    def _refuse_gone(self) -> None:
        """What was typed for a line on which the step cannot be taken any more would be
        lost in silence, and the rest entered without it."""
        gone = [
            f"{line.code or line.title}: {typed[:40]}"
            for line in self.application.lines.order_by("position")
            if (typed := self.data.get(f"regel-{line.pk}", "").strip())
            and f"regel-{line.pk}" not in self.fields
        ]
        if gone:
            self.add_error(
                None,
                "Intussen is er iets veranderd, en kan deze stap niet meer op een regel waarvoor u "
                f"een bedrag typte ({'; '.join(gone)}). Er is niets vastgelegd; kijk de aanvraag "
                "na.",
            )

    def _refuse_unseen(self) -> None:
        """What the recipient said since the page was opened has to be seen before it is
        answered."""
        if self.data.get("known", self.known) != self.known:
            self.add_error(
                None,
                "Intussen is er iets veranderd aan wat bij de regels staat. Er is niets "
                "vastgelegd; kijk de regels na en verstuur het dan opnieuw.",
            )

    @staticmethod
    def _name(standing: Standing) -> str:
        return f"regel-{standing.line.pk}"

    def _done(self, what: str) -> str:
        total = format_euro(sum(self.typed.values(), Decimal(0)))
        count = len(self.typed)
        return f"{total} {what}, op {'1 regel' if count == 1 else f'{count} regels'}."
