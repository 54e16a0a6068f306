"""What calls that are safe to repeat have in common: the key, and the answer that is kept."""

from typing import Annotated, Final

from fastapi import Header, Response

from app.kernel.repeat_key import LONGEST_KEY

KEY_MEANS: Final = (
    "Ein Schlüssel je Vorgang, frei gewählt. Derselbe Schlüssel mit demselben Inhalt bekommt die "
    "gespeicherte Antwort noch einmal, mit anderem Inhalt 422 `idempotency_key_reused`."
)
IdempotencyKey = Annotated[str, Header(min_length=1, max_length=LONGEST_KEY, description=KEY_MEANS)]
OptionalKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=LONGEST_KEY,
        description=f"Freiwillig. {KEY_MEANS}",
    ),
]


def created(text: str) -> Response:
    """201 with what was made, or had been made before."""
    return Response(text, 201, media_type="application/json")
