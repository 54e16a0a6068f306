"""What a handed-in paper may be, and what a virus scanner says about it."""

import socket
import struct
import sys
from pathlib import Path
from threading import Thread
from typing import Final

import pytest

from app.archive.check_upload import Scan, check_upload, no_scan
from app.archive.scan_file import scanner_of

PDF: Final = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n"
# A PDF/A-3 carries its data as an embedded file; that is no program.
PDF_A: Final = b"%PDF-1.7\n/Metadata 4 0 R /EmbeddedFiles <</Names[]>> pdfaid:part=3\n%%EOF\n"
PNG: Final = b"\x89PNG\r\n\x1a\n....IEND\xaeB`\x82"
JPEG: Final = b"\xff\xd8\xff\xe0....\xff\xd9"


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (PDF, "application/pdf"),
        (PDF_A, "application/pdf"),
        (PNG, "image/png"),
        (JPEG, "image/jpeg"),
    ],
    ids=["PDF", "PDF/A-3", "PNG", "JPEG"],
)
def test_papers_are_known_by_their_content(content: bytes, media_type: str) -> None:
    assert check_upload(content, no_scan).media_type == media_type


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Bitte wählen Sie eine Datei"),
        (PDF + b"x" * 10_000_000, "größer als 10 MB"),
        (b"MZ\x90\x00beschluss.pdf", "es zählt der Inhalt"),
        (PDF[:-6], "unvollständig"),
        (PNG[:-8], "unvollständig"),
        (PDF.replace(b"Catalog", b"Catalog/Encrypt 5 0 R"), "verschlüsselt"),
        (PDF.replace(b"Catalog", b"Catalog/OpenAction<</S/JavaScript>>"), "ausführbare Teile"),
        (PDF.replace(b"Catalog", b"Catalog/AA<</S/Launch>>"), "ausführbare Teile"),
    ],
    ids=["empty", "too large", "program", "cut PDF", "cut PNG", "encrypted", "script", "launch"],
)
def test_what_is_not_kept_is_explained(content: bytes, sentence: str) -> None:
    def must_not_be_asked(_content: bytes) -> Scan:
        raise AssertionError

    checked = check_upload(content, must_not_be_asked)

    assert checked.media_type == ""
    assert sentence in checked.refusal


@pytest.mark.parametrize(
    ("program", "sentence"),
    [
        ("import sys; sys.stdin.buffer.read(); sys.exit(0)", ""),
        ("print('Eicar-Test-Signature'); raise SystemExit(1)", "(Eicar-Test-Signature)"),
        ("raise SystemExit(2)", "antwortet nicht"),
    ],
    ids=["clean", "found", "broken"],
)
def test_a_command_scans_the_file(tmp_path: Path, program: str, sentence: str) -> None:
    script = tmp_path / "scan.py"
    script.write_text(program, encoding="utf-8")
    scan = scanner_of(f"{sys.executable} {script}", "")

    assert sentence in check_upload(PDF, scan).refusal
    assert bool(check_upload(PDF, scan).media_type) is not bool(sentence)


@pytest.mark.parametrize(
    ("said", "found", "answered"),
    [
        (b"stream: OK\0", "", True),
        (b"stream: Win.Test.EICAR_HDB-1 FOUND\0", "Win.Test.EICAR_HDB-1", True),
        (b"INSTREAM size limit exceeded. ERROR\0", "", False),
    ],
    ids=["clean", "found", "refused"],
)
def test_clamd_scans_through_its_socket(
    tmp_path: Path, said: bytes, found: str, answered: bool
) -> None:
    got: list[bytes] = []
    address = str(tmp_path / "clamd.sock")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(address)
        server.listen(1)
        thread = Thread(target=_answer_once, args=(server, said, got))
        thread.start()
        scanned = scanner_of("", address)(PDF)
        thread.join(timeout=5)

    assert scanned == Scan(answered, found)
    assert got == [PDF]


def test_without_its_socket_the_scanner_has_not_answered(tmp_path: Path) -> None:
    assert scanner_of("", str(tmp_path / "nobody.sock"))(PDF) == Scan(answered=False)


def _answer_once(server: socket.socket, said: bytes, got: list[bytes]) -> None:
    line, _ = server.accept()
    with line, line.makefile("rb") as stream:
        assert stream.read(10) == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack("!I", stream.read(4))[0]:
            content += stream.read(length)
        got.append(content)
        line.sendall(said)
