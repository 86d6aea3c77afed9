"""What goes into the making of a PDF and what can come out wrong; knows no PDF library."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePath

# Written out, because the answer of `mimetypes` depends on the machine's own list,
# and the type is part of the bytes of the PDF.
_MEDIA_TYPES = {
    ".csv": "text/csv",
    ".json": "application/json",
    ".txt": "text/plain",
    ".yaml": "application/yaml",
}


class PdfError(Exception):
    """The PDF could not be made; the text is one Dutch sentence for the reader."""


class PdfBusyError(PdfError):
    """There was no place to make the PDF; the same document may succeed a little later."""

    def __init__(self) -> None:
        super().__init__(
            "Er worden nu al zo veel pdf’s gemaakt dat die van u niet aan de beurt kwam; "
            "probeer het over een minuut opnieuw."
        )


class PdfAbandonedError(PdfError):
    """Who asked for the PDF is gone, so nobody reads this sentence."""

    def __init__(self) -> None:
        super().__init__("De pdf is niet gemaakt, omdat de vrager de verbinding verbrak.")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A source file inside the PDF, with the moment that its content belongs to."""

    name: str
    content: bytes
    description: str
    moment: datetime

    def __post_init__(self) -> None:
        if self.moment.tzinfo is None:
            raise ValueError("The moment of an attachment needs a time zone.")

    @property
    def media_type(self) -> str:
        suffix = PurePath(self.name).suffix.lower()
        return _MEDIA_TYPES.get(suffix, "application/octet-stream")

    @property
    def moment_utc(self) -> datetime:
        return self.moment.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class PdfJob:
    """All that decides the bytes of one PDF, beside the versions of code and fonts."""

    html: str
    assets: Path
    attachments: tuple[Attachment, ...] = ()
    stylesheets: tuple[Path, ...] = ()
