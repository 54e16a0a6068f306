"""Suppliers' returns that came as a table, with what was remarked about them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

import app.archive.records
import app.frameworks.records  # noqa: F401 - the tables that foreign keys here name
from app.database.base import Record, table_of
from app.database.guards import append_only


class ReturnSheet(Record):
    """The file behind a supplier's return: kept by its hash, each remark with its line."""

    __tablename__ = "return_sheet"

    id: Mapped[int] = mapped_column(primary_key=True)
    return_id: Mapped[int] = mapped_column(ForeignKey("supplier_return.id"), unique=True)
    file_name: Mapped[str] = mapped_column(String(200))
    file_sha256: Mapped[str] = mapped_column(ForeignKey("stored_file.sha256"))
    rows: Mapped[int] = mapped_column(comment="counted into the declared amount")
    remarks: Mapped[list[dict[str, Any]]] = mapped_column(
        JSON, comment="line (0: none), order, text, counted"
    )
    at: Mapped[datetime]


append_only(table_of(ReturnSheet))
