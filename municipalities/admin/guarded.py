"""What every page of the admin does alike: refusals become sentences on the form."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.html import format_html_join

from municipalities.admin.choices import NamesChoices
from municipalities.admin.history import HistoryPages
from municipalities.guard import check_now, guarded
from municipalities.recorded import event_model
from municipalities.seen import SEEN, SeenFormSet, seen_form
from municipalities.versions import (
    Watched,
    overtaken,
    version_of,
    version_with_parts,
    watch,
    with_version,
)

UNSEEN = (
    "Iets van wat u wilt weghalen is veranderd nadat u het bekeek; kijk hieronder na wat er "
    "weggaat en bevestig het dan opnieuw."
)


class LinesField(forms.CharField):
    """Text of several lines, kept with the line ends that it is stored with.

    A browser sends CR LF; stored like that, each text that was merely shown in a form
    would differ in the plan file.
    """

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n").replace("\r", "\n")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(initial, self.to_python(data))


class GuardedForms(NamesChoices):
    """For pages and inlines: texts keep their line ends."""

    formfield_overrides = {models.TextField: {"form_class": LinesField}}


class GuardedRows(GuardedForms):
    """For inlines: each row knows what was seen of it."""

    formset = SeenFormSet

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return with_version(super().get_queryset(request))

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """With what was seen, also where the page names its fields."""
        fields = list(super().get_fields(request, obj))
        is_named = SEEN in fields or not self.has_change_permission(request, obj)
        return fields if is_named else [*fields, SEEN]

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> type:
        if self.has_change_permission(request, obj):
            form = kwargs.get("form", self.form)
            kwargs["form"] = seen_form(form, lambda row: [watch(row)])
        return super().get_formset(request, obj, **kwargs)


class GuardedAdmin(GuardedForms, HistoryPages, admin.ModelAdmin):
    """A page on which a refusal, also one by the database at the end of the
    transaction, is a Dutch sentence: on the form with everything typed, or above the
    list. Nothing is stored then, and neither is what would overwrite another unseen.
    """

    list_per_page = 50
    show_full_result_count = False
    view_on_site = False  # who maintains the data need not see the plan that it makes

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        arguments = (request, object_id, form_url, extra_context)
        if request.method != "POST":
            return super().changeform_view(*arguments)
        try:
            with guarded():
                self.wait_for_others(object_id)
                return super().changeform_view(*arguments)
        except ValidationError as refusal:
            # Once more, with a form that carries the refusal and so stores nothing.
            request.refusal = refusal  # type: ignore[attr-defined]
            return super().changeform_view(*arguments)

    def wait_for_others(self, object_id: str | None) -> None:
        """Take turns with who saves the same thing, until the transaction ends."""
        key = unquote(object_id or "")
        if key.isdecimal():
            list(self.turns(int(key)).values_list("pk"))

    def turns(self, key: int) -> models.QuerySet:
        """The row that is locked before this one is changed."""
        return self.model._default_manager.select_for_update(no_key=True).filter(pk=key)

    def watched(self, row: Any) -> Sequence[Watched]:
        """What counts as a change of what this page shows."""
        return [watch(row)]

    def _is_watched(self, request: HttpRequest, obj: Any) -> bool:
        return (
            getattr(obj, "pk", None) is not None
            and event_model(self.model) is not None
            and self.has_change_permission(request, obj)
        )

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        """With its version, read before the row: what changes in between is noticed."""
        found = super().get_object(request, object_id, from_field)
        if not self._is_watched(request, found):
            return found
        version = version_of(self.watched(found))
        found = super().get_object(request, object_id, from_field)
        if found is not None:
            found.seen_version = version
        return found

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = list(super().get_fieldsets(request, obj))
        if self._is_watched(request, obj) and SEEN not in flatten_fieldsets(fieldsets):
            name, options = fieldsets[0]
            fieldsets[0] = name, options | {"fields": [*options["fields"], SEEN]}
        return fieldsets

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        if self._is_watched(request, obj):
            kwargs["form"] = seen_form(kwargs.get("form", self.form), self.watched)
        form = super().get_form(request, obj, change=change, **kwargs)
        refusal = getattr(request, "refusal", None)
        return form if refusal is None else _refused(form, refusal)

    def save_related(
        self, request: HttpRequest, form: forms.ModelForm, formsets: Any, change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        self.save_consequences(form, change)
        check_now()  # before the page says that it was stored

    def save_consequences(self, form: forms.ModelForm, change: bool) -> None:
        """Store what follows from a form and its inlines, before the database judges."""

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        self._refuse_unseen(request.POST.get(SEEN, ""), obj)
        super().delete_model(request, obj)
        check_now()

    def _seen(self, row: Any) -> str:
        """What a page that removes the row shows of it, and of what goes along."""
        version = version_of(self.watched(row)) if event_model(self.model) else ""
        return f"{version} {version_with_parts(row)}"

    def _refuse_unseen(self, seen: str, row: Any) -> None:
        if seen == self._seen(row):
            return
        try:
            told = overtaken(self.watched(row), seen.partition(" ")[0])
        except ValueError:
            told = []
        raise ValidationError([*(f"{change.told}." for change in told), UNSEEN])

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet) -> None:
        super().delete_queryset(request, queryset)
        check_now()

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if request.method != "POST":
            row = self.get_object(request, unquote(object_id))
            shown = {SEEN: self._seen(row)} if row is not None else {}
            return super().delete_view(request, object_id, shown | (extra_context or {}))
        try:
            with guarded():
                self.wait_for_others(object_id)
                return super().delete_view(request, object_id, extra_context)
        except ValidationError as refusal:
            return self._say(request, refusal)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if request.method != "POST":
            return super().changelist_view(request, extra_context)
        try:
            with guarded():
                return super().changelist_view(request, extra_context)
        except ValidationError as refusal:
            return self._say(request, refusal)

    def _say(self, request: HttpRequest, refusal: ValidationError) -> HttpResponse:
        """Show the sentences above the page from which the person came."""
        sentences = format_html_join(" ", "{}", ((text,) for text in refusal.messages))
        self.message_user(request, sentences, level="ERROR")
        return HttpResponseRedirect(request.get_full_path())


class LedgerAdmin(GuardedAdmin):
    """Rows that are added and read, and never changed or removed."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class DerivedAdmin(LedgerAdmin):
    """Rows that follow from something else: read only."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


class ReadOnlyInline(admin.TabularInline):
    """Rows under their parent, to read."""

    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class LedgerInline(admin.TabularInline):
    """Rows under their parent that are added and read, and never changed or removed."""

    extra = 0
    can_delete = False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def _refused(form: type[forms.ModelForm], refusal: ValidationError) -> type[forms.ModelForm]:
    """The form, with the refusal among its faults: at a field where it names one."""

    class Refused(form):  # type: ignore[misc, valid-type]
        def clean(self) -> Any:
            cleaned = super().clean()
            for name, faults in refusal.update_error_dict({}).items():
                self.add_error(name if name in self.fields else None, faults)
            return cleaned

    return Refused
