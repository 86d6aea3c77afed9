"""Whether who asked is still there: work for a closed connection is work for nobody."""

import select
import socket
from collections.abc import Callable


def presence(connection: socket.socket | None) -> Callable[[], bool]:
    """Say at any moment whether the other end of a request still listens.

    Only some servers hand on the connection; without one the answer is always yes. A
    proxy in between hangs up when its own client does. A client that closes only its
    sending half counts as gone: no browser does that while it waits.
    """
    if connection is None:
        return lambda: True
    hung_up = select.poll()
    hung_up.register(connection, select.POLLRDHUP)
    return lambda: not hung_up.poll(0)
