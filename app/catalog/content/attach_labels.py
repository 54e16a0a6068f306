"""Labels that a published catalog claims: kept as the file says, ended where it stops saying so."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.content_records import ArticleLabel
from app.catalog.records import CatalogVersion
from app.catalog.rules_labels import Claim


def attach_labels(
    session: Session,
    claims: Mapping[int, Sequence[Claim]],
    known: Collection[int],
    version: CatalogVersion,
    day: date,
) -> None:
    """`claims` by article id of the articles that this version writes, of all known ones at least.

    `known` are those that an earlier version may have given labels. What a person recorded stays.
    """
    labels = _labels(session, known) if known else {}
    for article_id, claimed in claims.items():
        standing = labels.get(article_id, [])
        for claim in claimed:
            same = next((row for row in standing if _same(row, claim)), None)
            if same is None:
                session.add(_row(article_id, claim, version, day))
            else:
                standing.remove(same)
        for row in standing:
            row.withdrawn_at = version.imported_at
    session.flush()


def _labels(session: Session, articles: Collection[int]) -> dict[int, list[ArticleLabel]]:
    found: dict[int, list[ArticleLabel]] = {}
    rows = session.scalars(
        select(ArticleLabel).where(
            ArticleLabel.article_id.in_(articles),
            ArticleLabel.catalog_version_id.is_not(None),
            ArticleLabel.withdrawn_at.is_(None),
        )
    )
    for row in rows:
        found.setdefault(row.article_id, []).append(row)
    return found


def _same(row: ArticleLabel, claim: Claim) -> bool:
    alike = (row.label, row.grade, row.valid_to, row.proof_url) == (
        claim.label,
        claim.grade,
        claim.valid_to,
        claim.proof_url,
    )
    return alike and claim.valid_from in {None, row.valid_from}


def _row(article_id: int, claim: Claim, version: CatalogVersion, day: date) -> ArticleLabel:
    """Without a first day it counts from publication, or from its only day if that has passed."""
    ends = claim.valid_to
    begins = claim.valid_from or day
    if ends is not None and ends <= begins:
        begins = date.fromordinal(ends.toordinal() - 1)
    return ArticleLabel(
        article_id=article_id,
        label=claim.label,
        grade=claim.grade,
        valid_from=begins,
        valid_to=ends,
        proof_url=claim.proof_url,
        catalog_version_id=version.id,
        recorded_at=version.imported_at,
        recorded_by=version.imported_by,
    )
