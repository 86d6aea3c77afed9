"""How script/server runs gunicorn: on this machine only, quiet, and Dutch when ready."""

import os
import sys
from typing import Any

from config import env

# Threads that are busy with a PDF, or wait for a place (reports.pdf), never keep these.
THREADS_FOR_PAGES = 4
WAITING_PER_PDF = 2

bind = f"127.0.0.1:{os.environ['PORT']}"
workers = 2
pdfs_at_once = env.count("PENVOERDER_PDFS_AT_ONCE", 1, most=8)
threads = THREADS_FOR_PAGES + pdfs_at_once * (1 + WAITING_PER_PDF)
timeout = 120  # seconds without a sign of life; threads that are at work do not count
graceful_timeout = 10
loglevel = "warning"
control_socket_disable = True
if os.access("/dev/shm", os.W_OK):
    worker_tmp_dir = "/dev/shm"


def when_ready(server: Any) -> None:
    """Name the address only once it answers."""
    print(f"Penvoerder staat klaar op http://{bind} (stoppen met Ctrl-C).", file=sys.stderr)


def post_fork(server: Any, worker: Any) -> None:
    """A thread that waits for the database gets its turn sooner than Python's 5 ms after
    the answer came: who stores holds the plan for some forty answers."""
    sys.setswitchinterval(0.0005)
