"""The render process: makes one PDF after the other within fixed limits.

Started by `reports.pdf` as `python -m reports.pdf_worker <descriptor>`. It holds no
database connection and no settings. Ends when the other side of the pipe closes.
"""

import gc
import json
import math
import os
import pickle
import resource
import sys
import tempfile
import time
import traceback
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection

from reports.pdf_job import PdfError, PdfJob

# 324 pages took 615 MB; what asks for more is a fault in the input.
_MEMORY_LIMIT = 1536 * 2**20
# Memory that a large plan left behind is given back by starting afresh.
_RETIRE_ABOVE = 700 * 2**20
_RETIRE_AFTER = 50

_MISSING_LIBRARY = (
    "Voor pdf's ontbreekt een onderdeel van het systeem ({}); installeer de pakketten "
    "libpangoft2-1.0-0 en libharfbuzz-subset0."
)
_TOO_LARGE = "Het document is te groot of te diep genest voor een pdf; maak het korter."
_OWN_FAULT = (
    "De pdf is niet gemaakt door een fout in Penvoerder zelf; meld aan de beheerder welk "
    "document het was."
)


@dataclass(frozen=True, slots=True)
class _Answer:
    pdf: bytes = b""
    fault: str = ""
    warnings: tuple[str, ...] = ()
    # After a lack of memory nothing in this process can be trusted to be whole.
    is_worn: bool = False


def main(descriptor: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_LIMIT, _MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with Connection(descriptor) as connection:
        for made in range(1, _RETIRE_AFTER + 1):
            try:
                seconds, job = pickle.loads(connection.recv_bytes())
            except EOFError:
                return
            answer = _make(job, seconds)
            is_last = answer.is_worn or made == _RETIRE_AFTER or _memory() > _RETIRE_ABOVE
            _send(connection, answer, is_last=is_last)
            if is_last:
                return
            # The garbage of this render, while nobody waits.
            gc.collect()


def _send(connection: Connection, answer: _Answer, *, is_last: bool) -> None:
    """Say how it went, then the PDF; `reports.pdf` reads both."""
    outcome = {"fault": answer.fault, "warnings": answer.warnings, "is_last": is_last}
    connection.send_bytes(json.dumps(outcome).encode())
    connection.send_bytes(answer.pdf)


def _make(job: PdfJob, seconds: int) -> _Answer:
    """Render; every fault becomes a sentence."""
    _limit_processor_time(seconds)
    try:
        # Here, so that a missing library becomes an answer and not a silent end.
        from reports.pdf_engine import render
    except PdfError as fault:
        return _Answer(fault=str(fault))
    except OSError as fault:
        return _Answer(fault=_MISSING_LIBRARY.format(fault))
    try:
        pdf, warnings = render(job)
    except PdfError as fault:
        return _Answer(fault=str(fault))
    except (MemoryError, RecursionError):
        return _Answer(fault=_TOO_LARGE, is_worn=True)
    except Exception:
        traceback.print_exc()
        return _Answer(fault=_OWN_FAULT)
    return _Answer(pdf, warnings=tuple(warnings))


def _limit_processor_time(seconds: int) -> None:
    """The parent watches the clock; this ends the render when the parent is gone."""
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(time.process_time()) + seconds, hard))


def _memory() -> int:
    """The most memory this process ever had, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


if __name__ == "__main__":
    main(int(sys.argv[1]))
    # The parent removes this folder of ours, unless it ended before us.
    with suppress(OSError):
        os.rmdir(tempfile.gettempdir())
