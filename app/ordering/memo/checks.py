"""What the memo says about the market, about earlier orders of the same need, and about kits."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.database.tenant import Tenant
from app.documents.memo.facts import MemoMarketCheck, MemoMarketPrice
from app.frameworks.records import Lot
from app.kernel.legal_day import legal_day
from app.ordering.earlier_call_offs import earlier_call_offs
from app.ordering.market.queries import Checked, latest_checks
from app.ordering.queries import lots_of
from app.ordering.records import CallOff
from app.ordering.rules_splitting import needs_of, splitting
from app.ordering.trail_records import CallOffKit


def market_checks(session: Session, found: CallOff, now: datetime) -> tuple[MemoMarketCheck, ...]:
    """The member's checks of the ordered articles within thirty days."""
    names = {line.sku: line.name for line in found.lines}
    checks = latest_checks(session, Tenant(found.member_id), names, now)
    return tuple(_market_check(names[sku], one) for sku, one in sorted(checks.items()))


def _market_check(article: str, one: Checked) -> MemoMarketCheck:
    check = one.check
    return MemoMarketCheck(
        checked_on=legal_day(check.checked_at),
        sources=tuple(
            MemoMarketPrice(
                article=article,
                source=source.source + (" (Listenpreis)" if source.is_list_price else ""),
                seen_on=source.seen_on,
                unit_price=source.unit_price,
                contract_price=check.contract_price,
                same_specification=source.same_specification,
                sha256=source.file_sha256 or "",
            )
            for source in one.sources
        ),
        result=f"{article}: {check.result}",
        reason=check.reason,
    )


def splitting_words(session: Session, found: CallOff, now: datetime) -> str:
    """The orders of 90 days from the same lots, as the checkout showed them."""
    lot_ids = {line.lot_id for line in found.lines}
    names = {lot.id: _named(lot) for lot in lots_of(session, lot_ids)}
    wanted = [(line.lot_id, names[line.lot_id], line.net) for line in found.lines]
    earlier = earlier_call_offs(session, found.member_id, lot_ids, now, but=found.id)
    return " ".join(splitting(need, legal_day(now)).text for need in needs_of(wanted, earlier))


def _named(lot: Lot) -> str:
    return f"Los {lot.number} {lot.title}"


def kits_by_article(session: Session, found: CallOff) -> dict[str, str]:
    """`6 in 3 × Schul-Paket` for the articles that were ordered in kits."""
    kits = session.scalars(
        select(CallOffKit).where(CallOffKit.call_off_id == found.id).order_by(CallOffKit.position)
    ).all()
    said: dict[str, list[str]] = {}
    for kit in kits:
        for sku, pieces in kit.pieces.items():
            said.setdefault(sku, []).append(f"{pieces} in {kit.quantity} × Paket {kit.title}")
    return {sku: ", ".join(parts) for sku, parts in said.items()}
