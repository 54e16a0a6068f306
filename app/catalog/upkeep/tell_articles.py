"""What becomes of an article of a file before any database is asked."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from app.catalog.formats.values import Article, Media, Mode
from app.catalog.rules import LotFacts, lot_for
from app.catalog.upkeep.contents import (
    content_of,
    first_price,
    priced,
    prices_in,
    prices_of,
)
from app.kernel.canonical import Plain, plain_json

NOTHING: Mapping[str, Any] = {}
NUMBERS: Final = frozenset({Mode.SAME, Mode.DELETE, Mode.REJECTED})


@dataclass(frozen=True, slots=True)
class Place:
    """The agreement's lots, the one that somebody named for the whole file, and the day."""

    lots: tuple[LotFacts, ...]
    lot: int | None
    today: date


class Told(NamedTuple):
    """An article as a draft keeps it; for modes in `NUMBERS` line, number and mode are all.

    `price` is the first one, in ten thousandths of a euro; it is None where there is none.
    `lack`: why no lot takes the article. `article`: what the file says of one of which it says
    only a part; what is told of it depends on what was published before. `group` is the name of its
    group, '' for none, None where the file says so only at its end.
    """

    line: int
    sku: str
    mode: Mode
    name: str = ""
    text: str = "{}"
    digest: str = ""
    price: int | None = None
    text_digest: str = ""
    quiet_until: date | None = None
    lack: str = ""
    article: Article | None = None
    group: str | None = None


def tell(
    article: Article,
    place: Place,
    print_of: Callable[[Media], str],
    before: Mapping[str, Any] = NOTHING,
    silent: frozenset[str] = frozenset(),
) -> Told:
    """`before` is the content that was published, of which the parts named by `silent` stay."""
    if article.mode in NUMBERS:
        return Told(article.line, article.sku, article.mode)
    if article.mode is Mode.PRICES:
        content: dict[str, Plain] = {**before, **priced(article.prices)}
    else:
        cpv = article.classified("CPV")
        known_lot = None if cpv else before.get("lot")
        lot = lot_for(place.lots, place.lot or article.lot or known_lot, cpv)
        if lot is None:
            lack = f"Los {article.lot}" if article.lot else cpv or "ohne CPV-Nummer"
            return Told(article.line, article.sku, article.mode, lack=lack)
        content = content_of(article, lot, cpv)
        if prints := [name for one in article.media if (name := print_of(one))]:
            content["media_prints"] = prints
        content |= {part: before[part] for part in silent if part in before}
    return _kept(article, content, place.today, stays="prices" in silent)


def _kept(article: Article, content: Mapping[str, Any], today: date, *, stays: bool) -> Told:
    """`stays`: the prices are those of the content, not those of the article."""
    text = plain_json(content)
    rows = prices_in(content, today) if stays else prices_of(article, today)
    first = first_price(rows, content.get("quantity_min", 1), today)
    return Told(
        article.line,
        article.sku,
        article.mode,
        content.get("name", ""),
        text,
        hashlib.sha256(text.encode()).hexdigest(),
        first.unit_price.ten_thousandths if first else None,
        article.text_digest,
        article.quiet_until,
    )
