"""What the entries of a version become: rows, worked out without a database, batch by batch.

Plain values, so that another process can do it ahead of the one that writes (ADR 37).
"""

from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from app.catalog.entry_features import DERIVED, Told, told_by
from app.catalog.entry_prices import PriceTerms, priced
from app.catalog.finding.entry import Entry as Found
from app.catalog.finding.search_row import Indexable, entry_for, row_of
from app.catalog.relations.rules_models import ModelRow, models_of_article
from app.catalog.relations.rules_options import has_binding
from app.catalog.rules import Change, has_serial_numbers, may_reverse_charge
from app.catalog.rules_groups import slug_of
from app.catalog.rules_labels import Claim
from app.catalog.rules_pack import pieces_in
from app.catalog.rules_periods import Listed, day_of
from app.kernel.canonical import plain_json, read_plain_json
from app.kernel.vat import STANDARD_RATE

SHOWN: Final = ("features", "keywords", "remarks", "classifications", "list_price")
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

    `lots` are ids by number; `files`: pictures and documents came along.
    """

    framework_id: int
    version_id: int
    lots: Mapping[int, int]
    prices: PriceTerms
    files: bool


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
    """Some articles (as ArticleRows), from the entry `first` to the entry `last`.

    `profiles` (by id) and `words` are what no batch before has named.
    """

    first: int
    last: int
    articles: list[tuple[Any, ...]]
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
            articles.append(tuple(rows))
            if found is not None:
                profiles[found.profile.id] = found.profile.content
                new = found.vocabulary(told_words)
                words |= new
                told_words |= new
        fresh = {key: profiles[key] for key in profiles.keys() - told_profiles}
        yield Batch(entries[0].id, entries[-1].id, articles, fresh, sorted(words))
        told_profiles |= fresh.keys()


def joined(batches: Sequence[Batch]) -> Batch:
    """Several that follow each other as one."""
    profiles: dict[int, dict[str, object]] = {}
    for one in batches:
        profiles |= one.profiles
    articles = [rows for one in batches for rows in one.articles]
    words = [word for one in batches for word in one.words]
    return Batch(batches[0].first, batches[-1].last, articles, profiles, words)


def _rows(entry: Entry, group: str, terms: Terms) -> tuple[ArticleRows, Found | None]:
    """With what the search keeps of it, if it is offered."""
    content: dict[str, Any] = read_plain_json(entry.content)
    change = Change(entry.change)
    prices = priced(content.get("prices", ()), content.get("quantity_min", 1), terms.prices)
    if change is Change.REMOVED:
        return ArticleRows(entry.sku, change, entry.category, group, prices=prices.stored), None
    told = told_by(content["features"], content.get("extensions", ()), content["order_unit"])
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
        (content["family"] or told.family)[:80],
        told.charge,
        content,  # of which the search asks for features and keywords
        group,
        slug_of(group),
    )
    found = entry_for(article)
    references = {(kind, sku): many for kind, sku, many in content["references"]}
    rows = ArticleRows(
        entry.sku,
        change,
        entry.category,
        group,
        _values(entry, content, article, told),
        tuple(row_of(article, found, prices.span)),
        prices.stored,
        prices.begun,
        has_binding(references),
        [(*key, many) for key, many in references.items()],
        models_of_article(article.name, content["cpv"], told.fits),
        told.claims,
        content.get("media", ()) if terms.files else (),
    )
    return rows, found


def _values(
    entry: Entry, content: dict[str, Any], article: Indexable, told: Told
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
        plain_json(_shown(content)),
        article.family,
        *told.derived,
        entry.content_sha256,
        entry.text_digest,
        day_of(quiet) if isinstance(quiet, str) else quiet,
    )


def _shown(content: dict[str, Any]) -> dict[str, Any]:
    """What is only shown; and what the file's amounts are for, where it is not one unit."""
    shown = {name: content[name] for name in SHOWN}
    per = content.get("price_quantity") or "1"
    return shown if per == "1" else shown | {"price_quantity": per}
