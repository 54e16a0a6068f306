"""Who is asking: a person with its roles, for one member or for the whole cooperative."""

from dataclasses import dataclass
from typing import Final

from app.database.tenant import EVERY_MEMBER, Tenant
from app.members.rules import COOPERATIVE_ROLES, Role, Scope

NOBODYS_ROWS: Final = Tenant(0)


@dataclass(frozen=True, slots=True)
class MemberSeen:
    """The member for which somebody acts, as far as every page needs it."""

    id: int
    key: str
    name: str
    measures_time: bool = False


@dataclass(frozen=True, slots=True)
class Asking:
    """The acting person during one request; built once, from one row set."""

    person_id: int
    label: str
    mail: str
    roles: frozenset[Role]
    scopes: frozenset[Scope]
    member: MemberSeen | None = None
    units: tuple[int, ...] | None = None
    """Where the person is bound to a unit: this one first, then all below it."""
    csrf_token: str = ""
    login_session_id: int | None = None
    token_id: int | None = None

    @property
    def tenant(self) -> Tenant:
        """Whose rows this person sees; without any role nobody's."""
        if self.member is not None:
            return Tenant(self.member.id, self.units)
        if self.roles.intersection(COOPERATIVE_ROLES):
            return EVERY_MEMBER
        return NOBODYS_ROWS

    @property
    def actor(self) -> str:
        """How records name the person: by number."""
        return f"person:{self.person_id}"

    def may(self, scope: Scope | str) -> bool:
        """Templates ask with the word, code with the enum."""
        return scope in self.scopes

    def has(self, role: Role | str) -> bool:
        return role in self.roles
