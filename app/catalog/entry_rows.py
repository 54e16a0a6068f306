"""What the entries of a version become: rows, worked out without a database, batch by batch.

Plain values, so that another process can do it ahead of the one that writes (ADR 37).
"""

import json
from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from app.catalog.finding.search_row import Indexable, entry_for, search_row
from app.catalog.relations.rules_models import ModelRow, models_in
from app.catalog.relations.rules_options import has_binding
from app.catalog.relations.rules_variants import family_of
from app.catalog.rules import Change, PriceRow, has_serial_numbers, may_reverse_charge
from app.catalog.rules_derived import derived, said
from app.catalog.rules_groups import slug_of
from app.catalog.rules_labels import Claim, claims_in
from app.catalog.rules_pack import pieces_in
from app.catalog.rules_periods import ListedPrice, beginning, listed
from app.kernel.vat import STANDARD_RATE

SHOWN: Final = ("features", "keywords", "remarks", "classifications", "list_price")
DERIVED: Final = ("charge", "shortest_term", "longest_term", "footprint_grams")
VALUES: Final = (
    "framework_id",
    "catalog_version_id",
    "lot_id",
    "sku",
    "name",
    "description",
    "manufacturer",
    "mpn",
    "gtin",
    "order_unit",
    "pieces_per_unit",
    "minimum_quantity",
    "quantity_interval",
    "delivery_days",
    "cpv",
    "tax_percent",
    "rc_category",
    "serial_numbers",
    "details",
    "family",
    *DERIVED,
    "content_sha256",
    "text_digest",
    "quiet_until",
)
"""The columns of an article in the order of their values; `details` is a text."""

Listed = tuple[int, int, date, date | None, bool]
"""A ListedPrice whose amount are ten-thousandths."""


class Entry(NamedTuple):
    """What the version says about one article, as stored: `content` is a text."""

    id: int
    sku: str
    change: str
    category: str
    content: str
    content_sha256: str
    text_digest: str
    quiet_until: date | str | None


@dataclass(frozen=True, slots=True)
class Terms:
    """What the rows of a version rest on besides its entries.

    `lots` are ids by number. A price begins and ends with the days here unless the file says
    others; `first`: the framework had no catalog before.
    """

    framework_id: int
    version_id: int
    lots: Mapping[int, int]
    day: date
    begins: date
    ends: date | None
    first: bool


class ArticleRows(NamedTuple):
    """One article; `values` as VALUES and `found` as SearchRow, both empty for a removed one.

    `called`: what the search was told that its group is called; `binding`: references of the file
    bind the order. `found` holds for an article that has no other prices than these.
    """

    sku: str
    change: Change
    group: str
    called: str
    values: Sequence[Any] = ()
    found: Sequence[Any] = ()
    prices: Sequence[Listed] = ()
    binding: bool = False
    references: Sequence[tuple[str, str, int]] = ()
    models: Sequence[ModelRow] = ()
    claims: Sequence[Claim] = ()
    media: Sequence[Sequence[str]] = ()


class Batch(NamedTuple):
    """Some articles, from the entry `first` to the entry `last`.

    `profiles` (by id) and `words` are what no batch before has named.
    """

    first: int
    last: int
    articles: list[ArticleRows]
    profiles: dict[int, dict[str, object]]
    words: list[str]


def work_out(
    batches: Iterable[Sequence[Entry]], terms: Terms, groups: Mapping[str, str]
) -> Generator[Batch, None, None]:
    """`groups` are the names of those that are known, by slug; new ones are called as they come."""
    called = dict(groups)
    told_profiles: set[int] = set()
    told_words: set[str] = set()
    for entries in batches:
        profiles: dict[int, dict[str, object]] = {}
        words: set[str] = set()
        articles = []
        for entry in entries:
            group = called.setdefault(slug_of(entry.category), entry.category)
            content: dict[str, Any] = json.loads(entry.content)
            prices = listed(content.get("prices", ()), terms.begins, terms.ends)
            rows = _rows(entry, content, group, prices)
            if rows.change is not Change.REMOVED:
                values = _values(entry, content, terms)
                article = _indexable(values, content, group)
                found = entry_for(article)
                profiles[found.profile.id] = found.profile.content
                words |= found.vocabulary
                begun = _begun(prices, terms)
                rows = rows._replace(
                    values=values, found=tuple(search_row(article, found, begun, terms.day))
                )
            articles.append(rows)
        new = {key: profiles[key] for key in profiles.keys() - told_profiles}
        new_words = sorted(words - told_words)
        yield Batch(entries[0].id, entries[-1].id, articles, new, new_words)
        told_profiles |= new.keys()
        told_words.update(new_words)


def _rows(
    entry: Entry, content: dict[str, Any], group: str, prices: Iterable[ListedPrice]
) -> ArticleRows:
    """Without what only an article that is offered has."""
    references = {(kind, sku): many for kind, sku, many in content.get("references", ())}
    return ArticleRows(
        entry.sku,
        Change(entry.change),
        entry.category,
        group,
        prices=[
            (price.lower_bound, price.unit_price.ten_thousandths, *price[2:]) for price in prices
        ],
        binding=has_binding(content.get("references", ())),
        references=[(*key, many) for key, many in references.items()],
        models=models_in(
            content.get("name", ""), content.get("cpv", ""), content.get("features", ())
        ),
        claims=claims_in(said(content)),
        media=content.get("media", ()),
    )


def _values(entry: Entry, content: dict[str, Any], terms: Terms) -> tuple[Any, ...]:
    cpv, tax = content["cpv"], content["tax_percent"]
    columns = derived(said(content), content["order_unit"])
    return (
        terms.framework_id,
        terms.version_id,
        terms.lots[content["lot"]],
        entry.sku,
        content["name"],
        content["description"],
        content["manufacturer"],
        content["mpn"],
        content["gtin"],
        content["order_unit"],
        pieces_in(content),
        content["quantity_min"],
        content["quantity_interval"],
        content["delivery_days"],
        cpv or None,
        STANDARD_RATE if tax is None else tax,
        may_reverse_charge(cpv),
        has_serial_numbers(cpv),
        json.dumps(_shown(content)),
        (content["family"] or family_of(content["features"]))[:80],
        *map(columns.__getitem__, DERIVED),
        entry.content_sha256,
        entry.text_digest,
        _day(entry.quiet_until),
    )


def _indexable(values: Sequence[Any], content: dict[str, Any], group: str) -> Indexable:
    """Its id is still unknown; the search asks its content for features and keywords only."""
    told = dict(zip(VALUES, values, strict=True)) | {"id": 0, "details": content}
    told |= {"category": group, "category_slug": slug_of(group)}
    return Indexable._make(map(told.__getitem__, Indexable._fields))


def _begun(prices: list[ListedPrice], terms: Terms) -> list[PriceRow]:
    return [
        PriceRow(
            price.unit_price,
            price.lower_bound,
            price.valid_from,
            price.valid_to,
            terms.version_id,
        )
        for price in beginning(prices, terms.day, first=terms.first)
    ]


def _shown(content: dict[str, Any]) -> dict[str, Any]:
    """What is only shown; and what the file's amounts are for, where it is not one unit."""
    shown = {name: content[name] for name in SHOWN}
    per = content.get("price_quantity") or "1"
    return shown if per == "1" else shown | {"price_quantity": per}


def _day(stored: date | str | None) -> date | None:
    return date.fromisoformat(stored) if isinstance(stored, str) else stored
