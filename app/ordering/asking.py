"""From who is asking to who acts on a call-off."""

from app.kernel.errors import NotAllowed
from app.members.asking import Asking
from app.members.rules import Scope
from app.ordering.basket.contents import Owner
from app.ordering.rules import Side
from app.ordering.wanted import Actor


def actor(asking: Asking) -> Actor:
    member_id = None if asking.member is None else asking.member.id
    return Actor(asking.person_id, member_id, asking.login_session_id, asking.units)


def buyer(asking: Asking) -> Owner:
    """Only somebody who acts for one member can order. Raises NotAllowed."""
    if asking.member is None:
        raise NotAllowed("Abrufen kann nur, wer für ein Mitglied angemeldet ist.")
    return Owner(asking.member.id, asking.person_id, asking.units)


def sides(asking: Asking) -> frozenset[Side]:
    """On which sides somebody stands; the desk works for all members."""
    own = asking.member is not None
    granted = {
        Side.ORDERER: own and asking.may(Scope.CALL_OFFS_WRITE),
        Side.APPROVER: own and asking.may(Scope.CALL_OFFS_APPROVE),
        Side.DESK: not own and asking.may(Scope.DELIVERIES_WRITE),
    }
    return frozenset(side for side, given in granted.items() if given)
