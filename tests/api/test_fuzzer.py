"""Machine-made requests, sensible and senseless: every answer is one that the document promises."""

from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count, cycle
from typing import Any, Final
from zlib import crc32

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import SearchStrategy, one_of
from schemathesis import Case, GenerationMode, openapi
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import FailureGroup
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.support.application import Portal, open_portal
from tests.support.clock import TODAY
from tests.support.databases import SqliteServer, opened
from tests.support.relations import LETTER
from tests.support.two_members import TwoMembers, two_members
from tests.support.world import NOTEBOOK, WORKSTATION

pytestmark = pytest.mark.no_cover  # thousands of requests over lines that others have counted
AnyCase = Case[Any]
AnyOperation = APIOperation[Any, Any, Any, Any]
EXAMPLES: Final = 14
KEY: Final = "Idempotency-Key"
NUMBERS: Final = count(1)
PAPER: Final = b64encode(LETTER).decode()
RETURN: Final = b64encode(b"Abrufnummer;Netto\nK-1;10,00\n").decode()
KNOWN: Final = {
    "sku": NOTEBOOK,
    "content": PAPER,
    "file": {"file_name": "oktober.csv", "content": RETURN},
    "month": "2026-10",
}
CHECKS: Final = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
# Not to be shrunk: the database is another one after every request.
BUDGET: Final = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@dataclass(frozen=True)
class Fuzzed:
    portal: Portal
    pair: TwoMembers
    document: Any


@pytest.fixture(scope="module")
def fuzzed(sqlite: SqliteServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fuzzed]:
    """One application for all requests of this file: what they change may meet the next ones."""
    with (
        sqlite.fresh(tmp_path_factory.mktemp("fuzzer")) as url,
        opened(url) as database,
        database.sessions() as session,
        open_portal(database, session) as portal,
    ):
        pair = two_members(portal)
        portal.end_transaction()
        config = SchemathesisConfig.from_dict({"generation": {"with-security-parameters": False}})
        document = openapi.from_asgi("/api/openapi.json", portal.app, config=config)
        yield Fuzzed(portal, pair, document)


@pytest.mark.parametrize("who", ["it", "desk", "auditor"])
def test_every_answer_is_one_that_the_document_promises(fuzzed: Fuzzed, who: str) -> None:
    asking = fuzzed.portal.api(getattr(fuzzed.pair.world, who))
    faults: list[str] = []
    answers: set[int] = set()
    for found in fuzzed.document.get_all_operations():
        operation = found.ok()
        ask = _asking(operation, asking.headers, faults, answers)
        always_the_same = seed(crc32(f"{who} {operation.label}".encode()))
        always_the_same(BUDGET(given(case=_cases(operation, fuzzed.pair))(ask)))()

    assert not faults, "\n\n".join(faults)
    assert answers >= {200, 404, 422}


def _cases(operation: AnyOperation, pair: TwoMembers) -> SearchStrategy[AnyCase]:
    """Addresses that exist and such that do not, with fitting and with broken content."""
    known = pair.ours.ids | {"number": pair.ours.number(operation.path)}
    there = {name: value for name, value in known.items() if f"{{{name}}}" in operation.path}
    sensible = operation.as_strategy(GenerationMode.POSITIVE, path_parameters=there or None)
    anywhere = operation.as_strategy(GenerationMode.POSITIVE)
    senseless = operation.as_strategy(GenerationMode.NEGATIVE)
    return one_of(sensible.map(_reasonable), sensible, anywhere, senseless)


def _reasonable(case: AnyCase) -> AnyCase:
    """Numbers that the catalog knows, few pieces, a fresh key: some requests reach the rules."""
    body: Any = case.body
    lines = body.get("lines") if isinstance(body, dict) else None
    for line, sku in zip(lines or (), cycle((NOTEBOOK, WORKSTATION))):
        line["sku"] = sku
        if "quantity" in line:
            line["quantity"] = 1 + line["quantity"] % 3
    if isinstance(body, dict):
        body |= {name: value for name, value in KNOWN.items() if name in body}
        for row in body.get("rows", ()):
            row["number"] = NOTEBOOK
        for source in body.get("sources", ()):
            source["seen_on"] = TODAY.isoformat()
    if KEY in case.headers:
        case.headers[KEY] = f"fuzzer-{next(NUMBERS)}"
    return case


def _asking(
    operation: AnyOperation, headers: dict[str, str], faults: list[str], answers: set[int]
) -> Callable[[AnyCase], None]:
    def ask(case: AnyCase) -> None:
        answer = case.call(headers=headers)
        answers.add(answer.status_code)
        try:
            case.validate_response(answer, checks=CHECKS)
        except FailureGroup as group:
            faults.extend(f"{operation.label}: {one}" for one in group.exceptions)

    return ask
