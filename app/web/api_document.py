"""The OpenAPI document: what FastAPI finds in the routes, and what all calls have in common."""

from typing import Any, Final

from fastapi import FastAPI
from pydantic import BaseModel, Field

API_VERSION: Final = "1.0.0"
PROBLEM_TYPE: Final = "application/problem+json"
REFERENCE: Final = "#/components/schemas/{model}"
DESCRIPTION: Final = """\
Dieselben Vorgänge wie auf den Seiten des Portals, für Fachverfahren und Skripte.

* **Anmeldung:** `Authorization: Bearer <Token>`. Tokens legen Sie im Portal unter „Konto“ an.
  Ein Token darf, was seine Rechte *und* die Rolle der Person heute erlauben. Welches Recht ein
  Aufruf verlangt, steht an ihm.
* **Beträge** sind Texte mit zwei Nachkommastellen, Einzelpreise mit zwei bis vier, dazu die
  Währung. Zeiten folgen ISO 8601 mit Zeitzone.
* **Listen** antworten mit `items`, `total` und `next`; `next` ist der `cursor` der Fortsetzung.
* **Fehler** sind Problemdokumente nach RFC 9457: `code` für Programme, `title` und `detail` auf
  Deutsch für Menschen, `errors` je Feld. 422 heißt: die Anfrage ist nicht verständlich; 409: der
  Stand lässt es nicht zu; 403: Rolle oder Token erlauben es nicht; 404: das gibt es nicht, oder es
  gehört einem anderen Mitglied.
* **Dateien** stehen in der Anfrage als `file_name` und `content` (Base64); es zählt der Inhalt.
* **Wiederholen:** Was einen `Idempotency-Key` verlangt, darf noch einmal gesendet werden; derselbe
  Schlüssel mit demselben Inhalt bekommt die erste Antwort.
* **Unbekannte Felder und Parameter** werden mit 422 abgelehnt.
* Ein abgelehnter Aufruf ändert nichts. Nur die Inhouse-Entscheidung einer abgelehnten Bestellung
  wird zum Nachweis aufbewahrt; ihre Nummer steht als `decision_id` in der Antwort.
"""
TAGS: Final = (
    ("Katalog", "Artikel suchen und ansehen."),
    ("Bedarfe", "Melden, was der Katalog nicht hat."),
    ("Rahmenverträge", "Verträge und was von ihren Höchstwerten übrig ist."),
    ("Mitglieder", "Das Mitgliederverzeichnis zu einem Stichtag."),
    ("Inhouse-Prüfung", "Vorschau der Prüfung nach § 108 GWB für das Mitglied des Tokens."),
    ("Abrufe", "Bestellen, genehmigen, stornieren, bestätigen, abschließen."),
    ("Warenkorb", "Schnellbestellung und Vorlagen; bestellt wird im Portal oder als Abruf."),
    ("Marktpreise", "Was ein Artikel anderswo kostet, und was daraus folgte."),
    ("Budgets", "Was auf den Produktkonten des Mitglieds noch frei ist."),
    ("Lieferungen", "Lieferungen buchen, Empfang bestätigen, Lieferscheine."),
    ("Rechnungen", "Rechnungen ausstellen, stornieren, als PDF, UBL und CII abholen."),
    ("Akte", "Die ganze Akte eines Abrufs als Archiv."),
    ("Auswertungen", "Der Einsparbericht für den Rat."),
    ("Mitteilungen", "Was der Person, der der Token gehört, mitgeteilt wurde."),
)
REFUSALS: Final = {
    401: "Der Token fehlt, ist abgelaufen oder widerrufen.",
    403: "Rolle oder Token erlauben diesen Aufruf nicht.",
    404: "Das gibt es nicht, oder es gehört einem anderen Mitglied.",
    409: "Der jetzige Stand lässt das nicht zu.",
    413: "Die Anfrage ist zu groß.",
    422: "Die Anfrage ist nicht verständlich; `errors` nennt die Felder.",
    503: "Die Datenbank ist belegt, voll oder nicht erreichbar; `Retry-After` sagt, wann wieder.",
}
CHALLENGE: Final = {"description": "Verlangt einen Bearer-Token.", "schema": {"type": "string"}}
MADE_BY_FASTAPI: Final = ("HTTPValidationError", "ValidationError")


class FieldProblem(BaseModel):
    """Ein Feld der Anfrage, das nicht angenommen wurde."""

    field: str = Field(description="Name wie gesendet, bei Listen mit Stelle: `lines.0.sku`.")
    code: str
    text: str = Field(description="Was zu ändern ist, auf Deutsch.")


class Problem(BaseModel):
    """Eine Ablehnung nach RFC 9457; manche nennen zusätzlich, was zum Beheben hilft."""

    type: str
    status: int
    code: str = Field(description="Für Programme, zum Beispiel `ceiling_reached`.")
    title: str = Field(description="Die Art des Fehlers, auf Deutsch.")
    detail: str = Field(description="Was vorliegt und was zu tun ist, auf Deutsch.")
    errors: list[FieldProblem] = Field([], description="Je Feld, was zu ändern ist.")
    decision_id: str = Field("", description="Die aufbewahrte Inhouse-Entscheidung dazu.")
    sha256: str = Field("", description="Prüfsumme dieser Entscheidung.")
    rules: list[str] = Field([], description="Kennungen der Regeln, die nicht erfüllt sind.")
    help: str = Field("", description="Wer weiterhelfen kann.")
    incident: str = Field("", description="Vorgangsnummer einer Störung.")


class ApiApplication(FastAPI):
    """FastAPI with the refusals that every call of the API has in common in its document."""

    def openapi(self) -> dict[str, Any]:
        known = self.openapi_schema
        document = super().openapi()
        if document is not known:
            _complete(document)
        return document


def tags() -> list[dict[str, Any]]:
    return [{"name": name, "description": text} for name, text in TAGS]


def file_of(media_type: str, description: str) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a call that answers with a file."""
    schema = {"type": "string", "contentMediaType": media_type}
    return {200: {"description": description, "content": {media_type: {"schema": schema}}}}


def _complete(document: dict[str, Any]) -> None:
    for path, calls in document["paths"].items():
        for method, call in calls.items():
            call["operationId"] = _operation_id(method, path)
            _describe_answers(path, method, call)
    schemas = document["components"]["schemas"]
    for name in MADE_BY_FASTAPI:
        schemas.pop(name, None)
    for model in (FieldProblem, Problem):
        schema = model.model_json_schema(ref_template=REFERENCE)
        schema.pop("$defs", None)
        schemas[model.__name__] = schema


def _operation_id(method: str, path: str) -> str:
    """`get_call_offs_number_memo_pdf`: from the address, so it stays when code is renamed."""
    words = path.removeprefix("/api/v1/")
    for sign in "/.-":
        words = words.replace(sign, "_")
    return f"{method}_{words.replace('{', '').replace('}', '')}"


def _describe_answers(path: str, method: str, call: dict[str, Any]) -> None:
    answers = call["responses"]
    refused = {401, 403, 422, 503} | {int(status) for status in answers if int(status) >= 400}  # noqa: PLR2004 - HTTP
    if "{" in path:
        refused.add(404)
    if method == "post":
        refused |= {409, 413}
    for status, answer in answers.items():
        if answer["description"] == "Successful Response":
            answer["description"] = "Angelegt." if status == "201" else "Die Antwort."
    answers |= {str(status): _refusal(status) for status in refused}
    call["responses"] = dict(sorted(answers.items()))


def _refusal(status: int) -> dict[str, Any]:
    reference = {"$ref": REFERENCE.format(model=Problem.__name__)}
    answer: dict[str, Any] = {
        "description": REFUSALS[status],
        "content": {PROBLEM_TYPE: {"schema": reference}},
    }
    if status == 401:  # noqa: PLR2004 - HTTP
        answer["headers"] = {"WWW-Authenticate": CHALLENGE}
    return answer
