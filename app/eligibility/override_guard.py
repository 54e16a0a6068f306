"""What keeps an exception from ever touching anything but expired evidence, on both databases."""

from typing import Final

from sqlalchemy import Table

from app.database.guards import refuse_when

REFUSAL: Final = "only expired evidence can be overridden, never a failed rule"
FAILED_REFUSAL: Final = "a decision over a failed rule is not_eligible"
PLACEMENT_REFUSAL: Final = "only an eligible call-off is placed"

# The fact has a last day, its own, its document's or the one that its kind has by law, and that
# day lies before the exception; and the fact does not speak against the rule that it serves.
EXPIRED: Final = """\
EXISTS (
    SELECT 1 FROM fact JOIN evidence_document AS paper ON paper.id = fact.evidence_document_id
    WHERE fact.id = NEW.fact_id
      AND fact.value <> CASE fact.key WHEN 'is_private' THEN 'true' ELSE 'false' END
      AND (fact.valid_to < NEW.begins_on OR fact.review_due < NEW.begins_on
        OR paper.valid_to < NEW.begins_on OR paper.review_due < NEW.begins_on
        OR (paper.type IN ('legal_opinion', 'legal_memorandum')
          AND paper.document_date < {two_years})
        OR (fact.key = 'no_private_shareholders_or_members'
          AND paper.document_date < {one_year})))"""
TIMES: Final = {
    "sqlite": {
        "two_years": "date(NEW.begins_on, '-24 months', '+3 days')",
        "one_year": "date(NEW.begins_on, '-12 months', '+3 days')",
    },
    "postgresql": {
        "two_years": "NEW.begins_on - interval '24 months' + interval '3 days'",
        "one_year": "NEW.begins_on - interval '12 months' + interval '3 days'",
    },
}
# The canonical text has sorted keys, so these two stand side by side in every snapshot.
FAILED: Final = 'position(\'"result":"fail","rule_class":"hard"\' in NEW.snapshot) > 0'
FAILED_SQLITE: Final = 'instr(NEW.snapshot, \'"result":"fail","rule_class":"hard"\') > 0'
NOT_PLACEABLE: Final = (
    "(SELECT outcome FROM eligibility_decision WHERE id = NEW.placement_decision_id) "
    "NOT IN ('eligible', 'eligible_with_condition')"
)


def only_for_expired(override: Table) -> None:
    """Refuse a confirmed exception whose fact has not expired or speaks against its rule."""
    wrong = {name: f"NOT {EXPIRED.format(**times)}" for name, times in TIMES.items()}
    refuse_when(override, "only_expired", "INSERT", "NEW.confirmed", wrong, REFUSAL)


def never_over_a_failed_rule(decision: Table) -> None:
    """Refuse a decision that a failed hard rule speaks against, whoever writes it."""
    wrong = {"sqlite": FAILED_SQLITE, "postgresql": FAILED}
    when = "NEW.outcome <> 'not_eligible'"
    refuse_when(decision, "no_override", "INSERT", when, wrong, FAILED_REFUSAL)


def placed_only_if_eligible(call_off: Table) -> None:
    """Refuse an order whose placement rests on a decision that forbids it."""
    when = "NEW.placement_decision_id IS NOT NULL"
    for name, moment in (
        ("placement_insert", "INSERT"),
        ("placement_update", "UPDATE OF placement_decision_id"),
    ):
        refuse_when(call_off, name, moment, when, NOT_PLACEABLE, PLACEMENT_REFUSAL)
