"""The file of one call-off as an xdomea hand-over, for the member's document management."""

from io import BytesIO
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sqlalchemy.orm import Session

from app.database.tenant import Tenant
from app.documents.xdomea import MESSAGE, HandedCase, Primary, xdomea_message
from app.journal.file.file_zip import contents_of
from app.journal.file.queries import CallOffFile, whole_file
from app.kernel.canonical import sha256_hex
from app.kernel.legal_day import legal_day
from app.ordering.rules import FINAL
from app.retention.queries import period_now
from app.retention.rules import Kept

PRODUCT: Final = "Abrufportal"
KIND: Final = "Abruf aus Rahmenvertrag"
PAPERS: Final = (
    ("Abrufvermerk", "Vermerk"),
    ("Inhouse-Entscheidung", "Entscheidung"),
    ("Lieferschein", "Lieferschein"),
    ("Rechnung", "Rechnung"),
    ("Stornorechnung", "Rechnung"),
    ("Anhang", "Anlage"),
    ("Marktpreise-Beleg", "Anlage"),
)
LISTS: Final = "Verzeichnis"


def file_xdomea(session: Session, number: str, tenant: Tenant) -> tuple[str, bytes]:
    """Name and bytes of the archive; the same state gives the same bytes.

    NotFound for another member's call-off.
    """
    found = whole_file(session, number, tenant)
    files = contents_of(session, found)
    case = _case(found, files, period_now(session, Kept.ORDERS).amount)
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        archive.writestr(ZipInfo(case.message_name), xdomea_message(case), ZIP_DEFLATED)
        for one, (_, data) in zip(case.documents, files, strict=True):
            archive.writestr(ZipInfo(one.file_name), data, ZIP_DEFLATED)
    return f"{case.process_id}_{MESSAGE}.zip", target.getvalue()


def _case(found: CallOffFile, files: list[tuple[str, bytes]], years: int) -> HandedCase:
    order = found.call_off
    last = found.events[-1]
    case_id = _id("call-off", order.number)
    dated = {one.exported_as: one.dated for one in found.papers}
    return HandedCase(
        process_id=_id("hand-over", order.number, last.sha256),
        case_id=case_id,
        reference=order.number,
        subject=f"Abruf {order.number}: {order.purpose}",
        kind=KIND,
        sender=found.member.name,
        receiver=found.member.name,
        made=last.at,
        begins=legal_day(order.submitted_at),
        ends=legal_day(last.at) if order.state in FINAL else None,
        kept_years=years,
        product=PRODUCT,
        documents=[
            Primary(
                id=_id("document", order.number, name, sha256_hex(data)),
                title=name.rpartition(".")[0],
                kind=next((word for begin, word in PAPERS if name.startswith(begin)), LISTS),
                dated=dated.get(name) or legal_day(last.at),
                original_name=name,
                archival=name.endswith(".pdf") and not name.startswith(("Anhang", "Markt")),
            )
            for name, data in files
        ],
    )


def _id(*parts: str) -> UUID:
    """The same thing has the same id in every hand-over, so that a second one is recognised."""
    return uuid5(NAMESPACE_URL, "urn:call-off:" + ":".join(parts))
