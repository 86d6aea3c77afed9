"""From a plan on a date to each format; every format reads the same document."""

from __future__ import annotations

import base64
import datetime
import re
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string

from reports.content import Content, fetch
from reports.document import Document
from reports.files import CSV, Rendered, rows_as_csv
from reports.fund_positions import FundPosition, fund_positions
from reports.layout import lay_out
from reports.long_form import LONG_COLUMNS, long_form
from reports.named_figures import NamedFigures
from reports.pdf import Attachment, pdf_place, write_pdf
from reports.plan_totals import PlanTotals, plan_totals
from reports.printable import code, printable, without_glyph
from reports.totals_json import totals_json
from workplans import planfile
from workplans.models import PlanVersion, WorkPlan
from workplans.services import as_it_was, tree_of

# So many codes the note on replaced characters names; the text has all of them.
_MOST_CODES = 8


@dataclass(frozen=True)
class Reported:
    """A plan on a date with every figure, computed once; `figures` finds them by name."""

    content: Content
    totals: PlanTotals
    positions: tuple[FundPosition, ...]
    figures: NamedFigures
    document: Document
    version: PlanVersion | None = None

    @cached_property
    def tree(self) -> planfile.Tree:
        """The plan file: that of a version as it was kept, else as the plan stands now."""
        return tree_of(self.version) if self.version else planfile.dump(self.content.plan)


def report(plan: WorkPlan, *, on: datetime.date | None = None) -> Reported:
    """Compute everything that documents of this plan show; `on` overrides its own date.

    The number of queries does not depend on the number of actions.
    """
    content = fetch(plan, on=on)
    totals = plan_totals(content)
    positions = fund_positions(plan, content.on)
    figures = NamedFigures(content, totals, positions)
    document = lay_out(content, totals, positions, figures)
    return Reported(content, totals, positions, figures, document)


def report_version(version: PlanVersion) -> Reported:
    """The same of a version, with its own figures. Raises as `as_it_was` does.

    All is computed while the plan is there as it was; what is made of it afterwards
    asks the database nothing, so a slow PDF holds no transaction open.
    """
    with as_it_was(version) as plan:
        return replace(report(plan), version=version)


def render(
    plan: WorkPlan,
    form: str,
    *,
    on: datetime.date | None = None,
    is_wanted: Callable[[], bool] = lambda: True,
) -> Rendered:
    """The plan in one of `FORMATS`. Raises `KeyError` for another format, and
    `reports.pdf.PdfError` when the PDF cannot be made, has no place, or is no longer
    wanted."""
    return _render(lambda: report(plan, on=on), form, "", is_wanted)


def render_version(
    version: PlanVersion, form: str, *, is_wanted: Callable[[], bool] = lambda: True
) -> Rendered:
    """A version in one of `FORMATS`; raises as `render` and `report_version` do."""
    about = f"versie-{version.number}"
    return _render(lambda: report_version(version), form, about, is_wanted)


def _render(
    make: Callable[[], Reported], form: str, about: str, is_wanted: Callable[[], bool]
) -> Rendered:
    write, media_type = FORMATS[form]
    with pdf_place(is_wanted) if form == "pdf" else nullcontext():
        reported = make()
        body = write(reported)
    return Rendered(body, media_type, reported.content.file_name(form, about))


def html(reported: Reported) -> bytes:
    """One file that needs nothing else: the printed document with its style inside."""
    return render_to_string(
        "reports/workplan_print.html", {"document": reported.document, "style": _style()}
    ).encode()


def _style() -> str:
    """The style of the printed document without addresses: pictures become part of it,
    and the letters are those that the reader's machine has."""
    static = Path(settings.BASE_DIR) / "static"
    css = "\n".join(
        (static / name).read_text(encoding="utf-8")
        for name in ("theme.css", "columns.css", "print.css")
    )
    css = re.sub(r"@font-face\s*\{[^}]*\}", "", css)
    return re.sub(
        r'url\("/static/([\w/.-]+\.svg)"\)', lambda match: _picture(static / match[1]), css
    )


def _picture(path: Path) -> str:
    encoded = base64.b64encode(path.read_bytes()).decode()
    return f'url("data:image/svg+xml;base64,{encoded}")'


def pdf(reported: Reported) -> bytes:
    """PDF/A-3a and PDF/UA-1 in one file, with the plan file attached, which keeps the text
    as it was typed."""
    plan = reported.content.plan
    midnight = datetime.datetime.combine(reported.content.on, datetime.time(), tzinfo=datetime.UTC)
    return _write(
        reported.document,
        Attachment(
            name=f"{plan.slug}.json",
            content=json(reported),
            description=f"De gegevens van {plan.title}",
            moment=midnight,
        ),
    )


def paper(
    document: Document, name: str, *, is_wanted: Callable[[], bool] = lambda: True
) -> Rendered:
    """Any document as a PDF, without an attachment. Raises as `render` does."""
    with pdf_place(is_wanted):
        return Rendered(_write(document), "application/pdf", name)


def page_on_paper(
    template: str, context: dict[str, object], *, is_wanted: Callable[[], bool] = lambda: True
) -> bytes:
    """A page of another kind as a PDF. Raises as `render` does."""
    with pdf_place(is_wanted):
        return _print(template, context)


def _write(document: Document, *attachments: Attachment) -> bytes:
    return _print("reports/workplan_print.html", {"document": document}, *attachments)


def _print(template: str, context: dict[str, object], *attachments: Attachment) -> bytes:
    """A character that our letters lack is printed as its code, with a note at the end."""
    page = render_to_string(template, context)
    if missing := without_glyph(page):
        # Only now it is known that a note must stand at the end.
        note = {
            "replaced": ", ".join(map(code, missing[:_MOST_CODES])),
            "has_attachment": bool(attachments),
        }
        page = render_to_string(template, context | note)
    return write_pdf(
        printable(page),
        assets=Path(settings.BASE_DIR) / "static",
        attachments=attachments,
    )


def yaml(reported: Reported) -> bytes:
    """The plan file that a person edits."""
    tree = reported.tree
    return planfile.to_yaml(tree, base=planfile.digest(tree)).encode()


def json(reported: Reported) -> bytes:
    """The plan file as canonical JSON, with the figures beside it."""
    tree = reported.tree
    return planfile.to_json(
        tree,
        base=planfile.digest(tree),
        totals=totals_json(reported.totals, reported.positions),
    ).encode()


def csv_table(reported: Reported) -> bytes:
    """Every table as one long table, with a decimal point."""
    return rows_as_csv(LONG_COLUMNS, long_form(reported.document.tables))


FORMATS: dict[str, tuple[Callable[[Reported], bytes], str]] = {
    "pdf": (pdf, "application/pdf"),
    "html": (html, "text/html; charset=utf-8"),
    "yaml": (yaml, "application/yaml; charset=utf-8"),
    "json": (json, "application/json"),
    "csv": (csv_table, CSV),
}
