"""What nobody should send, by hand: the right refusal in German, and nothing changes."""

import json
import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any, Final

import pytest

from app.accounts.issue_token import revoke_token
from app.accounts.records import Person
from app.members.people.create_token import TokenWish, create_token
from app.members.rules import TOKEN_SCOPES, Role, grantable
from app.web.bulkhead import LARGEST_BODY
from tests.support.application import Portal
from tests.support.browser import COOKIE, ApiClient
from tests.support.orders import ready
from tests.support.portal import SQLITE
from tests.support.route_recipes import recipes
from tests.support.routes import Route
from tests.support.row_counts import row_counts
from tests.support.two_members import TwoMembers, two_members
from tests.support.world import ACCOUNT, NOTEBOOK, World

ORDERS: Final = "/api/v1/call-offs"
ENGLISH: Final = re.compile(
    r"\b(the|is|should|must|invalid|required|not found|value|error)\b", re.IGNORECASE
)
JSON: Final = {"Content-Type": "application/json"}
CALLS: Final = {
    route: (roles, body)
    for route, (roles, body) in sorted(recipes().items(), key=lambda one: one[0].path)
    if route.is_api
}
UNREADABLE: Final = {
    "cut off": b"{",
    "no UTF-8": b'{"purpose": "\xff\xfe"}',
    "a text": b'"bitte liefern"',
    "a list": b"[]",
    "a number": b"1e309",
    "nothing that JSON knows": b"[NaN",
    "too deep": b"[" * 100_000,
    "deep objects": b'{"a":' * 50_000,
    "a number of many digits": b'{"version": ' + b"9" * 5000 + b"}",
    "an unknown field": b'{"preis": "1.00"}',
    "a field that is half a sign": b'{"\\ud800": 1}',
    "a field named NUL": b'{"\\u0000": 1}',
    "twice the same": b'{"preis": 1, "preis": 2}',
    "XML": b"<order/>",
    "only a NUL": b"\x00",
}
BAD_TEXTS: Final[tuple[Any, ...]] = (
    "a\x00b",
    "\x1b[2J",
    "\ud800",
    "x" * 100_000,
    10**9,
    -1,
    None,
    [],
    {},
    True,
)
BAD_COUNTS: Final[tuple[Any, ...]] = (
    0,
    -1,
    10**9,
    10**30,
    "zwei",
    "2",
    1.5,
    None,
    True,
    [],
    "\x00",
)
BAD_LINES: Final[tuple[Any, ...]] = (None, {}, "alles", [[]], [{}], [None], [1] * 5000)
BAD_ADDRESSES: Final[tuple[Any, ...]] = ("hier", [], {"street": "x"}, {"recipient": "\x00"})
BAD_VALUES: Final = ("-1", "10" * 9, "zwei", "\x00", "1e3", "٣", "9999-12", "2026-10\n", "x" * 300)
BAD_PARTS: Final = (
    "GIBT-ES-NICHT",
    "%00",
    "AB-2026-000001%00",
    "%ff%fe",
    "%ed%a0%80",
    "x" * 5000,
    "-1",
    "999999999999999999999",
    "%F0%9F%99%82",
    "' OR 1=1 --",
    "%25",
)


@pytest.fixture
def world(portal: Portal) -> World:
    found = ready(portal.session)
    portal.end_transaction()
    return found


def refused(answer: Any, *statuses: int) -> dict[str, Any]:
    """The problem document; its words are German."""
    assert answer.status_code in statuses, f"{answer.status_code}: {answer.text[:300]}"
    assert answer.headers["content-type"] == "application/problem+json"
    problem: dict[str, Any] = answer.json()
    assert problem["status"] == answer.status_code
    assert problem["code"]
    assert len(problem["detail"]) > 8
    said = [
        problem["title"],
        problem["detail"],
        *(one["text"] for one in problem.get("errors", ())),
    ]
    assert [text for text in said if ENGLISH.search(text)] == []
    return problem


@contextmanager
def nothing_changes(portal: Portal) -> Iterator[None]:
    before = row_counts(portal)
    yield
    assert row_counts(portal) == before


def allowed(world: World, roles: Collection[Role]) -> Person:
    """Somebody to whom a call with these roles opens."""
    people = {Role.AUDITOR: world.auditor, Role.ORDERER: world.it, Role.DESK: world.desk}
    return next(person for role, person in people.items() if role in roles)


def order(**changes: Any) -> dict[str, Any]:
    return {
        "lines": [{"sku": NOTEBOOK, "quantity": 1}],
        "purpose": "Ersatz für Altgeräte",
        "product_account": ACCOUNT,
        **changes,
    }


def send(api: ApiClient, address: str, content: bytes, **headers: str) -> Any:
    sent = api.headers | {"Idempotency-Key": "k"} | headers
    return api.client.post(address, content=content, headers=sent)


def test_content_that_cannot_be_read_is_refused(portal: Portal) -> None:
    pair = two_members(portal)
    with nothing_changes(portal):
        for route, (roles, _) in CALLS.items():
            if route.reads:
                continue
            api = portal.api(allowed(pair.world, roles - {Role.AUDITOR}))
            for content in UNREADABLE.values():
                problem = refused(send(api, pair.ours.address(route.path), content, **JSON), 422)
                assert problem["code"] == "malformed"


@SQLITE
@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "", "x"])
def test_only_json_counts_as_content(portal: Portal, world: World, kind: str) -> None:
    api = portal.api(world.it)
    with nothing_changes(portal):
        for content in (b"", b'{"lines": []}', b"lines=1"):
            refused(send(api, ORDERS, content, **{"Content-Type": kind}), 422)
        upload = api.client.post(
            ORDERS, files={"lines": b"{}"}, headers=api.headers | {"Idempotency-Key": "k"}
        )
        refused(upload, 422)
        refused(api.client.post(ORDERS, headers=api.headers | {"Idempotency-Key": "k"}), 422)


@pytest.mark.parametrize("field", ["purpose", "product_account", "market_price_evidence"])
def test_no_text_of_an_order_is_anything_else(portal: Portal, world: World, field: str) -> None:
    api = portal.api(world.it)
    with nothing_changes(portal):
        for wrong in BAD_TEXTS:
            problem = refused(_ordered(api, order(**{field: wrong})), 422)
            assert problem["errors"][0]["field"] == field


def test_no_count_of_an_order_is_anything_else(portal: Portal, world: World) -> None:
    api = portal.api(world.it)
    with nothing_changes(portal):
        for wrong in BAD_COUNTS:
            lines = [{"sku": NOTEBOOK, "quantity": wrong}]
            problem = refused(_ordered(api, order(lines=lines)), 422)
            assert problem["errors"][0]["field"] == "lines.0.quantity"
        for wrong in (-1, 10**9, "fünf", 1.5):
            refused(_ordered(api, order(offline_minutes=wrong)), 422)
        for day in ("gestern", "2026-13-01", "0000-00-00", "1999-01-01", 10**30, "\x00"):
            refused(_ordered(api, order(requested_date=day)), 422)
        for wrong in BAD_LINES:
            refused(_ordered(api, order(lines=wrong)), 422)
        for wrong in BAD_ADDRESSES:
            refused(_ordered(api, order(delivery_address=wrong)), 422)


def test_an_address_that_nobody_has_is_not_found(portal: Portal) -> None:
    pair = two_members(portal)
    with nothing_changes(portal):
        for route, (roles, _) in CALLS.items():
            if not route.reads or "{" not in route.path:
                continue
            api = portal.api(allowed(pair.world, roles))
            for part in BAD_PARTS:
                address = re.sub(r"\{[a-z_]+\}", part.replace("\\", ""), route.path)
                # an article's number has a limit of its own, an id is a number
                refused(api.client.get(address, headers=api.headers), 404, 422)


@pytest.mark.parametrize(
    "path",
    [
        *("/articles", "/call-offs", "/invoices", "/eligibility", "/kits", "/supplies"),
        *("/market-checks", "/notices", "/templates"),
    ],
)
def test_a_filter_that_does_not_exist_is_not_ignored(
    portal: Portal, world: World, path: str
) -> None:
    api = portal.api(world.it)
    with nothing_changes(portal):
        for name in ("seite", "Limit", "state[]", "x" * 300):
            problem = refused(api.get(f"/api/v1{path}", **{name: "1"}), 422)
            assert problem["errors"][0]["field"] == name


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/articles", "limit"),
        ("/articles", "cursor"),
        ("/call-offs", "limit"),
        ("/call-offs", "cursor"),
        ("/invoices", "limit"),
        ("/invoices", "cursor"),
        ("/call-offs", "state"),
        ("/call-offs", "month"),
        ("/invoices", "month"),
        ("/reports/savings", "month"),
        ("/articles", "sort"),
        ("/market-checks", "cursor"),
        ("/notices", "limit"),
        ("/notices", "unread"),
        ("/templates", "cursor"),
    ],
)
def test_a_filter_takes_only_its_own_values(
    portal: Portal, world: World, path: str, name: str
) -> None:
    api = portal.api(world.it)
    with nothing_changes(portal):
        for wrong in BAD_VALUES:
            refused(api.get(f"/api/v1{path}", **{name: wrong}), 422)


def test_control_signs_are_no_search(portal: Portal, world: World) -> None:
    api = portal.api(world.it)
    for path, name in (
        ("/articles", "q"),
        ("/invoices", "q"),
        ("/eligibility", "framework"),
        ("/supplies", "device"),
    ):
        problem = refused(api.get(f"/api/v1{path}", **{name: "a\x00"}), 422)
        assert problem["errors"][0] == {
            "field": name,
            "code": "control_signs",
            "text": "Dieser Text enthält Steuerzeichen, die es hier nicht geben kann.",
        }


@SQLITE
def test_a_key_belongs_to_one_person(portal: Portal, world: World) -> None:
    """Nobody learns or blocks with a guessed key what somebody else ordered."""
    first = portal.api(world.it).post(ORDERS, order(), key="2026-11-21")
    other = portal.api(world.it_magdeburg).post(ORDERS, order(), key="2026-11-21")

    assert (first.status_code, other.status_code) == (201, 201)
    assert first.json()["number"] != other.json()["number"]
    assert first.json()["member"] != other.json()["member"]
    with nothing_changes(portal):
        again = portal.api(world.it_magdeburg).post(ORDERS, order(purpose="x"), key="2026-11-21")
        assert refused(again, 422)["code"] == "idempotency_key_reused"


@SQLITE
@pytest.mark.parametrize("key", [None, "", "k" * 121, "k" * 60_000])
def test_an_order_needs_a_key_of_reasonable_length(
    portal: Portal, world: World, key: str | None
) -> None:
    api = portal.api(world.it)
    headers = api.headers if key is None else api.headers | {"Idempotency-Key": key}
    with nothing_changes(portal):
        problem = refused(api.client.post(ORDERS, json=order(), headers=headers), 422)
        assert problem["errors"][0]["field"].lower() == "idempotency-key"


@SQLITE
def test_a_token_of_another_scope_opens_nothing(portal: Portal) -> None:
    pair = two_members(portal)
    document = portal.api(None).get("/api/openapi.json").json()
    with nothing_changes(portal):
        for scope in TOKEN_SCOPES:
            api = portal.api(_holder(pair.world, scope.value), (scope.value,))
            for route, (_, body) in CALLS.items():
                call = document["paths"][route.path][route.method.lower()]
                if call["security"] == [{"Token": [scope.value]}]:
                    continue
                problem = refused(_asked(api, route, pair, body), 403)
                assert problem["code"] == "role_not_allowed"


@SQLITE
def test_what_belongs_to_another_member_is_not_there(portal: Portal) -> None:
    pair = two_members(portal)
    api = portal.api(pair.world.it_magdeburg)
    with nothing_changes(portal):
        for route, (roles, body) in CALLS.items():
            if route.names_somebodys:
                status = 404 if Role.ORDERER in roles else 403
                refused(_asked(api, route, pair, body), status)


@SQLITE
def test_only_a_living_token_opens_anything(portal: Portal) -> None:
    pair = two_members(portal)
    person = pair.world.it
    expired = create_token(portal.session, person.id, TokenWish("kurz", days=1), portal.clock())
    revoked = create_token(portal.session, person.id, TokenWish("weg"), portal.clock())
    living = create_token(portal.session, person.id, TokenWish("gut"), portal.clock())
    revoke_token(portal.session, person.id, revoked.token_id, portal.clock())
    portal.end_transaction()
    portal.clock.pass_by(days=1)
    wrong = (
        f"Bearer {expired.secret}",
        f"Bearer {revoked.secret}",
        f"Bearer {living.secret}x",
        f"Basic {living.secret}",
        living.secret,
        "Bearer",
        "Bearer ",
        f"Bearer {'x' * 20_000}",
        "",
    )
    guest = portal.api(None)
    with nothing_changes(portal):
        for route, (_, body) in CALLS.items():
            for header in wrong:
                guest.headers = {"Authorization": header}
                answer = _asked(guest, route, pair, body)
                assert refused(answer, 401)["code"] == "not_signed_in"
                assert answer.headers["www-authenticate"] == "Bearer"
    guest.headers = {"Authorization": f"bearer {living.secret}"}
    assert guest.get(ORDERS).status_code == 200


@SQLITE
def test_a_stranger_learns_nothing_about_the_form_of_a_call(portal: Portal) -> None:
    """Whoever has no living token hears that, not what is wrong with the content."""
    pair = two_members(portal)
    with nothing_changes(portal):
        for route in CALLS:
            if route.reads:
                continue
            for headers in (JSON, JSON | {"Authorization": "Bearer nie-vergeben"}):
                for content in (b"{", b"\xff", b'{"unbekannt": 1}', b""):
                    address = pair.ours.address(route.path)
                    answer = portal.api(None).client.post(address, content=content, headers=headers)
                    assert refused(answer, 401)["code"] == "not_signed_in"
        approver = portal.api(pair.world.approver).post(ORDERS, {"unbekannt": 1}, key="k")
        assert refused(approver, 403)["code"] == "role_not_allowed"


@SQLITE
def test_a_cookie_is_no_token(portal: Portal, world: World) -> None:
    browser = portal.signed_in(world.it)
    assert browser.client.cookies.get(COOKIE)

    refused(browser.client.get(ORDERS), 401)
    refused(browser.client.post(ORDERS, json=order(), headers={"Idempotency-Key": "k"}), 401)


@SQLITE
def test_what_is_not_there_or_not_foreseen_is_a_problem_too(portal: Portal, world: World) -> None:
    api = portal.api(world.it)
    refused(api.get("/api/v1/nichts"), 404)
    refused(api.get("/api/v2/articles"), 404)
    for method in ("PUT", "PATCH", "DELETE"):
        refused(api.client.request(method, ORDERS, headers=api.headers), 405)


@SQLITE
def test_head_answers_like_get_without_content(portal: Portal, world: World) -> None:
    api = portal.api(world.it)
    for path in (
        "/healthz",
        "/api/v1/articles",
        "/api/v1/nichts",
        "/anmelden",
        "/api/openapi.json",
    ):
        got = api.client.get(path, headers=api.headers)
        head = api.client.head(path, headers=api.headers)
        assert (head.status_code, head.content) == (got.status_code, b"")
        assert head.headers["content-type"] == got.headers["content-type"]
    assert api.client.head("/abmelden").status_code == 405


@SQLITE
def test_too_much_is_refused_as_a_problem(portal: Portal, world: World) -> None:
    answer = send(portal.api(world.it), ORDERS, bytes(LARGEST_BODY + 1), **JSON)

    assert refused(answer, 413)["code"] == "too_large"
    page = portal.signed_in(world.it).client.post("/warenkorb", content=bytes(LARGEST_BODY + 1))
    assert page.status_code == 413
    assert "Verkleinern Sie die Datei oder teilen Sie sie auf." in page.text


def _ordered(api: ApiClient, body: dict[str, Any]) -> Any:
    """Escaped, because half a sign has no UTF-8."""
    return send(api, ORDERS, json.dumps(body).encode(), **JSON)


def _asked(api: ApiClient, route: Route, pair: TwoMembers, body: Any) -> Any:
    address = pair.ours.address(route.path)
    return api.get(address) if route.reads else api.post(address, body, key="k")


def _holder(world: World, scope: str) -> Person:
    """Somebody who may have a token of this scope."""
    held = {
        Role.ORDERER: world.it,
        Role.APPROVER: world.approver,
        Role.DESK: world.desk,
        Role.AUDITOR: world.auditor,
    }
    return next(held[role] for role in held if scope in grantable([role]))
