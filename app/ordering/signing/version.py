"""What is decided over: the value as the member counts it, and the hash of the version."""

from dataclasses import replace

from sqlalchemy.orm import Session

from app.kernel.canonical import canonical_json, sha256_hex
from app.kernel.money import Money
from app.members.records import Member
from app.ordering.records import CallOff
from app.ordering.shares.write_shares import shares_of


def value_of(member: Member, found: CallOff) -> Money:
    """Net or gross, as the member's limits count."""
    return found.net if member.approval_limit_is_net else found.gross


def version_sha256(session: Session, found: CallOff) -> str:
    """The hash of what is decided over: lines, prices, value, account, address, shares.

    What is not in it (wish date, own reference, comments, files) may change without a new approval.
    """
    own = replace(found.coding, product_account="", cost_centre="")
    shares = shares_of(session, found.id) if found.is_split else ()
    further = {
        **({"coding": own.text} if own.text else {}),
        **({"funding": found.funding.text} if found.funding.text else {}),
        **({"shares": [[share.sku, share.text] for share in shares]} if shares else {}),
    }
    return sha256_hex(
        canonical_json(
            {
                "number": found.number,
                "lines": [
                    [line.sku, line.quantity, line.unit_price.ten_thousandths]
                    for line in found.lines
                ],
                "gross_cents": found.gross.cents,
                "purpose": found.purpose,
                "product_account": found.product_account,
                "cost_centre": found.cost_centre,
                "deliver_to": [
                    found.delivery_recipient,
                    found.delivery_street,
                    found.delivery_postal_code,
                    found.delivery_city,
                    found.delivery_room,
                ],
                **further,
            }
        )
    )
