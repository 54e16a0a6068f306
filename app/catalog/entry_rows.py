"""What the entries of a version become: rows, worked out without a database, batch by batch.

Plain values, so that another process can do it ahead of the one that writes (ADR 37).
"""

import json
from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple, cast

from app.catalog.finding.entry import Entry as Found
from app.catalog.finding.search_row import Indexable, entry_for, search_row
from app.catalog.relations.rules_models import ModelRow, models_in
from app.catalog.relations.rules_options import has_binding
from app.catalog.relations.rules_variants import family_of
from app.catalog.rules import Change, PriceRow, has_serial_numbers, may_reverse_charge
from app.catalog.rules_charge import Charge
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
    bind the order. `begun` are those of `prices` that begin for an article that has no others,
    for which `found` holds, too.
    """

    sku: str
    change: Change
    group: str
    called: str
    values: Sequence[Any] = ()
    found: Sequence[Any] = ()
    prices: Sequence[Listed] = ()
    begun: Sequence[Listed] = ()
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
            rows, found = _rows(entry, group, terms)
            articles.append(rows)
            if found is not None:
                profiles[found.profile.id] = found.profile.content
                words |= found.vocabulary
        new = {key: profiles[key] for key in profiles.keys() - told_profiles}
        new_words = sorted(words - told_words)
        yield Batch(entries[0].id, entries[-1].id, articles, new, new_words)
        told_profiles |= new.keys()
        told_words.update(new_words)


def _rows(entry: Entry, group: str, terms: Terms) -> tuple[ArticleRows, Found | None]:
    """With what the search keeps of it, if it is offered."""
    content: dict[str, Any] = json.loads(entry.content)
    prices = listed(content.get("prices", ()), terms.begins, terms.ends)
    stored = plain(prices)
    features = said(content)
    claims = claims_in(features)
    change = Change(entry.change)
    if change is Change.REMOVED:
        return ArticleRows(entry.sku, change, entry.category, group, prices=stored), None
    columns = derived(features, content["order_unit"])
    family = (content["family"] or family_of(content["features"]))[:80]
    article = Indexable(
        0,  # nobody knows yet
        terms.lots[content["lot"]],
        entry.sku,
        content["mpn"],
        content["gtin"],
        content["name"],
        content["manufacturer"],
        content["quantity_min"],
        content["delivery_days"],
        terms.framework_id,
        family,
        cast("Charge", columns["charge"]),
        content,  # of which the search asks for features and keywords
        group,
        slug_of(group),
    )
    found = entry_for(article)
    begun = beginning(prices, terms.day, first=terms.first)
    references = {(kind, sku): many for kind, sku, many in content["references"]}
    rows = ArticleRows(
        entry.sku,
        change,
        entry.category,
        group,
        _values(entry, content, article, columns),
        tuple(search_row(article, found, _priced(begun, terms), terms.day)),
        stored,
        stored if begun is prices else plain(begun),
        has_binding(references),
        [(*key, many) for key, many in references.items()],
        models_in(content["name"], content["cpv"], content["features"]),
        claims,
        content.get("media", ()),
    )
    return rows, found


def _values(
    entry: Entry, content: dict[str, Any], article: Indexable, columns: Mapping[str, object]
) -> tuple[Any, ...]:
    cpv, tax, quiet = content["cpv"], content["tax_percent"], entry.quiet_until
    return (
        article.framework_id,
        article.lot_id,
        entry.sku,
        article.name,
        content["description"],
        article.manufacturer,
        article.mpn,
        article.gtin,
        content["order_unit"],
        pieces_in(content),
        article.minimum_quantity,
        content["quantity_interval"],
        article.delivery_days,
        cpv or None,
        STANDARD_RATE if tax is None else tax,
        may_reverse_charge(cpv),
        has_serial_numbers(cpv),
        json.dumps(_shown(content)),
        article.family,
        *map(columns.__getitem__, DERIVED),
        entry.content_sha256,
        entry.text_digest,
        date.fromisoformat(quiet) if isinstance(quiet, str) else quiet,
    )


def plain(prices: Iterable[ListedPrice]) -> list[Listed]:
    return [(one.lower_bound, one.unit_price.ten_thousandths, *one[2:]) for one in prices]


def _priced(prices: Iterable[ListedPrice], terms: Terms) -> list[PriceRow]:
    return [
        PriceRow(one.unit_price, one.lower_bound, one.valid_from, one.valid_to, terms.version_id)
        for one in prices
    ]


def _shown(content: dict[str, Any]) -> dict[str, Any]:
    """What is only shown; and what the file's amounts are for, where it is not one unit."""
    shown = {name: content[name] for name in SHOWN}
    per = content.get("price_quantity") or "1"
    return shown if per == "1" else shown | {"price_quantity": per}
