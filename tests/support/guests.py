"""A process that listens with others and tells everybody who comes which one it is.

`python -m tests.support.guests LISTENER PATIENCE`: the number of the socket's file it was left.
"""

import os
import sys
from asyncio import Protocol, Transport
from socket import socket

from app.commands.connections import EvenLoop


class _Host(Protocol):
    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        transport.write(f"{os.getpid()}\n".encode())


def main(listener: int, patience: int) -> None:
    loop = EvenLoop(patience)
    loop.run_until_complete(loop.create_server(_Host, sock=socket(fileno=listener), backlog=100))
    sys.stdout.write("listening\n")
    sys.stdout.flush()
    loop.run_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
