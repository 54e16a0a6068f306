"""Every route of the application, walked with two members: nobody sees or touches the other's."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import func, select

from app.accounts.records import Person
from app.audit.note_access import ACCESS
from app.audit.records import AuditEvent
from app.members.rules import TOKEN_SCOPES, Role, Scope, grantable
from tests.support.application import Portal
from tests.support.browser import ApiClient, Browser
from tests.support.portal import SQLITE
from tests.support.route_recipes import (
    FRAGMENTS,
    OF_MEMBERS,
    PUBLIC,
    having,
    recipes,
)
from tests.support.routes import Route, routes
from tests.support.row_counts import row_counts
from tests.support.two_members import Belongings, TwoMembers, two_members

ENDS_ITSELF = Route("POST", "/konto/sitzungen/beenden")
# They keep a choice in the browser alone.
OF_THE_DEVICE = {Route("POST", "/darstellung"), Route("POST", "/tastatur")}
# What signing in, or merely being there, may write.
KEPT_ASIDE = frozenset({"login_session", "api_token", "sign_in_attempt", "idempotency_key"})


@pytest.fixture
def pair(portal: Portal) -> TwoMembers:
    return two_members(portal)


def people(pair: TwoMembers) -> dict[Role, Person]:
    """One person of each role; those of a member belong to ours."""
    world = pair.world
    return {
        Role.ORDERER: world.it,
        Role.APPROVER: world.approver,
        Role.MEMBER_ADMIN: world.member_admin,
        Role.COUNCIL: world.council,
        Role.DESK: world.desk,
        Role.CONTRACTS: world.contracts,
        Role.LEGAL: world.legal,
        Role.AUDITOR: world.auditor,
        Role.ADMIN: world.admin,
    }


class Somebody:
    """One person at the browser and at the API."""

    def __init__(self, portal: Portal, person: Person | None) -> None:
        self.browser: Browser = portal.signed_in(person) if person else portal.guest()
        self.api: ApiClient = portal.api(person)

    def asks(self, route: Route, address: str, body: Any) -> Any:
        if route.is_api:
            return self.api.get(address) if route.reads else self.api.post(address, body, key="k")
        if route.reads:
            return self.browser.get(address, fragment=route.path in FRAGMENTS, **(body or {}))
        return self.browser.post(address, body)


def walk() -> Iterator[tuple[Route, frozenset[Role], Any]]:
    for route, (roles, body) in sorted(recipes().items(), key=lambda one: one[0].path):
        yield route, roles, body


def leaked(answer: Any, address: str, theirs: Belongings) -> list[str]:
    """Words of the other member in the answer; the asked address itself may be repeated."""
    text = answer.content.decode("utf-8", errors="replace") + str(dict(answer.headers))
    text = text.replace(address, "")
    return [word for word in theirs.words if word in text]


def rows(portal: Portal) -> dict[str, int]:
    return row_counts(portal, but=KEPT_ASIDE)


def refuses_a_guest(route: Route, answer: Any) -> bool:
    """A program gets 401, a browser is led to the page for signing in and shown nothing."""
    if route.is_api:
        return bool(answer.status_code == 401)
    if route.path in FRAGMENTS:
        leads_to, nothing_shown = answer.headers.get("hx-redirect", ""), answer.content == b""
    else:
        leads_to, nothing_shown = answer.headers.get("location", ""), answer.status_code == 303
    return bool(nothing_shown and leads_to.startswith("/anmelden"))


@SQLITE
def test_every_route_has_a_recipe(portal: Portal) -> None:
    known, there = PUBLIC | set(recipes()), routes(portal.app)

    assert (there - known, known - there) == (set(), set())


@pytest.mark.no_cover  # each page of it is counted where it is opened rightly
def test_nobody_reaches_what_belongs_to_another_member(portal: Portal, pair: TwoMembers) -> None:
    before, faults = rows(portal), []
    for role in OF_MEMBERS:
        somebody = Somebody(portal, people(pair)[role])
        for route, roles, body in walk():
            if not route.names_somebodys and not route.reads:
                continue
            address = pair.theirs.address(route.path)
            answer = somebody.asks(route, address, body)
            wanted = {404} if route.names_somebodys else {200}
            if role not in roles:
                wanted = {403, 404} if route.names_somebodys else {403}
            if answer.status_code not in wanted or leaked(answer, address, pair.theirs):
                found = leaked(answer, address, pair.theirs)
                faults.append((role.value, route.method, address, answer.status_code, found))

    assert not faults, "\n".join(map(str, faults))
    assert rows(portal) == before


@SQLITE
def test_what_belongs_to_the_own_member_is_there(portal: Portal, pair: TwoMembers) -> None:
    """The counter-check: the same addresses with own numbers are found."""
    faults = []
    for role in OF_MEMBERS:
        somebody = Somebody(portal, people(pair)[role])
        for route, roles, body in walk():
            if route.reads and route.names_somebodys and role in roles:
                address = pair.ours.address(route.path)
                answer = somebody.asks(route, address, body)
                if answer.status_code != 200:
                    faults.append((role.value, address, answer.status_code))

    assert not faults, "\n".join(map(str, faults))


@SQLITE
@pytest.mark.no_cover  # each page of it is counted where it is opened rightly
def test_each_role_opens_its_routes_and_no_other(portal: Portal, pair: TwoMembers) -> None:
    """Who may not gets 403 even with good input; nothing changes by reading, or by trying."""
    before, faults = rows(portal), []
    for role, person in people(pair).items():
        somebody = Somebody(portal, person)
        portal.clock.pass_by(minutes=2)
        for route, roles, body in walk():
            if role in roles and not route.reads:
                continue
            answer = somebody.asks(route, pair.ours.address(route.path), body)
            if (answer.status_code == 403) is (role in roles) or answer.status_code >= 500:
                faults.append((role.value, route.method, route.path, answer.status_code))

    assert not faults, "\n".join(map(str, faults))
    assert rows_but_reads(portal) == before


@SQLITE
def test_the_right_role_is_let_in_to_change(portal: Portal, pair: TwoMembers) -> None:
    """With numbers that nobody has: it is found missing, not forbidden."""
    faults = []
    nowhere = dict.fromkeys(pair.ours.ids, "999999") | {"token": "x"}
    nobody = Belongings(pair.ours.member, "NICHTS", "NICHTS", "NICHTS", nowhere, ())
    for role, person in people(pair).items():
        somebody = Somebody(portal, person)
        for route, roles, _ in walk():
            if role in roles and not route.reads and route != ENDS_ITSELF:
                body: Any = None if route.is_api else {}
                answer = somebody.asks(route, nobody.address(route.path), body)
                if answer.status_code in {401, 403} or answer.status_code >= 500:
                    faults.append((role.value, route.path, answer.status_code))

    assert not faults, "\n".join(map(str, faults))


@SQLITE
@pytest.mark.parametrize("scope", TOKEN_SCOPES)
def test_a_token_reads_within_its_scope_only(
    portal: Portal, pair: TwoMembers, scope: Scope
) -> None:
    """Each route opens to exactly the roles of one scope, so the roles name the scope."""
    person = pair.world.auditor
    if scope not in grantable([Role.AUDITOR]):
        person = pair.world.desk if scope in grantable([Role.DESK]) else pair.world.approver
    client, faults = portal.api(person, (scope.value,)), []
    for route, roles, _ in walk():
        if route.is_api and route.reads:
            status = client.get(pair.ours.address(route.path)).status_code
            if (status == 403) is (roles == having(scope)):
                faults.append((route.path, status))

    assert not faults, "\n".join(map(str, faults))


@SQLITE
def test_a_reading_token_changes_nothing(portal: Portal, pair: TwoMembers) -> None:
    """Even for the one address over which all moves go."""
    before, answers = rows(portal), []
    reading = portal.api(pair.world.it, ("call-offs:read",))
    for route, _, body in walk():
        if route.is_api and not route.reads:
            answers.append(reading.post(pair.ours.address(route.path), body, key="x").status_code)

    assert set(answers) == {403}
    assert rows(portal) == before


@SQLITE
def test_without_signing_in_only_public_pages_open(portal: Portal, pair: TwoMembers) -> None:
    guest, faults = Somebody(portal, None), []
    for route, _, body in walk():
        answer = guest.asks(route, pair.ours.address(route.path), body)
        if not refuses_a_guest(route, answer):
            faults.append((route.method, route.path, answer.status_code))

    assert not faults, "\n".join(map(str, faults))


@SQLITE
@pytest.mark.no_cover  # two thousand refusals of one kind
def test_no_form_counts_without_its_token(portal: Portal, pair: TwoMembers) -> None:
    """Not even where the person's role opens the form: the others are refused in any case."""
    before, faults, known = rows(portal), [], recipes()
    for role, person in people(pair).items():
        browser = portal.signed_in(person)
        for route in routes(portal.app) - OF_THE_DEVICE:
            if route.reads or route.is_api or (route in known and role not in known[route][0]):
                continue
            for token in ("", "x" * 43):
                address = pair.ours.address(route.path)
                answer = browser.post(address, {"_csrf": token})
                if answer.status_code != 403:
                    faults.append((role.value, route.path, answer.status_code))

    assert not faults, "\n".join(map(str, faults))
    assert rows(portal) == before


@SQLITE
def test_a_form_of_another_site_is_refused(portal: Portal, pair: TwoMembers) -> None:
    browser, faults = portal.signed_in(pair.world.it), []
    for route in routes(portal.app):
        for origin in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
            if route.reads or route.is_api:
                continue
            address = pair.ours.address(route.path)
            sent = {"_csrf": browser.csrf}
            answer = browser.client.post(address, data=sent, headers=origin, follow_redirects=False)
            if answer.status_code != 403:
                faults.append((route.path, answer.status_code))

    assert not faults, "\n".join(map(str, faults))


def rows_but_reads(portal: Portal) -> dict[str, int]:
    """Who reads evidence is on record, and nothing else."""
    after = rows(portal)
    reads = portal.session.scalar(
        select(func.count()).select_from(AuditEvent).where(AuditEvent.stream == ACCESS)
    )
    assert reads
    after["audit_event"] -= reads
    after["audit_stream"] -= 1
    return after


@SQLITE
def test_the_council_sees_figures_and_no_order(portal: Portal, pair: TwoMembers) -> None:
    start = portal.signed_in(pair.world.council).page("/")

    assert [word for word in (*pair.ours.words[:2], pair.ours.call_off) if word in start] == []
