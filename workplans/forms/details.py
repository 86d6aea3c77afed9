"""Forms of the parts of a plan: a text is typed, and what it says is filled in."""

from __future__ import annotations

from typing import Any

from django import forms

from funds.forms import ReadForm, RuleForm
from funds.limits import stated_amount
from municipalities import textfile
from municipalities.models import Organisation
from workplans import planfile
from workplans.elsewhere import line_at
from workplans.models import (
    ActionOrder,
    ActionResult,
    Block,
    LinePredecessor,
    Partner,
    PlanFigure,
    PlanRule,
    PrintedFigure,
    Quantity,
)
from workplans.notation.partners import names_of, read_partner
from workplans.reading import printed_amount, quantity_values

FIELDS = {"kind", "title", "level", "text", "rows"}
NO_OPTIONS = (
    'Hier horen sleutels met waarden, zoals {"columns": ["nr", "actie"]}, en niet de velden '
    "hierboven."
)
NO_CODE = "Geef het resultaat eerst een code; daarmee noemt de actie het."


class BlockForm(forms.ModelForm):
    """A block with its settings, held against the schema of the plan file."""

    class Meta:
        model = Block
        fields = ("plan", "position", "kind", "title", "level", "text", "options")
        help_texts = {
            "options": "Wat alleen sommige blokken hebben, met de sleutels van het planbestand: "
            "lines, columns, source, amount, tranches, key, unit en vat.",
        }

    def clean_options(self) -> dict[str, Any]:
        options = self.cleaned_data["options"] or {}
        if not isinstance(options, dict) or FIELDS & options.keys():
            raise forms.ValidationError(NO_OPTIONS)
        tree = {"kind": Block.Kind.TEXT.value} | options
        shape = {"$defs": planfile.schema()["$defs"], "$ref": "#/$defs/block"}
        faults = textfile.check(textfile.TextFile(tree), shape)
        if faults:
            raise forms.ValidationError([str(fault) for fault in faults])
        return {key: value for key, value in options.items() if value}


class LinePredecessorForm(ReadForm):
    """Where a line comes from: `plan/code`, or a description."""

    readers = {"text": lambda text: {"predecessor": line_at(text)}}

    class Meta:
        model = LinePredecessor
        fields = ("position", "text")


class PartnerForm(forms.ModelForm):
    """A partner; whom the text names is filled in when nobody was chosen."""

    class Meta:
        model = Partner
        fields = ("position", "text", "organisation")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("text"):
            return cleaned
        known = {row.name: row for row in Organisation.objects.all()}
        names = names_of((name, row.aliases) for name, row in known.items())
        partner = read_partner(cleaned["text"], names)
        self.instance.minimum = partner.minimum
        if not cleaned.get("organisation"):
            cleaned["organisation"] = known.get(partner.organisation)
        return cleaned


class QuantityForm(ReadForm):
    """A number of something, such as `ca. 5 woningen`."""

    readers = {"text": quantity_values}

    class Meta:
        model = Quantity
        fields = ("position", "text")


class ActionOrderForm(forms.ModelForm):
    """The action that must be ready first; its code is kept as text."""

    class Meta:
        model = ActionOrder
        fields = ("position", "first")

    def clean_first(self) -> Any:
        first = self.cleaned_data["first"]
        if first is None:
            raise forms.ValidationError("Kies de actie die eerst klaar is.")
        self.instance.text = first.full_code
        return first


class ActionResultForm(forms.ModelForm):
    """A result that an action serves; it is named by line and code."""

    class Meta:
        model = ActionResult
        fields = ("position", "result")

    def clean_result(self) -> Any:
        result = self.cleaned_data["result"]
        if result is None:
            raise forms.ValidationError("Kies een resultaat.")
        if not result.code:
            raise forms.ValidationError(NO_CODE)
        if result.pk != self.initial.get("result"):
            self.instance.text = f"{result.line.code}{result.code}"
        return result


class PlanFigureForm(ReadForm):
    """A figure: an amount, a sum of other figures, or one as a part of another."""

    readers = {"amount_text": stated_amount}

    class Meta:
        model = PlanFigure
        fields = ("position", "code", "title", "amount_text", "sum_text", "share_text", "source")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        ways = [name for name in ("amount_text", "sum_text", "share_text") if cleaned.get(name)]
        if len(ways) != 1 and not self.errors:
            raise forms.ValidationError("Een cijfer is een bedrag, een som of een deel.")
        return cleaned


class PrintedFigureForm(ReadForm):
    """A figure exactly as the source prints it."""

    readers = {"text": printed_amount}

    class Meta:
        model = PrintedFigure
        fields = ("position", "place", "text", "figure", "note")


class PlanRuleForm(RuleForm):
    class Meta(RuleForm.Meta):
        model = PlanRule
