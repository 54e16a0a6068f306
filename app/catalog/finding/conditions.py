"""What a search hands to the database, and the conditions on entries that are made of it."""

from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    Column,
    ColumnElement,
    Integer,
    Text,
    bindparam,
    cast,
    column,
    func,
    literal_column,
    select,
    table,
    true,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from app.catalog.finding.ranges import ENTRY


def written(number: int) -> ColumnElement[int]:
    """A number of ours as part of the words of a statement: one value less to hand over."""
    return literal_column(str(number), Integer())


NOUGHT: Final = written(0)

# FTS5 is asked through a column that is called like the table.
WORDS: Final = table("search_entry_words", column("rowid", Integer), column("search_entry_words"))
NUMBERS: Final = table(
    "search_entry_numbers", column("rowid", Integer), column("search_entry_numbers")
)
MATCH: Final = bindparam("match", type_=Text())
TRIGRAMS: Final = bindparam("trigrams", type_=Text())
# Written into the statement: PostgreSQL plans by the words, else it reads the whole index in order.
WRITTEN: Final = bindparam("match", type_=Text(), literal_execute=True)
MEANT: Final = bindparam("meant", type_=Text())
MEANT_WRITTEN: Final = bindparam("meant", type_=Text(), literal_execute=True)
LAST: Final = bindparam("last", type_=Integer(), literal_execute=True)
MOST: Final = bindparam("most", type_=Integer(), literal_execute=True)
MOST_GIVEN: Final = bindparam("most", type_=Integer())
NAMED: Final = func.json_each(bindparam("articles", type_=Text())).table_valued("value")
SAYS: Final = ENTRY.c.words.bool_op("@@")(cast(WRITTEN, TSQUERY))
# As parts of their own: read once, not for each row, and no plan is thought to be better for some
# value, so that PostgreSQL plans once.
SAYS_GIVEN: Final = ENTRY.c.words.bool_op("@@")(select(cast(MATCH, TSQUERY)).scalar_subquery())
# In this form no index is asked.
SAYS_IN_ROW: Final = ENTRY.c.words.bool_op("@@")(cast(MEANT_WRITTEN, TSQUERY)).is_(true())
GIVEN_IN_ROW: Final = ENTRY.c.words.bool_op("@@")(
    select(cast(MEANT, TSQUERY)).scalar_subquery()
).is_(true())
MATCHES: Final = WORDS.c.search_entry_words.op("MATCH")(MATCH)
HAS_PARTS: Final = NUMBERS.c.search_entry_numbers.op("MATCH")(TRIGRAMS)
LOTS: Final[BindParameter[Any]] = bindparam("lots", expanding=True)
LOT: Final = ENTRY.c.lot_id + NOUGHT  # no index of lots is asked
COLUMNS: Final[tuple[Column[Any], ...]] = (
    ENTRY.c.article_id,
    ENTRY.c.lot_id,
    ENTRY.c.profile_id,
    ENTRY.c.delivery_days,
    ENTRY.c.in_stock_until,
    ENTRY.c.head,
    ENTRY.c.name_key,
    ENTRY.c.family_id,
)
