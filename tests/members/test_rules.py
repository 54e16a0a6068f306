"""Roles and scopes: the table that pages, API and tokens share."""

import pytest

from app.members.rules import (
    BODY_KIND_LABELS,
    COOPERATIVE_ROLES,
    MEMBER_ROLES,
    ROLE_LABELS,
    ROLE_SCOPES,
    TOKEN_SCOPES,
    BodyKind,
    Role,
    Scope,
    fits,
    grantable,
    scopes_of,
    token_scopes,
)


def test_the_scopes_of_the_contract_and_those_of_stock_and_notices_can_be_put_on_a_token() -> None:
    assert [scope.value for scope in TOKEN_SCOPES] == [
        "catalog:read",
        "call-offs:read",
        "call-offs:write",
        "call-offs:approve",
        "deliveries:write",
        "invoices:read",
        "invoices:write",
        "reports:read",
        "audit:read",
        "stock:write",
        "notices:read",
    ]


def test_every_role_has_scopes_a_label_and_exactly_one_side() -> None:
    assert set(ROLE_SCOPES) == set(ROLE_LABELS) == set(Role)
    assert set(MEMBER_ROLES) | set(COOPERATIVE_ROLES) == set(Role)
    assert not set(MEMBER_ROLES) & set(COOPERATIVE_ROLES)
    assert set(BODY_KIND_LABELS) == set(BodyKind)


def test_the_auditor_reads_everything_and_changes_nothing() -> None:
    reading = {scope for scope in Scope if scope.value.endswith(":read")}
    assert ROLE_SCOPES[Role.AUDITOR] == reading


def test_the_council_reads_reports_and_what_it_was_told() -> None:
    assert ROLE_SCOPES[Role.COUNCIL] == {Scope.REPORTS_READ, Scope.NOTICES_READ}


def test_everybody_reads_the_own_notices() -> None:
    assert all(Scope.NOTICES_READ in scopes for scopes in ROLE_SCOPES.values())


def test_nobody_who_orders_may_approve_by_the_same_role() -> None:
    both = {Scope.CALL_OFFS_WRITE, Scope.CALL_OFFS_APPROVE}
    assert [role for role in Role if both <= ROLE_SCOPES[role]] == []


def test_a_token_never_exceeds_the_role_of_its_owner() -> None:
    wanted = [Scope.CALL_OFFS_APPROVE, Scope.CATALOG_READ, Scope.USERS_WRITE]
    assert token_scopes(wanted, scopes_of([Role.ORDERER])) == {Scope.CATALOG_READ}
    assert token_scopes(wanted, scopes_of([Role.ADMIN])) == {Scope.CATALOG_READ}


def test_several_roles_add_up() -> None:
    assert scopes_of([Role.COUNCIL, Role.LEGAL]) == {
        Scope.REPORTS_READ,
        Scope.NOTICES_READ,
        Scope.CATALOG_READ,
        Scope.FRAMEWORKS_READ,
        Scope.CALL_OFFS_READ,
        Scope.COCKPIT_READ,
        Scope.EVIDENCE_READ,
        Scope.EVIDENCE_WRITE,
    }
    assert grantable([Role.COUNCIL]) == (Scope.REPORTS_READ, Scope.NOTICES_READ)


@pytest.mark.parametrize("role", list(Role))
def test_a_role_fits_either_a_member_or_the_cooperative(role: Role) -> None:
    assert fits(role, has_member=True) is (role in MEMBER_ROLES)
    assert fits(role, has_member=False) is (role in COOPERATIVE_ROLES)
