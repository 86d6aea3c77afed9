"""The form of an action: its texts and the three typed cells, read before it is kept."""

from __future__ import annotations

import dataclasses
from typing import Any

from django import forms
from django.db.models import Max

from funds.notation import AmountState, NotationError, read_amount
from municipalities.characters import INVISIBLE, has_control
from workplans import cells
from workplans.cells import Cell, Typed, TypedCost
from workplans.elsewhere import action_at
from workplans.models import Action, CostLine
from workplans.models.line import POINT_SENTENCE
from workplans.services.actions import read_typed, store_cells, typed_cells

CELLS = {
    "amount": ("amount_text", "het bedrag"),
    "planning": ("planning_text", "de planning"),
    "start": ("start_text", "de start"),
    "end": ("end_text", "het eind"),
    "municipalities": ("municipalities_text", "de gemeenten"),
}
"""Cell to form field and to what a person calls it."""

NAMELESS = "Een actie heeft een code, of staat onder een actiepunt dat er een heeft."
NATURE_OF_NOTHING = "Dit hoort bij een bedrag; voeg een kostenregel toe, het bedrag mag leeg zijn."
NOT_FOR_AMOUNT = "U vult een bedrag in; zet het vinkje bij kostenregel, of haal het bedrag weg."
NO_LONGER_UNREAD = "Deze tekst is te lezen; haal het vinkje weg."


def _lines(rows: int) -> forms.Textarea:
    """An input that keeps the line ends inside a cell; a single-line one drops them."""
    return forms.Textarea(attrs={"rows": rows, "cols": 80})


OF_ACTION = (
    "title",
    "budget_title",
    "kind",
    "status",
    "predecessor_text",
    "description",
    "target_group",
)
"""What an action is, in the order of every form."""


class ActionForm(forms.ModelForm):
    """An action as in the document: what is typed is kept, and what it says is stored.

    What cannot be read is a fault at its own field, unless it is ticked as unread.
    """

    has_cost = forms.BooleanField(
        label="Kostenregel",
        required=False,
        initial=True,
        help_text="Aan met een leeg bedrag: de cel is leeg gelaten en telt als ontbrekend bedrag. "
        "Uit: bij deze actie is geen bedrag genoemd.",
    )
    amount_text = forms.CharField(
        label="Bedrag",
        required=False,
        max_length=500,
        widget=_lines(1),
        help_text="Zoals in het document: € 80.000,-, PM, n.v.t., n.t.b. of niet bekend.",
    )
    nature = forms.ChoiceField(
        label="Aard",
        required=False,
        choices=[("", "niet vermeld, of in het bedrag zelf"), *CostLine.Nature.choices],
    )
    funding = forms.CharField(
        label="Uit welke pot",
        required=False,
        max_length=500,
        help_text="Alleen als het bedrag het niet zelf zegt.",
    )
    amount_unreadable = forms.BooleanField(label="Bedrag is niet te lezen", required=False)
    planning_unreadable = forms.BooleanField(label="Planning is niet te lezen", required=False)
    start_unreadable = forms.BooleanField(label="Start is niet te lezen", required=False)
    end_unreadable = forms.BooleanField(label="Eind is niet te lezen", required=False)
    municipalities_unreadable = forms.BooleanField(
        label="Gemeenten zijn niet te lezen", required=False
    )

    class Meta:
        model = Action
        fields = (
            "line",
            "point",
            "position",
            "code",
            *OF_ACTION,
            "monitoring",
            "planning_text",
            "start_text",
            "end_text",
            "embed_in",
            "embed_from",
            "municipalities_text",
            "note",
        )
        widgets = {
            "description": _lines(4),
            "monitoring": _lines(2),
            "planning_text": _lines(1),
            "start_text": _lines(1),
            "end_text": _lines(1),
            "note": _lines(2),
            "municipalities_text": _lines(2),
        }
        help_texts = {
            "position": "Leeg: achteraan in de actielijn.",
            "planning_text": "Zoals 2020, 2020/2021, Q2 2020 of doorlopend.",
            "municipalities_text": "Zoals Katwijk, of K: € 10.000, L: € 5.000, of gelijk over de "
            "gemeenten.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance = kwargs.get("instance")
        if instance is not None and instance.pk:
            kwargs["initial"] = stored_cells(instance) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.has_listed_costs = bool(self.instance.pk) and _has_listed_costs(self.instance)
        if self.has_listed_costs:
            for name in ("has_cost", "amount_text", "nature", "funding", "amount_unreadable"):
                self.fields[name].disabled = True
        if "position" in self.fields:
            self.fields["position"].required = False

    def clean_position(self) -> int:
        position = self.cleaned_data["position"]
        line = self.cleaned_data.get("line")
        if position is not None or line is None:
            return position or 0
        last = line.actions.aggregate(last=Max("position"))["last"]
        return 0 if last is None else last + 1

    def clean_predecessor_text(self) -> str:
        text: str = self.cleaned_data["predecessor_text"]
        try:
            self.instance.predecessor = action_at(text)
        except NotationError as fault:
            raise forms.ValidationError(fault.sentence) from fault
        return text

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        point, line = cleaned.get("point"), cleaned.get("line")
        if point is not None and line is not None and point.line_id != line.pk:
            self.add_error("point", POINT_SENTENCE["action_point"])
        if not cleaned.get("code") and not (point and point.code) and "code" not in self.errors:
            self.add_error("code", NAMELESS)
        for name, value in list(cleaned.items()):
            if isinstance(value, str) and name in self.fields:
                cleaned[name] = self._as_stored(name, value)
                if has_control(cleaned[name]):
                    self.add_error(name, INVISIBLE)
        if cleaned.get("amount_text") and not cleaned.get("has_cost"):
            self.add_error("has_cost", NOT_FOR_AMOUNT)
        elif cleaned.get("nature") and not cleaned.get("has_cost"):
            self.add_error("nature", NATURE_OF_NOTHING)
        elif cleaned.get("line") is not None and not self.errors:
            self._read(cleaned)
        return cleaned

    def _as_stored(self, name: str, typed: str) -> str:
        """What was typed, or the stored text where they differ only in line ends and in
        spaces at the ends: a browser and Django change those by themselves."""
        text = typed.replace("\r\n", "\n").replace("\r", "\n").strip()
        stored = self.initial.get(name)
        return stored if isinstance(stored, str) and stored.strip() == text else text

    def _read(self, cleaned: dict[str, Any]) -> None:
        """Read the cells as they will be read when they are stored; four queries."""
        self.instance.line = cleaned["line"]
        typed = self.typed()
        for path, sentence in read_typed(self.instance, typed).faults.items():
            self.add_error(_field_of(path), sentence)
        self._refuse_needless_marks(typed)

    def _refuse_needless_marks(self, typed: Typed) -> None:
        """A cell that was corrected is read again; its mark would keep it out."""
        for cell, (field, _) in CELLS.items():
            marked = self.cleaned_data[f"{cell}_unreadable"]
            if not marked or not self._is_new(field):
                continue
            without = _marked(typed, cell, Cell(self.cleaned_data[field]))
            if without is None:
                continue
            faults = read_typed(self.instance, without).faults
            if all(path[-1] != cell for path in faults):
                self.add_error(f"{cell}_unreadable", NO_LONGER_UNREAD)

    def _is_new(self, name: str) -> bool:
        """Whether a cleaned text differs from what is stored; line ends do not count."""
        return bool(self.cleaned_data[name] != self.initial.get(name, ""))

    def typed(self) -> Typed:
        """The cells of a form that was cleaned."""
        said = self.cleaned_data
        same_text = not self._is_new("municipalities_text")
        costs = self._costs()
        return Typed(
            costs=costs,
            planning=Cell(said["planning_text"], said["planning_unreadable"]),
            start=Cell(said["start_text"], said["start_unreadable"]),
            end=Cell(said["end_text"], said["end_unreadable"]),
            municipalities=Cell(said["municipalities_text"], said["municipalities_unreadable"]),
            funding="" if costs else said["funding"],
            key_date=self.instance.key_date if same_text else None,
        )

    def _costs(self) -> tuple[TypedCost, ...]:
        """The one cost of the form, or those that a form of one cost cannot show."""
        if self.has_listed_costs:
            return typed_cells(self.instance).costs
        said = self.cleaned_data
        if not said["has_cost"]:
            return ()
        amount = Cell(said["amount_text"], said["amount_unreadable"])
        return (TypedCost(amount, said["nature"], said["funding"]),)

    def store(self) -> Action:
        """Store the action with all that its cells say, as one transaction.

        Raises `ValidationError` by form field when something changed in the meantime.
        """
        store_cells(self.instance, typed=self.typed())
        return self.instance


def _marked(typed: Typed, cell: str, now: Cell) -> Typed | None:
    """The cells with another one in that place; none without a cost to change."""
    if cell != "amount":
        return dataclasses.replace(typed, **{cell: now})
    if len(typed.costs) != 1:
        return None
    return dataclasses.replace(typed, costs=(dataclasses.replace(typed.costs[0], amount=now),))


def _field_of(path: cells.Path) -> str | None:
    """The field of a fault; none for a cost that stands in a list."""
    cell = str(path[-1])
    return None if len(path) > 1 else CELLS[cell][0] if cell in CELLS else cell


def _has_listed_costs(action: Action) -> bool:
    """Whether the costs of an action stand in a list: several, or with a label or a
    division of their own."""
    costs = list(action.cost_lines.all())
    return len(costs) > 1 or any(cost.label or cost.municipalities_text for cost in costs)


def stored_cells(action: Action) -> dict[str, Any]:
    """What the form shows of a stored action beside its own fields. One query, unless
    its cost lines were prefetched.

    Nature and funding are left out where the text of the amount says them itself.
    """
    cost = next(iter(action.cost_lines.all()), None)
    marks = {
        "planning_unreadable": action.planning_unread,
        "start_unreadable": action.start_unread,
        "end_unreadable": action.end_unread,
        "municipalities_unreadable": action.municipalities_unread,
    }
    if cost is None:
        funding = action.funding_text
        return marks | {"has_cost": False, "amount_text": "", "nature": "", "funding": funding}
    unread = cost.state == AmountState.UNREAD
    nature, funding = _said_in(cost.text) if not unread else ("", "")
    return marks | {
        "has_cost": True,
        "amount_text": cost.text,
        "amount_unreadable": unread,
        "nature": cost.nature if cost.nature != nature else "",
        "funding": cost.funding_text if cost.funding_text != funding else "",
    }


def _said_in(text: str) -> tuple[str, str]:
    """Nature and funding that the text of an amount says."""
    try:
        said = read_amount(text)
    except NotationError:
        return "", ""
    return said.nature, said.funding
