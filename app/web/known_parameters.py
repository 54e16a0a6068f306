"""What may stand in an address: the parameters that a call declares, in legible signs."""

import re
from typing import Final

from fastapi import Request
from fastapi.dependencies.utils import get_flat_params

from app.kernel.errors import FieldError, Malformed, NotFound

UNKNOWN: Final = "Diese Angabe gibt es bei diesem Aufruf nicht."
UNREADABLE: Final = "Dieser Text enthält Steuerzeichen, die es hier nicht geben kann."
# NUL and its like, and halves of signs; line feeds and tabs are typed by people.
CONTROL_SIGNS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def refuse_unknown_parameters(request: Request) -> None:
    """Malformed for a misspelt filter: a list that silently ignores it would show too much.

    NotFound where the path holds signs that no number has: PostgreSQL could not even ask for it.
    """
    if any(has_control_signs(str(part)) for part in request.path_params.values()):
        raise NotFound
    sent = request.query_params
    if not sent:
        return
    fields = get_flat_params(request.scope["route"].dependant)
    known = {field.alias for field in fields if _stands_in_the_query(field.field_info)}
    faults = [FieldError(name, "extra_forbidden", UNKNOWN) for name in sent if name not in known]
    faults += [
        FieldError(name, "control_signs", UNREADABLE)
        for name, text in sent.multi_items()
        if has_control_signs(text)
    ]
    if faults:
        raise Malformed(*faults)


def has_control_signs(text: str) -> bool:
    return CONTROL_SIGNS.search(text) is not None


def _stands_in_the_query(info: object) -> bool:
    place = getattr(info, "in_", None)
    return place is None or place.value == "query"
