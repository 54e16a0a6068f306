"""The OpenAPI document says what the contract promises, completely and in German."""

import re
from collections.abc import Iterator
from typing import Any, Final

import pytest
from jsonschema_rs import ValidationError
from schemathesis import openapi

from app.documents.sheet.word_file import DOCX
from app.members.rules import TOKEN_SCOPES
from app.web.api_document import TAGS
from tests.support.application import Portal
from tests.support.portal import SQLITE

pytestmark = SQLITE
BASE: Final = "/api/v1"
PROBLEM: Final = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
PROMISED: Final = {
    "GET /articles",
    "GET /articles/{sku}",
    "GET /demands",
    "POST /demands",
    "GET /kits",
    "GET /kits/{number}",
    "GET /supplies",
    "POST /stock",
    "GET /frameworks",
    "GET /frameworks/{number}",
    "GET /frameworks/{number}/use",
    "GET /frameworks/{number}/returns",
    "POST /frameworks/{number}/returns",
    "GET /frameworks/{number}/returns/{sheet_id}",
    "GET /market-checks",
    "POST /market-checks",
    "GET /market-checks/proofs/{price_id}",
    "GET /notices",
    "POST /notices/read",
    "POST /notices/{notice_id}/read",
    "POST /quick-orders",
    "POST /quick-orders/check",
    "GET /templates",
    "GET /templates/{template_id}",
    "POST /templates/{template_id}/basket",
    "GET /eligibility",
    "GET /evidence",
    "GET /members",
    "POST /call-offs",
    "GET /call-offs",
    "GET /call-offs/{number}",
    "POST /call-offs/{number}/moves",
    "GET /call-offs/{number}/attachments",
    "POST /call-offs/{number}/attachments",
    "GET /call-offs/{number}/attachments/{attachment_id}",
    "POST /call-offs/{number}/change-proposals",
    "POST /free-positions",
    "GET /free-positions/{free_position}",
    "GET /call-offs/{number}/file-xdomea.zip",
    "GET /call-offs/{number}/changes",
    "POST /call-offs/{number}/changes",
    "POST /call-offs/{number}/changes/{position}/moves",
    "POST /call-offs/{number}/deliveries",
    "POST /call-offs/{number}/receipts",
    "GET /call-offs/{number}/deliveries",
    "GET /deliveries/{number}.pdf",
    "POST /call-offs/{number}/invoices",
    "GET /invoices",
    "GET /invoices/{number}",
    "GET /invoices/{number}.pdf",
    "GET /invoices/{number}.ubl.xml",
    "GET /invoices/{number}.cii.xml",
    "POST /invoices/{number}/cancellation",
    "GET /call-offs/{number}/memo.pdf",
    "GET /call-offs/{number}/memo-public.pdf",
    "GET /call-offs/{number}/memo.docx",
    "GET /budgets",
    "GET /call-offs/{number}/decision.json",
    "GET /call-offs/{number}/file.zip",
    "GET /reports/savings",
    "GET /reports/savings.pdf",
    "GET /reports/savings.xlsx",
    "GET /reports/savings.csv",
}
# What articles of a group can be told apart by.
FEATURES: Final = {
    *("ram", "ssd", "display", "resolution", "panel", "capacity"),
    *("paper", "duplex", "colour", "wireless", "equipment"),
}
QUERIES: Final = {
    "/articles": {"q", "framework", "category", "manufacturer", "sort", "limit", "cursor"}
    | {"lot", "price", "price_from", "price_to", "charge", "delivery", "label", "stock"}
    | FEATURES,
    "/supplies": {"device", "limit", "cursor"},
    "/kits": {"limit", "cursor"},
    "/frameworks": {"limit", "cursor"},
    "/frameworks/{number}/returns": {"limit", "cursor"},
    "/budgets": {"year", "q", "limit", "cursor"},
    "/demands": {"limit", "cursor"},
    "/members": {"on", "known_on", "limit", "cursor"},
    "/evidence": {"subject", "about", "known", "limit", "cursor"},
    "/call-offs/{number}/attachments": {"limit", "cursor"},
    "/call-offs/{number}/changes": {"limit", "cursor"},
    "/call-offs/{number}/deliveries": {"limit", "cursor"},
    "/eligibility": {"framework", "about", "known"},
    "/call-offs": {"state", "month", "limit", "cursor"},
    "/invoices": {"month", "q", "limit", "cursor"},
    "/reports/savings": {"month", "member"},
    "/market-checks": {"sku", "limit", "cursor"},
    "/notices": {"unread", "limit", "cursor"},
    "/templates": {"limit", "cursor"},
    "/templates/{template_id}": {"workplaces"},
}
FILES: Final = {
    ".pdf": "application/pdf",
    ".xml": "application/xml",
    ".zip": "application/zip",
    ".csv": "text/csv",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".json": "application/json",
    ".docx": DOCX,
}
PAPERS: Final = {
    "/call-offs/{number}/attachments/{attachment_id}",
    "/market-checks/proofs/{price_id}",
}
KINDS: Final = ["application/pdf", "image/jpeg", "image/png"]
# What would happen twice if a program repeated it; the others end in the same state.
WITH_KEY: Final = {
    "/call-offs",
    "/call-offs/{number}/attachments",
    "/frameworks/{number}/returns",
    "/market-checks",
    "/quick-orders",
    "/templates/{template_id}/basket",
}
WHERE_WANTED: Final = {
    "/call-offs/{number}/deliveries",
    "/call-offs/{number}/changes",
    "/call-offs/{number}/change-proposals",
    "/call-offs/{number}/changes/{position}/moves",
    "/free-positions",
}


@pytest.fixture
def document(portal: Portal) -> dict[str, Any]:
    answer = portal.api(None).get("/api/openapi.json")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def calls(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, call in methods.items():
            yield method.upper(), path.removeprefix(BASE), call


def references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        for one in part.values():
            yield from references(one)
    if isinstance(part, list):
        for one in part:
            yield from references(one)


def test_the_document_holds_the_calls_of_the_contract_and_no_page(document: dict[str, Any]) -> None:
    assert {f"{method} {path}" for method, path, _ in calls(document)} == PROMISED
    assert all(path.startswith(f"{BASE}/") for path in document["paths"])


def test_it_is_valid_openapi(document: dict[str, Any]) -> None:
    openapi.from_dict(document).validate()

    del document["info"]["title"]
    with pytest.raises(ValidationError):
        openapi.from_dict(document).validate()


def test_it_introduces_itself_in_german(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1.")
    assert document["info"]["version"] == "1.0.0"
    assert document["info"]["title"].endswith(": Schnittstelle")
    assert "Unbekannte Felder und Parameter" in document["info"]["description"]


def test_every_reference_leads_somewhere_and_nothing_is_left_over(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    used = {one.removeprefix("#/components/schemas/") for one in references(document)}

    assert used == set(schemas)
    assert [name for name in schemas if "__" in name] == []


def test_every_call_has_an_own_name_a_subject_and_a_summary(document: dict[str, Any]) -> None:
    names = [call["operationId"] for _, _, call in calls(document)]
    subjects = {name for name, _ in TAGS}

    assert len(set(names)) == len(names)
    assert [name for name in names if not re.fullmatch(r"(get|post)_[a-z_]+", name)] == []
    assert {tag for _, _, call in calls(document) for tag in call["tags"]} == subjects
    assert {tag["name"] for tag in document["tags"]} == subjects
    assert [path for _, path, call in calls(document) if not call["summary"]] == []


def test_every_call_asks_for_a_token_with_one_scope(document: dict[str, Any]) -> None:
    schemes = document["components"]["securitySchemes"]
    scopes = {scope.value for scope in TOKEN_SCOPES}

    assert (schemes["Token"]["type"], schemes["Token"]["scheme"]) == ("http", "bearer")
    for _, path, call in calls(document):
        (needed,) = call["security"]
        assert len(needed["Token"]) == 1, path
        assert set(needed["Token"]) <= scopes, path


def test_every_refusal_is_a_problem_document(document: dict[str, Any]) -> None:
    for method, path, call in calls(document):
        refused = {status for status in call["responses"] if status >= "400"}
        wanted = {"401", "403", "422"}
        if "{" in path:
            wanted.add("404")
        if method == "POST":
            wanted |= {"409", "413"}
        assert wanted <= refused, path
        assert all(call["responses"][status]["content"] == PROBLEM for status in refused), path
        assert "WWW-Authenticate" in call["responses"]["401"]["headers"], path

    problem = document["components"]["schemas"]["Problem"]
    assert {"status", "code", "title", "detail"} <= set(problem["required"])
    assert problem["properties"]["errors"]["items"]["$ref"].endswith("/FieldProblem")


def test_every_success_says_what_comes(document: dict[str, Any]) -> None:
    for _, path, call in calls(document):
        (given,) = (one for status, one in call["responses"].items() if status < "300")
        if path in PAPERS:
            assert sorted(given["content"]) == KINDS
            continue
        ending = re.search(r"\.[a-z]+$", path)
        wanted = FILES[ending[0]] if ending else "application/json"
        assert list(given["content"]) == [wanted], path
        assert given["content"][wanted]["schema"], path


def test_lists_take_the_parameters_of_the_contract(document: dict[str, Any]) -> None:
    found = {
        path: {one["name"] for one in call.get("parameters", ()) if one["in"] == "query"}
        for method, path, call in calls(document)
        if method == "GET" and path in QUERIES
    }

    assert found == QUERIES


def test_no_body_takes_unknown_fields(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    for method, path, call in calls(document):
        if method == "POST":
            named = list(references(call["requestBody"]))
            assert named, path
            inner = [one for name in named for one in references(schemas[name.split("/")[-1]])]
            for name in [*named, *inner]:
                schema = schemas[name.split("/")[-1]]
                assert "enum" in schema or schema["additionalProperties"] is False, name


def test_what_must_not_happen_twice_needs_a_key_that_is_explained(
    document: dict[str, Any],
) -> None:
    keys = {
        path: one
        for _, path, call in calls(document)
        for one in call.get("parameters", ())
        if one["in"] == "header"
    }

    assert set(keys) >= WITH_KEY | WHERE_WANTED
    for path, key in keys.items():
        assert key["name"].lower() == "idempotency-key"
        assert key["required"] is (path not in WHERE_WANTED)
        assert "idempotency_key_reused" in key["description"]
