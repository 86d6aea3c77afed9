"""A part of a plan as a form of its own: for who works without JavaScript, and for what
does not fit in a row."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django import forms

from municipalities.characters import INVISIBLE, has_control
from workplans.desk.fields import Field
from workplans.desk.prose import ProseArea
from workplans.desk.sheet import typed_text
from workplans.desk.short import shortened
from workplans.editing import LISTS, Change, Clash, Move, Parts, Put
from workplans.editing.applying import seen
from workplans.editing.parts import Place, kind_of
from workplans.planfile import KEY, Tree
from workplans.services.editing import NAMED

NO_AMOUNT = "geen_bedrag"


class PartForm(forms.Form):
    """The values of one part; `gezien` carries what the person saw of each. A new
    part says its `kind`."""

    gezien = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        columns: Sequence[Field],
        part: Tree,
        handle: str,
        data: Any = None,
        *,
        kind: str = "",
    ) -> None:
        self.columns = list(columns)
        self.part, self.handle = part, handle
        super().__init__(data, initial=self._shown())
        needed = NAMED.get(kind or kind_of(handle), {})
        for column in self.columns:
            self.fields[column.key] = field_of(column, needed.get(column.key, ""))
        if "amount" in self.fields:
            self.fields[NO_AMOUNT] = forms.BooleanField(
                label="Bij deze actie is geen bedrag genoemd", required=False
            )

    def _shown(self) -> dict[str, Any]:
        values = {
            column.key: typed_text(self.part.get(column.key)) or column.absent
            for column in self.columns
        }
        now = {
            column.key: seen(self.part[column.key])
            for column in self.columns
            if column.key in self.part
        }
        return values | {
            "gezien": as_json(now),
            NO_AMOUNT: "amount" not in self.part,
        }

    def clean(self) -> dict[str, Any]:
        for key, typed in list(self.cleaned_data.items()):
            if isinstance(typed, str) and has_control(typed.replace("\r", "")):
                self.add_error(key, INVISIBLE)
        return self.cleaned_data

    def changes(self) -> list[Change]:
        """What the person changed, beside what was seen. Raises nothing: what was seen
        and cannot be understood counts as nothing seen."""
        was = as_seen(self.cleaned_data["gezien"])
        found: list[Change] = []
        for column in self.columns:
            now = value_of(column, self.cleaned_data[column.key])
            if column.key == "amount" and self.cleaned_data[NO_AMOUNT] and not now:
                now = None
            is_other = (now is None) != (column.key not in was) and column.key == "amount"
            before = was.get(column.key)
            if (before or column.absent) != (now or column.absent) or is_other:
                found.append(Put(self.handle, column.key, before, now))
        return found

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """The fields that come first; all but those of an action with cost lines."""
        return list(self)

    def tell(self, clashes: Sequence[Clash], by_whom: Callable[[Clash], str]) -> None:
        """Say at each field what somebody else made of it, and who did (`Els heeft hier om
        14:03`); what was typed stays, and goes through when it is saved once more."""
        data = self.data.copy()
        was = as_seen(data.get("gezien", ""))
        for clash in clashes:
            was[clash.key] = clash.theirs
            theirs = _in_a_sentence(clash.theirs) or "niets"
            self.add_error(
                clash.key if clash.key in self.fields else None,
                f"{by_whom(clash)} “{theirs[:200]}” van gemaakt. U typte iets "
                "anders; sla nog een keer op om uw tekst te houden.",
            )
        data["gezien"] = as_json(was)
        self.data = data


def as_json(was: Any) -> str:
    return json.dumps(was, ensure_ascii=False)


def as_seen(sent: str) -> dict[str, Any]:
    """What a form says that the person saw; nothing where it makes no sense."""
    try:
        was = json.loads(sent or "{}")
    except (ValueError, RecursionError):
        return {}
    return was if isinstance(was, dict) else {}


def field_of(column: Field, needed: str = "") -> forms.Field:
    """The field of a column; `needed` is the sentence where it may not be empty."""
    common: dict[str, Any] = {
        "label": column.label,
        "required": bool(needed),
        "error_messages": {"required": needed},
        "help_text": column.hint,
    }
    if column.control == "choice":
        return forms.ChoiceField(choices=column.choices, **common)
    rows = {"text": 4, "list": 3, "read": 1}.get(column.control)
    area = ProseArea if column.is_prose else forms.Textarea
    widget = area(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(widget=widget, strip=False, **common)


def _in_a_sentence(value: Any) -> str:
    """A value of the tree on one line: `Nota, € 5.000; Uitvoering, PM`."""
    if isinstance(value, list):
        return "; ".join(map(_in_a_sentence, value))
    if isinstance(value, dict) and value.keys() != {"unread"}:
        return ", ".join(filter(None, map(typed_text, value.values())))
    return typed_text(value)


def value_of(column: Field, typed: str) -> str | list[str] | None:
    """What was typed as a value of the tree."""
    text = typed.replace("\r\n", "\n").replace("\r", "\n").strip()
    if column.control == "list":
        return [line.strip() for line in text.split("\n") if line.strip()]
    return text


class MoveForm(forms.Form):
    """Where a part goes: after another of its kind, or first somewhere."""

    place = forms.ChoiceField(label="Waarheen")

    def __init__(self, parts: Parts, handle: str, data: Any = None) -> None:
        super().__init__(data)
        self.handle = handle
        self.fields["place"].choices = list(_places(parts, handle))

    def change(self) -> Move:
        into, name, after = self.cleaned_data["place"].split("/")
        return Move(self.handle, into, name, after)


def _places(parts: Parts, handle: str) -> Iterator[tuple[str, str]]:
    """Every place where the part fits, in the order of the plan."""
    kind, own = kind_of(handle), set(parts.inside(handle))
    for into in ["plan", *(found for found in parts.found if found != "plan")]:
        if into in own:
            continue
        for name, inner in LISTS.get(kind_of(into), {}).items():
            if inner != kind:
                continue
            where = "het plan" if into == "plan" else _called(parts.found[into])
            yield f"{into}/{name}/", f"Als eerste in {where}"
            for part in parts.list_of(Place(into, name)):
                other = f"{kind}:{part[KEY]}"
                if other not in own:
                    yield f"{into}/{name}/{other}", f"Na {_called(part)} ({where})"


def _called(part: Tree) -> str:
    name = part.get("title") or part.get("text") or part.get("kind") or part.get("where", "")
    return shortened(" ".join(filter(None, (part.get("code"), name))), 70)
