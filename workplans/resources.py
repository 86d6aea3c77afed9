"""The actions of plans as a list: the same texts and cells as in the document."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from import_export.fields import Field

from municipalities.importing import ChoiceWidget, ListResource, TextWidget, cell_text, column
from workplans.forms import ActionForm, stored_cells
from workplans.models import Action, ActionLine, CostLine

UNREAD_WORDS = {"bedrag": "amount", "planning": "planning", "gemeenten": "municipalities"}
YES_NO = [("ja", "ja"), ("nee", "nee")]


class _CellField(Field):
    """A column that hangs on the cost line, or on more than one field of an action."""

    def get_value(self, instance: Action) -> Any:
        return _cells_of(instance)[self.attribute]


def _cells_of(action: Action) -> dict[str, Any]:
    """The columns of an action that are not its own fields, kept while it is read."""
    kept: dict[str, Any] | None = vars(action).get("_list_cells")
    if kept is None:
        found = stored_cells(action) if action.pk else {"has_cost": False}
        kept = _columns(found)
        action._list_cells = kept  # type: ignore[attr-defined]
    return kept


def _columns(found: dict[str, Any]) -> dict[str, Any]:
    unread = [word for word, cell in UNREAD_WORDS.items() if found.get(f"{cell}_unreadable")]
    return {
        "has_cost": "ja" if found.get("has_cost") else "nee",
        "amount_text": found.get("amount_text", ""),
        "nature": found.get("nature", ""),
        "funding": found.get("funding", ""),
        "unread": ", ".join(unread),
    }


def _cell_column(heading: str, attribute: str, widget: Any = None) -> Field:
    return _CellField(attribute=attribute, column_name=heading, widget=widget or TextWidget())


class ActionResource(ListResource):
    """Actions by plan, action line and code; each row goes through the form of the admin.

    Plan and line must exist. A column that is not in the file stays as it is. About
    twenty queries a row that changes something.
    """

    plan = column("Plan", "line__plan__slug", readonly=True)
    line = column("Actielijn", "line__code", readonly=True)
    code = column("Code", "code")
    title = column("Titel", "title")
    budget_title = column("Titel in de begroting", "budget_title")
    description = column("Omschrijving", "description")
    has_cost = _cell_column("Kostenregel", "has_cost", ChoiceWidget(YES_NO))
    amount_text = _cell_column("Bedrag", "amount_text")
    nature = _cell_column("Aard", "nature", ChoiceWidget(CostLine.Nature.choices))
    funding = _cell_column("Uit welke pot", "funding")
    monitoring = column("Monitoring", "monitoring")
    planning_text = column("Planning", "planning_text")
    municipalities_text = column("Gemeenten", "municipalities_text")
    unread = _cell_column("Niet te lezen", "unread")

    class Meta(ListResource.Meta):
        model = Action
        import_id_fields = ("plan", "line", "code")
        fields = (
            "plan",
            "line",
            "code",
            "title",
            "budget_title",
            "description",
            "has_cost",
            "amount_text",
            "nature",
            "funding",
            "monitoring",
            "planning_text",
            "municipalities_text",
            "unread",
        )

    def get_queryset(self) -> Any:
        actions = super().get_queryset()
        return actions.select_related("line__plan__region").prefetch_related("cost_lines")

    def before_import_row(self, row: dict[str, Any], **kwargs: Any) -> None:
        super().before_import_row(row, **kwargs)
        self.action_line = self._line_of(row)

    def _line_of(self, row: dict[str, Any]) -> ActionLine:
        plan, line = cell_text(row["Plan"]), cell_text(row["Actielijn"])
        lines = ActionLine.objects.select_related("plan__region").filter(plan__slug=plan)
        found = lines.filter(code=line).first()
        if found is None:
            known = ", ".join(lines.values_list("code", flat=True))
            raise ValidationError(
                {
                    "line__code": f"Plan {plan} heeft geen actielijn {line}; bekend zijn: {known}."
                    if known
                    else f"{plan} heeft geen actielijnen; neem het kenmerk van een plan dat ze "
                    "heeft."
                }
            )
        return found

    def get_instance(self, instance_loader: Any, row: dict[str, Any]) -> Action | None:
        code = cell_text(row["Code"])
        found = list(self.get_queryset().filter(line=self.action_line, code=code)[:2])
        if len(found) > 1:
            raise ValidationError(
                {
                    "code": f"Actielijn {self.action_line.code} heeft {code} twee keer; wijzig "
                    "deze acties één voor één in het beheer."
                }
            )
        return found[0] if found else None

    def init_instance(self, row: Any = None) -> Action:
        return Action(line=self.action_line)

    def import_instance(self, instance: Action, row: dict[str, Any], **kwargs: Any) -> None:
        """Bind the row as if somebody had typed it into the form."""
        before = ActionForm(instance=instance).initial
        if not instance.pk:
            before |= {"line": self.action_line.pk, "has_cost": bool(cell_text(row.get("Bedrag")))}
        self.form = ActionForm(data=before | self._typed(row), instance=instance)
        if not self.form.is_valid():
            raise ValidationError(
                {
                    "unread" if name.endswith("_unreadable") else name: faults
                    for name, faults in self.form.errors.as_data().items()
                }
            )
        instance._list_cells = _columns(self.form.cleaned_data)  # type: ignore[attr-defined]

    def _typed(self, row: dict[str, Any]) -> dict[str, Any]:
        """The cells of a row by the name of their field in the form."""
        typed: dict[str, Any] = {}
        faults: dict[str, str] = {}
        for field in self.get_import_fields():
            if field.column_name not in row or field.readonly:
                continue
            try:
                empty_choice = isinstance(field.widget, ChoiceWidget) and not cell_text(
                    row[field.column_name]
                )
                typed[field.attribute] = "" if empty_choice else field.clean(row)
            except ValueError as fault:
                faults[field.attribute] = str(fault)
        if "has_cost" in typed:
            typed["has_cost"] = typed["has_cost"] == "ja"
        typed |= self._marks(typed.pop("unread", None), faults)
        if faults:
            raise ValidationError(faults)
        return typed

    def _marks(self, text: str | None, faults: dict[str, str]) -> dict[str, bool]:
        """The marks of cells that cannot be read; none where the file has no column."""
        if text is None:
            return {}
        words = [word.strip().lower() for word in text.split(",") if word.strip()]
        for word in words:
            if word not in UNREAD_WORDS:
                known = ", ".join(UNREAD_WORDS)
                faults["unread"] = f"“{word}” kennen wij niet; kies uit: {known}."
        return {f"{cell}_unreadable": word in words for word, cell in UNREAD_WORDS.items()}

    def skip_row(
        self, instance: Action, original: Action, row: Any, import_validation_errors: Any = None
    ) -> bool:
        return bool(not import_validation_errors and instance.pk and not self.form.has_changed())

    def do_instance_save(self, instance: Action, is_create: bool) -> None:
        self.form.store()
