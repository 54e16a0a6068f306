"""Tables of what stands beside an article's master data: labels, pictures, documents, edits."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.catalog.rules_labels import Label
from app.database.base import Record, table_of
from app.database.guards import append_only
from app.database.marks import CATALOG, marked


class MediaKind(StrEnum):
    """A picture is shown, a document (data sheet, certificate) is handed out."""

    PICTURE = "picture"
    DOCUMENT = "document"


class ArticleLabel(Record):
    """A sustainability label of an article for a time, with its proof; never edited, only ended."""

    __tablename__ = "article_label"
    __table_args__ = (
        Index("ix_article_label_article", "article_id", "label"),
        Index("ix_article_label_label", "label", "valid_from", "valid_to"),
        CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="validity"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"))
    label: Mapped[Label]
    grade: Mapped[str] = mapped_column(String(40), default="", comment="`Gold`, `9.0`")
    valid_from: Mapped[date]
    valid_to: Mapped[date | None] = mapped_column(comment="first day no longer valid")
    proof_url: Mapped[str] = mapped_column(String(300), default="")
    proof_sha256: Mapped[str | None] = mapped_column(
        ForeignKey("stored_file.sha256"), comment="in the archive"
    )
    catalog_version_id: Mapped[int | None] = mapped_column(
        ForeignKey("catalog_version.id"), comment="null: recorded by a person"
    )
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class ArticleMedia(Record):
    """A picture or document of an article; the bytes lie in the archive under their hash."""

    __tablename__ = "article_media"
    __table_args__ = (
        Index("ix_article_media_article", "article_id", "position"),
        CheckConstraint("kind <> 'picture' OR thumbnail_sha256 IS NOT NULL", name="thumbnail"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"))
    kind: Mapped[MediaKind]
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(200), comment="alternative text of a picture")
    file_name: Mapped[str] = mapped_column(String(200))
    origin_sha256: Mapped[str] = mapped_column(String(64), comment="of the file as handed in")
    sha256: Mapped[str] = mapped_column(ForeignKey("stored_file.sha256"), index=True)
    thumbnail_sha256: Mapped[str | None] = mapped_column(
        ForeignKey("stored_file.sha256"), index=True
    )
    size: Mapped[int]
    width: Mapped[int | None]
    height: Mapped[int | None]
    catalog_version_id: Mapped[int | None] = mapped_column(
        ForeignKey("catalog_version.id"), comment="null: handed in by a person"
    )
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class ArticleEdit(Record):
    """What somebody changed about an article between two publications, and when.

    Its highest number is part of the catalog's state: pages kept from before it are old.
    """

    __tablename__ = "article_edit"

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"), index=True)
    what: Mapped[str] = mapped_column(String(40))
    detail: Mapped[str] = mapped_column(String(300), default="")
    at: Mapped[datetime]
    by: Mapped[int | None] = mapped_column("by_person", ForeignKey("person.id"))


append_only(ArticleEdit.metadata.tables[ArticleEdit.__tablename__])

for _record in (ArticleLabel, ArticleMedia, ArticleEdit):
    marked(CATALOG, table_of(_record))
