"""Recording an option to extend that the tender documents contain."""

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.frameworks.agreement_records import ExtensionOption
from app.frameworks.amending.lock_framework import lock_framework
from app.frameworks.amending.log_change import Entry, Said, log_change
from app.frameworks.amendment_limits import AmendmentKind
from app.frameworks.records import Framework
from app.frameworks.rules import extended_to
from app.kernel.errors import FieldError, Malformed
from app.kernel.german import day


def add_extension_option(  # noqa: PLR0913 - which option of which agreement
    session: Session,
    person_id: int,
    number: str,
    months: int,
    notice_by: date,
    now: datetime,
    *,
    reason: str,
) -> int:
    """The option's number. Malformed where it could only be declared after the end.

    That end is where the options before it lead: all of them stand in the tender documents.
    """
    framework = lock_framework(session, number, None).framework
    errors = []
    end = _end_before(session, framework)
    if notice_by > end:
        text = (
            "Die Option muss vor dem Ende der Laufzeit erklärt werden; mit den Optionen davor "
            f"ist das der {day(end)}."
        )
        errors.append(FieldError("notice_by", "after_end", text))
    if not reason:
        text = "Bitte nennen Sie die Stelle der Vergabeunterlagen."
        errors.append(FieldError("reason", "missing", text))
    if errors:
        raise Malformed(*errors)
    last = session.scalar(
        select(func.max(ExtensionOption.number)).where(ExtensionOption.framework_id == framework.id)
    )
    option = ExtensionOption(
        framework_id=framework.id, number=(last or 0) + 1, months=months, notice_by=notice_by
    )
    session.add(option)
    what = f"Option {option.number}: {months} Monate, zu erklären bis {day(notice_by)}"
    entry = Entry(AmendmentKind.EXTENSION, (what,))
    log_change(session, framework, entry, Said(reason), person_id, now)
    return option.number


def _end_before(session: Session, framework: Framework) -> date:
    """The last day of the term if all options are exercised that still can be."""
    known = session.execute(
        select(ExtensionOption.months, ExtensionOption.exercised)
        .where(ExtensionOption.framework_id == framework.id)
        .order_by(ExtensionOption.number)
    )
    end = framework.valid_to
    for months, exercised in known:
        if exercised is False:
            break
        end = end if exercised else extended_to(end, months)
    return end
