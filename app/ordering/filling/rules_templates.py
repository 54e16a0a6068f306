"""Who sees a template and who may change it: pure."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

MOST_WORKPLACES: Final = 500
LONGEST_NAME: Final = 80
LONGEST_DESCRIPTION: Final = 500


class Sharing(StrEnum):
    """Who sees it: its maker, the member's people, or all members."""

    PRIVATE = "private"
    MEMBER = "member"
    EVERYBODY = "everybody"

    @property
    def german(self) -> str:
        return SHARING_WORDS[self]


SHARING_WORDS: Final = {
    Sharing.PRIVATE: "nur ich",
    Sharing.MEMBER: "meine Organisation",
    Sharing.EVERYBODY: "alle Mitglieder",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """One article of a template; `term` are months or pages where it is charged so."""

    sku: str
    quantity: int
    term: int | None = None


def may_see(sharing: Sharing, *, own_member: bool, own: bool) -> bool:
    if sharing is Sharing.EVERYBODY:
        return True
    return own_member and (own or sharing is Sharing.MEMBER)


def may_change(sharing: Sharing, *, own_member: bool, own: bool) -> bool:
    """A member's shared templates are kept by everybody who orders for it."""
    return own_member and (own or sharing is not Sharing.PRIVATE)
