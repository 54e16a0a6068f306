"""Removing an editor's rule; those of a catalog file change with the file only."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.audit.append import COOPERATIVE, Happening, append
from app.catalog.records import Article, ArticleReference
from app.catalog.relations.records import OptionRule
from app.catalog.relations.rules_options import BINDING
from app.kernel.errors import NotFound


def remove_option_rule(session: Session, rule_id: int, person_id: int, now: datetime) -> None:
    """NotFound without such a rule."""
    rule = session.get(OptionRule, rule_id)
    if rule is None:
        raise NotFound("Diese Regel gibt es nicht.")
    sku = rule.sku
    session.delete(rule)
    session.flush()
    of_the_file = (
        select(ArticleReference.id)
        .where(ArticleReference.article_id == Article.id, ArticleReference.kind.in_(BINDING))
        .exists()
    )
    of_the_editor = select(OptionRule.id).where(OptionRule.sku == sku).exists()
    session.execute(
        update(Article).where(Article.sku == sku).values(optioned=of_the_file | of_the_editor),
        execution_options={"synchronize_session": False},
    )
    payload: dict[str, object] = {"kind": rule.kind.value, "rule": rule_id}
    happening = Happening("option_rule.removed", f"article:{sku}", f"person:{person_id}", payload)
    append(session, COOPERATIVE, now, happening)
