"""How script/server runs gunicorn: on this machine only, quiet, and Dutch when ready."""

import os
import sys
from typing import Any

bind = f"127.0.0.1:{os.environ['PORT']}"
workers = 2
threads = 4
timeout = 120  # seconds; a PDF of a long plan takes several
graceful_timeout = 10
loglevel = "warning"
control_socket_disable = True
if os.access("/dev/shm", os.W_OK):
    worker_tmp_dir = "/dev/shm"


def when_ready(server: Any) -> None:
    """Name the address only once it answers."""
    print(f"Penvoerder staat klaar op http://{bind} (stoppen met Ctrl-C).", file=sys.stderr)
