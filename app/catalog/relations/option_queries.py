"""The option rules about articles: the editor's, and those that the catalog file brought."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.catalog.records import Article, ArticleReference
from app.catalog.relations.records import OptionRule, OptionTarget
from app.catalog.relations.rules_options import BINDING, MANDATORY, SELECT, OptionKind, Options


def option_rules(session: Session, skus: Collection[str]) -> tuple[Options, ...]:
    """In the order in which they were set; a target that is no longer in the catalog drops out."""
    return (*_of_the_file(session, skus), *_of_the_editor(session, skus))


def target_names(session: Session, rules: Sequence[Options]) -> dict[str, str]:
    """What the articles that the rules name are called."""
    skus = {sku for rule in rules for sku in rule.targets}
    return dict(
        session.execute(select(Article.sku, Article.name).where(Article.sku.in_(skus))).all()
    )


def ruled_skus(session: Session) -> frozenset[str]:
    """The articles that the editor made rules about."""
    return frozenset(session.scalars(select(OptionRule.sku).distinct()))


def _of_the_file(session: Session, skus: Collection[str]) -> list[Options]:
    target = aliased(Article)
    rows = session.execute(
        select(
            Article.sku,
            ArticleReference.kind,
            ArticleReference.target_sku,
            ArticleReference.quantity,
        )
        .join(ArticleReference, ArticleReference.article_id == Article.id)
        .join(
            target,
            (target.sku == ArticleReference.target_sku)
            & (target.framework_id == Article.framework_id),
        )
        .where(Article.sku.in_(skus), ArticleReference.kind.in_(BINDING), target.active)
        .order_by(ArticleReference.id)
    ).all()
    rules = [
        Options(row.sku, OptionKind.ALL_OF, (row.target_sku,), row.quantity)
        for row in rows
        if row.kind == MANDATORY
    ]
    choices: dict[str, list[str]] = {}
    for row in rows:
        if row.kind == SELECT:
            choices.setdefault(row.sku, []).append(row.target_sku)
    rules += [Options(sku, OptionKind.ONE_OF, tuple(of)) for sku, of in choices.items()]
    return rules


def _of_the_editor(session: Session, skus: Collection[str]) -> list[Options]:
    rows = session.execute(
        select(
            OptionRule.id,
            OptionRule.sku,
            OptionRule.kind,
            OptionRule.pieces,
            OptionRule.title,
            OptionTarget.sku.label("target"),
        )
        .join(OptionTarget, OptionTarget.option_rule_id == OptionRule.id)
        .join(Article, Article.sku == OptionTarget.sku)
        .where(OptionRule.sku.in_(skus), Article.active)
        .order_by(OptionRule.id, OptionTarget.position)
    ).all()
    targets: dict[int, list[str]] = {}
    for row in rows:
        targets.setdefault(row.id, []).append(row.target)
    rules = {row.id: row for row in rows}
    return [
        Options(rule.sku, rule.kind, tuple(targets[number]), rule.pieces, rule.title)
        for number, rule in rules.items()
    ]


def rules_of_the_editor(session: Session) -> Sequence[OptionRule]:
    """All of them, by article."""
    return session.scalars(select(OptionRule).order_by(OptionRule.sku, OptionRule.id)).all()
