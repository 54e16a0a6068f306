"""Whether the portal can listen where it shall, before it says that it does."""

import errno
import socket
from typing import Final

from app.kernel.errors import Conflict

REASONS: Final = {
    errno.EADDRINUSE: "dort läuft schon ein Programm",
    errno.EACCES: "Ports unter 1024 gehören dem Administrator",
    errno.EADDRNOTAVAIL: "diese Maschine hat die Adresse nicht",
}


def check_address(host: str, port: int) -> None:
    """Conflict with what to do, where nobody could open this port."""
    try:
        family, kind, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does
            probe.bind(address)
    except socket.gaierror as error:
        raise Conflict(f"Den Rechner {host} gibt es nicht (--host).", "no_such_host") from error
    except OSError as error:
        reason = REASONS.get(error.errno or 0, error.strerror or str(error))
        raise Conflict(
            f"Auf {host}:{port} kann das Portal nicht hören: {reason}. "
            "Einen anderen Port nennt --port, bei make demo PORT=.",
            "address_taken",
        ) from error
