"""Whether a handed-in paper may be kept: type by its content, size, nothing that runs, no virus."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from app.archive.media_type import LARGEST_FILE, media_type_of

KINDS: Final = "PDF (auch PDF/A), PNG oder JPEG mit höchstens 10 MB"
TAIL: Final = 2048
RUNS: Final = (b"/JavaScript", b"/JS ", b"/JS(", b"/JS<", b"/Launch", b"/RichMedia")
ENDINGS: Final = {
    "application/pdf": b"%%EOF",
    "image/png": b"IEND",
    "image/jpeg": b"\xff\xd9",
}


@dataclass(frozen=True, slots=True)
class Scan:
    """What the virus scanner said; `found` names what it found."""

    answered: bool = True
    found: str = ""


Scanner = Callable[[bytes], Scan]


@dataclass(frozen=True, slots=True)
class Checked:
    """The type of a paper that may be kept, or the German sentence why not."""

    media_type: str = ""
    refusal: str = ""


def no_scan(_content: bytes) -> Scan:
    """Where no scanner is configured."""
    return Scan()


def check_upload(content: bytes, scan: Scanner) -> Checked:
    """The scanner is asked last, about what passed everything else."""
    media_type = media_type_of(content)
    refusal = _refusal(content, media_type)
    if refusal or media_type is None:
        return Checked(refusal=refusal)
    scanned = scan(content)
    if not scanned.answered:
        text = "Die Virenprüfung antwortet nicht. Es wurde nichts gespeichert; bitte später erneut."
        return Checked(refusal=text)
    if scanned.found:
        text = f"In der Datei wurde Schadsoftware gefunden ({scanned.found}). Sie wurde verworfen."
        return Checked(refusal=text)
    return Checked(media_type)


def paper_fault(content: bytes, scan: Scanner) -> str:
    """Why a paper cannot be kept: cut, locked, running programs, a virus.

    '' also for no file at all and for a kind that is not taken: forms say that in their own words.
    """
    if not content or len(content) > LARGEST_FILE or media_type_of(content) is None:
        return ""
    return check_upload(content, scan).refusal


def _refusal(content: bytes, media_type: str | None) -> str:
    if not content:
        return f"Bitte wählen Sie eine Datei: {KINDS}."
    if len(content) > LARGEST_FILE:
        return f"Die Datei ist größer als 10 MB. Erlaubt sind {KINDS}."
    if media_type is None:
        return f"Das ist keine erlaubte Datei; es zählt der Inhalt. Erlaubt sind {KINDS}."
    if ENDINGS[media_type] not in content[-TAIL:]:
        return "Die Datei ist unvollständig. Bitte laden Sie sie noch einmal vollständig hoch."
    return _pdf_refusal(content) if media_type == "application/pdf" else ""


def _pdf_refusal(content: bytes) -> str:
    if b"/Encrypt" in content:
        return (
            "Die PDF-Datei ist verschlüsselt. Bitte speichern Sie sie ohne Passwort, "
            "am besten als PDF/A."
        )
    if any(mark in content for mark in RUNS):
        return (
            "Die PDF-Datei enthält ausführbare Teile (JavaScript oder Startbefehle). "
            "Bitte speichern Sie sie als PDF/A."
        )
    return ""
