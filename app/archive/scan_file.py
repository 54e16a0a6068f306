"""Asking a virus scanner: a command that reads the file from its input, or a clamd socket."""

import shlex
import socket
import struct
import subprocess
from contextlib import closing
from functools import partial
from typing import Final

import structlog

from app.archive.check_upload import Scan, Scanner, no_scan

log = structlog.get_logger()

PATIENCE: Final = 30
CHUNK: Final = 1 << 16
LONGEST_ANSWER: Final = 4096
FOUND: Final = 1
"""What scanners end with where they found something; 0 is clean, all else is no answer."""


def scanner_of(command: str, address: str) -> Scanner:
    """`command` comes first; `address` is a path or `host:port`; without both nothing scans."""
    if command:
        return partial(_by_command, tuple(shlex.split(command)))
    if address:
        return partial(_by_clamd, address)
    return no_scan


def _by_command(command: tuple[str, ...], content: bytes) -> Scan:
    try:
        done = subprocess.run(  # noqa: S603 - the operator's own setting, without a shell
            command, input=content, capture_output=True, timeout=PATIENCE, check=False
        )
    except (OSError, subprocess.SubprocessError) as error:
        log.warning("scanner_failed", error=type(error).__name__)
        return Scan(answered=False)
    if done.returncode == FOUND:
        said = done.stdout.decode(errors="replace").strip().splitlines()
        return Scan(found=said[-1][:100] if said else "Fund")
    return Scan(answered=done.returncode == 0)


def _by_clamd(address: str, content: bytes) -> Scan:
    """INSTREAM of clamd(8): lengths and pieces, then an empty piece."""
    try:
        with closing(_connected(address)) as line:
            line.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), CHUNK):
                piece = content[start : start + CHUNK]
                line.sendall(struct.pack("!I", len(piece)) + piece)
            line.sendall(struct.pack("!I", 0))
            said = _answer(line)
    except OSError as error:
        log.warning("scanner_failed", error=type(error).__name__)
        return Scan(answered=False)
    verdict = said.removeprefix("stream: ")
    if verdict.endswith(" FOUND"):
        return Scan(found=verdict.removesuffix(" FOUND")[:100])
    return Scan(answered=verdict == "OK")


def _connected(address: str) -> socket.socket:
    host, _, port = address.rpartition(":")
    if host and port.isdecimal():
        return socket.create_connection((host, int(port)), timeout=PATIENCE)
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.settimeout(PATIENCE)
    try:
        line.connect(address)
    except OSError:
        line.close()
        raise
    return line


def _answer(line: socket.socket) -> str:
    said = b""
    while len(said) < LONGEST_ANSWER and not said.endswith(b"\0"):
        part = line.recv(LONGEST_ANSWER)
        if not part:
            break
        said += part
    return said.rstrip(b"\0\n").decode(errors="replace")
