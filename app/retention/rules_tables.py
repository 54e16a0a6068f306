"""Under which line of the schedule each kind of stored record falls, or why under none. Pure.

Every table stands here, so that nobody adds one without a word on how long it is kept.
"""

from dataclasses import dataclass
from typing import Final

from app.retention.rules import Kept


@dataclass(frozen=True, slots=True)
class Unlimited:
    """Records without a line: why, and which tables or, outside the database, `stores`."""

    why: str
    tables: tuple[str, ...] = ()
    stores: tuple[str, ...] = ()


RECORDS: Final[dict[Kept, tuple[str, ...]]] = {
    Kept.INVOICES: ("invoice", "invoice_line"),
    Kept.DELIVERY_NOTES: (
        *("delivery", "delivery_line", "goods_receipt", "serial_number", "serial_correction"),
    ),
    Kept.ORDERS: (
        *("call_off", "call_off_line", "call_off_share", "call_off_kit", "call_off_paper"),
        *("call_off_move", "call_off_comment", "call_off_time", "call_off_comparison"),
        *("call_off_change", "call_off_change_answer", "call_off_change_item"),
        *("call_off_change_step", "call_off_change_successor", "refused_attempt"),
        *("approval", "approval_path", "approval_step", "approval_escalation"),
        *("supplier_order", "supplier_order_line", "supplier_award", "free_position"),
        *("market_check", "market_price", "budget", "budget_movement", "admin_overhead"),
        *("kept_paper", "outage_form_block"),
    ),
    Kept.DECISIONS: (
        *("eligibility_decision", "eligibility_decision_head", "call_off_check"),
        *("law_proposal", "law_verdict"),
    ),
    Kept.EVIDENCE: (
        *("evidence_document", "evidence_verdict", "evidence_override_request"),
        *("evidence_override", "evidence_reminder", "fact", "turnover", "membership"),
        *("membership_past", "membership_step", "membership_correction"),
        *("membership_correction_verdict", "membership_terms", "membership_fee"),
    ),
    Kept.FRAMEWORKS: (
        *("framework", "framework_change", "framework_document", "framework_party"),
        *("framework_supplier", "extension_option", "agreed_price_rule", "index_value"),
        *("lot", "member_quota", "article_cap", "cap_movement", "ceiling_movement"),
        *("ceiling_alert", "supplier_return", "return_sheet"),
        *("demand_round", "round_answer", "demand_need"),
    ),
    Kept.QUOTES: ("free_position",),
    Kept.PRICE_LISTS: (
        *("catalog_version", "catalog_entry", "catalog_import", "import_terms", "price"),
        *("supplier_price_list", "supplier_price", "article", "article_edit", "article_label"),
        *("article_media", "article_reference", "device_model", "successor", "kit"),
        *("kit_component", "option_rule", "option_target", "stock_report", "stock_figure"),
    ),
    Kept.UNUSED: ("stored_file",),
    Kept.SESSIONS: ("login_session",),
    Kept.ATTEMPTS: ("sign_in_attempt",),
    Kept.RESETS: ("password_reset",),
    Kept.TOKENS: ("api_token",),
    Kept.MESSAGES: ("outbox_message",),
    Kept.NOTICES: ("notice",),
    Kept.ANSWERS: ("idempotency_key",),
    Kept.LINKS: ("approval_link",),
    Kept.PEOPLE: ("person", "role_assignment", "deputy", "notice_choice", "notice_times"),
}
UNLIMITED: Final = (
    Unlimited(
        "Lückenlos, sonst ließe sich nichts mehr beweisen; Personen stehen darin als Nummer.",
        ("audit_event", "audit_stream", "audit_anchor", "audit_verification"),
        ("Tagesanker außerhalb der Datenbank",),
    ),
    Unlimited(
        "Beleg, dass rechtmäßig gelöscht oder gesperrt wurde.",
        (
            *("retention_rule", "legal_hold", "erasure_run", "erasure_proposal", "erasure_item"),
            *("erasure_release", "erased_file"),
        ),
    ),
    Unlimited(
        "Stammdaten: gelten, bis jemand sie ändert. Das Regelwerk nennt keine Frist.",
        (
            *("member", "unit", "delivery_address", "product_account", "category"),
            *("facet_profile", "commitment_columns", "approval_settings", "approval_rule"),
            "approval_rule_step",
        ),
    ),
    Unlimited(
        "Arbeitsstände: bleiben, bis sie bestellt, übernommen oder gelöscht sind. Das Regelwerk "
        "nennt keine Frist.",
        ("basket_line", "basket_kit", "basket_comparison", "parked_basket", "order_template"),
    ),
    Unlimited(
        "Abschriften aus den Akten: jederzeit neu zu erstellen. Das Regelwerk nennt keine Frist.",
        ("year_file",),
        ("Jahresakten im Dateiordner",),
    ),
    Unlimited(
        "Technischer Stand ohne Personen: wird laufend überschrieben.",
        ("mark", "number_series", "search_entry", "search_word", "worker_beat"),
    ),
    Unlimited(
        "Außerhalb des Portals: Der Betrieb legt fest, wie lange; eine Sicherung von vor einer "
        "Löschung enthält das Gelöschte noch.",
        stores=("Sicherungen", "Betriebsprotokolle"),
    ),
)
