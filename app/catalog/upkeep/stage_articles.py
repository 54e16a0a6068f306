"""Comparing a file with what is published, batch by batch, and keeping the difference."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy.orm import Session

from app.catalog.formats.findings import Fault, Findings
from app.catalog.formats.media import MediaSource
from app.catalog.formats.values import Mode, Transaction
from app.catalog.rules import Change
from app.catalog.upkeep.import_result import Counted
from app.catalog.upkeep.judge_prices import Changed, Judged, judge_prices
from app.catalog.upkeep.known_articles import NO_CATEGORY, Known, known_articles
from app.catalog.upkeep.read_file import Batch, FileFacts
from app.catalog.upkeep.stage_rest import GROUP_LENGTH, Rest, removed_rows, stage_rest
from app.catalog.upkeep.staging_rows import Target, insert_entries
from app.catalog.upkeep.stored_contents import stored_contents
from app.catalog.upkeep.tell_articles import NOTHING, Told, tell
from app.catalog.upkeep.turns import Turns
from app.catalog.upkeep.unknown_references import judge_references
from app.database.bulk import plan_each_time
from app.kernel.unit_price import UnitPrice

NO_MEDIA: Final = MediaSource()  # beside a table and an update of prices there are none
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


@dataclass(frozen=True, slots=True)
class Staged:
    """The file after its last article, what was remarked, and how many articles it changes."""

    file: FileFacts
    findings: Findings
    counted: Counted


@dataclass(slots=True)
class _Entry:
    """An article that differs, on its way to a row."""

    told: Told
    change: Change
    known: Known | None


def stage_articles(
    turns: Turns,
    read: Iterator[Batch | FileFacts],
    target: Target,
    progress: Callable[[int], None],
) -> Staged:
    """Read the whole file; afterwards the entries of the version are the difference.

    Every batch is a turn of its own, so nobody waits long for the right to write.
    """
    staging = _Staging(target)
    file = next(read)
    while isinstance(file, Batch):
        with turns() as session:
            plan_each_time(session)
            staging.stage(session, file)
        progress(staging.read)
        file = next(read)
    with closing(file.holdings):
        return _finished(turns, staging, file, target)


def _finished(turns: Turns, staging: "_Staging", file: FileFacts, target: Target) -> Staged:
    kinds = staging.kinds
    whole = file.transaction == Transaction.NEW_CATALOG
    ungrouped = bool(kinds) and not (file.grouped and staging.grouped)
    rest = stage_rest(
        turns, file, Rest(target, whole=whole, ungrouped=ungrouped, changed=staging.changed)
    )
    judge_references(turns, file, target, staging.findings, whole=whole)
    changed = kinds[Change.CHANGED] + rest[Change.REGROUPED]
    removed = kinds[Change.REMOVED] + rest[Change.REMOVED]
    unchanged = staging.taken - kinds.total() - rest[Change.REGROUPED]
    counted = Counted(kinds[Change.NEW], changed, unchanged, removed)
    return Staged(file, staging.findings, counted)


class _Staging:
    def __init__(self, target: Target) -> None:
        self.kinds: Counter[Change] = Counter()
        self.read = 0
        self.taken = 0
        self.grouped = True  # every entry, as the file foretold
        self.changed: set[str] = set()  # of a dry run, which keeps no entries that would tell
        self.findings = Findings()
        self._target = target
        self._place = target.place
        self._looked_at = 0

    def stage(self, session: Session, batch: Batch) -> None:
        """One batch: look up, compare, judge the prices, write."""
        self.findings.join(batch.remarks)
        read = [told for told in batch.articles if told.mode is not Mode.SAME]
        known = known_articles(session, [told.sku for told in read])
        before = self._before(session, read, known)
        self.taken += len(batch.articles) - len(read)
        entries = []
        for told in read:
            found = known.get(told.sku)
            if self._refused(told, found):
                continue
            self.taken += 1
            entry = self._entry(
                self._whole(told, before.get(told.sku, NOTHING), batch.silent), found
            )
            if entry is not None:
                self.kinds[entry.change] += 1
                entries.append(entry)
        self.read += len(batch.articles)
        self.grouped = self.grouped and all(one.told.group is not None for one in entries)
        self._write(session, entries)

    def _refused(self, told: Told, known: Known | None) -> bool:
        """Numbers of other frameworks, and changes to articles that are not there."""
        fault: Fault | None = None
        detail: object = told.sku
        if known is not None and known.framework != self._target.framework:
            fault, detail = Fault.SKU_TAKEN, known.framework
        elif known is None and told.mode in {Mode.DELETE, Mode.PRICES}:
            fault = Fault.NOT_IN_CATALOG
        if fault is not None:
            self.findings.add(told.line, told.sku, fault, detail)
        return fault is not None

    def _whole(self, told: Told, before: Mapping[str, Any], silent: frozenset[str]) -> Told:
        """An update of prices, or a table with few columns, leaves the rest as it was before."""
        if told.article is None:
            return told
        return tell(told.article, self._place, NO_MEDIA.print_of, before, silent)

    def _entry(self, told: Told, known: Known | None) -> _Entry | None:
        """None where the file says what is published, or where no lot takes the article."""
        if told.mode is Mode.DELETE:
            gone = known is not None and known.active
            return _Entry(told, Change.REMOVED, known) if gone else None
        if told.lack:
            self.findings.add(told.line, told.sku, Fault.LOT_UNKNOWN, told.lack)
            self.taken -= 1
            return None
        if known is not None and known.active and known.content_sha256 == told.digest:
            return None
        return _Entry(told, Change.NEW if known is None else Change.CHANGED, known)

    def _before(
        self, session: Session, read: list[Told], known: dict[str, Known]
    ) -> dict[str, dict[str, Any]]:
        """What the last version says of the articles of which this file says only a part."""
        versions = {
            told.sku: known[told.sku].version_id
            for told in read
            if told.article is not None and told.sku in known
        }
        return stored_contents(session, versions, self._target.today) if versions else {}

    def _write(self, session: Session, entries: list[_Entry]) -> None:
        target = self._target
        if target.version_id is None:
            self.changed |= {one.told.sku for one in entries if one.known is not None}
        if target.version_id is None or not entries:
            return
        remarks = self._price_remarks()
        changed = {
            one.told.sku: Changed(
                one.known.id, json.loads(one.told.text), remarks.get(one.told.sku, "")
            )
            for one in entries
            if one.known is not None and one.told.digest
        }
        framework = target.framework_id
        judged = judge_prices(session, framework, changed, target.today) if changed else {}
        gone = {
            one.told.sku: (one.told.line, one.known)
            for one in entries
            if one.change is Change.REMOVED and one.known is not None
        }
        removed = removed_rows(session, gone, target.today) if gone else {}
        rows = [removed.get(one.told.sku) or _row(one, judged.get(one.told.sku)) for one in entries]
        insert_entries(session, target, rows)

    def _price_remarks(self) -> dict[str, str]:
        """What the reader remarked on prices since the last batch, by article number."""
        fresh = self.findings.kept[self._looked_at :]
        self._looked_at = len(self.findings.kept)
        return {one.sku: one.reason for one in fresh if one.code in PRICE_FAULTS}


def _category(group: str | None, known: Known | None) -> str:
    """Where the file has not said it yet, an article stays where it is until the file's end."""
    if group is None and known is not None:
        return known.category
    return (group or NO_CATEGORY)[:GROUP_LENGTH]


def _row(entry: _Entry, judged: Judged | None) -> dict[str, Any]:
    told = entry.told
    row = {
        "sku": told.sku,
        "line": told.line,
        "change": entry.change,
        "name": told.name,
        "category": _category(told.group, entry.known),
        "content_sha256": told.digest,
        "text_digest": told.text_digest,
        "quiet_until": told.quiet_until,
        "content": told.text,
    }
    if judged is None:
        return row | {"new_price": None if told.price is None else UnitPrice(told.price)}
    row |= {"old_price": judged.old, "new_price": judged.new}
    if judged.stopped is not None:
        row |= {"stop": judged.stopped.stop, "stop_reason": judged.stopped.reason}
    return row
