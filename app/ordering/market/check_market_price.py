"""Checking the market for one article: sources, comparison, and what followed from it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from app.archive.media_type import media_type_of
from app.archive.store import keep
from app.audit.append import Happening, append, member_stream
from app.catalog.supplied import supplied_articles
from app.catalog.visible import sees, visible_lots
from app.demand.report_need import NeedWish, report_need
from app.kernel.errors import FieldError, Malformed
from app.kernel.legal_day import legal_day
from app.members.asking import MemberSeen
from app.ordering.market.forms import CheckSent, SentFile
from app.ordering.market.records import MarketCheck, MarketPrice
from app.ordering.market.rules import MarketOutcome, Source, Verdict, fault_of, verdict

NOT_THIS_KIND: Final = "Bitte wählen Sie ein PDF oder ein Bild (PNG, JPEG) bis 10 MB."


@dataclass(frozen=True, slots=True)
class MarketChecked:
    """The check on record and what it says."""

    check: MarketCheck
    verdict: Verdict


def check_market_price(
    session: Session, member: MemberSeen, person_id: int, sent: CheckSent, now: datetime
) -> MarketChecked:
    """Raises Malformed for an unknown article, a day to come, or a reason that is missing.

    Nothing is kept then. "Elsewhere" reports a need: the procurement counts, wherever it was made.
    """
    today = legal_day(now)
    visible = visible_lots(session, member.id, today)
    article = supplied_articles(session, {sent.sku: sent.quantity}, today).get(sent.sku)
    if article is None or article.unit_price is None or not sees(visible, article.lot_id):
        text = "Zu diesem Artikel gibt es heute keinen Vertragspreis."
        raise Malformed(FieldError("sku", "article_unknown", text))
    _check_days(sent, now)
    types = {place: _type_of(place, one) for place, one in sent.files.items()}
    found = verdict(article.unit_price, sent.sources)
    fault = fault_of(found, sent.outcome, sent.reason)
    if fault is not None:
        raise Malformed(FieldError("grund", "reason_missing", fault))
    row = MarketCheck(
        member_id=member.id,
        sku=sent.sku,
        quantity=sent.quantity,
        contract_price=article.unit_price,
        cheaper_elsewhere=found.cheaper_elsewhere,
        result=found.text,
        outcome=sent.outcome,
        reason=sent.reason,
        need_id=_need(session, member, person_id, sent, article.name, now),
        checked_by=person_id,
        checked_at=now,
    )
    session.add(row)
    session.flush()
    for place, source in enumerate(sent.sources):
        file, kind = sent.files.get(place), types.get(place, "")
        kept = None if file is None else keep(session, file.content, kind, now)
        session.add(_price(row, source, kept, "" if file is None else file.name))
    payload: dict[str, object] = {"sku": sent.sku, "outcome": sent.outcome.value}
    happening = Happening("market.checked", f"market:{row.id}", f"person:{person_id}", payload)
    append(session, member_stream(member.key), now, happening)
    session.flush()
    return MarketChecked(row, found)


def _price(
    check: MarketCheck, source: Source, file_sha256: str | None, file_name: str
) -> MarketPrice:
    return MarketPrice(
        member_id=check.member_id,
        sku=check.sku,
        unit_price=source.unit_price,
        source=source.name,
        seen_on=source.seen_on,
        same_specification=source.same_specification,
        is_list_price=source.is_list_price,
        check_id=check.id,
        file_sha256=file_sha256,
        file_name=file_name,
        recorded_by=check.checked_by,
        recorded_at=check.checked_at,
    )


def _check_days(sent: CheckSent, now: datetime) -> None:
    errors = [
        FieldError(f"datum-{place}", "in_future", "Das Datum der Quelle liegt in der Zukunft.")
        for place, source in enumerate(sent.sources)
        if source.seen_on > legal_day(now)
    ]
    if errors:
        raise Malformed(*errors)


def _type_of(place: int, file: SentFile) -> str:
    kind = media_type_of(file.content)
    if file.fault:
        raise Malformed(FieldError(f"datei-{place}", "file_refused", file.fault))
    if kind is None:
        raise Malformed(FieldError(f"datei-{place}", "file_type", NOT_THIS_KIND))
    return kind


def _need(
    session: Session,
    member: MemberSeen,
    person_id: int,
    sent: CheckSent,
    name: str,
    now: datetime,
) -> int | None:
    if sent.outcome is not MarketOutcome.ELSEWHERE:
        return None
    lowest = min(
        (one.unit_price for one in sent.sources if one.counts),
        key=lambda price: price.ten_thousandths,
        default=None,
    )
    wish = NeedWish(
        what=f"{name} ({sent.sku})"[:200],
        quantity=sent.quantity,
        needed_by=legal_day(now),
        reason=sent.reason,
        bought_by=sent.bought_by,
        estimated_net=None if lowest is None else lowest.times(sent.quantity),
    )
    return report_need(session, member, person_id, wish, now).need.id
