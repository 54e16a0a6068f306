"""Which stored file is used by what, and under which lines of the schedule it stays. Pure.

A use without a line keeps a file for ever.
"""

from collections.abc import Iterator
from typing import Final

from app.retention.evidence_uses import EVIDENCE_USES
from app.retention.file_use import Begin, FileUse
from app.retention.rules import Kept

CONTRACT_END: Final = Begin(Kept.FRAMEWORKS, "f.valid_to")
OF_ORDER: Final = (
    "JOIN call_off c ON c.id = u.call_off_id JOIN framework f ON f.id = c.framework_id"
)
# The trail of an order cannot be changed, the order's own row can.
LAST_STEP: Final = "(SELECT max(v.at) FROM call_off_move v WHERE v.call_off_id = {order}.id)"
EARMARKED: Final = (
    "coalesce({order}.earmarked_until >= {{today}}, false) OR EXISTS (SELECT 1 FROM "
    "call_off_share w WHERE w.call_off_id = {order}.id AND w.earmarked_until >= {{today}})"
)


def _ordered(order: str) -> tuple[Begin, ...]:
    """The order's own row and trail, and the end of its agreement."""
    submitted = Begin(Kept.ORDERS, f"{order}.submitted_at", is_instant=True)
    ended = Begin(Kept.ORDERS, LAST_STEP.format(order=order), is_instant=True)
    return submitted, ended, CONTRACT_END


OF_C: Final = _ordered("c")
OF_ARTICLE: Final = (
    "JOIN article a ON a.id = u.article_id JOIN framework f ON f.id = a.framework_id"
)
# Of both articles: while one of them may be ordered, the reasons are asked for.
LAST_AGREEMENT: Final = (
    "(SELECT max(f.valid_to) FROM article a JOIN framework f ON f.id = a.framework_id "
    "WHERE a.sku = u.old_sku OR a.sku = u.new_sku)"
)
LAST_ON_PAPER: Final = (
    "coalesce((SELECT max(c.submitted_at) FROM call_off c WHERE c.member_id = u.member_id "
    "AND c.outage_form IS NOT NULL), u.issued_at)"
)
EARMARKED_C: Final = EARMARKED.format(order="c")
USES: Final[tuple[FileUse, ...]] = (
    FileUse(
        "invoice",
        ("pdf_sha256", "ubl_sha256", "cii_sha256"),
        Kept.INVOICES,
        "Rechnung",
        "u.number",
        (Begin(Kept.INVOICES, "u.issued_on"),),
        OF_ORDER,
        "u.member_id",
        stays=EARMARKED_C,
    ),
    FileUse(
        "delivery",
        ("note_pdf_sha256",),
        Kept.DELIVERY_NOTES,
        "Lieferschein",
        "u.number",
        (Begin(Kept.DELIVERY_NOTES, "u.delivered_on"),),
        OF_ORDER,
        "u.member_id",
        stays=EARMARKED_C,
    ),
    FileUse(
        "call_off",
        ("memo_pdf_sha256", "memo_json_sha256"),
        Kept.ORDERS,
        "Abrufvermerk",
        "u.number",
        _ordered("u"),
        "JOIN framework f ON f.id = u.framework_id",
        "u.member_id",
        stays=EARMARKED.format(order="u"),
    ),
    FileUse(
        "call_off_paper",
        ("file_sha256",),
        Kept.ORDERS,
        "Anhang zum Abruf",
        "c.number",
        (*OF_C, Begin(Kept.ORDERS, "u.at", is_instant=True)),
        OF_ORDER,
        "u.member_id",
        stays=EARMARKED_C,
    ),
    FileUse(
        "kept_paper",
        ("file_sha256",),
        Kept.ORDERS,
        "Vorgemerkter Anhang",
        "u.file_name",
        (Begin(Kept.ORDERS, "u.at", is_instant=True),),
        member="u.member_id",
    ),
    FileUse(
        "market_price",
        ("file_sha256",),
        Kept.ORDERS,
        "Beleg eines Marktpreises",
        "u.sku",
        # It counts for orders of the next 30 days, which may be the next year's.
        (Begin(Kept.ORDERS, "u.recorded_at", is_instant=True, more_years=1),),
        member="u.member_id",
    ),
    FileUse(
        "free_position",
        ("file_sha256",),
        Kept.ORDERS,
        "Angebot einer bestellten freien Position",
        "u.number",
        OF_C,
        "JOIN call_off c ON c.number = u.ordered_as JOIN framework f ON f.id = c.framework_id",
        "u.member_id",
        stays=EARMARKED_C,
    ),
    FileUse(
        "free_position",
        ("file_sha256",),
        Kept.QUOTES,
        "Nicht bestelltes Angebot",
        "u.number",
        (Begin(Kept.QUOTES, "f.valid_to"), Begin(Kept.QUOTES, "u.quote_valid_until")),
        "JOIN lot l ON l.id = u.lot_id JOIN framework f ON f.id = l.framework_id",
        "u.member_id",
        rows="u.ordered_as IS NULL",
    ),
    FileUse(
        "supplier_order",
        ("pdf_sha256", "csv_sha256"),
        Kept.ORDERS,
        "Bestellung beim Lieferanten",
        "u.number",
        (Begin(Kept.ORDERS, "u.at", is_instant=True), CONTRACT_END),
        "JOIN framework f ON f.id = u.framework_id "
        "LEFT JOIN supplier_order_line sl ON sl.supplier_order_id = u.id "
        "LEFT JOIN call_off_line cl ON cl.id = sl.call_off_line_id "
        "LEFT JOIN call_off c ON c.id = cl.call_off_id",
        "c.member_id",
        stays=EARMARKED_C,
    ),
    FileUse(
        "framework_document",
        ("file_sha256",),
        Kept.FRAMEWORKS,
        "Unterlage des Rahmenvertrags",
        "f.number",
        (CONTRACT_END,),
        "JOIN framework f ON f.id = u.framework_id",
    ),
    FileUse(
        "return_sheet",
        ("file_sha256",),
        Kept.FRAMEWORKS,
        "Meldung des Auftragnehmers",
        "f.number",
        (CONTRACT_END,),
        "JOIN supplier_return y ON y.id = u.return_id JOIN framework f ON f.id = y.framework_id",
    ),
    FileUse(
        "catalog_version",
        ("file_sha256",),
        Kept.PRICE_LISTS,
        "Katalogdatei",
        "f.number",
        (Begin(Kept.PRICE_LISTS, "f.valid_to"),),
        "JOIN framework f ON f.id = u.framework_id",
    ),
    FileUse(
        "catalog_import",
        ("file_sha256",),
        Kept.PRICE_LISTS,
        "Eingesandte Katalogdatei",
        "f.number",
        (Begin(Kept.PRICE_LISTS, "f.valid_to"),),
        "JOIN framework f ON f.id = u.framework_id",
    ),
    FileUse(
        "supplier_price_list",
        ("file_sha256",),
        Kept.PRICE_LISTS,
        "Preisliste eines Auftragnehmers",
        "f.number",
        (Begin(Kept.PRICE_LISTS, "f.valid_to"),),
        "JOIN framework f ON f.id = u.framework_id",
    ),
    *EVIDENCE_USES,
    FileUse(
        "outage_form_block",
        ("pdf_sha256",),
        Kept.ORDERS,
        "Vordrucke für den Ausfall ab Nummer",
        "u.first",
        # A printed form may be used in the next year; one that was used goes with its order.
        (
            Begin(Kept.ORDERS, "u.issued_at", is_instant=True, more_years=1),
            Begin(Kept.ORDERS, LAST_ON_PAPER, is_instant=True),
        ),
        member="u.member_id",
    ),
    FileUse(
        "successor",
        ("document_sha256",),
        Kept.PRICE_LISTS,
        "Begründung eines Nachfolgers für",
        "u.old_sku",
        (Begin(Kept.PRICE_LISTS, LAST_AGREEMENT),),
    ),
    FileUse(
        "article_label",
        ("proof_sha256",),
        Kept.PRICE_LISTS,
        "Beleg eines Zeichens von",
        "a.sku",
        (Begin(Kept.PRICE_LISTS, "f.valid_to"),),
        OF_ARTICLE,
    ),
    FileUse(
        "article_media",
        ("sha256", "thumbnail_sha256"),
        Kept.PRICE_LISTS,
        "Bild oder Dokument von",
        "a.sku",
        (Begin(Kept.PRICE_LISTS, "f.valid_to"),),
        OF_ARTICLE,
    ),
)


def every_column() -> Iterator[tuple[FileUse, str]]:
    for use in USES:
        for column in use.columns:
            yield use, column
