"""A new person who may sign in; what it may do is decided by its roles."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.accounts.queries import person_with_mail
from app.accounts.records import Person
from app.accounts.rules import looks_like_mail, normal_mail
from app.kernel.errors import FieldError, Malformed
from app.kernel.german import clean

LONGEST_LABEL = 80


def create_person(
    session: Session, mail: str, label: str, password_hash: str | None, now: datetime
) -> Person:
    """Without a password the person sets one by a mailed link. Malformed names every fault."""
    if faults := person_faults(session, mail, label):
        raise Malformed(*faults)
    added = Person(
        mail=normal_mail(mail),
        label=clean(label),
        password_hash=password_hash,
        active=True,
        created_at=now,
    )
    session.add(added)
    session.flush()
    return added


def person_faults(session: Session, mail: str, label: str) -> list[FieldError]:
    """What keeps a person from being created; nothing is written."""
    address, shown = normal_mail(mail), clean(label)
    faults: list[FieldError] = []
    if not looks_like_mail(address):
        text = "Bitte geben Sie eine E-Mail-Adresse an, zum Beispiel it@stadt.example."
        faults.append(FieldError("mail", "mail_malformed", text))
    elif person_with_mail(session, address) is not None:
        text = "Für diese E-Mail-Adresse gibt es schon ein Konto."
        faults.append(FieldError("mail", "mail_taken", text))
    if not shown or len(shown) > LONGEST_LABEL:
        text = (
            "Bitte geben Sie eine Funktion mit höchstens 80 Zeichen an, zum Beispiel „IT-Dienste“."
        )
        faults.append(FieldError("label", "label_missing", text))
    return faults
