"""Setting what must or must not be ordered along with an article."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.audit.append import COOPERATIVE, Happening, append
from app.catalog.records import Article
from app.catalog.relations.records import OptionRule, OptionTarget
from app.catalog.relations.rules_options import OptionKind
from app.kernel.errors import FieldError, Malformed

MOST_TARGETS: Final = 30
MOST_PIECES: Final = 100
LONGEST_TITLE: Final = 120


@dataclass(frozen=True, slots=True)
class RuleWanted:
    """About which article, what, which articles, how many pieces per piece."""

    sku: str
    kind: OptionKind
    title: str
    targets: tuple[str, ...]
    pieces: int


def save_option_rule(
    session: Session, wanted: RuleWanted, person_id: int | None, now: datetime
) -> OptionRule:
    """Malformed with a sentence per field. All articles must belong to one agreement: one order."""
    if errors := _errors(session, wanted):
        raise Malformed(*errors)
    rule = OptionRule(
        sku=wanted.sku,
        kind=wanted.kind,
        title=wanted.title,
        pieces=wanted.pieces,
        made_at=now,
        made_by=person_id,
        targets=[OptionTarget(sku=sku, position=at) for at, sku in enumerate(wanted.targets, 1)],
    )
    session.add(rule)
    session.execute(
        update(Article).where(Article.sku == wanted.sku).values(optioned=True),
        execution_options={"synchronize_session": False},
    )
    session.flush()
    actor = f"person:{person_id}" if person_id else "system"
    payload: dict[str, object] = {
        "kind": wanted.kind.value,
        "targets": list(wanted.targets),
        "pieces": wanted.pieces,
    }
    subject = f"article:{wanted.sku}"
    append(session, COOPERATIVE, now, Happening("option_rule.set", subject, actor, payload))
    return rule


def _errors(session: Session, wanted: RuleWanted) -> list[FieldError]:
    errors = []
    frameworks = dict(
        session.execute(
            select(Article.sku, Article.framework_id).where(
                Article.sku.in_((wanted.sku, *wanted.targets)), Article.active
            )
        ).all()
    )
    if wanted.sku not in frameworks:
        text = f"Den Artikel „{wanted.sku}“ gibt es im Katalog nicht."
        errors.append(FieldError("sku", "article_unknown", text))
    if not 1 <= len(wanted.targets) <= MOST_TARGETS:
        text = f"Bitte nennen Sie 1 bis {MOST_TARGETS} Artikelnummern, je Zeile eine."
        errors.append(FieldError("targets", "targets", text))
    unknown = [sku for sku in wanted.targets if sku not in frameworks]
    if unknown:
        text = f"Im Katalog gibt es nicht: {', '.join(unknown)}."
        errors.append(FieldError("targets", "article_unknown", text))
    elif wanted.sku in wanted.targets:
        text = "Der Artikel selbst kann nicht seine eigene Option sein."
        errors.append(FieldError("targets", "itself", text))
    elif wanted.sku in frameworks and len({frameworks[sku] for sku in frameworks}) > 1:
        text = "Alle Artikel einer Regel müssen zu einem Rahmenvertrag gehören."
        errors.append(FieldError("targets", "several_frameworks", text))
    if not 1 <= wanted.pieces <= MOST_PIECES:
        text = f"Bitte geben Sie 1 bis {MOST_PIECES} Stück an."
        errors.append(FieldError("pieces", "pieces", text))
    if len(wanted.title) > LONGEST_TITLE:
        text = f"Bitte höchstens {LONGEST_TITLE} Zeichen."
        errors.append(FieldError("title", "too_long", text))
    return errors
