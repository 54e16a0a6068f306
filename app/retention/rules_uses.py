"""Which stored file is used by what, and under which lines of the schedule it stays. Pure.

A use without a line keeps a file for ever.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from app.retention.rules import Kept


@dataclass(frozen=True, slots=True)
class Begin:
    """From when one line counts for a use: a column with a day, or with an instant."""

    kind: Kept
    at: str
    is_instant: bool = False
    more_years: int = 0


@dataclass(frozen=True, slots=True)
class FileUse:
    """Rows of `u` that name a file; it stays as long as one of the lines keeps one of them.

    `kind` is the line that people read; None keeps for ever. `stays` keeps besides all lines.
    """

    table: str
    columns: tuple[str, ...]
    kind: Kept | None = None
    word: str = ""
    name: str = "''"
    begins: tuple[Begin, ...] = ()
    joined: str = ""
    member: str = "NULL"
    rows: str = "true"
    stays: str = "false"

    @property
    def source(self) -> str:
        return f"{self.table} u {self.joined}".strip()


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
EARMARKED_C: Final = EARMARKED.format(order="c")
# A decision long after its last day still names an expired paper.
NAMED_BY_DECISION: Final = (
    "EXISTS (SELECT 1 FROM eligibility_decision d WHERE (u.member_id IS NULL "
    "OR d.member_id = u.member_id) AND d.decided_at >= {decided} AND {named})"
)
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
    FileUse("kept_paper", ("file_sha256",), member="u.member_id"),
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
    FileUse(
        "evidence_document",
        ("file_sha256",),
        Kept.EVIDENCE,
        "Nachweis",
        "u.title",
        (Begin(Kept.EVIDENCE, "u.valid_to"),),
        member="u.member_id",
        stays=NAMED_BY_DECISION,
    ),
    FileUse("outage_form_block", ("pdf_sha256",), member="u.member_id"),
    FileUse("successor", ("document_sha256",)),
    FileUse("article_label", ("proof_sha256",)),
    FileUse("article_media", ("sha256", "thumbnail_sha256")),
)


def every_column() -> Iterator[tuple[FileUse, str]]:
    for use in USES:
        for column in use.columns:
            yield use, column
