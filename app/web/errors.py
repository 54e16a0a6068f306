"""The one table from kinds of errors to answers, for pages and for the API."""

from secrets import token_hex
from typing import Any, Final

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError
from starlette.exceptions import HTTPException

from app.database.faults import is_unusable, reason_of
from app.kernel.errors import (
    Conflict,
    DomainError,
    FieldError,
    Gone,
    Malformed,
    NotAllowed,
    NotFound,
    TooManyAttempts,
)
from app.web.csrf import SAFE_METHODS
from app.web.database_faults import RETRY_AFTER, DatabaseFault, database_fault
from app.web.fault_boundary import FaultBoundary
from app.web.pages import is_fragment, render

log = structlog.get_logger()

STATUS: Final[dict[type[DomainError], int]] = {
    Malformed: 422,
    NotFound: 404,
    Gone: 410,
    NotAllowed: 403,
    Conflict: 409,
    TooManyAttempts: 429,
}
TITLES: Final = {
    400: "Die Anfrage ist nicht lesbar",
    401: "Bitte melden Sie sich an",
    403: "Das dürfen Sie mit Ihrer Rolle nicht",
    404: "Diese Seite gibt es nicht",
    405: "Das ist hier nicht vorgesehen",
    409: "Das ist beim jetzigen Stand nicht möglich",
    410: "Diese Datei wurde nach Ablauf ihrer Frist gelöscht",
    413: "Die Datei ist zu groß",
    415: "Diese Art von Inhalt wird nicht angenommen",
    422: "Bitte prüfen Sie Ihre Angaben",
    429: "Zu viele Versuche",
    500: "Da ist uns ein Fehler unterlaufen",
    503: "Gerade ist viel los",
}
# Where the status alone would say something else.
TITLES_OF_CODES: Final = {
    "csrf": "Bitte senden Sie das Formular noch einmal",
    "disk_full": "Der Speicher des Servers ist voll",
    "database_cut_off": "Die Verbindung ist abgebrochen",
    "database_unreachable": "Die Datenbank ist nicht erreichbar",
}
# An action of htmx that failed leaves its page, and what was typed there, as it is.
AT_THE_EDGE: Final = {
    "HX-Retarget": "#toast",
    "HX-Reswap": "innerHTML",
    "HX-Reselect": "[data-toast]",
}
# What pydantic finds, said in German; `{…}` is filled from the finding's context.
FINDINGS: Final = {
    "missing": "Diese Angabe fehlt.",
    "extra_forbidden": "Dieses Feld gibt es hier nicht.",
    "int_parsing": "Bitte geben Sie eine ganze Zahl an.",
    "int_type": "Bitte geben Sie eine ganze Zahl an.",
    "int_from_float": "Bitte geben Sie eine ganze Zahl an.",
    "string_type": "Bitte geben Sie einen Text an.",
    "string_too_short": "Bitte geben Sie mindestens {min_length} Zeichen an.",
    "string_too_long": "Bitte geben Sie höchstens {max_length} Zeichen an.",
    "string_pattern_mismatch": "Diese Angabe hat nicht die erwartete Form.",
    "greater_than_equal": "Bitte geben Sie mindestens {ge} an.",
    "less_than_equal": "Bitte geben Sie höchstens {le} an.",
    "greater_than": "Bitte geben Sie mehr als {gt} an.",
    "json_invalid": "Der Inhalt ist kein gültiges JSON.",
    "date_from_datetime_parsing": "Bitte geben Sie ein Datum an, zum Beispiel 2026-11-21.",
    "date_parsing": "Bitte geben Sie ein Datum an, zum Beispiel 2026-11-21.",
    "too_short": "Bitte geben Sie mindestens {min_length} Einträge an.",
    "too_long": "Bitte geben Sie höchstens {max_length} Einträge an.",
    "base64": "Bitte senden Sie den Inhalt der Datei in Base64.",
    "control_signs": "Dieser Text enthält Steuerzeichen, die es hier nicht geben kann.",
    "enum": "Dieser Wert ist nicht vorgesehen.",
    "literal_error": "Dieser Wert ist nicht vorgesehen.",
}


def install(app: FastAPI) -> None:
    """Answer every kind of error; whatever is not listed is a fault of ours."""
    app.add_exception_handler(DomainError, _domain)
    app.add_exception_handler(RequestValidationError, _validation)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(StaleDataError, _stale)
    app.add_exception_handler(DataError, _unstorable)
    app.add_exception_handler(OperationalError, _busy)
    app.add_exception_handler(PoolTimeout, _busy)
    app.add_middleware(FaultBoundary, answer=_fault)


def status_of(error: DomainError) -> int:
    """By the nearest listed base kind."""
    return next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 409)


def is_api(request: Request) -> bool:
    return request.url.path.startswith("/api/")


def problem(status: int, code: str, detail: str, **more: Any) -> JSONResponse:
    """An RFC 9457 answer; `detail` is German, `code` is for programs."""
    body = {
        "type": "about:blank",
        "status": status,
        "code": code,
        "title": TITLES_OF_CODES.get(code) or TITLES.get(status, "Fehler"),
        "detail": detail,
        **more,
    }
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else None  # noqa: PLR2004 - HTTP
    return JSONResponse(body, status, headers, media_type="application/problem+json")


def answer(request: Request, status: int, code: str, detail: str, **more: Any) -> Response:
    """The error as this asker reads it: problem document or page."""
    if is_api(request):
        return problem(status, code, detail, **more)
    context = {
        "status": status,
        "code": code,
        "title": TITLES_OF_CODES.get(code) or TITLES.get(status, "Fehler"),
        "text": detail,
        "errors": more.get("errors", []),
        "incident": more.get("incident"),
        "sends": request.method not in SAFE_METHODS,
    }
    if is_fragment(request):
        response = render(request, "web/_error.html", context, status=status)
        response.headers.update(AT_THE_EDGE)
        return response
    return render(request, "web/error.html", context, status=status)


def unable(request: Request, fault: DatabaseFault) -> Response:
    """503: not the asker's mistake, and worth another try soon."""
    response = answer(request, 503, fault.code, fault.detail)
    response.headers["Retry-After"] = RETRY_AFTER
    return response


async def _domain(request: Request, error: Exception) -> Response:
    if not isinstance(error, DomainError):
        raise error
    more: dict[str, Any] = {}
    if isinstance(error, Malformed):
        more["errors"] = [field_error(one) for one in error.errors]
    return answer(request, status_of(error), error.code, error.text, **more)


def field_error(error: FieldError) -> dict[str, str]:
    return {"field": error.field, "code": error.code, "text": error.text}


async def _validation(request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    if not is_api(request) and all(found["loc"][0] == "path" for found in error.errors()):
        return answer(request, 404, "not_found", f"{TITLES[404]}.")
    errors = [
        {
            "field": ".".join(str(part) for part in found["loc"][1:]) or str(found["loc"][0]),
            "code": found["type"],
            "text": _finding(found["type"], found.get("ctx") or {}),
        }
        for found in error.errors()
    ]
    named = ", ".join(f"{one['field']}: {one['text']}" for one in errors[:5])
    return answer(request, 422, "malformed", named, errors=errors)


def _finding(kind: str, context: dict[str, Any]) -> str:
    try:
        return FINDINGS.get(kind, "Diese Angabe ist nicht verständlich.").format(**context)
    except KeyError:
        return "Diese Angabe ist nicht verständlich."


async def _http(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    if error.status_code == 400 and is_api(request):  # noqa: PLR2004 - HTTP
        # No UTF-8, nested too deep, a number of thousands of digits: as malformed as wrong JSON.
        return answer(request, 422, "malformed", FINDINGS["json_invalid"])
    title = TITLES.get(error.status_code, "Die Anfrage wurde nicht angenommen")
    response = answer(request, error.status_code, f"http_{error.status_code}", f"{title}.")
    for name, value in (error.headers or {}).items():
        response.headers[name] = value
    return response


async def _stale(request: Request, _error: Exception) -> Response:
    detail = (
        "Jemand anderes hat diesen Vorgang inzwischen geändert. "
        "Laden Sie die Seite neu und prüfen Sie den neuen Stand."
    )
    return answer(request, 409, "stale_version", detail)


async def _unstorable(request: Request, _error: Exception) -> Response:
    """A NUL sign or a number beyond the column: PostgreSQL refuses it in every query."""
    detail = (
        "Eine Angabe enthält Zeichen oder Zahlen, die es hier nicht geben kann. "
        "Es wurde nichts gespeichert."
    )
    return answer(request, 422, "malformed", detail)


async def _busy(request: Request, error: Exception) -> Response:
    if isinstance(error, OperationalError) and not is_unusable(error):
        return await _fault(request, error)
    fault = database_fault(error)
    log.error(fault.code, reason=reason_of(error))
    return unable(request, fault)


async def _fault(request: Request, error: Exception) -> Response:
    incident = token_hex(4)
    log.error("fault", incident=incident, path=request.url.path, exc_info=error)
    detail = (
        "Es wurde nichts gespeichert. Bitte versuchen Sie es noch einmal. Bleibt der Fehler, "
        f"nennen Sie der Betreuung die Vorgangsnummer {incident}."
    )
    return answer(request, 500, "fault", detail, incident=incident)
