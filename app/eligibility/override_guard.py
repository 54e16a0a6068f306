"""What keeps an exception from ever touching anything but expired evidence, on both databases."""

from typing import Final

from sqlalchemy import DDL, Table, event

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
    _refuse(override, "only_expired", "INSERT", "NEW.confirmed", wrong, REFUSAL)


def never_over_a_failed_rule(decision: Table) -> None:
    """Refuse a decision that a failed hard rule speaks against, whoever writes it."""
    wrong = {"sqlite": FAILED_SQLITE, "postgresql": FAILED}
    when = "NEW.outcome <> 'not_eligible'"
    _refuse(decision, "no_override", "INSERT", when, wrong, FAILED_REFUSAL)


def placed_only_if_eligible(call_off: Table) -> None:
    """Refuse an order whose placement rests on a decision that forbids it."""
    wrong = dict.fromkeys(TIMES, NOT_PLACEABLE)
    when = "NEW.placement_decision_id IS NOT NULL"
    for name, moment in (
        ("placement_insert", "INSERT"),
        ("placement_update", "UPDATE OF placement_decision_id"),
    ):
        _refuse(call_off, name, moment, when, wrong, PLACEMENT_REFUSAL)


def _refuse(
    table: Table, name: str, moment: str, when: str, wrong: dict[str, str], refusal: str
) -> None:
    trigger = f"{table.name}_{name}"
    sqlite = (
        f"CREATE TRIGGER {trigger} BEFORE {moment} ON {table.name} WHEN {when} "
        f"BEGIN SELECT RAISE(ABORT, '{refusal}') WHERE {wrong['sqlite']}; END"
    )
    function = (
        f"CREATE OR REPLACE FUNCTION refuse_{trigger}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF {wrong['postgresql']} THEN RAISE EXCEPTION '{refusal}' "
        "USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$"
    )
    postgresql = (
        f"CREATE TRIGGER {trigger} BEFORE {moment} ON {table.name} FOR EACH ROW "
        f"WHEN ({when}) EXECUTE FUNCTION refuse_{trigger}()"
    )
    event.listen(table, "after_create", DDL(sqlite).execute_if(dialect="sqlite"))
    for statement in (function, postgresql):
        event.listen(table, "after_create", DDL(statement).execute_if(dialect="postgresql"))
