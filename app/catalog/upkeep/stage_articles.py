"""Comparing a file with what is published, batch by batch, and keeping the difference."""

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from sqlalchemy.orm import Session

from app.catalog.formats.findings import Fault, Findings
from app.catalog.formats.stream import CatalogStream
from app.catalog.formats.values import Article, Mode, Transaction
from app.catalog.rules import Change, lot_for
from app.catalog.upkeep.contents import content_of, first_price, priced, prices_in
from app.catalog.upkeep.import_result import Counted
from app.catalog.upkeep.judge_prices import Changed, Judged, judge_prices
from app.catalog.upkeep.known_articles import NO_CATEGORY, Known, known_articles
from app.catalog.upkeep.stage_rest import Rest, stage_rest
from app.catalog.upkeep.staging_rows import Target, insert_entries
from app.catalog.upkeep.stored_contents import stored_contents
from app.catalog.upkeep.turns import Turns
from app.database.bulk import plan_each_time
from app.kernel.canonical import canonical_json

BATCH: Final = 500  # more of them at once would only take more memory
PRICE_FAULTS: Final = frozenset(
    {
        Fault.PRICE_ZERO,
        Fault.PRICE_ON_REQUEST,
        Fault.FOREIGN_CURRENCY,
        Fault.CURRENCY_MISSING,
        Fault.GROSS_PRICE_ONLY,
        Fault.NUMBER_UNREADABLE,
        Fault.PRICE_TOO_HIGH,
        Fault.PRICE_EXPIRED,
        Fault.NO_PRICE,
    }
)


@dataclass(slots=True)
class _Entry:
    """An article that differs, on its way to a row."""

    article: Article
    change: Change
    known: Known | None
    content: dict[str, Any]
    text: str
    digest: str


def stage_articles(
    turns: Turns, file: CatalogStream, target: Target, progress: Callable[[int], None]
) -> Counted:
    """Read the whole file; afterwards the entries of the version are the difference.

    Every batch is a turn of its own, so nobody waits long for the right to write.
    """
    staging = _Staging(file, target)
    articles = file.articles()
    while batch := list(islice(articles, BATCH)):
        with turns() as session:
            plan_each_time(session)
            staging.stage(session, batch)
        progress(staging.read)
    kinds = staging.kinds
    whole = file.transaction == Transaction.NEW_CATALOG
    rest = stage_rest(
        turns, file, Rest(target, whole=whole, staged=bool(kinds), changed=staging.changed)
    )
    changed = kinds[Change.CHANGED] + rest[Change.REGROUPED]
    removed = kinds[Change.REMOVED] + rest[Change.REMOVED]
    unchanged = staging.taken - kinds.total() - rest[Change.REGROUPED]
    return Counted(kinds[Change.NEW], changed, unchanged, removed)


class _Staging:
    def __init__(self, file: CatalogStream, target: Target) -> None:
        self.kinds: Counter[Change] = Counter()
        self.read = 0
        self.taken = 0
        self.changed: set[str] = set()  # of a dry run, which keeps no entries that would tell
        self._findings: Findings = file.findings
        self._media = file.media
        self._silent = file.silent
        self._target = target
        self._looked_at = 0

    def stage(self, session: Session, batch: list[Article]) -> None:
        """One batch: look up, compare, judge the prices, write."""
        read = [article for article in batch if article.mode is not Mode.SAME]
        known = known_articles(session, [article.sku for article in read])
        before = self._before(session, read, known)
        self.taken += len(batch) - len(read)
        entries = []
        for article in read:
            found = known.get(article.sku)
            if self._refused(article, found):
                continue
            self.taken += 1
            entry = self._entry(article, found, before.get(article.sku, {}))
            if entry is not None:
                self.kinds[entry.change] += 1
                entries.append(entry)
        self.read += len(batch)
        self._write(session, entries)

    def _refused(self, article: Article, known: Known | None) -> bool:
        """Numbers of other frameworks, and changes to articles that are not there."""
        fault: Fault | None = None
        detail: object = article.sku
        if known is not None and known.framework != self._target.framework:
            fault, detail = Fault.SKU_TAKEN, known.framework
        elif known is None and article.mode in {Mode.DELETE, Mode.PRICES}:
            fault = Fault.NOT_IN_CATALOG
        if fault is not None:
            self._findings.add(article.line, article.sku, fault, detail)
        return fault is not None

    def _entry(
        self, article: Article, known: Known | None, before: dict[str, Any]
    ) -> _Entry | None:
        """None where the file says what is published, or where no lot takes the article."""
        if article.mode is Mode.DELETE:
            gone = known is not None and known.active
            return _Entry(article, Change.REMOVED, known, {}, "{}", "") if gone else None
        content = self._content(article, before)
        if content is None:
            return None
        text = canonical_json(content)
        digest = hashlib.sha256(text.encode()).hexdigest()
        if known is not None and known.active and known.content_sha256 == digest:
            return None
        change = Change.NEW if known is None else Change.CHANGED
        return _Entry(article, change, known, content, text, digest)

    def _content(self, article: Article, before: dict[str, Any]) -> dict[str, Any] | None:
        """An update of prices, or a table with few columns, leaves the rest as it was before."""
        if article.mode is Mode.PRICES and before:
            return before | priced(article.prices)
        target = self._target
        cpv = article.classified("CPV")
        known_lot = None if cpv else before.get("lot")
        lot = lot_for(target.lots, target.lot or article.lot or known_lot, cpv)
        if lot is None:
            detail = f"Los {article.lot}" if article.lot else cpv or "ohne CPV-Nummer"
            self._findings.add(article.line, article.sku, Fault.LOT_UNKNOWN, detail)
            self.taken -= 1
            return None
        content = content_of(article, lot)
        if prints := [name for one in article.media if (name := self._media.print_of(one))]:
            content["media_prints"] = prints
        return content | {part: before[part] for part in self._silent if part in before}

    def _before(
        self, session: Session, batch: list[Article], known: dict[str, Known]
    ) -> dict[str, dict[str, Any]]:
        """What the last version says of the articles of which this file says only a part."""
        partly = {Mode.PRICES, Mode.UPDATE} if self._silent else {Mode.PRICES}
        versions = {
            article.sku: known[article.sku].version_id
            for article in batch
            if article.mode in partly and article.sku in known
        }
        return stored_contents(session, versions, self._target.today) if versions else {}

    def _write(self, session: Session, entries: list[_Entry]) -> None:
        target = self._target
        if target.version_id is None:
            self.changed |= {one.article.sku for one in entries if one.known is not None}
        if target.version_id is None or not entries:
            return
        today = target.today
        remarks = self._price_remarks()
        changed = {
            entry.article.sku: Changed(
                entry.known.id, entry.content, remarks.get(entry.article.sku, "")
            )
            for entry in entries
            if entry.known is not None and entry.content
        }
        judged = judge_prices(session, target.framework_id, changed, today) if changed else {}
        rows = [self._row(entry, judged.get(entry.article.sku)) for entry in entries]
        insert_entries(session, target, rows)

    def _row(self, entry: _Entry, judged: Judged | None) -> dict[str, Any]:
        content = entry.content
        row = {
            "sku": entry.article.sku,
            "line": entry.article.line,
            "change": entry.change,
            "name": content.get("name", ""),
            "category": entry.known.category if entry.known else NO_CATEGORY,
            "content_sha256": entry.digest,
            "text_digest": entry.article.text_digest,
            "quiet_until": entry.article.quiet_until,
            "content": entry.text,
        }
        if judged is None:
            today = self._target.today
            first = first_price(prices_in(content, today), content.get("quantity_min", 1), today)
            return row | {"new_price": first.unit_price if first else None}
        row |= {"old_price": judged.old, "new_price": judged.new}
        if judged.stopped is not None:
            row |= {"stop": judged.stopped.stop, "stop_reason": judged.stopped.reason}
        return row

    def _price_remarks(self) -> dict[str, str]:
        """What the reader remarked on prices since the last batch, by article number."""
        fresh = self._findings.kept[self._looked_at :]
        self._looked_at = len(self._findings.kept)
        return {one.sku: one.reason for one in fresh if one.code in PRICE_FAULTS}
