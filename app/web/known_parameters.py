"""What may stand behind the question mark: the parameters that a call declares, nothing else."""

from fastapi import Request
from fastapi.dependencies.utils import get_flat_params

from app.kernel.errors import FieldError, Malformed

UNKNOWN = "Diese Angabe gibt es bei diesem Aufruf nicht."


def refuse_unknown_parameters(request: Request) -> None:
    """Malformed for a misspelt filter: a list that silently ignores it would show too much."""
    sent = dict.fromkeys(request.query_params.keys())
    if not sent:
        return
    fields = get_flat_params(request.scope["route"].dependant)
    known = {field.alias for field in fields if _stands_in_the_query(field.field_info)}
    unknown = [FieldError(name, "extra_forbidden", UNKNOWN) for name in sent if name not in known]
    if unknown:
        raise Malformed(*unknown)


def _stands_in_the_query(info: object) -> bool:
    place = getattr(info, "in_", None)
    return place is None or place.value == "query"
