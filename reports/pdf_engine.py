"""Render HTML to one PDF that is both PDF/A-3a and PDF/UA-1, with WeasyPrint.

Equal input gives equal bytes: no clock, no network, no file outside the project's static
folder and the font packages. Meant for the render process (`reports.pdf_worker`), since
input that is hostile or huge can cost any amount of time and memory.
"""

import gc
import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from io import BytesIO
from mimetypes import MimeTypes
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pydyf
import weasyprint  # noqa: TID253 (only the render process imports this module)
from weasyprint.logger import LOGGER  # noqa: TID253
from weasyprint.pdf.metadata import DocumentMetadata  # noqa: TID253
from weasyprint.text.fonts import FontConfiguration  # noqa: TID253
from weasyprint.urls import (  # noqa: TID253
    FatalURLFetchingError,
    URLFetcher,
    URLFetcherResponse,
)

from reports.fonts import font_files
from reports.pdf_job import Attachment, PdfError, PdfJob

WEASYPRINT = "70.0"

if weasyprint.__version__ != WEASYPRINT:
    # The tag tree reads private parts of exactly this version; see reports.pdf_tags.
    raise PdfError(
        f"Penvoerder maakt pdf's met WeasyPrint {WEASYPRINT}, maar hier staat "
        f"{weasyprint.__version__}; installeer requirements.txt opnieuw."
    )

from reports.pdf_tags import TagTree  # noqa: E402 (needs the version asserted above)

_STATIC = "https://assets.invalid/static/"
_FONTS = "https://assets.invalid/fonts/"

# Python's own list, without the machine's.
_MEDIA_TYPES = MimeTypes()

_LINK_SCHEMES = frozenset({"https", "http", "mailto"})

# How WeasyPrint says that no font has a character.
_MISSING = re.compile(r'\.notdef glyph rendered .*"(?P<character>.+)" \(U\+')

# White space before the end of a block makes WeasyPrint break a last line that just fits.
_TRAILING = re.compile(r"\s+(?=</(?:p|li|d[dt]|t[dh]|h[1-6]|div|caption|figcaption)>)")

# Control characters are not allowed in the XML of the metadata, nor in any HTML.
_NO_CONTROLS = dict.fromkeys([*range(0x09), 0x0B, *range(0x0E, 0x20), 0x7F])

# PDF/A asks that metadata outside its own vocabulary is described; then PDF/UA's mark.
_UA_METADATA = b"""\
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name>\
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Part of ISO 14289 the document conforms to\
</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag>\
</pdfaExtension:schemas></rdf:Description>\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" \
pdfuaid:part="1"/>"""


class AssetFetcher(URLFetcher):  # type: ignore[misc]
    """Serves the static folder and the font packages, and ends the render otherwise."""

    def __init__(self, assets: Path) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)
        self.assets = assets.resolve()

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        path = self._path(url)
        if path is None:
            raise FatalURLFetchingError(url)
        media_type = _MEDIA_TYPES.guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": media_type})

    def url_of(self, stylesheet: Path) -> str:
        """The address of a file in the static folder."""
        path = stylesheet.resolve()
        if not path.is_relative_to(self.assets):
            raise FatalURLFetchingError(str(stylesheet))
        return _STATIC + path.relative_to(self.assets).as_posix()

    def _path(self, url: str) -> Path | None:
        if url.startswith(_FONTS):
            return font_files().get(url.removeprefix(_FONTS))
        if not url.startswith(_STATIC):
            return None
        name = unquote(urlsplit(url).path.removeprefix("/static/"))
        if "\0" in name:
            return None
        # resolve() follows links, so a link out of the folder ends outside it.
        path = (self.assets / name).resolve()
        return path if path.is_relative_to(self.assets) and path.is_file() else None


class ArchiveMetadata(DocumentMetadata):  # type: ignore[misc]
    """Metadata that claims PDF/A conformance level A and PDF/UA-1."""

    def generate_rdf_metadata(self, variant: str, version: int, _conformance: str) -> bytes:
        rdf: bytes = super().generate_rdf_metadata(variant, version, "A")
        return rdf.replace(b"</rdf:RDF>", _UA_METADATA + b"</rdf:RDF>")


def render(job: PdfJob) -> tuple[bytes, list[str]]:
    """Return the PDF and what WeasyPrint warned of; raise `PdfError` when it refuses.

    Takes about 0.15 s and 1.6 MB per page; far too large a document may also end in
    `MemoryError` or `RecursionError`.
    """
    with _warnings() as warnings, _without_garbage_collection():
        try:
            pdf = _render(job)
        except FatalURLFetchingError as fault:
            cause = fault.__cause__ or fault
            raise PdfError(
                f"Het document verwijst naar {_shown(str(cause))}; een pdf mag alleen "
                "bestanden van Penvoerder zelf gebruiken."
            ) from fault
        _check_characters(warnings)
        return pdf, warnings


def _render(job: PdfJob) -> bytes:
    fetcher = AssetFetcher(job.assets)
    html = weasyprint.HTML(
        string=_TRAILING.sub("", job.html.translate(_NO_CONTROLS)),
        base_url=_STATIC,
        url_fetcher=fetcher,
    )
    document = html.render(
        # A new one each time: faces that an earlier document loaded would stay in use.
        font_config=FontConfiguration(),
        stylesheets=[fetcher.url_of(path) for path in job.stylesheets],
    )
    _check_metadata(document.metadata)
    _check_links(document.pages)
    document.metadata = ArchiveMetadata(**vars(document.metadata))
    # Variant 3u differs from 3a only in its claim and in switching on WeasyPrint's tags.
    tags = TagTree(document)
    tags.watch()

    def finish(_document: weasyprint.Document, pdf: pydyf.PDF) -> None:
        tags.write(pdf)
        if "AF" in pdf.catalog:
            # WeasyPrint lists every attachment twice.
            pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))

    pdf: bytes = document.write_pdf(
        pdf_variant="pdf/a-3u",
        attachments=[_embedded(attachment) for attachment in job.attachments],
        finisher=finish,
    )
    return pdf


def _check_metadata(metadata: DocumentMetadata) -> None:
    if not metadata.title or not metadata.lang:
        raise PdfError("Het document mist een titel of een taal; geef het html-bestand beide.")
    if metadata.attachments:
        raise PdfError(
            "Het document voegt zelf een bestand toe; een bijlage gaat alleen met de opdracht mee."
        )


def _check_characters(warnings: Iterable[str]) -> None:
    """An archive may not hold a character that it shows as an empty box."""
    missing = [found["character"] for text in warnings if (found := _MISSING.match(text))]
    if missing:
        named = _shown(" ".join(dict.fromkeys(missing)))
        raise PdfError(
            f"Voor {named} hebben de letters van Penvoerder geen teken; vervang het in de tekst."
        )


def _check_links(pages: Iterable[Any]) -> None:
    """Refuse a link that a reader could not follow, or that could do them harm."""
    anchors = {name for page in pages for name in page.anchors}
    for kind, target, _rectangle, _box in (link for page in pages for link in page.links):
        if kind == "internal" and target not in anchors:
            raise PdfError(
                f"Het document verwijst naar onderdeel {_shown(target)}, dat er niet in staat; "
                "verwijs naar een onderdeel dat er wel is."
            )
        if kind != "internal" and not _is_safe_link(kind, target):
            raise PdfError(
                f"De koppeling {_shown(target)} kan niet in een pdf; gebruik een volledig "
                "adres dat begint met https, http of mailto."
            )


def _is_safe_link(kind: str, target: str) -> bool:
    address = urlsplit(target)
    return (
        kind == "external"
        and address.scheme in _LINK_SCHEMES
        and address.hostname != "assets.invalid"
    )


def _embedded(attachment: Attachment) -> weasyprint.Attachment:
    embedded = weasyprint.Attachment(
        string=attachment.content,
        name=attachment.name,
        description=attachment.description,
        created=attachment.moment_utc,
        modified=attachment.moment_utc,
        relationship="Source",
    )
    # The last place says the media type, which WeasyPrint would ask of the machine.
    embedded.source = nullcontext((BytesIO(attachment.content), None, None, attachment.media_type))
    return embedded


def _shown(address: str) -> str:
    return f"‘{address if len(address) <= 120 else address[:119] + '…'}’"


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """A render makes millions of boxes that live until its end; looking is in vain."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def _warnings() -> Iterator[list[str]]:
    collector = _Collector()
    LOGGER.addHandler(collector)
    try:
        yield collector.messages
    finally:
        LOGGER.removeHandler(collector)
