"""The files of a version as everybody will read them, made once."""

from __future__ import annotations

from collections.abc import Callable

from django.template.loader import render_to_string
from django.templatetags.static import static

from reports.pdf import pdf_place
from reports.rendering import FORMATS, Reported, report_version
from workplans.models import PlanVersion, PublishedFile

Form = PublishedFile.Form
DOWNLOADS = (Form.PDF, Form.CSV, Form.JSON)
_ICONS = "icons.svg"
_PLACE = "\x00"  # a character that no text of a plan holds


def public_files(
    version: PlanVersion, *, is_wanted: Callable[[], bool] = lambda: True
) -> list[PublishedFile]:
    """The page and every download of a version, not stored yet. Raises as
    `reports.rendering.render_version` does."""
    with pdf_place(is_wanted):
        reported = report_version(version)
        files = [_download(reported, form) for form in DOWNLOADS]
    return [page_file(reported), *files]


def page_of(file: PublishedFile) -> str:
    """The stored document as a page of today shows it: only the address of the icons
    follows the installation."""
    return bytes(file.body).decode().replace(_PLACE, static(_ICONS))


def page_file(reported: Reported) -> PublishedFile:
    """The document inside the frame of a page."""
    html = render_to_string("reports/_public_document.html", {"document": reported.document})
    body = html.replace(static(_ICONS), _PLACE).encode()
    return PublishedFile(form=Form.PAGE, name="pagina.html", media_type="text/html", body=body)


def _download(reported: Reported, form: Form) -> PublishedFile:
    write, media_type = FORMATS[form]
    return PublishedFile(
        form=form,
        name=reported.content.file_name(form),
        media_type=media_type,
        body=write(reported),
    )
