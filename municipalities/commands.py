"""What the commands that read files share: opening one, and refusing one."""

from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from django.core.management.base import CommandError


def text_of(name: str) -> str:
    """The text of a file; `CommandError` with a Dutch sentence when it cannot be read."""
    try:
        return Path(name).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise CommandError(f"Het bestand {name} bestaat niet; kijk de naam na.") from None
    except UnicodeDecodeError:
        raise CommandError(f"Het bestand {name} is geen UTF-8; sla het op als UTF-8.") from None
    except IsADirectoryError:
        raise CommandError(f"{name} is een map; noem het bestand dat erin staat.") from None
    except OSError as error:
        raise CommandError(
            f"Het bestand {name} is niet te openen ({error.strerror}); kijk de rechten na."
        ) from None


def refuse(name: str, sentences: Sequence[str]) -> NoReturn:
    """Stop with every fault in one list; nothing of the file was stored."""
    count = "1 fout" if len(sentences) == 1 else f"{len(sentences)} fouten"
    raise CommandError(
        f"{name}: {count}, er is niets opgeslagen.\n" + "\n".join(f"- {s}" for s in sentences)
    )
