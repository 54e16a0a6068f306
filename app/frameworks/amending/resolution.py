"""A decision about an agreement: who decided what from when, why, and the paper that proves it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.archive.media_type import media_type_of
from app.kernel.errors import FieldError

LONGEST_REASON = 2000


@dataclass(frozen=True, slots=True)
class Paper:
    """A document as handed in: PDF, PNG or JPEG."""

    title: str
    dated: date
    file_name: str
    content: bytes
    open_to_members: bool = False


@dataclass(frozen=True, slots=True)
class Resolution:
    """`decided_by` names the organ or office, never a person."""

    decided_by: str
    effective_on: date
    reason: str
    paper: Paper


def paper_errors(paper: Paper, today: date) -> Iterator[FieldError]:
    """What is missing or wrong about a paper, by the fields of the form."""
    if not paper.title:
        yield FieldError("paper_title", "missing", "Bitte benennen Sie das Dokument.")
    if paper.dated > today:
        yield FieldError("paper_dated", "in_future", "Das Dokument ist in der Zukunft datiert.")
    if media_type_of(paper.content) is None:
        text = "Bitte wählen Sie eine Datei als PDF, PNG oder JPEG mit höchstens 10 MB."
        yield FieldError("file", "file_refused", text)


def not_yet_effective(by: Resolution, today: date) -> Iterator[FieldError]:
    """For what holds in the portal as soon as it is written down: not before its first day."""
    if by.effective_on > today:
        text = "Das gilt hier sofort. Bitte tragen Sie es ein, sobald es wirksam ist."
        yield FieldError("effective_on", "in_future", text)


def resolution_errors(resolution: Resolution, today: date) -> Iterator[FieldError]:
    """Every change of an agreement needs organ, reason and paper."""
    if not resolution.decided_by:
        text = "Bitte nennen Sie, wer das entschieden hat, zum Beispiel „Vorstand“."
        yield FieldError("decided_by", "missing", text)
    if not resolution.reason:
        yield FieldError("reason", "missing", "Bitte nennen Sie den Grund der Änderung.")
    elif len(resolution.reason) > LONGEST_REASON:
        text = f"Der Grund darf höchstens {LONGEST_REASON} Zeichen haben."
        yield FieldError("reason", "too_long", text)
    yield from paper_errors(resolution.paper, today)
