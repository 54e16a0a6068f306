"""When the papers of the evidence register stop counting, so that their period begins. Pure.

A paper without a last day counts until it is replaced, refused, or its member has left; until
then nobody knows its end, and it stays.
"""

from typing import Final

from app.retention.file_use import Begin, FileUse
from app.retention.rules import Kept

# A decision long after its last day still names an expired paper.
NAMED_BY_DECISION: Final = (
    "EXISTS (SELECT 1 FROM eligibility_decision d WHERE (u.member_id IS NULL "
    "OR d.member_id = u.member_id) AND d.decided_at >= {decided} AND {named})"
)
REFUSED: Final = (
    "EXISTS (SELECT 1 FROM evidence_verdict v WHERE v.document_id = u.id AND NOT v.approved)"
)
REFUSED_AT: Final = "(SELECT v.decided_at FROM evidence_verdict v WHERE v.document_id = u.id)"
# A later statement about the same thing, which counts itself.
_NEWER: Final = (
    "FROM fact n LEFT JOIN evidence_document p ON p.id = n.evidence_document_id "
    "LEFT JOIN evidence_verdict w ON w.document_id = p.id "
    "WHERE n.scope_type = o.scope_type AND n.scope_key = o.scope_key AND n.key = o.key "
    "AND n.id <> o.id AND (n.valid_from > o.valid_from OR n.valid_from = o.valid_from "
    "AND n.id > o.id) AND (p.id IS NULL OR NOT p.approval_needed OR w.approved)"
)
_FACTS: Final = "FROM fact o WHERE o.evidence_document_id = u.id"
REPLACED: Final = (
    f"EXISTS (SELECT 1 {_FACTS}) AND NOT EXISTS (SELECT 1 {_FACTS} "  # noqa: S608 - ours
    f"AND NOT EXISTS (SELECT 1 {_NEWER})) "
    "AND NOT EXISTS (SELECT 1 FROM turnover t WHERE t.evidence_document_id = u.id) "
    "AND NOT EXISTS (SELECT 1 FROM membership_step s WHERE s.evidence_document_id = u.id)"
)
REPLACED_AT: Final = f"(SELECT max((SELECT min(n.asserted_at) {_NEWER})) {_FACTS})"
REPLACED_FROM: Final = f"(SELECT max((SELECT min(n.valid_from) {_NEWER})) {_FACTS})"
_OF_MEMBER: Final = "FROM membership m WHERE m.member_id = u.member_id"
LEFT_ON: Final = f"(SELECT max(m.effective_to) {_OF_MEMBER})"
LEFT: Final = (
    f"EXISTS (SELECT 1 {_OF_MEMBER}) AND NOT EXISTS (SELECT 1 {_OF_MEMBER} "
    "AND m.effective_to IS NULL)"
)


def _use(word: str, rows: str, *begins: Begin) -> FileUse:
    return FileUse(
        "evidence_document",
        ("file_sha256",),
        Kept.EVIDENCE,
        word,
        "u.title",
        begins,
        member="u.member_id",
        rows=rows,
        stays=NAMED_BY_DECISION,
    )


def _endless(condition: str) -> str:
    return f"u.valid_to IS NULL AND ({condition})"


# Each paper falls under exactly one of them.
EVIDENCE_USES: Final = (
    _use("Nachweis", "u.valid_to IS NOT NULL", Begin(Kept.EVIDENCE, "u.valid_to")),
    _use(
        "Abgelehnter Nachweis",
        _endless(REFUSED),
        Begin(Kept.EVIDENCE, REFUSED_AT, is_instant=True),
    ),
    _use(
        "Ersetzter Nachweis",
        _endless(f"NOT {REFUSED} AND {REPLACED}"),
        Begin(Kept.EVIDENCE, REPLACED_AT, is_instant=True),
        Begin(Kept.EVIDENCE, REPLACED_FROM),
    ),
    _use(
        "Nachweis eines früheren Mitglieds",
        _endless(f"NOT {REFUSED} AND NOT ({REPLACED}) AND {LEFT}"),
        Begin(Kept.EVIDENCE, LEFT_ON),
    ),
    FileUse(
        "evidence_document",
        ("file_sha256",),
        member="u.member_id",
        rows=_endless(f"NOT {REFUSED} AND NOT ({REPLACED}) AND NOT ({LEFT})"),
    ),
)
