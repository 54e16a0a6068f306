"""Files of many megabytes: stored and read in pieces, never whole in the memory of the program."""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, Final, cast

from sqlalchemy import (
    BigInteger,
    Insert,
    Integer,
    Update,
    bindparam,
    func,
    insert,
    literal_column,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import OID
from sqlalchemy.orm import Session

from app.archive.records import StoredFile
from app.archive.store import why_missing
from app.database.base import table_of

PIECE: Final = 1024 * 1024
SLICE: Final = 8 * PIECE  # PostgreSQL unpacks a content from its beginning for each slice
FILE: Final = table_of(StoredFile)
SLICED: Final = "SELECT substr(content, %s, %s) FROM stored_file WHERE sha256 = %s"
PUT: Final = select(
    func.lo_put(
        bindparam("object", type_=OID), bindparam("at", type_=BigInteger), bindparam("piece")
    )
)


def keep_stream(session: Session, stream: BinaryIO, media_type: str, now: datetime) -> str:
    """As `store.keep`, of all that a seekable stream holds; it is at its beginning afterwards."""
    digest, size = _measured(stream)
    this = FILE.c.sha256 == digest
    stored = select(FILE.c.size, func.length(FILE.c.content).label("there")).where(this)
    known = session.execute(stored).one_or_none()
    if known is None:
        row = {"sha256": digest, "media_type": media_type, "size": size, "stored_at": now}
        _store(session, stream, digest, size, insert(FILE).values(row))
    elif known.size and not known.there:  # erased after its period, and handed in once more
        _store(session, stream, digest, size, update(FILE).where(this))
    return digest


def open_content(session: Session, sha256: str) -> BinaryIO:
    """The content as a file to read and to close, checked against its hash.

    Gone where it was erased after its period; NotFound where it is missing or another one.
    """
    file = SpooledTemporaryFile(max_size=PIECE)  # noqa: SIM115 - closed by whoever asked for it
    found = hashlib.sha256()
    for piece in _pieces(session, sha256, SLICE):
        file.write(piece)
        found.update(piece)
    if found.hexdigest() != sha256:
        file.close()
        raise why_missing(session, sha256)
    file.seek(0)
    return cast("BinaryIO", file)


def first_bytes(session: Session, sha256: str, many: int) -> bytes:
    """How the content begins; nothing where there is none."""
    return next(_pieces(session, sha256, many), b"")


def _measured(stream: BinaryIO) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for piece in _read(stream):
        digest.update(piece)
        size += len(piece)
    return digest.hexdigest(), size


def _read(stream: BinaryIO) -> Iterator[bytes]:
    """From its beginning, and back there."""
    stream.seek(0)
    while piece := stream.read(PIECE):
        yield piece
    stream.seek(0)


def _store(
    session: Session, stream: BinaryIO, digest: str, size: int, row: Insert | Update
) -> None:
    """SQLite gives room and has it filled; PostgreSQL puts the pieces together by itself.

    A large object of PostgreSQL is only their place within this transaction.
    """
    if _is_sqlite(session):
        session.execute(row.values(content=func.zeroblob(size)))
        with _blob(session, digest) as blob:
            for piece in _read(stream):
                blob.write(piece)
        return
    number, at = session.scalar(select(func.lo_create(0))), 0
    for piece in _read(stream):
        session.execute(PUT, {"object": number, "at": at, "piece": piece})
        at += len(piece)
    session.execute(row.values(content=func.lo_get(number)))
    session.execute(select(func.lo_unlink(number)))


def _pieces(session: Session, digest: str, many: int) -> Iterator[bytes]:
    if _is_sqlite(session):
        if session.scalar(select(FILE.c.size).where(FILE.c.sha256 == digest)):
            with _blob(session, digest, readonly=True) as blob:
                while piece := blob.read(many):
                    yield piece
        return
    at = 1
    with _driver(session).cursor(binary=True) as cursor:  # as text a byte travels as two digits
        while (found := cursor.execute(SLICED, (at, many, digest)).fetchone()) and found[0]:
            yield found[0]
            at += many


def _blob(session: Session, digest: str, *, readonly: bool = False) -> Any:
    place = select(literal_column("rowid", Integer)).select_from(FILE)
    row = session.scalar(place.where(FILE.c.sha256 == digest))
    return _driver(session).blobopen(FILE.name, "content", row, readonly=readonly)


def _driver(session: Session) -> Any:
    return session.connection().connection.driver_connection


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"
