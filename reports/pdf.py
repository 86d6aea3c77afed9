"""From HTML to PDF: the one door for the rest of the project.

Rendering happens in a process beside this one, that stays warm between documents and can
be ended without harm when a document asks too much time or memory (see
`reports.pdf_worker`). This process never loads WeasyPrint.
"""

import atexit
import json
import logging
import os
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from multiprocessing import Pipe
from pathlib import Path
from queue import Empty, LifoQueue
from shutil import rmtree
from tempfile import mkdtemp

from django.conf import settings

from reports.pdf_job import (
    Attachment,
    PdfAbandonedError,
    PdfBusyError,
    PdfError,
    PdfJob,
)

__all__ = ["Attachment", "PdfBusyError", "PdfError", "pdf_place", "write_pdf"]

logger = logging.getLogger(__name__)

_PROJECT = Path(__file__).resolve().parent.parent

# Of who asks for a PDF while all are at work: how many may wait for each process that
# makes them, and how long. A place in the queue costs the web server a thread; script/lib/
# gunicorn_settings.py counts on these.
WAITING_PER_PROCESS = 2
MOST_SECONDS_WAITING = 30

# How often to look whether somebody still waits for the document, in seconds.
_LOOK_EVERY = 1
# A busy machine gives a process a part of its time; endless work ends by the processor.
_CLOCK_PER_PROCESSOR = 2

# No secrets: only what finding libraries, fonts and characters needs.
_ENVIRONMENT = (
    "FONTCONFIG_FILE",
    "FONTCONFIG_PATH",
    "HOME",
    "LANG",
    "LC_ALL",
    "LD_LIBRARY_PATH",
    "PATH",
    "XDG_CACHE_HOME",
)


def write_pdf(
    html: str,
    *,
    assets: Path,
    attachments: Sequence[Attachment] = (),
    stylesheets: Sequence[Path] = (),
    seconds: int = 180,
) -> bytes:
    """Render a whole HTML document; equal input gives equal bytes.

    The HTML names files in `assets` relative to it (`print.css`) and fonts as
    `../fonts/SourceSansPro-Regular.otf`; nothing else can be read. `stylesheets` are
    files in `assets` that apply on top. `seconds` limits the time of the processor, and
    twice that the clock; a page takes about 0.15 s, a plan of 500 actions 13 s of a
    processor. At most `settings.PDFS_AT_ONCE` are made at the same time. Raises
    `PdfError` with a Dutch sentence, and its kind `PdfBusyError` when there is no place.
    """
    job = PdfJob(html, assets, tuple(attachments), tuple(stylesheets))
    with pdf_place() as make:
        return make(job, seconds)


_Make = Callable[[PdfJob, int], bytes]


def pdf_place(is_wanted: Callable[[], bool] = lambda: True) -> AbstractContextManager[_Make]:
    """Take a place before there is a document to make, so that who is refused has cost
    nothing; `write_pdf` in the same thread uses it.

    Waiting and making end with `PdfAbandonedError` within a second or so after
    `is_wanted` says that nobody waits any longer.
    """
    return _workshop.place(is_wanted)


class _RenderProcess:
    """One running render process and the pipe to it."""

    def __init__(self) -> None:
        self.folder = mkdtemp(prefix="penvoerder-pdf-")
        self.pipe, theirs = Pipe()
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "reports.pdf_worker", str(theirs.fileno())],
                cwd=_PROJECT,
                env=self._environment(),
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )

    def _environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
        # Temporary files end up where this side can remove them after a kill.
        return {**kept, "TMPDIR": self.folder, "PYTHONHASHSEED": "0"}

    def send(self, job: PdfJob, seconds: int) -> None:
        self.pipe.send_bytes(pickle.dumps((seconds, job)))

    def receive(
        self, seconds: int, is_wanted: Callable[[], bool] = lambda: True
    ) -> tuple[bytes, str, list[str], bool]:
        """Return PDF, fault, warnings, and whether the process ends after this."""
        until = time.monotonic() + seconds
        while not self.pipe.poll(_LOOK_EVERY):
            if not is_wanted():
                raise PdfAbandonedError
            if time.monotonic() >= until:
                raise TimeoutError
        answer = json.loads(self.pipe.recv_bytes())
        return (
            self.pipe.recv_bytes(),
            answer["fault"],
            answer["warnings"],
            answer["is_last"],
        )

    def end(self) -> None:
        self.pipe.close()
        self.process.kill()
        self.process.wait()
        rmtree(self.folder, ignore_errors=True)


class _Renderer:
    """Keeps a render process warm, and replaces it when it is worn or broken."""

    def __init__(self) -> None:
        self.process: _RenderProcess | None = None

    def make(self, job: PdfJob, seconds: int, is_wanted: Callable[[], bool]) -> bytes:
        process = self._send(job, seconds)
        is_last = True
        most = seconds * _CLOCK_PER_PROCESSOR
        try:
            pdf, fault, warnings, is_last = process.receive(most, is_wanted)
        except TimeoutError:
            raise PdfError(
                f"De pdf was na {most} seconden nog niet klaar; maak het document korter "
                "of probeer het later opnieuw."
            ) from None
        except (EOFError, OSError):
            raise PdfError(
                "De pdf vroeg te veel geheugen of rekentijd en is niet gemaakt; maak het "
                "document korter."
            ) from None
        finally:
            if is_last:
                self.end()
        for warning in warnings:
            logger.warning("PDF: %s", warning)
        if fault:
            raise PdfError(fault)
        return pdf

    def _send(self, job: PdfJob, seconds: int) -> _RenderProcess:
        if self.process is not None:
            try:
                self.process.send(job, seconds)
            except OSError:
                # It ended while nothing was asked of it, for instance for lack of memory.
                self.end()
            else:
                return self.process
        self.process = _RenderProcess()
        self.process.send(job, seconds)
        return self.process

    def end(self) -> None:
        if self.process is not None:
            self.process.end()
            self.process = None


class _Workshop:
    """The renderers of this process, and the short queue for them."""

    def __init__(self, at_once: int) -> None:
        self.renderers = tuple(_Renderer() for _ in range(at_once))
        # The last one used is warm, so it goes first.
        self.free: LifoQueue[_Renderer] = LifoQueue()
        for renderer in self.renderers:
            self.free.put(renderer)
        self.places = threading.Semaphore(at_once * (1 + WAITING_PER_PROCESS))
        self.mine = threading.local()

    @contextmanager
    def place(self, is_wanted: Callable[[], bool]) -> Iterator[_Make]:
        """What makes a document; raises `PdfBusyError` when it takes too long. A thread
        that has a place keeps it, as it would a lock."""
        if make := getattr(self.mine, "make", None):
            yield make
            return
        if not self.places.acquire(blocking=False):
            raise PdfBusyError
        try:
            renderer = self._next(is_wanted)
            self.mine.make = lambda job, seconds: renderer.make(job, seconds, is_wanted)
            try:
                yield self.mine.make
            finally:
                del self.mine.make
                self.free.put(renderer)
        finally:
            self.places.release()

    def _next(self, is_wanted: Callable[[], bool]) -> _Renderer:
        until = time.monotonic() + MOST_SECONDS_WAITING
        while is_wanted():
            with suppress(Empty):
                return self.free.get(timeout=min(_LOOK_EVERY, MOST_SECONDS_WAITING))
            if time.monotonic() >= until:
                raise PdfBusyError
        raise PdfAbandonedError

    def end(self) -> None:
        for renderer in self.renderers:
            renderer.end()

    def close_pipes(self) -> None:
        for renderer in self.renderers:
            if renderer.process is not None:
                renderer.process.pipe.close()


def _open_workshop() -> _Workshop:
    return _Workshop(settings.PDFS_AT_ONCE)


def _start_anew() -> None:
    """After a fork: the render processes belong to the parent, and so may the locks."""
    global _workshop
    _workshop.close_pipes()
    _workshop = _open_workshop()


_workshop = _open_workshop()
atexit.register(lambda: _workshop.end())
os.register_at_fork(after_in_child=_start_anew)
