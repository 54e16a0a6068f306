"""The rows of a submitted order: what it says and all that it rests on, copied."""

from app.catalog.supplied import NO_TURNS
from app.kernel.vat import STANDARD_RATE
from app.ordering.price_lines import PricedLine
from app.ordering.rules import Side, State, after
from app.ordering.submission import Attempt


def call_off_row(attempt: Attempt) -> dict[str, object]:
    """All but the number, which is drawn last."""
    wanted, member, to = attempt.wanted, attempt.member, attempt.wanted.deliver_to
    return {
        "member_id": member.id,
        "unit_id": wanted.unit_id,
        "framework_id": attempt.lines[0].article.framework_id,
        "state": attempt.state,
        "ordered_by": attempt.actor.person_id,
        "submission_decision_id": attempt.recorded.id,
        "purpose": wanted.purpose,
        "product_account": wanted.product_account,
        "cost_centre": wanted.cost_centre,
        "investment_number": wanted.investment_number,
        "budget_year": wanted.budget_year,
        "funding_source": wanted.funding_source,
        "earmarked_until": wanted.earmarked_until,
        "coverage_circle": wanted.funding.coverage_circle,
        "financing_type": wanted.funding.financing,
        "financing_note": wanted.funding.note,
        "is_split": bool(wanted.shares),
        "your_reference": wanted.your_reference,
        "delivery_recipient": to.recipient,
        "delivery_street": to.street,
        "delivery_postal_code": to.postal_code,
        "delivery_city": to.city,
        "delivery_room": to.room,
        "requested_date": wanted.requested_date,
        "promised_date": attempt.promised,
        "net": attempt.net,
        "vat": attempt.vat,
        "gross": attempt.net + attempt.vat,
        "vat_percent": STANDARD_RATE,
        "offline_minutes": wanted.offline_minutes,
        "market_price_evidence": wanted.market_price_evidence,
        "conflict_free": wanted.conflict_free or None,
        "baseline_minutes": member.baseline_minutes,
        "baseline_source": member.baseline_source,
        "time_measured": member.time_measurement_enabled,
        "demonstration": member.demonstration,
        "submitted_at": attempt.at,
        "outage_form": None if wanted.on_paper is None else wanted.on_paper.form,
        "entered_at": None if wanted.on_paper is None else attempt.now,
        "instead_of": None if attempt.turns is NO_TURNS else wanted.instead_of,
    }


def line_rows(attempt: Attempt, call_off_id: int) -> list[dict[str, object]]:
    member_id = attempt.member.id
    return [_line(line, call_off_id, member_id, at) for at, line in enumerate(attempt.lines, 1)]


def _line(line: PricedLine, call_off_id: int, member_id: int, position: int) -> dict[str, object]:
    article = line.article
    return {
        "call_off_id": call_off_id,
        "member_id": member_id,
        "position": position,
        "article_id": article.article_id,
        "free_position_id": line.quoted.position_id if line.quoted is not None else None,
        "lot_id": article.lot_id,
        "catalog_version_id": article.catalog_version_id,
        "sku": article.sku,
        "name": article.name,
        "manufacturer": article.manufacturer,
        "order_unit": article.order_unit,
        "pieces_per_unit": article.pieces_per_unit,
        "quantity": line.quantity,
        "unit_price": line.unit_price,
        "charge": article.charging.charge,
        "rate": article.rate,
        "term": article.term,
        "net": line.net,
        "serial_numbers": article.serial_numbers,
        "reverse_charge": article.rc_category,
        "delivery_days": article.delivery_days,
    }


def kit_rows(attempt: Attempt, call_off_id: int) -> list[dict[str, object]]:
    return [
        {
            "call_off_id": call_off_id,
            "member_id": attempt.member.id,
            "position": position,
            "number": group.kit.number,
            "title": group.kit.title,
            "quantity": group.count,
            "pieces": dict(group.pieces),
        }
        for position, group in enumerate(attempt.wanted.kits, 1)
    ]


def move_row(attempt: Attempt, call_off_id: int) -> dict[str, object]:
    """The first entry of its history."""
    paper = attempt.wanted.on_paper
    return {
        "call_off_id": call_off_id,
        "move": attempt.move,
        "left_state": State.DRAFT,
        "reached_state": after(State.DRAFT, attempt.move),
        "by_person": attempt.actor.person_id,
        "side": Side.ORDERER,
        "at": attempt.at,
        "reason": "" if paper is None else paper.words(attempt.now),
    }
