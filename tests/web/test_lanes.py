"""A request is compared with the routes of its lane only, and answered as ever."""

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.testclient import TestClient

from app.web import lanes


def routed() -> FastAPI:
    app = FastAPI(openapi_url=None)
    calls = APIRouter(prefix="/call-offs")
    calls.get("/{number}")(lambda number: f"call {number}")
    calls.post("/{number}/moves")(lambda number: f"moved {number}")
    app.include_router(calls, prefix="/api/v1")
    app.get("/katalog")(lambda: "list")
    app.get("/katalog/{name}")(lambda name: f"any {name}")
    app.get("/katalog/hilfe")(lambda: "never reached: the earlier one takes it")
    app.get("/")(lambda: "start")
    return app


CASES = {
    ("GET", "/"): (200, "start"),
    ("GET", "/katalog"): (200, "list"),
    ("GET", "/katalog?seite=2"): (200, "list"),
    ("GET", "/katalog/hilfe"): (200, "any hilfe"),
    ("GET", "/katalog/"): (200, "list"),  # after the usual redirect
    ("POST", "/katalog"): (405, {"detail": "Method Not Allowed"}),
    ("GET", "/unbekannt"): (404, {"detail": "Not Found"}),
    ("GET", "/api/v1/call-offs/A-1"): (200, "call A-1"),
    ("POST", "/api/v1/call-offs/A-1/moves"): (200, "moved A-1"),
    ("PUT", "/api/v1/call-offs/A-1"): (405, {"detail": "Method Not Allowed"}),
    ("GET", "/api/v1/"): (404, {"detail": "Not Found"}),
}


@pytest.mark.parametrize(
    ("asked", "answered"), CASES.items(), ids=lambda case: " ".join(map(str, case))
)
def test_lanes_answer_as_without_them(asked: tuple[str, str], answered: tuple[int, object]) -> None:
    usual, laned = routed(), routed()
    lanes.install(laned)
    for app in (usual, laned):
        answer = TestClient(app).request(*asked)
        assert (answer.status_code, answer.json()) == answered


def test_an_address_that_begins_with_a_variable_has_no_lane() -> None:
    app = routed()
    app.get("/{anything}")(lambda anything: anything)
    with pytest.raises(ValueError, match="begins with a variable"):
        lanes.install(app)
