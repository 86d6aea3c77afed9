"""What the commands that read files share: opening one, and refusing one."""

import contextlib
import datetime
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NoReturn

from django.core.management.base import CommandError

from municipalities.days import read_day
from municipalities.textfile import MAX_BYTES, TOO_LARGE

BROKEN_PIPE, INTERRUPTED = 141, 130  # as the shell says it of any program


def text_of(name: str) -> str:
    """The text of a file; `CommandError` with a Dutch sentence when it cannot be read.

    Never takes in more than `MAX_BYTES`, also of a pipe, whose size nobody knows.
    """
    try:
        with Path(name).open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
        if len(raw) > MAX_BYTES:
            refuse(name, [TOO_LARGE])
        return raw.decode("utf-8-sig")
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


def day_of(text: str | None, *, what: str) -> datetime.date | None:
    """The day of an option such as `--on`; `CommandError` (2) unless it is written as
    2020-03-01. `what` names it in that sentence."""
    try:
        return read_day(text) if text is not None else None
    except ValueError:
        raise CommandError(
            f"{what} {text} is geen dag; schrijf die als jaar-maand-dag, zoals 2020-03-01.",
            returncode=2,
        ) from None


@contextlib.contextmanager
def quiet_end() -> Iterator[None]:
    """End without a traceback when nobody reads on (`| head`) or at Ctrl-C."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        # Python would try once more to write what is left when it closes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(BROKEN_PIPE)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
