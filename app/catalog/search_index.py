"""The index that finds any part of a word: FTS5 trigrams on SQLite, pg_trgm on PostgreSQL."""

from typing import Final

from sqlalchemy import DDL, Table, event

SHORTEST: Final = 3  # signs of a trigram; shorter words are looked for without the index

TABLE: Final = """
CREATE VIRTUAL TABLE article_search
USING fts5(search_text, content='article', content_rowid='id', tokenize='trigram')
"""
ON_INSERT: Final = """
CREATE TRIGGER article_search_insert AFTER INSERT ON article BEGIN
  INSERT INTO article_search(rowid, search_text) VALUES (new.id, new.search_text);
END
"""
ON_UPDATE: Final = """
CREATE TRIGGER article_search_update AFTER UPDATE OF search_text ON article BEGIN
  INSERT INTO article_search(article_search, rowid, search_text)
  VALUES ('delete', old.id, old.search_text);
  INSERT INTO article_search(rowid, search_text) VALUES (new.id, new.search_text);
END
"""
ON_DELETE: Final = """
CREATE TRIGGER article_search_delete AFTER DELETE ON article BEGIN
  INSERT INTO article_search(article_search, rowid, search_text)
  VALUES ('delete', old.id, old.search_text);
END
"""
# Without the extension (a server may not have it) the same LIKE answers, only without an index.
POSTGRESQL: Final = """
DO $$ BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  CREATE INDEX ix_article_search_text_trgm ON article USING gin (search_text gin_trgm_ops);
EXCEPTION WHEN OTHERS THEN
  RAISE NOTICE 'search runs without pg_trgm';
END $$
"""
DROP: Final = "DROP TABLE IF EXISTS article_search"


def indexed(table: Table) -> None:
    """Make the index with the table, whoever creates it: metadata or a migration."""
    for text in (TABLE, ON_INSERT, ON_UPDATE, ON_DELETE):
        event.listen(table, "after_create", _ddl(text, "sqlite"))
    event.listen(table, "after_create", _ddl(POSTGRESQL, "postgresql"))
    event.listen(table, "before_drop", _ddl(DROP, "sqlite"))


def _ddl(text: str, dialect: str) -> DDL:
    return DDL(text.strip()).execute_if(dialect=dialect)
