"""The resolution paper by which a body joins: every figure is derived, and says from what."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.documents.council.council_paper import Budget, Consultation, CouncilPaper, Coverage, Figure
from app.eligibility.evidence.records import EvidenceDocument
from app.eligibility.evidence.vocabulary import EVIDENCE_TYPES
from app.eligibility.joining.council_paper_words import Known, reasons, resolution_text
from app.kernel.german import day, euro, number, percent
from app.kernel.legal_day import legal_day
from app.kernel.money import NOTHING, Money
from app.members.membership.lifecycle import terms_on, terms_record
from app.members.membership.register import fee_on, register_on
from app.members.queries import member_by_key
from app.members.records import Member
from app.members.rules_lifecycle import SHARE, started_months

FIELDS: Final = (
    "Gesetzliche Grundlagen",
    "Bereits gefasste und/oder zu ändernde Beschlüsse",
    "Vorliegende Gutachten und/oder Stellungnahmen",
    "Hinweise zur Veröffentlichung",
)
ATTACHED: Final = (
    "fee_schedule",
    "statutes",
    "accession_declaration",
    "member_register",
    "legal_opinion",
    "legal_memorandum",
)
FACT: Final = "Tatsache"
COMPUTED: Final = "Berechnung"
EXPECTED: Final = "Erwartung"
ESTIMATED: Final = "Angabe der Verwaltung"


@dataclass(frozen=True, slots=True)
class PaperWish:
    """What only the administration of the body knows."""

    number: str
    submitted_by: str
    responsible: str
    organ: str
    effective_from: date
    consultation: tuple[Consultation, ...]
    guiding_fields: tuple[str, ...]
    tax_office: str
    product_account: str
    budgeted: Money
    funds_available: bool
    financing: str
    coverage: tuple[Coverage, ...]


def draft_council_paper(session: Session, key: str, wish: PaperWish, now: datetime) -> CouncilPaper:
    """Reads only. NotFound for an unknown body."""
    member = member_by_key(session, key)
    known = _known(session, member, wish, legal_day(now))
    budget = Budget(
        year=wish.effective_from.year,
        product_account=wish.product_account,
        budgeted=wish.budgeted,
        funds_available=wish.funds_available,
        financing=wish.financing,
        once=known.share,
        monthly=known.monthly,
        need=known.need,
        coverage=wish.coverage,
    )
    return CouncilPaper(
        body=member.name,
        number=wish.number,
        submitted_by=wish.submitted_by,
        responsible=wish.responsible,
        title=f"Beitritt zur Genossenschaft {known.cooperative}",
        resolution=resolution_text(known),
        consultation=wish.consultation,
        fields=tuple((heading, "") for heading in FIELDS),
        guiding_fields=wish.guiding_fields,
        tax_note="☐ steuerrelevant   ☒ nicht steuerrelevant   "
        f"☐ Abstimmung mit {wish.tax_office} erfolgt",
        budget=budget,
        organ=wish.organ,
        reasons=reasons(known),
        figures=_figures(known, budget),
        attachments=_attachments(session, member.id, legal_day(now)),
        drawn_up_on=legal_day(now),
        demonstration=member.demonstration,
    )


def _known(session: Session, member: Member, wish: PaperWish, today: date) -> Known:
    begins = wish.effective_from
    fee = fee_on(session, begins)
    terms = terms_record(session, begins)
    monthly = fee.monthly if fee is not None else NOTHING
    share = terms.share if terms is not None else SHARE
    months = started_months(begins, begins.year)
    others = sum(one.key != member.key for one in register_on(session, today).rows)
    return Known(
        body=member.name,
        organ=wish.organ,
        cooperative=terms.cooperative if terms is not None else "der kommunalen IT-Beschaffung",
        begins=begins,
        counted_on=today,
        members=others + 1,
        share=share,
        share_source=terms.source if terms is not None else "Satzung",
        monthly=monthly,
        fee_source=_fee_source(fee.source if fee is not None else None),
        months=months,
        need=share + monthly * months,
        terms=terms_on(session, begins),
        minutes=member.baseline_minutes,
        minutes_source=member.baseline_source,
        procurements=member.procurements_per_year,
        target_hours=member.target_hours_per_year,
        hourly_rate=member.hourly_rate,
        hourly_rate_source=member.hourly_rate_source or "",
    )


def _fee_source(source: str | None) -> str:
    return source or "Beitragsordnung"


def _figures(known: Known, budget: Budget) -> tuple[Figure, ...]:
    year = budget.year
    fees = known.monthly * known.months
    share_of_one = Decimal(1) / known.members
    return (
        Figure(
            "Geschäftsanteil",
            euro(known.share),
            f"{known.share_source}; einmalig, wird nach dem Ausscheiden zurückgezahlt",
            FACT,
        ),
        Figure("Mitgliedsbeitrag", f"{euro(known.monthly)} je Monat", known.fee_source, FACT),
        Figure(
            f"Beitrag im Jahr {year}",
            euro(fees),
            f"{known.months} angefangene Monate × {euro(known.monthly)}",
            COMPUTED,
        ),
        Figure(
            f"Bedarf im Jahr {year}",
            euro(known.need),
            f"{euro(known.share)} + {euro(fees)}",
            COMPUTED,
        ),
        Figure(
            "Beitrag je volles Jahr",
            euro(known.monthly * 12),
            f"12 × {euro(known.monthly)}",
            COMPUTED,
        ),
        Figure(
            "Deckung abzüglich Bedarf",
            euro(budget.covered - budget.need),
            f"{euro(budget.covered)} − {euro(budget.need)}",
            COMPUTED,
        ),
        Figure(
            "Mitglieder mit diesem Beitritt",
            number(known.members),
            f"Mitgliederverzeichnis zum {day(known.counted_on)}, zuzüglich dieser Stelle",
            FACT,
        ),
        Figure(
            "Anteil eines Mitglieds",
            percent(share_of_one, 2),
            f"1 ÷ {number(known.members)}; die Grenze von 1/20 beträgt 5 %",
            COMPUTED,
        ),
        *_time_figures(known),
    )


def _time_figures(known: Known) -> list[Figure]:
    """Only where the body has said how much it procures; nothing is assumed for it."""
    if known.procurements is None:
        return []
    hours = Decimal(known.procurements * known.minutes) / 60
    shown = [
        Figure(
            "Beschaffungen je Jahr", number(known.procurements), known.minutes_source, ESTIMATED
        ),
        Figure(
            "Aufwand heute",
            f"{number(hours)} Stunden je Jahr",
            f"{number(known.procurements)} × {number(known.minutes)} Minuten; "
            "geschätzt, nicht gemessen",
            COMPUTED,
        ),
    ]
    if known.target_hours is not None and hours:
        share = Decimal(known.target_hours) / hours
        shown.append(
            Figure(
                "Erwartete Ersparnis",
                f"{number(known.target_hours)} Stunden je Jahr",
                f"Ziel der Verwaltung; {percent(share)} des heutigen Aufwands",
                EXPECTED,
            )
        )
    if known.hourly_rate is not None and known.hourly_rate:
        yearly = (known.monthly * 12).decimal
        needed = yearly / known.hourly_rate.decimal
        shown.append(
            Figure(
                "Stunden, die den Beitrag aufwiegen",
                f"{number(needed, 1)} Stunden je Jahr",
                f"{euro(known.monthly * 12)} ÷ {euro(known.hourly_rate)} je Stunde "
                f"({known.hourly_rate_source or 'Satz des Mitglieds'}); nicht kassenwirksam",
                COMPUTED,
            )
        )
    return shown


def _attachments(session: Session, member_id: int, today: date) -> tuple[str, ...]:
    """The six papers of a membership, by kind, date and hash, never by a number alone."""
    found = session.scalars(
        select(EvidenceDocument)
        .where(
            EvidenceDocument.type.in_(ATTACHED),
            EvidenceDocument.valid_from <= today,
            or_(EvidenceDocument.member_id.is_(None), EvidenceDocument.member_id == member_id),
        )
        .order_by(EvidenceDocument.document_date.desc(), EvidenceDocument.id.desc())
    ).all()
    newest = {one.type: one for one in reversed(found)}
    lines = []
    for at, kind in enumerate(ATTACHED, 2):
        document = newest.get(kind)
        held = (
            "wird beigefügt"
            if document is None
            else f"Stand {day(document.document_date)}, Prüfsumme {document.file_sha256[:12]}"
        )
        lines.append(f"Anlage {at}: {EVIDENCE_TYPES[kind]} ({held})")
    return tuple(lines)
