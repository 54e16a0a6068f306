"""What makes two prices for the same article, quantity and day impossible, on both databases."""

from typing import Final

from sqlalchemy import DDL, Table, event

REFUSAL: Final = "another price of this article and bound is valid on one of these days"

# A period that ends on its first day was withdrawn and meets nothing.
SQLITE: Final = """\
CREATE TRIGGER {name} AFTER {what} ON price BEGIN
  SELECT RAISE(ABORT, '{refusal}')
  WHERE NEW.valid_from < coalesce(NEW.valid_to, '9999-12-31') AND EXISTS (
    SELECT 1 FROM price AS other
    WHERE other.article_id = NEW.article_id AND other.lower_bound = NEW.lower_bound
      AND other.id <> NEW.id
      AND other.valid_from < coalesce(other.valid_to, '9999-12-31')
      AND other.valid_from < coalesce(NEW.valid_to, '9999-12-31')
      AND NEW.valid_from < coalesce(other.valid_to, '9999-12-31'));
END"""

# Set-based, so that a batch costs one join; the locks make two publications wait for each other.
FUNCTION: Final = """\
CREATE OR REPLACE FUNCTION refuse_price_overlap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM article WHERE id IN (SELECT article_id FROM fresh) ORDER BY id FOR NO KEY UPDATE;
  IF EXISTS (
    SELECT 1 FROM fresh JOIN price AS other
      ON other.article_id = fresh.article_id AND other.lower_bound = fresh.lower_bound
      AND other.id <> fresh.id
    WHERE fresh.valid_from < coalesce(fresh.valid_to, 'infinity')
      AND other.valid_from < coalesce(other.valid_to, 'infinity')
      AND other.valid_from < coalesce(fresh.valid_to, 'infinity')
      AND fresh.valid_from < coalesce(other.valid_to, 'infinity')
  ) THEN
    RAISE EXCEPTION '{refusal}' USING ERRCODE = 'exclusion_violation';
  END IF;
  RETURN NULL;
END $$"""
POSTGRESQL: Final = """\
CREATE TRIGGER {name} AFTER {what} ON price REFERENCING NEW TABLE AS fresh
FOR EACH STATEMENT EXECUTE FUNCTION refuse_price_overlap()"""


def without_overlap(price: Table) -> None:
    """Refuse a price whose days meet those of another one with the same article and bound."""
    inserted, changed = "price_no_overlap_insert", "price_no_overlap_update"
    on_sqlite = (
        SQLITE.format(name=inserted, what="INSERT", refusal=REFUSAL),
        SQLITE.format(name=changed, what="UPDATE OF valid_to", refusal=REFUSAL),
    )
    on_postgresql = (
        FUNCTION.format(refusal=REFUSAL),
        POSTGRESQL.format(name=inserted, what="INSERT"),
        POSTGRESQL.format(name=changed, what="UPDATE"),
    )
    for text in on_sqlite:
        event.listen(price, "after_create", DDL(text).execute_if(dialect="sqlite"))
    for text in on_postgresql:
        event.listen(price, "after_create", DDL(text).execute_if(dialect="postgresql"))
