"""Parts of the whole file beyond the stored papers: copies of the memo, evidence, market, order."""

import json
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.archive.records import ErasedFile
from app.archive.store import content, erasures
from app.database.tenant import Tenant
from app.documents.delimited import csv_bytes
from app.documents.limiter import ONE_AT_A_TIME
from app.documents.memo.memo_pdf import memo_pdf
from app.documents.memo.public_copy import public_memo
from app.documents.plain import plain
from app.documents.sheet.archival import Attachment
from app.eligibility.evidence.records import EvidenceDocument
from app.eligibility.evidence.vocabulary import EVIDENCE_TYPES
from app.journal.file.continue_memo import continued_memo
from app.journal.file.queries import CallOffFile
from app.kernel.canonical import canonical_json
from app.kernel.legal_day import legal_day
from app.ordering.market.queries import Checked, latest_checks
from app.ordering.market.rules import OUTCOME_WORDS
from app.ordering.rules import STATE_WORDS
from app.retention.rules import Rule

JSON = "application/json"


def memo_copies(session: Session, found: CallOffFile) -> Iterator[tuple[str, bytes]]:
    """The public copy and the one brought up to date; none before approval or after erasure."""
    digest = found.call_off.memo_json_sha256
    if digest is None or any(one.erased for one in found.papers if one.sha256 == digest):
        return
    facts = continued_memo(session, found)
    number = found.call_off.number
    for name, copy in (("fortgeschrieben", facts), ("oeffentlich", public_memo(facts))):
        text = canonical_json(plain(copy)).encode()
        inside = Attachment(
            f"Abrufvermerk-{name}-{number}.json", text, JSON, "Angaben des Vermerks", "Alternative"
        )
        with ONE_AT_A_TIME:
            pdf = memo_pdf(copy, (inside,))
        yield f"Abrufvermerk-{name}-{number}.pdf", pdf


def evidence_list(session: Session, found: CallOffFile) -> bytes:
    """Every document that a rule of one of the decisions used; the files stay in the register."""
    used: dict[int, set[str]] = {}
    for decision in found.decisions:
        for rule in json.loads(decision.snapshot).get("rules", ()):
            for number in rule.get("documents", ()):
                used.setdefault(number, set()).add(rule.get("id", ""))
    rows = session.scalars(
        select(EvidenceDocument).where(EvidenceDocument.id.in_(used)).order_by(EvidenceDocument.id)
    ).all()
    gone = erasures(session, [row.file_sha256 for row in rows])
    head = ("Nr.", "Art", "Dokument", "vom", "gilt ab", "gilt bis", "prüfen bis", "vertraulich")
    return csv_bytes(
        (*head, "Regeln", "Datei", "SHA-256", "Gelöscht am"),
        [
            (
                str(row.id),
                EVIDENCE_TYPES.get(row.type, row.type),
                row.title,
                row.document_date.isoformat(),
                row.valid_from.isoformat(),
                row.valid_to.isoformat() if row.valid_to else "",
                row.review_due.isoformat() if row.review_due else "",
                "ja" if row.confidential else "nein",
                " ".join(sorted(used[row.id])),
                row.file_name,
                row.file_sha256,
                _erased_on(gone.get(row.file_sha256)),
            )
            for row in rows
        ],
    )


def _erased_on(entry: ErasedFile | None) -> str:
    return "" if entry is None else legal_day(entry.erased_at).isoformat()


def market_files(session: Session, found: CallOffFile) -> Iterator[tuple[str, bytes]]:
    """The checks that counted at placement (or submission), and the proofs of their sources."""
    call_off = found.call_off
    at = call_off.placed_at or call_off.submitted_at
    names = {line.sku: line.name for line in call_off.lines}
    checks = latest_checks(session, Tenant(call_off.member_id), names, at)
    if not checks:
        return
    yield "Marktpreise.csv", _market_list(checks, names)
    for sku, one in sorted(checks.items()):
        for at_place, source in enumerate(one.sources, 1):
            if source.file_sha256 is not None:
                ending = source.file_name.rpartition(".")[2].lower()[:5] or "bin"
                name = f"Marktpreise-Beleg-{_plain(sku)}-{at_place}.{_plain(ending)}"
                gone = erasures(session, [source.file_sha256]).get(source.file_sha256)
                if gone is None:
                    yield name, content(session, source.file_sha256).content
                else:
                    text = f"Beleg eines Marktpreises\r\n{gone.sentence}.\r\n"
                    yield f"{name}.geloescht.txt", text.encode("utf-8-sig")


def _plain(text: str) -> str:
    return "".join(sign if sign.isascii() and sign.isalnum() else "_" for sign in text)


def _market_list(checks: dict[str, Checked], names: dict[str, str]) -> bytes:
    head = ("Artikel", "Name", "Geprüft am", "Ergebnis", "Ausgang", "Grund", "Quelle", "Gesehen am")
    return csv_bytes(
        (*head, "Marktpreis netto", "Vertragspreis netto", "Zählt", "SHA-256 des Belegs"),
        [
            (
                sku,
                names[sku],
                legal_day(one.check.checked_at).isoformat(),
                one.check.result,
                OUTCOME_WORDS[one.check.outcome],
                one.check.reason,
                source.source,
                source.seen_on.isoformat(),
                source.unit_price.text,
                one.check.contract_price.text,
                "ja" if source.same_specification and not source.is_list_price else "nein",
                source.file_sha256 or "",
            )
            for sku, one in sorted(checks.items())
            for source in one.sources
        ],
    )


def order_json(found: CallOffFile) -> bytes:
    """The order as one document for programs; amounts as texts in euros."""
    order = found.call_off
    document = {
        "format": "call-off/1",
        "number": order.number,
        "member": {"key": found.member.key, "name": found.member.name},
        "framework": {"number": found.framework.number, "title": found.framework.title},
        "state": order.state.value,
        "purpose": order.purpose,
        "budget": {
            "product_account": order.product_account,
            "cost_centre": order.cost_centre,
            "investment_number": order.investment_number,
        },
        "deliver_to": {
            "recipient": order.delivery_recipient,
            "street": order.delivery_street,
            "postal_code": order.delivery_postal_code,
            "city": order.delivery_city,
            "room": order.delivery_room,
        },
        "submitted_at": order.submitted_at,
        "placed_at": order.placed_at,
        "net": order.net,
        "vat": order.vat,
        "gross": order.gross,
        "lines": [
            {
                "position": line.position,
                "sku": line.sku,
                "name": line.name,
                "quantity": line.quantity,
                "unit_price": line.unit_price,
                "net": line.net,
                "price_list": line.catalog_version_id,
                "quote": found.quotes[line.free_position_id].words
                if line.free_position_id
                else None,
            }
            for line in order.lines
        ],
    }
    return json.dumps(plain(document), ensure_ascii=False, indent=2).encode()


def dms_list(found: CallOffFile, kept: Rule) -> bytes:
    """One row for the file and one for each paper, in the words of the XDOMEA object types."""
    order = found.call_off
    opened, ended = legal_day(order.submitted_at), legal_day(found.events[-1].at)
    head = ("Objektart", "Aktenzeichen", "Betreff", "Dokumenttyp", "Datum", "Datei", "SHA-256")
    about = f"Abruf {order.number}: {order.purpose}"
    rows = [("Vorgang", order.number, about, STATE_WORDS[order.state], opened.isoformat(), "", "")]
    rows += [
        (
            "Dokument",
            order.number,
            paper.title,
            paper.title.split(" ")[0],
            (paper.dated or ended).isoformat(),
            paper.exported_as,
            paper.sha256,
        )
        for paper in found.papers
    ]
    return csv_bytes(
        (*head, "Mitglied", "Leitungsort", "Aufbewahrung"),
        [
            (*row, found.member.name, found.member.key, f"{kept.period} ab Jahresende")
            for row in rows
        ],
    )
