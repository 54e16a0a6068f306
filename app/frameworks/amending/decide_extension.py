"""Exercising an option to extend, or letting it pass: who decided, when, with which paper."""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.frameworks.agreement_records import ExtensionOption
from app.frameworks.amending.lock_framework import lock_framework
from app.frameworks.amending.log_change import Entry, log_change
from app.frameworks.amending.resolution import Resolution, resolution_errors
from app.frameworks.amendment_limits import AmendmentBasis, AmendmentKind
from app.frameworks.records import Framework
from app.frameworks.rules import extended_to, longest_end
from app.kernel.errors import Conflict, FieldError, Malformed, NotFound
from app.kernel.german import day
from app.kernel.legal_day import legal_day


def decide_extension(  # noqa: PLR0913 - who decides what about which option
    session: Session,
    person_id: int,
    number: str,
    option_number: int,
    by: Resolution,
    now: datetime,
    *,
    exercise: bool,
) -> ExtensionOption:
    """`by.effective_on` is the day of the declaration. Raises Malformed, Conflict, NotFound."""
    framework = lock_framework(session, number, None).framework
    option = session.scalars(
        select(ExtensionOption).where(
            ExtensionOption.framework_id == framework.id, ExtensionOption.number == option_number
        )
    ).one_or_none()
    if option is None:
        raise NotFound("Diese Option gibt es nicht.")
    if option.exercised is not None:
        raise Conflict("Über diese Option ist schon entschieden.", "already_decided")
    errors = list(resolution_errors(by, legal_day(now)))
    if by.effective_on > legal_day(now):
        text = "Die Erklärung liegt in der Zukunft. Tragen Sie sie ein, sobald sie abgegeben ist."
        errors.append(FieldError("effective_on", "in_future", text))
    if exercise:
        errors.extend(_not_exercisable(session, framework, option, by.effective_on))
    if errors:
        raise Malformed(*errors)
    option.exercised, option.decided_on = exercise, by.effective_on
    option.decided_by = by.decided_by
    what = f"Option {option.number} nicht ausgeübt"
    if exercise:
        before, framework.valid_to = (
            framework.valid_to,
            extended_to(framework.valid_to, option.months),
        )
        what = (
            f"Option {option.number} ausgeübt, {option.months} Monate: "
            f"Ende {day(before)} → {day(framework.valid_to)}"
        )
    basis = AmendmentBasis.REVIEW_CLAUSE if exercise else None
    entry = Entry(AmendmentKind.EXTENSION, (what,), basis)
    option.document_id = log_change(session, framework, entry, by, person_id, now).document_id
    session.flush()
    return option


def _not_exercisable(
    session: Session, framework: Framework, option: ExtensionOption, declared: date
) -> Iterator[FieldError]:
    if declared > min(option.notice_by, framework.valid_to):
        last = min(option.notice_by, framework.valid_to)
        text = (
            f"Die Option war bis {day(last)} zu erklären. Danach läuft der Vertrag aus; "
            "der Bedarf ist neu zu vergeben."
        )
        yield FieldError("effective_on", "notice_missed", text)
    earlier = session.scalar(
        select(ExtensionOption.number).where(
            ExtensionOption.framework_id == framework.id,
            ExtensionOption.number < option.number,
            ExtensionOption.exercised.is_not(True),
        )
    )
    if earlier is not None:
        text = f"Zuerst ist über Option {earlier} zu entscheiden und sie auszuüben."
        yield FieldError("option", "order", text)
    end = extended_to(framework.valid_to, option.months)
    if end > longest_end(framework.valid_from) and not framework.term_exception_reason:
        text = (
            f"Mit der Verlängerung liefe der Vertrag bis {day(end)} und damit länger als vier "
            "Jahre (§ 21 Abs. 6 VgV). Ein Sonderfall ist nicht begründet."
        )
        yield FieldError("option", "over_long_term", text)
