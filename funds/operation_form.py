"""What people type about one operation of a scenario: a form for each kind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from funds.money import EuroFormField
from funds.notation import AmountState, NotationError, format_euro
from funds.portion import read_portion
from funds.scenario import Kind, Line, Operation
from municipalities.characters import INVISIBLE, has_control

HEADINGS = {
    Kind.PROTECT: "Bescherm regels",
    Kind.CUT: "Kort alles",
    Kind.PRIORITY: "Kort naar prioriteit",
    Kind.DROP_NEW: "Laat vallen wat nieuw is",
    Kind.SWAP: "Oud voor nieuw",
    Kind.BY_HAND: "Vul een bedrag in",
}
LEADS = {
    Kind.PROTECT: "Wat hierna komt, verandert deze regels niet. Alleen een bedrag dat u zelf "
    "invult, gaat voor.",
    Kind.CUT: "Elke regel die niet beschermd is, levert hetzelfde deel in. Samen klopt het op de "
    "cent.",
    Kind.PRIORITY: "De regels die u noemt leveren in, in die volgorde, tot het tekort weg is.",
    Kind.DROP_NEW: "Wat nieuw is krijgt niets, behalve wat beschermd is.",
    Kind.SWAP: "Nieuwe regels krijgen samen niet meer dan de oude tot dan toe hebben ingeleverd.",
    Kind.BY_HAND: "Eén regel krijgt het bedrag dat u hier invult.",
}


NO_LINES = "Noem minstens één regel, met haar code uit de tabel."


class OperationForm(forms.Form):
    """One operation of a scenario: only the fields that its kind uses."""

    earmarked = forms.BooleanField(label="Alles wat uit geoormerkt geld komt", required=False)
    lines = forms.CharField(label="Regels", max_length=5000, error_messages={"required": NO_LINES})
    line = forms.ChoiceField(label="Regel", error_messages={"required": "Kies een regel."})
    part = forms.CharField(
        label="Hoeveel lager",
        required=False,
        max_length=20,
        help_text="Zoals 23,3%. Leeg: precies zo veel als nodig is.",
    )
    amount = EuroFormField(
        label="Bedrag", error_messages={"required": "Vul een bedrag in, zoals € 1.250,50."}
    )
    reason = forms.CharField(label="Reden", required=False, max_length=300)
    mark = forms.CharField(widget=forms.HiddenInput)

    USES = {
        Kind.PROTECT: ("lines", "earmarked"),
        Kind.CUT: ("part",),
        Kind.PRIORITY: ("lines",),
        Kind.DROP_NEW: (),
        Kind.SWAP: (),
        Kind.BY_HAND: ("line", "amount"),
    }

    def __init__(
        self,
        *args: Any,
        kind: Kind,
        lines: Sequence[Line],
        mark: str,
        operation: Operation | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, initial=_typed(operation) | {"mark": mark}, **kwargs)
        self.kind, self.by_key = kind, {line.key: line for line in lines}
        for name in ("earmarked", "lines", "line", "part", "amount"):
            if name not in self.USES[kind]:
                del self.fields[name]
        if "line" in self.fields:
            titles = [(key, f"{key} {line.title}") for key, line in self.by_key.items()]
            self.fields["line"].choices = [("", "Kies"), *titles]
        if "lines" in self.fields:
            example = ", ".join(list(self.by_key)[:2])
            self.fields["lines"].required = kind == Kind.PRIORITY
            order = "De laagste prioriteit eerst. " if kind == Kind.PRIORITY else ""
            self.fields[
                "lines"
            ].help_text = f"{order}Codes met een komma ertussen, zoals {example}."

    def clean_lines(self) -> tuple[str, ...]:
        typed = self.cleaned_data["lines"].replace(";", ",").split(",")
        names = tuple(dict.fromkeys(part.strip() for part in typed if part.strip()))
        known = {key.casefold(): key for key in self.by_key}
        if strange := [name for name in names if name.casefold() not in known]:
            raise ValidationError(
                f"“{strange[0][:60]}” is geen regel van dit scenario; neem een code uit de tabel."
            )
        return tuple(known[name.casefold()] for name in names)

    def clean_part(self) -> str:
        part: str = self.cleaned_data["part"].strip()
        if not part:
            return ""
        try:
            numerator, denominator = read_portion(part)
        except NotationError as fault:
            raise ValidationError(fault.sentence, code=fault.code) from fault
        if numerator > denominator:
            raise ValidationError("Meer dan alles gaat niet; schrijf hoogstens 100%.")
        return part

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"]
        if has_control(reason):
            raise ValidationError(INVISIBLE)
        return " ".join(reason.split())

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        named = "lines" in self.fields and "lines" not in self.errors
        if named and not found.get("lines") and not found.get("earmarked"):
            self.add_error("lines", NO_LINES)
        line, amount = self.by_key.get(found.get("line", "")), found.get("amount")
        is_known = line is not None and line.state == AmountState.KNOWN
        if is_known and amount is not None and amount.amount > line.asked:
            asked = format_euro(line.asked)
            self.add_error("amount", f"Er is {asked} gevraagd; vul hoogstens dat in.")
        return found

    @property
    def operation(self) -> Operation:
        said = self.cleaned_data
        amount = said.get("amount")
        return Operation(
            self.kind,
            part=said.get("part", ""),
            lines=(said["line"],) if "line" in said else said.get("lines", ()),
            earmarked=said.get("earmarked", False),
            amount=amount.amount if amount is not None else None,
            reason=said["reason"],
        )


def _typed(operation: Operation | None) -> dict[str, Any]:
    if operation is None:
        return {}
    return {
        "lines": ", ".join(operation.lines),
        "line": operation.lines[0] if operation.lines else "",
        "earmarked": operation.earmarked,
        "part": operation.part,
        "amount": operation.amount,
        "reason": operation.reason,
    }
