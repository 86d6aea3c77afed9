"""The import and export pages of a list: preview first, sentences in Dutch."""

from typing import Any

from django import forms
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from import_export.admin import ImportExportMixin
from import_export.forms import ExportForm, ImportForm

from municipalities.importing import FORMATS, TYPED_FORMATS, FileProblem, ListResult
from municipalities.textfile import MAX_BYTES, TOO_LARGE

NOT_THE_FORMAT = (
    "Dit bestand is niet te lezen als {kind}; sla het opnieuw op als CSV (UTF-8), XLSX of ODS."
)


class ListImportForm(ImportForm):
    """Asks for a file; what kind it is follows from its name."""

    def __init__(self, formats: Any, resources: Any, **kwargs: Any) -> None:
        super().__init__(formats, resources, **kwargs)
        self.kinds = [kind().get_extension() for kind in formats]
        self.fields["import_file"].label = "Bestand"
        self.fields["import_file"].help_text = "Een CSV-, XLSX- of ODS-bestand met koppen."
        self.fields["import_file"].widget = forms.ClearableFileInput(
            attrs={"accept": ",".join(f".{kind}" for kind in self.kinds)}
        )
        self.fields["format"].required = False
        self.fields["format"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        upload = cleaned.get("import_file")
        if upload is not None and upload.size > MAX_BYTES:
            self.add_error("import_file", TOO_LARGE)
        elif upload is not None:
            kind = upload.name.rpartition(".")[2].lower()
            if kind not in self.kinds:
                self.add_error(
                    "import_file",
                    ValidationError(
                        f"“{upload.name}” is geen CSV, XLSX of ODS; sla het bestand zo op."
                    ),
                )
            else:
                cleaned["format"] = str(self.kinds.index(kind))
        return cleaned

    @property
    def media(self) -> forms.Media:
        return forms.Media()


class ListExportForm(ExportForm):
    """Asks for the kind of file."""

    def __init__(self, formats: Any, resources: Any, **kwargs: Any) -> None:
        super().__init__(formats, resources, **kwargs)
        field = self.fields["format"]
        field.label = "Soort bestand"
        field.choices = [(str(i), kind().get_extension().upper()) for i, kind in enumerate(formats)]


class ListPages(ImportExportMixin):
    """For the admin page of a model with a `ListResource`.

    Nothing is stored before the confirmation, and then everything or nothing. Whoever
    may add and change may import; whoever may see may export.
    """

    formats = FORMATS
    to_encoding = "utf-8-sig"  # a spreadsheet takes a CSV without the mark for another code
    import_form_class = ListImportForm
    export_form_class = ListExportForm
    import_template_name = "admin/list_import.html"
    export_template_name = "admin/list_export.html"

    def has_import_permission(self, request: HttpRequest) -> bool:
        return self.has_add_permission(request) and self.has_change_permission(request)

    def has_export_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def get_import_data_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_import_data_kwargs(**kwargs) | {"rollback_on_validation_errors": True}

    def add_data_read_fail_error_to_form(self, form: forms.Form, e: Exception) -> None:
        kind = form.kinds[int(form.cleaned_data["format"])].upper()
        known = isinstance(e, FileProblem)
        form.add_error("import_file", str(e) if known else NOT_THE_FORMAT.format(kind=kind))

    def process_import(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not self.has_import_permission(request):
            raise PermissionDenied
        try:
            return super().process_import(request, **kwargs)
        except FileNotFoundError:
            return self._again(
                request, "Dit bestand is al ingelezen of niet meer bewaard; kies het opnieuw."
            )

    def process_result(self, result: ListResult, request: HttpRequest) -> HttpResponse:
        """Say what was stored; between preview and confirmation a row may have become
        impossible, and then nothing was."""
        if result.is_refused:
            said = [f"Rij {number}: {sentence}" for number, _, sentence in result.faults[:5]]
            said += [str(fault.error) for fault in result.base_errors]
            return self._again(request, " ".join(["Er is niets opgeslagen.", *said]))
        return super().process_result(result, request)

    def add_success_message(self, result: ListResult, request: HttpRequest) -> None:
        self.message_user(request, f"Ingelezen. {result.summary}", level="SUCCESS")

    def _create_log_entry(
        self, user_pk: int, rows: list[models.Model], import_type: str, action_flag: int
    ) -> None:
        if rows:
            LogEntry.objects.log_actions(
                user_pk,
                rows,
                action_flag,
                change_message="Ingelezen uit een bestand.",
                single_object=len(rows) == 1,
            )

    def _again(self, request: HttpRequest, sentence: str) -> HttpResponse:
        self.message_user(request, sentence, level="ERROR")
        route = "admin:{}_{}_import".format(*self.get_model_info())
        return HttpResponseRedirect(reverse(route))

    def get_data_for_export(self, request: HttpRequest, queryset: Any, **kwargs: Any) -> Any:
        form = kwargs["export_form"]
        kind = self.get_export_formats()[int(form.cleaned_data["format"])]
        kwargs["force_native_type"] = kind in TYPED_FORMATS
        return super().get_data_for_export(request, queryset, **kwargs)

    def get_export_filename(self, request: HttpRequest, queryset: Any, file_format: Any) -> str:
        name = slugify(str(self.opts.verbose_name_plural))
        return f"{name}-{timezone.localdate().isoformat()}.{file_format.get_extension()}"
