"""The indexes behind `search_entry`: words and fragments of numbers, FTS5 or GIN."""

from typing import Final

from sqlalchemy import DDL, Table, event

SHORTEST: Final = 3  # signs of a trigram; shorter fragments are not looked for

SQLITE: Final = (
    """
CREATE VIRTUAL TABLE search_entry_words
USING fts5(words, content='search_entry', content_rowid='article_id', detail=none, columnsize=0,
tokenize="unicode61 remove_diacritics 0 tokenchars '#'")
""",
    """
CREATE VIRTUAL TABLE search_entry_numbers
USING fts5(numbers, content='search_entry', content_rowid='article_id', columnsize=0,
tokenize='trigram')
""",
    """
CREATE TRIGGER search_entry_insert AFTER INSERT ON search_entry BEGIN
  INSERT INTO search_entry_words(rowid, words) VALUES (new.article_id, new.words);
  INSERT INTO search_entry_numbers(rowid, numbers) VALUES (new.article_id, new.numbers);
END
""",
    """
CREATE TRIGGER search_entry_words_update AFTER UPDATE OF words ON search_entry BEGIN
  INSERT INTO search_entry_words(search_entry_words, rowid, words)
  VALUES ('delete', old.article_id, old.words);
  INSERT INTO search_entry_words(rowid, words) VALUES (new.article_id, new.words);
END
""",
    """
CREATE TRIGGER search_entry_numbers_update AFTER UPDATE OF numbers ON search_entry BEGIN
  INSERT INTO search_entry_numbers(search_entry_numbers, rowid, numbers)
  VALUES ('delete', old.article_id, old.numbers);
  INSERT INTO search_entry_numbers(rowid, numbers) VALUES (new.article_id, new.numbers);
END
""",
    """
CREATE TRIGGER search_entry_delete AFTER DELETE ON search_entry BEGIN
  INSERT INTO search_entry_words(search_entry_words, rowid, words)
  VALUES ('delete', old.article_id, old.words);
  INSERT INTO search_entry_numbers(search_entry_numbers, rowid, numbers)
  VALUES ('delete', old.article_id, old.numbers);
END
""",
)
# Without the extension (a server may not have it) the same LIKE answers, only without an index.
POSTGRESQL: Final = (
    "CREATE INDEX ix_search_entry_words ON search_entry USING gin (words)",
    """
DO $$ BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  CREATE INDEX ix_search_entry_numbers ON search_entry USING gin (numbers gin_trgm_ops);
EXCEPTION WHEN OTHERS THEN
  RAISE NOTICE 'numbers are searched without pg_trgm';
END $$
""",
)
DROP: Final = (
    "DROP TABLE IF EXISTS search_entry_words",
    "DROP TABLE IF EXISTS search_entry_numbers",
)


def indexed(table: Table) -> None:
    """Make the indexes with the table, whoever creates it: metadata or a migration."""
    for text in SQLITE:
        event.listen(table, "after_create", _ddl(text, "sqlite"))
    for text in POSTGRESQL:
        event.listen(table, "after_create", _ddl(text, "postgresql"))
    for text in DROP:
        event.listen(table, "before_drop", _ddl(text, "sqlite"))


def _ddl(text: str, dialect: str) -> DDL:
    return DDL(text.strip()).execute_if(dialect=dialect)
