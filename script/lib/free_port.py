"""Print the first port, from the given one on, that a server may listen on here."""

import socket
import sys


def is_free(port: int) -> bool:
    """Bind as the server will, on this machine's own address; nothing stays bound."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def first_free(wanted: int) -> int | None:
    """Try the wanted port, then the next ones; below 1024 only the wanted one."""
    if is_free(wanted):
        return wanted
    return next((port for port in range(max(wanted + 1, 8000), 65536) if is_free(port)), None)


if __name__ == "__main__":
    wanted = int(sys.argv[1])
    found = first_free(wanted) if 0 < wanted < 65536 else None
    if found is None:
        sys.exit(1)
    print(found)
