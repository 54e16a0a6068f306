"""Roles, scopes and kinds of bodies: who may do what, as one table."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    ORDERER = "orderer"
    APPROVER = "approver"
    MEMBER_ADMIN = "member_admin"
    COUNCIL = "council"
    DESK = "desk"
    CONTRACTS = "contracts"
    LEGAL = "legal"
    AUDITOR = "auditor"
    ADMIN = "admin"


class Scope(StrEnum):
    """The first eleven may be given to API tokens; the others exist for pages only."""

    CATALOG_READ = "catalog:read"
    CALL_OFFS_READ = "call-offs:read"
    CALL_OFFS_WRITE = "call-offs:write"
    CALL_OFFS_APPROVE = "call-offs:approve"
    DELIVERIES_WRITE = "deliveries:write"
    INVOICES_READ = "invoices:read"
    INVOICES_WRITE = "invoices:write"
    REPORTS_READ = "reports:read"
    AUDIT_READ = "audit:read"
    STOCK_WRITE = "stock:write"
    NOTICES_READ = "notices:read"
    CATALOG_WRITE = "catalog:write"
    FRAMEWORKS_READ = "frameworks:read"
    FRAMEWORKS_WRITE = "frameworks:write"
    COCKPIT_READ = "cockpit:read"
    EVIDENCE_READ = "evidence:read"
    EVIDENCE_WRITE = "evidence:write"
    MEMBERS_WRITE = "members:write"
    USERS_WRITE = "users:write"
    ADDRESSES_WRITE = "addresses:write"
    DEMAND_WRITE = "demand:write"
    OVERRIDES_CONFIRM = "overrides:confirm"
    BUDGETS_WRITE = "budgets:write"


class BodyKind(StrEnum):
    """Legal forms; the values stay the German codes because English has no exact word."""

    LAND = "land"
    LANDKREIS = "landkreis"
    KREISFREIE_STADT = "kreisfreie_stadt"
    EINHEITSGEMEINDE = "einheitsgemeinde"
    VERBANDSGEMEINDE = "verbandsgemeinde"
    MITGLIEDSGEMEINDE = "mitgliedsgemeinde"
    ZWECKVERBAND = "zweckverband"
    AOER = "aoer"
    KOERPERSCHAFT = "koerperschaft"
    STIFTUNG_OER = "stiftung_oer"
    STIFTUNG_PRIVAT = "stiftung_privat"
    BILDUNGSEINRICHTUNG = "bildungseinrichtung"
    VEREIN = "verein"
    EIGENBETRIEB = "eigenbetrieb"
    REGIEBETRIEB = "regiebetrieb"
    EIGENGESELLSCHAFT = "eigengesellschaft"
    BETEILIGUNGSGESELLSCHAFT = "beteiligungsgesellschaft"
    SEKTORENAUFTRAGGEBER = "sektorenauftraggeber"
    IT_DIENSTLEISTER = "it_dienstleister"


TOKEN_SCOPES: Final = tuple(Scope)[:11]

OF_WHOLE_MEMBER: Final = frozenset({Scope.REPORTS_READ, Scope.BUDGETS_WRITE})

MEMBER_ROLES: Final = (Role.ORDERER, Role.APPROVER, Role.MEMBER_ADMIN, Role.COUNCIL)
COOPERATIVE_ROLES: Final = (
    Role.DESK,
    Role.CONTRACTS,
    Role.LEGAL,
    Role.AUDITOR,
    Role.ADMIN,
)

ROLE_SCOPES: Final[dict[Role, frozenset[Scope]]] = {
    Role.ORDERER: frozenset(
        {
            Scope.CATALOG_READ,
            Scope.NOTICES_READ,
            Scope.FRAMEWORKS_READ,
            Scope.CALL_OFFS_READ,
            Scope.CALL_OFFS_WRITE,
            Scope.INVOICES_READ,
            Scope.REPORTS_READ,
            Scope.ADDRESSES_WRITE,
        }
    ),
    Role.APPROVER: frozenset(
        {
            Scope.CATALOG_READ,
            Scope.NOTICES_READ,
            Scope.FRAMEWORKS_READ,
            Scope.CALL_OFFS_READ,
            Scope.CALL_OFFS_APPROVE,
            Scope.INVOICES_READ,
            Scope.REPORTS_READ,
        }
    ),
    Role.MEMBER_ADMIN: frozenset(
        {
            Scope.CATALOG_READ,
            Scope.NOTICES_READ,
            Scope.FRAMEWORKS_READ,
            Scope.CALL_OFFS_READ,
            Scope.INVOICES_READ,
            Scope.REPORTS_READ,
            Scope.USERS_WRITE,
            Scope.ADDRESSES_WRITE,
            Scope.BUDGETS_WRITE,
        }
    ),
    Role.COUNCIL: frozenset({Scope.REPORTS_READ, Scope.NOTICES_READ}),
    Role.DESK: frozenset(
        {
            Scope.CATALOG_READ,
            Scope.NOTICES_READ,
            Scope.FRAMEWORKS_READ,
            Scope.COCKPIT_READ,
            Scope.EVIDENCE_READ,
            Scope.CALL_OFFS_READ,
            Scope.CALL_OFFS_WRITE,
            Scope.DELIVERIES_WRITE,
            Scope.INVOICES_READ,
            Scope.INVOICES_WRITE,
            Scope.REPORTS_READ,
            Scope.DEMAND_WRITE,
            Scope.OVERRIDES_CONFIRM,
            Scope.STOCK_WRITE,
        }
    ),
    Role.CONTRACTS: frozenset(
        {
            Scope.CATALOG_READ,
            Scope.NOTICES_READ,
            Scope.CATALOG_WRITE,
            Scope.FRAMEWORKS_READ,
            Scope.FRAMEWORKS_WRITE,
            Scope.COCKPIT_READ,
            Scope.EVIDENCE_READ,
            Scope.MEMBERS_WRITE,
            Scope.REPORTS_READ,
            Scope.DEMAND_WRITE,
            Scope.STOCK_WRITE,
        }
    ),
    Role.LEGAL: frozenset(
        {
            Scope.CATALOG_READ,
            Scope.NOTICES_READ,
            Scope.FRAMEWORKS_READ,
            Scope.CALL_OFFS_READ,
            Scope.COCKPIT_READ,
            Scope.EVIDENCE_READ,
            Scope.EVIDENCE_WRITE,
        }
    ),
    # Rechnungsprüfung: every reading scope and not one that changes anything but one's own bell.
    Role.AUDITOR: frozenset(scope for scope in Scope if scope.value.endswith(":read")),
    Role.ADMIN: frozenset(
        {
            Scope.CATALOG_READ,
            Scope.NOTICES_READ,
            Scope.FRAMEWORKS_READ,
            Scope.MEMBERS_WRITE,
            Scope.USERS_WRITE,
        }
    ),
}

ROLE_LABELS: Final[dict[Role, str]] = {
    Role.ORDERER: "Bestellung",
    Role.APPROVER: "Genehmigung",
    Role.MEMBER_ADMIN: "Verwaltung des Mitglieds",
    Role.COUNCIL: "Rat (liest Auswertungen)",
    Role.DESK: "Abwicklung",
    Role.CONTRACTS: "Rahmenverträge und Katalog",
    Role.LEGAL: "Nachweise",
    Role.AUDITOR: "Prüfung (liest alles)",
    Role.ADMIN: "Administration",
}

SCOPE_LABELS: Final[dict[Scope, str]] = {
    Scope.CATALOG_READ: "Katalog und Rahmenverträge lesen",
    Scope.CALL_OFFS_READ: "Abrufe lesen",
    Scope.CALL_OFFS_WRITE: "Abrufen, stornieren, Empfang bestätigen",
    Scope.CALL_OFFS_APPROVE: "genehmigen und ablehnen",
    Scope.DELIVERIES_WRITE: "Lieferungen buchen",
    Scope.INVOICES_READ: "Rechnungen lesen",
    Scope.INVOICES_WRITE: "Rechnungen ausstellen und stornieren",
    Scope.REPORTS_READ: "Auswertungen lesen",
    Scope.AUDIT_READ: "Prüfspur lesen",
    Scope.STOCK_WRITE: "Bestand melden",
    Scope.NOTICES_READ: "eigene Mitteilungen lesen und als gelesen markieren",
}

BODY_KIND_LABELS: Final[dict[BodyKind, str]] = {
    BodyKind.LAND: "Land, Landesbehörde",
    BodyKind.LANDKREIS: "Landkreis",
    BodyKind.KREISFREIE_STADT: "kreisfreie Stadt",
    BodyKind.EINHEITSGEMEINDE: "Einheitsgemeinde",
    BodyKind.VERBANDSGEMEINDE: "Verbandsgemeinde",
    BodyKind.MITGLIEDSGEMEINDE: "Mitgliedsgemeinde",
    BodyKind.ZWECKVERBAND: "Zweckverband",
    BodyKind.AOER: "Anstalt des öffentlichen Rechts",
    BodyKind.KOERPERSCHAFT: "Körperschaft des öffentlichen Rechts",
    BodyKind.STIFTUNG_OER: "Stiftung öffentlichen Rechts",
    BodyKind.STIFTUNG_PRIVAT: "Stiftung privaten Rechts",
    BodyKind.BILDUNGSEINRICHTUNG: "Bildungseinrichtung",
    BodyKind.VEREIN: "eingetragener Verein",
    BodyKind.EIGENBETRIEB: "Eigenbetrieb",
    BodyKind.REGIEBETRIEB: "Regiebetrieb, Amt",
    BodyKind.EIGENGESELLSCHAFT: "Eigengesellschaft",
    BodyKind.BETEILIGUNGSGESELLSCHAFT: "Beteiligungsgesellschaft",
    BodyKind.SEKTORENAUFTRAGGEBER: "Sektorenauftraggeber",
    BodyKind.IT_DIENSTLEISTER: "IT-Dienstleister",
}

# Sondervermögen and offices: no legal person of their own, so the parent's membership counts
# (§ 99 Nr. 1 GWB). Every other kind has to be a member itself.
DEPENDENT_KINDS: Final = frozenset({BodyKind.EIGENBETRIEB, BodyKind.REGIEBETRIEB})


def scopes_of(roles: Iterable[Role]) -> frozenset[Scope]:
    """Everything that these roles together allow."""
    return frozenset(scope for role in roles for scope in ROLE_SCOPES[role])


def scopes_in_unit(roles: Iterable[Role]) -> frozenset[Scope]:
    """The same for somebody who is bound to a unit: not what tells of the whole member."""
    return scopes_of(roles) - OF_WHOLE_MEMBER


def token_scopes(granted: Iterable[Scope], held: Iterable[Scope]) -> frozenset[Scope]:
    """What a token may do: its scopes, never more than its owner may today."""
    return frozenset(granted) & frozenset(held) & frozenset(TOKEN_SCOPES)


def grantable(roles: Iterable[Role]) -> tuple[Scope, ...]:
    """The scopes that a person with these roles may put on a token, in the contract's order."""
    allowed = scopes_of(roles)
    return tuple(scope for scope in TOKEN_SCOPES if scope in allowed)


def fits(role: Role, *, has_member: bool) -> bool:
    """Member roles need a member, cooperative-wide roles must not have one."""
    return role in (MEMBER_ROLES if has_member else COOPERATIVE_ROLES)
