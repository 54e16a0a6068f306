"""Lighter search and imports; written by tests.support.write_next_migration."""

from collections.abc import Iterable

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SQLITE_UP = (
    "DROP TRIGGER catalog_version_catalog_insert",
    "DROP TRIGGER catalog_version_catalog_update",
    "DROP TRIGGER search_entry_insert",
    "DROP TRIGGER search_entry_words_update",
    "DROP TRIGGER search_entry_numbers_update",
    "DROP TRIGGER search_entry_delete",
    "DROP INDEX ix_catalog_entry_stop",
    "CREATE TABLE _new_search_entry (\n\tarticle_id INTEGER NOT NULL, \n\tlot_id INTEGER NOT NULL, \n\tprofile_id BIGINT NOT NULL, \n\twords TEXT NOT NULL, \n\tnumbers TEXT NOT NULL, \n\thead TEXT NOT NULL, \n\tname_key VARCHAR(80) NOT NULL, \n\tprice BIGINT, \n\tprice_from DATE NOT NULL, \n\tprice_until DATE, \n\tdelivery_days INTEGER, \n\tfamily_id BIGINT, \n\tin_stock_until DATE, \n\tCONSTRAINT pk_search_entry PRIMARY KEY (article_id), \n\tCONSTRAINT fk_search_entry_article_id FOREIGN KEY(article_id) REFERENCES article (id) ON DELETE CASCADE\n)",
    'INSERT INTO _new_search_entry ("article_id", "lot_id", "profile_id", "words", "numbers", "head", "name_key", "price", "price_from", "price_until", "delivery_days", "family_id", "in_stock_until") SELECT "article_id", "lot_id", "profile_id", "words", "numbers", "head", "name_key", "price", "price_from", "price_until", "delivery_days", "family_id", "in_stock_until" FROM search_entry',
    "DROP TABLE search_entry",
    "ALTER TABLE _new_search_entry RENAME TO search_entry",
    "CREATE INDEX ix_catalog_entry_stopped ON catalog_entry (catalog_version_id, stop) WHERE stop IS NOT NULL",
    "CREATE INDEX ix_search_entry_lot_id ON search_entry (lot_id)",
    "CREATE INDEX ix_search_entry_price_from ON search_entry (price_from)",
    "CREATE INDEX ix_search_entry_price_until ON search_entry (price_until)",
    "INSERT INTO search_entry_words(search_entry_words) VALUES ('rebuild')",
    "INSERT INTO search_entry_numbers(search_entry_numbers) VALUES ('rebuild')",
    "CREATE TRIGGER catalog_version_catalog_update AFTER UPDATE OF \"published_at\" ON catalog_version BEGIN INSERT INTO mark (name, word) VALUES ('catalog', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER search_entry_insert AFTER INSERT ON search_entry BEGIN\n  INSERT INTO search_entry_words(rowid, words) VALUES (new.article_id, new.words);\n  INSERT INTO search_entry_numbers(rowid, numbers) VALUES (new.article_id, new.numbers);\nEND",
    "CREATE TRIGGER search_entry_words_update AFTER UPDATE OF words ON search_entry BEGIN\n  INSERT INTO search_entry_words(search_entry_words, rowid, words)\n  VALUES ('delete', old.article_id, old.words);\n  INSERT INTO search_entry_words(rowid, words) VALUES (new.article_id, new.words);\nEND",
    "CREATE TRIGGER search_entry_numbers_update AFTER UPDATE OF numbers ON search_entry BEGIN\n  INSERT INTO search_entry_numbers(search_entry_numbers, rowid, numbers)\n  VALUES ('delete', old.article_id, old.numbers);\n  INSERT INTO search_entry_numbers(rowid, numbers) VALUES (new.article_id, new.numbers);\nEND",
    "CREATE TRIGGER search_entry_delete AFTER DELETE ON search_entry BEGIN\n  INSERT INTO search_entry_words(search_entry_words, rowid, words)\n  VALUES ('delete', old.article_id, old.words);\n  INSERT INTO search_entry_numbers(search_entry_numbers, rowid, numbers)\n  VALUES ('delete', old.article_id, old.numbers);\nEND",
)

SQLITE_DOWN = (
    "DROP TRIGGER catalog_version_catalog_update",
    "DROP TRIGGER search_entry_insert",
    "DROP TRIGGER search_entry_words_update",
    "DROP TRIGGER search_entry_numbers_update",
    "DROP TRIGGER search_entry_delete",
    "DROP INDEX ix_catalog_entry_stopped",
    "CREATE TABLE _new_search_entry (\n\tarticle_id INTEGER NOT NULL, \n\tlot_id INTEGER NOT NULL, \n\tprofile_id BIGINT NOT NULL, \n\twords TEXT NOT NULL, \n\tnumbers TEXT NOT NULL, \n\thead TEXT NOT NULL, \n\tname_key VARCHAR(80) NOT NULL, \n\tprice BIGINT, \n\tprice_from DATE NOT NULL, \n\tprice_until DATE, \n\tdelivery_days INTEGER, \n\tfamily_id BIGINT, \n\tin_stock_until DATE, \n\tCONSTRAINT pk_search_entry PRIMARY KEY (article_id), \n\tCONSTRAINT fk_search_entry_article_id FOREIGN KEY(article_id) REFERENCES article (id) ON DELETE CASCADE, \n\tCONSTRAINT fk_search_entry_lot_id FOREIGN KEY(lot_id) REFERENCES lot (id), \n\tCONSTRAINT fk_search_entry_profile_id FOREIGN KEY(profile_id) REFERENCES facet_profile (id)\n)",
    'INSERT INTO _new_search_entry ("article_id", "lot_id", "profile_id", "words", "numbers", "head", "name_key", "price", "price_from", "price_until", "delivery_days", "family_id", "in_stock_until") SELECT "article_id", "lot_id", "profile_id", "words", "numbers", "head", "name_key", "price", "price_from", "price_until", "delivery_days", "family_id", "in_stock_until" FROM search_entry',
    "DROP TABLE search_entry",
    "ALTER TABLE _new_search_entry RENAME TO search_entry",
    "CREATE INDEX ix_catalog_entry_stop ON catalog_entry (catalog_version_id, stop)",
    "CREATE INDEX ix_search_entry_lot_id ON search_entry (lot_id)",
    "CREATE INDEX ix_search_entry_price_from ON search_entry (price_from)",
    "CREATE INDEX ix_search_entry_price_until ON search_entry (price_until)",
    "INSERT INTO search_entry_words(search_entry_words) VALUES ('rebuild')",
    "INSERT INTO search_entry_numbers(search_entry_numbers) VALUES ('rebuild')",
    "CREATE TRIGGER catalog_version_catalog_insert AFTER INSERT ON catalog_version BEGIN INSERT INTO mark (name, word) VALUES ('catalog', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER catalog_version_catalog_update AFTER UPDATE ON catalog_version BEGIN INSERT INTO mark (name, word) VALUES ('catalog', lower(hex(randomblob(16)))) ON CONFLICT (name) DO UPDATE SET word = excluded.word; END",
    "CREATE TRIGGER search_entry_insert AFTER INSERT ON search_entry BEGIN\n  INSERT INTO search_entry_words(rowid, words) VALUES (new.article_id, new.words);\n  INSERT INTO search_entry_numbers(rowid, numbers) VALUES (new.article_id, new.numbers);\nEND",
    "CREATE TRIGGER search_entry_words_update AFTER UPDATE OF words ON search_entry BEGIN\n  INSERT INTO search_entry_words(search_entry_words, rowid, words)\n  VALUES ('delete', old.article_id, old.words);\n  INSERT INTO search_entry_words(rowid, words) VALUES (new.article_id, new.words);\nEND",
    "CREATE TRIGGER search_entry_numbers_update AFTER UPDATE OF numbers ON search_entry BEGIN\n  INSERT INTO search_entry_numbers(search_entry_numbers, rowid, numbers)\n  VALUES ('delete', old.article_id, old.numbers);\n  INSERT INTO search_entry_numbers(rowid, numbers) VALUES (new.article_id, new.numbers);\nEND",
    "CREATE TRIGGER search_entry_delete AFTER DELETE ON search_entry BEGIN\n  INSERT INTO search_entry_words(search_entry_words, rowid, words)\n  VALUES ('delete', old.article_id, old.words);\n  INSERT INTO search_entry_numbers(search_entry_numbers, rowid, numbers)\n  VALUES ('delete', old.article_id, old.numbers);\nEND",
)

POSTGRESQL_DATA = ()

POSTGRESQL_OLD_TRIGGERS = (
    "CREATE TRIGGER catalog_version_catalog_insert AFTER INSERT ON catalog_version FOR EACH STATEMENT EXECUTE FUNCTION write_mark('catalog')",
    "CREATE TRIGGER catalog_version_catalog_update AFTER UPDATE ON catalog_version FOR EACH STATEMENT EXECUTE FUNCTION write_mark('catalog')",
)

POSTGRESQL_TRIGGERS = (
    "CREATE TRIGGER catalog_version_catalog_update AFTER UPDATE OF \"published_at\" ON catalog_version FOR EACH STATEMENT EXECUTE FUNCTION write_mark('catalog')",
)


def upgrade() -> None:
    if op.get_context().dialect.name == "sqlite":
        _run(SQLITE_UP)
        return
    _run(_drop(one) for one in POSTGRESQL_OLD_TRIGGERS)
    # CHECK constraints
    # ### commands auto generated by Alembic - please adjust! ###
    op.drop_index(op.f("ix_catalog_entry_stop"), table_name="catalog_entry")
    op.create_index(
        "ix_catalog_entry_stopped",
        "catalog_entry",
        ["catalog_version_id", "stop"],
        unique=False,
        sqlite_where=sa.text("stop IS NOT NULL"),
        postgresql_where=sa.text("stop IS NOT NULL"),
    )
    op.drop_constraint(op.f("fk_search_entry_profile_id"), "search_entry", type_="foreignkey")
    op.drop_constraint(op.f("fk_search_entry_lot_id"), "search_entry", type_="foreignkey")
    # ### end Alembic commands ###
    # CHECK constraints
    # indexes over expressions
    _run(POSTGRESQL_DATA)
    _run(POSTGRESQL_TRIGGERS)


def downgrade() -> None:
    if op.get_context().dialect.name == "sqlite":
        _run(SQLITE_DOWN)
        return
    _run(_drop(one) for one in POSTGRESQL_TRIGGERS)
    # indexes over expressions
    # CHECK constraints
    # ### commands auto generated by Alembic - please adjust! ###
    op.create_foreign_key(op.f("fk_search_entry_lot_id"), "search_entry", "lot", ["lot_id"], ["id"])
    op.create_foreign_key(
        op.f("fk_search_entry_profile_id"), "search_entry", "facet_profile", ["profile_id"], ["id"]
    )
    op.create_index(
        op.f("ix_catalog_entry_stop"), "catalog_entry", ["catalog_version_id", "stop"], unique=False
    )
    op.drop_index(
        "ix_catalog_entry_stopped",
        table_name="catalog_entry",
        sqlite_where=sa.text("stop IS NOT NULL"),
        postgresql_where=sa.text("stop IS NOT NULL"),
    )
    # ### end Alembic commands ###
    # CHECK constraints
    _run(POSTGRESQL_OLD_TRIGGERS)


def _run(statements: Iterable[str]) -> None:
    for statement in statements:
        op.execute(sa.text(statement.replace(":", r"\:")))


def _drop(statement: str) -> str:
    """The way back of one statement: functions and extensions that nothing uses do no harm."""
    words = statement.split()
    if "TRIGGER" not in words[:5]:
        return "SELECT 1"
    at = words.index("TRIGGER") + 1
    return f"DROP TRIGGER IF EXISTS {words[at]} ON {words[words.index('ON', at) + 1]}"
