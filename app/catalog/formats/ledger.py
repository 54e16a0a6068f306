"""Which articles a file held and what it said between them: kept on disk, not in memory."""

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Final

BATCH: Final = 1000
ASKED: Final = 500
SEEN: Final = 1 << 24  # bits: 2 MB, of which a million numbers set 6 %
SETTINGS: Final = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -8000;
"""
SCHEMA: Final = """
CREATE TABLE article (sku TEXT PRIMARY KEY, line INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE rejected (sku TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE pointer (line INTEGER NOT NULL, sku TEXT NOT NULL, target TEXT NOT NULL,
    chain TEXT NOT NULL);
CREATE TABLE placement (sku TEXT PRIMARY KEY, line INTEGER NOT NULL, category TEXT NOT NULL)
    WITHOUT ROWID;
CREATE TABLE foretold (sku TEXT PRIMARY KEY, category TEXT NOT NULL) WITHOUT ROWID;
BEGIN;
"""
DANGLING: Final = """
SELECT line, sku, target FROM pointer WHERE target NOT IN (SELECT sku FROM article)
AND target NOT IN (SELECT sku FROM rejected) ORDER BY line
"""
MISPLACED: Final = """
SELECT line, sku, category FROM placement WHERE sku NOT IN (SELECT sku FROM article)
AND sku NOT IN (SELECT sku FROM rejected) AND sku <> '' ORDER BY line
"""
JOINED: Final = {
    "SELECT sku, line FROM article": "INSERT OR IGNORE INTO article VALUES (?, ?)",
    "SELECT sku FROM rejected": "INSERT OR IGNORE INTO rejected VALUES (?)",
    "SELECT line, sku, target, chain FROM pointer": "INSERT INTO pointer VALUES (?, ?, ?, ?)",
    "SELECT sku, line, category FROM placement": "INSERT OR IGNORE INTO placement VALUES (?, ?, ?)",
}
DISOWN: Final = """
DELETE FROM pointer WHERE NOT EXISTS (
    SELECT 1 FROM article WHERE article.sku = pointer.sku AND article.line = pointer.line)
"""
COME_TRUE: Final = """
SELECT (SELECT count(*) FROM foretold) = (SELECT count(*) FROM placement) AND NOT EXISTS (
    SELECT 1 FROM placement LEFT JOIN foretold USING (sku)
    WHERE foretold.category IS NOT placement.category)
"""


class Ledger:
    """A scratch database of one file, gone when it is closed; a million articles cost 60 MB of it.

    Statements about articles may come before the article itself, as catalog files do it.
    """

    def __init__(self, copy: str = "") -> None:
        # An empty name: a private file that SQLite removes itself; the reader may change threads.
        self._database = sqlite3.connect(copy, isolation_level=None, check_same_thread=False)
        self._database.executescript(SETTINGS)
        self._database.executescript("BEGIN" if copy else SCHEMA)
        self._enter = self._database.cursor()
        self._seen = bytearray(SEEN // 8)
        self._entered: list[tuple[str, int]] = []
        self._pointers: list[tuple[int, str, str, str]] = []
        self._placements: list[tuple[str, int, str]] = []

    def enter(self, sku: str, line: int) -> int:
        """0 where the number is new, else the line that it already stands in."""
        if self._is_certainly_new(sku):
            self._entered.append((sku, line))
            if len(self._entered) >= BATCH:
                self._flush()
            return 0
        self._flush()
        done = self._enter.execute("INSERT OR IGNORE INTO article VALUES (?, ?)", (sku, line))
        if done.rowcount:
            return 0
        known = self._enter.execute("SELECT line FROM article WHERE sku = ?", (sku,))
        return int(known.fetchone()[0]) or -1

    def reject(self, sku: str) -> None:
        """The number is free again, but the file did hold it."""
        self._flush()
        self._enter.execute("DELETE FROM article WHERE sku = ?", (sku,))
        self._enter.execute("INSERT OR IGNORE INTO rejected VALUES (?)", (sku,))

    def point(self, line: int, sku: str, target: str, chain: str) -> None:
        """`chain`: the kind of a reference that must not lead back, else ''."""
        self._pointers.append((line, sku, target, chain))
        if len(self._pointers) >= BATCH:
            self._flush()

    def place(self, line: int, sku: str, category: str) -> None:
        """In this category; of several categories of one article the first counts."""
        self._placements.append((sku, line, category))
        if len(self._placements) >= BATCH:
            self._flush()

    def foretell(self, placements: Iterable[tuple[str, str]]) -> bool:
        """Before any article: numbers and categories as they will be placed; whether there are."""
        told = "INSERT OR IGNORE INTO foretold VALUES (?, ?)"
        return self._database.executemany(told, placements).rowcount > 0

    def foretold(self, skus: Collection[str]) -> Iterator[tuple[str, str]]:
        return self._chosen("SELECT sku, category FROM foretold", skus)

    def came_true(self) -> bool:
        """Whether every number was placed as it was foretold, and no other one was placed."""
        self._flush()
        return bool(self._database.execute(COME_TRUE).fetchone()[0])

    def dangling(self) -> Iterator[tuple[int, str, str]]:
        """(line, article, target) of every pointer to a number that the file does not hold."""
        self._flush()
        yield from self._database.execute(DANGLING)

    def chained(self) -> Iterator[tuple[str, str, str]]:
        """(kind, article, target) of every reference that must not lead back."""
        return self.rows("SELECT chain, sku, target FROM pointer WHERE chain <> '' ORDER BY rowid")

    def misplaced(self) -> Iterator[tuple[int, str, str]]:
        """(line, number, category) of every placement of a number that the file does not hold."""
        self._flush()
        yield from self._database.execute(MISPLACED)

    def placed(self, skus: Collection[str]) -> Iterator[tuple[str, str]]:
        """Those of the numbers that were placed, with their category."""
        self._flush()
        yield from self._chosen("SELECT sku, category FROM placement", skus)

    def holds(self, skus: Collection[str]) -> frozenset[str]:
        """Those of the numbers that the file held, rejected ones too."""
        self._flush()
        read = frozenset(sku for (sku,) in self._chosen("SELECT sku FROM article", skus))
        return read | {sku for (sku,) in self._chosen("SELECT sku FROM rejected", skus)}

    def __reduce__(self) -> tuple[Callable[[str], "Ledger"], tuple[str]]:
        """For another process: a copy on disk, which is gone when that one closes it."""
        self._flush()
        self._database.execute("COMMIT")
        with (
            NamedTemporaryFile(prefix="kitu-ledger-", delete=False) as file,
            closing(sqlite3.connect(file.name)) as copy,
        ):
            copy.executescript(SETTINGS)
            self._database.backup(copy)
            self._database.execute("BEGIN")
            return _taken_over, (file.name,)

    def join(self, other: "Ledger") -> None:
        """Take in what another one was told; numbers that both hold stay as they are here.

        What an article pointed to that stood a second time goes: its line is another.
        """
        self._flush()
        for selected, inserted in JOINED.items():
            self._database.executemany(inserted, other.rows(selected))
        self._database.execute(DISOWN)

    def rows(self, selected: str) -> Iterator[Any]:
        self._flush()
        return self._database.execute(selected)

    def close(self) -> None:
        self._database.close()

    def _is_certainly_new(self, sku: str) -> bool:
        """Nearly every number is: one bit for many numbers tells, and the database need not."""
        place, bit = divmod(hash(sku) % SEEN, 8)
        new = not self._seen[place] & 1 << bit
        self._seen[place] |= 1 << bit
        return new

    def _chosen(self, selected: str, skus: Collection[str]) -> Iterator[Any]:
        everything = list(skus)
        for start in range(0, len(everything), ASKED):
            some = everything[start : start + ASKED]
            marks = ", ".join("?" * len(some))
            yield from self._database.execute(f"{selected} WHERE sku IN ({marks})", some)

    def _flush(self) -> None:
        self._database.executemany("INSERT INTO article VALUES (?, ?)", self._entered)
        self._entered.clear()
        self._database.executemany("INSERT INTO pointer VALUES (?, ?, ?, ?)", self._pointers)
        self._database.executemany(
            "INSERT OR IGNORE INTO placement VALUES (?, ?, ?)", self._placements
        )
        self._pointers.clear()
        self._placements.clear()


def _taken_over(name: str) -> Ledger:
    ledger = Ledger(name)
    ledger.holds([""])  # from here on SQLite has the file, whatever its name is
    Path(name).unlink()
    return ledger
