"""Four eyes by the database itself: nobody passes the own order, no open step is skipped.

A CHECK sees one row only. Whether an exception is the member's documented one, and whether all
steps of the table are signed, is asked of the other tables at the moment of writing.
"""

from typing import Final

from sqlalchemy import Table

from app.database.guards import refuse_when

ALONE: Final = "nobody approves his own order outside the documented rule"
SKIPPED: Final = "an order is placed only when every step of its approval is signed"
SWAPPED: Final = "who ordered stays as written"

# The member's own rule: its document, within its dates, up to its limit.
DOCUMENTED: Final = """\
EXISTS (
    SELECT 1 FROM member AS m JOIN evidence_document AS paper
        ON paper.id = m.self_approval_evidence_id
    WHERE m.id = NEW.member_id AND paper.member_id = m.id
      AND m.self_approval_evidence_id = NEW.{evidence}
      AND {value} <= m.self_approval_limit
      AND paper.valid_from <= {first}
      AND (paper.valid_to IS NULL OR paper.valid_to >= {last})
      AND (paper.review_due IS NULL OR paper.review_due >= {last}))"""
ORDER_VALUE: Final = "CASE WHEN m.approval_limit_is_net THEN NEW.net ELSE NEW.gross END"
OWN_ORDER: Final = "(SELECT ordered_by FROM call_off WHERE number = NEW.subject)"
# SQLite knows no time zones; in Berlin it is one or two hours later: the border lies generously.
DAYS: Final = {
    "sqlite": {"first": "date({at}, '+2 hours')", "last": "date({at}, '+1 hours')"},
    "postgresql": dict.fromkeys(("first", "last"), "({at} AT TIME ZONE 'Europe/Berlin')::date"),
}
OPEN_STEP: Final = """\
EXISTS (
    SELECT 1 FROM approval_step AS step JOIN approval_path AS path ON path.id = step.path_id
    WHERE path.subject = NEW.number
      AND path.round = (SELECT max(round) FROM approval_path WHERE subject = NEW.number)
      AND NOT EXISTS (SELECT 1 FROM approval AS word
        WHERE word.step_id = step.id AND word.verdict = 'approved'
          AND word.subject_sha256 = path.subject_sha256))"""


def guard_approvals(call_off: Table, approval: Table) -> None:
    """Of orders and of verdicts; the moves of the program keep the same rules before."""
    own = _undocumented("self_approval_evidence_id", ORDER_VALUE, "NEW.placed_at")
    watched = "UPDATE OF approved_by, ordered_by, self_approval_evidence_id, placed_at"
    for name, moment in (("alone_insert", "INSERT"), ("alone_update", watched)):
        refuse_when(call_off, name, moment, "NEW.approved_by = NEW.ordered_by", own, ALONE)
    swapped = "NEW.ordered_by <> OLD.ordered_by"
    refuse_when(call_off, "orderer", "UPDATE OF ordered_by", swapped, "true", SWAPPED)
    placed = "NEW.state = 'placed' AND OLD.state IN ('in_approval', 'approved')"
    refuse_when(call_off, "steps", "UPDATE OF state", placed, OPEN_STEP, SKIPPED)
    words = {
        name: f"NEW.decided_by IN (NEW.requested_by, {OWN_ORDER}) AND {rule}"
        for name, rule in _undocumented("exception_evidence_id", "NEW.value", "NEW.at").items()
    }
    refuse_when(approval, "alone", "INSERT", "NEW.verdict = 'approved'", words, ALONE)


def _undocumented(evidence: str, value: str, at: str) -> dict[str, str]:
    return {
        name: "NOT "
        + DOCUMENTED.format(
            evidence=evidence,
            value=value,
            first=days["first"].format(at=at),
            last=days["last"].format(at=at),
        )
        for name, days in DAYS.items()
    }
