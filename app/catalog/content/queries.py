"""Named reads of labels, pictures and documents."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import BindParameter, Date, Select, bindparam, or_, select
from sqlalchemy.orm import Session

from app.catalog.content_records import ArticleLabel, ArticleMedia, MediaKind
from app.catalog.records import Article
from app.catalog.rules_labels import Label, Standing, standing
from app.catalog.visible import Visible, is_visible
from app.database.among import among
from app.database.base import table_of
from app.database.marks import CATALOG, Kept
from app.database.straight import fetch_all
from app.kernel.errors import NotFound

LABELLED: Final[Kept[bool]] = Kept(most=20, marks=(CATALOG,))
PICTURED: Final[Kept[bool]] = Kept(most=4, marks=(CATALOG,))
_PICTURES: Final = select(ArticleMedia.id).where(ArticleMedia.kind == MediaKind.PICTURE)


@dataclass(frozen=True, slots=True)
class LabelEntry:
    """A label of an article with its validity; `until` is the last day, None without end."""

    id: int
    label: Label
    grade: str
    valid_from: date
    valid_to: date | None
    standing: Standing
    proof_url: str
    has_document: bool
    imported: bool

    @property
    def until(self) -> date | None:
        return None if self.valid_to is None else date.fromordinal(self.valid_to.toordinal() - 1)

    @property
    def name(self) -> str:
        return f"{self.label.german} {self.grade}".strip()

    @property
    def proven(self) -> bool:
        return bool(self.proof_url) or self.has_document


@dataclass(frozen=True, slots=True)
class MediaEntry:
    """A picture or a document of an article."""

    id: int
    kind: MediaKind
    title: str
    file_name: str
    sha256: str
    thumbnail_sha256: str | None
    size: int
    width: int | None
    height: int | None


def labelled(on: date | BindParameter[date]) -> Select[int, Label]:
    """Article and label of everything that is valid on the day: what a filter may count."""
    return select(ArticleLabel.article_id, ArticleLabel.label).where(
        ArticleLabel.withdrawn_at.is_(None),
        ArticleLabel.valid_from <= on,
        or_(ArticleLabel.valid_to.is_(None), ArticleLabel.valid_to > on),
    )


def has_labels(session: Session, on: date) -> bool:
    """Whether any label is valid on that day."""
    return LABELLED.get(session, on, lambda: _any(session, labelled(on)))


def _any(session: Session, rows: Select[*tuple[Any, ...]]) -> bool:
    return session.execute(rows.limit(1)).first() is not None


_LABELS_OF: Final = labelled(bindparam("day", type_=Date())).where(
    among(table_of(ArticleLabel).c.article_id, "articles")
)


def labels_of(
    session: Session, article_ids: Collection[int], on: date
) -> dict[int, tuple[Label, ...]]:
    """Valid on the day, each label once, in the order of `Label`."""
    if not has_labels(session, on):
        return {}
    rows = fetch_all(session, _LABELS_OF, {"day": on, "articles": article_ids})
    found: dict[int, set[Label]] = {}
    for row in rows:
        found.setdefault(row.article_id, set()).add(row.label)
    return {
        article_id: tuple(label for label in Label if label in labels)
        for article_id, labels in found.items()
    }


def label_entries(session: Session, article_id: int, on: date) -> tuple[LabelEntry, ...]:
    """What is or was claimed and not withdrawn; valid ones first, proven before claimed."""
    rows = session.scalars(
        select(ArticleLabel).where(
            ArticleLabel.article_id == article_id, ArticleLabel.withdrawn_at.is_(None)
        )
    )
    entries = [_entry(row, on) for row in rows]
    return tuple(sorted(entries, key=_rank))


def _entry(row: ArticleLabel, on: date) -> LabelEntry:
    return LabelEntry(
        id=row.id,
        label=row.label,
        grade=row.grade,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        standing=standing(row.valid_from, row.valid_to, on, withdrawn=False),
        proof_url=row.proof_url,
        has_document=row.proof_sha256 is not None,
        imported=row.catalog_version_id is not None,
    )


def _rank(entry: LabelEntry) -> tuple[int, int, bool, int]:
    return (
        tuple(Standing).index(entry.standing),
        tuple(Label).index(entry.label),
        not entry.proven,
        -entry.id,
    )


_THUMBNAILS_OF: Final = (
    select(ArticleMedia.article_id, ArticleMedia.thumbnail_sha256)
    .where(
        among(table_of(ArticleMedia).c.article_id, "articles"),
        ArticleMedia.kind == MediaKind.PICTURE,
        ArticleMedia.withdrawn_at.is_(None),
    )
    .order_by(ArticleMedia.position.desc(), ArticleMedia.id.desc())
)


def thumbnails_of(session: Session, article_ids: Collection[int]) -> dict[int, str]:
    """The hash of the first picture's thumbnail, by article; those without are absent."""
    if not PICTURED.get(session, "pictures", lambda: _any(session, _PICTURES)):
        return {}
    rows = fetch_all(session, _THUMBNAILS_OF, {"articles": article_ids})
    return {row.article_id: row.thumbnail_sha256 for row in rows if row.thumbnail_sha256}


def media_of(session: Session, article_id: int) -> tuple[MediaEntry, ...]:
    """In the order of the catalog."""
    rows = session.scalars(
        select(ArticleMedia)
        .where(ArticleMedia.article_id == article_id, ArticleMedia.withdrawn_at.is_(None))
        .order_by(ArticleMedia.position, ArticleMedia.id)
    )
    return tuple(
        MediaEntry(
            row.id,
            row.kind,
            row.title,
            row.file_name,
            row.sha256,
            row.thumbnail_sha256,
            row.size,
            row.width,
            row.height,
        )
        for row in rows
    )


def is_picture(session: Session, sha256: str) -> bool:
    """Whether this hash is a picture or thumbnail of an article: nothing else is ever shown."""
    wanted: Select[Any] = (
        select(ArticleMedia.id)
        .where(
            or_(ArticleMedia.sha256 == sha256, ArticleMedia.thumbnail_sha256 == sha256),
            ArticleMedia.kind == MediaKind.PICTURE,
            ArticleMedia.withdrawn_at.is_(None),
        )
        .limit(1)
    )
    return session.scalar(wanted) is not None


def document(session: Session, media_id: int, visible: Visible) -> ArticleMedia:
    """NotFound for a picture, for what was withdrawn, and for articles that are not visible."""
    found = session.scalar(
        select(ArticleMedia)
        .join(Article, Article.id == ArticleMedia.article_id)
        .where(
            ArticleMedia.id == media_id,
            ArticleMedia.kind == MediaKind.DOCUMENT,
            ArticleMedia.withdrawn_at.is_(None),
            is_visible(visible),
        )
    )
    if found is None:
        raise NotFound("Dieses Dokument gibt es nicht.")
    return found


def label_proof(session: Session, label_id: int, visible: Visible) -> ArticleLabel:
    """NotFound where the label has no document, and for articles that are not visible."""
    found = session.scalar(
        select(ArticleLabel)
        .join(Article, Article.id == ArticleLabel.article_id)
        .where(
            ArticleLabel.id == label_id,
            ArticleLabel.proof_sha256.is_not(None),
            is_visible(visible),
        )
    )
    if found is None:
        raise NotFound("Diesen Nachweis gibt es nicht.")
    return found


def article_of(session: Session, sku: str) -> Article:
    found = session.scalar(select(Article).where(Article.sku == sku))
    if found is None:
        raise NotFound("Diesen Artikel gibt es nicht im Katalog.", "article_unknown")
    return found
