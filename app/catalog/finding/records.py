"""What the search reads instead of the catalog: derived from it and rebuildable at any time."""

from datetime import date

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from app.catalog.finding.entry_index import indexed
from app.database.base import Record
from app.kernel.unit_price import UnitPrice


class SearchEntry(Record):
    """An active article as the search sees it; narrow, so that ten thousand are read quickly.

    Lot and profile are no foreign keys: the lot is the article's, and PostgreSQL would look each of
    them up for every row.
    """

    __tablename__ = "search_entry"
    __table_args__ = (
        Index("ix_search_entry_lot_id", "lot_id"),
        # When kept prices end is asked after every change of the catalog, each step of an import.
        Index("ix_search_entry_price_from", "price_from"),
        Index("ix_search_entry_price_until", "price_until"),
    )

    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    lot_id: Mapped[int]
    profile_id: Mapped[int] = mapped_column(BigInteger)
    words: Mapped[str] = mapped_column(
        Text().with_variant(TSVECTOR(), "postgresql"),
        comment="folded words and marks of facet values",
    )
    numbers: Mapped[str] = mapped_column(Text, comment="compact article numbers, for fragments")
    head: Mapped[str] = mapped_column(Text, comment="folded category and name, for the relevance")
    name_key: Mapped[str] = mapped_column(String(80), comment="folded name, for sorting")
    price: Mapped[UnitPrice | None] = mapped_column(
        comment="for the smallest order; null for rent and pages, which no purchase compares with"
    )
    price_from: Mapped[date] = mapped_column(comment="first day on which the price is this one")
    price_until: Mapped[date | None] = mapped_column(comment="first day on which it may differ")
    delivery_days: Mapped[int | None]
    family_id: Mapped[int | None] = mapped_column(
        BigInteger, comment="digest of agreement and family; a list shows one of them"
    )
    in_stock_until: Mapped[date | None] = mapped_column(
        comment="last day on which a supplier's figure for the smallest order is believed"
    )


class FacetProfile(Record):
    """A combination of facet values that articles share; its id is the digest of its content."""

    __tablename__ = "facet_profile"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    content: Mapped[dict[str, object]] = mapped_column(JSON)


class SearchWord(Record):
    """A word that some article uses, now or earlier: for parts of words and for misspellings."""

    __tablename__ = "search_word"

    id: Mapped[int] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(String(40), unique=True)


indexed(SearchEntry.metadata.tables[SearchEntry.__tablename__])
