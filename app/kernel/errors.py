"""What goes wrong without leaving a trace. A refusal on record is a value, never one of these."""

from dataclasses import dataclass


class DomainError(Exception):
    """Base of all expected errors; `code` is for programs, `text` a German sentence for people."""

    code = "refused"

    def __init__(self, text: str, code: str | None = None) -> None:
        super().__init__(text)
        self.text = text
        if code is not None:
            self.code = code


class NotFound(DomainError):
    """There is no such thing, or it belongs to somebody else: both look the same."""

    code = "not_found"

    def __init__(
        self, text: str = "Diesen Eintrag gibt es nicht.", code: str | None = None
    ) -> None:
        super().__init__(text, code)


class Gone(DomainError):
    """It was here, and was erased after its period."""

    code = "gone"


class Conflict(DomainError):
    """The present state forbids it."""

    code = "conflict"


class NotAllowed(DomainError):
    """Somebody in this role may not do it."""

    code = "not_allowed"


class TooManyAttempts(DomainError):
    """Slow down: the rate limit was reached."""

    code = "too_many_attempts"


@dataclass(frozen=True, slots=True)
class FieldError:
    """One wrong field: its name as sent, a code, and what to do in German."""

    field: str
    code: str
    text: str


def too_long(field: str, text: str, most: int) -> list[FieldError]:
    """The fault of a text of more than `most` signs: cut, half a sentence would be on record."""
    if len(text) <= most:
        return []
    words = f"Bitte höchstens {most} Zeichen. Ihr Text hat {len(text)}."
    return [FieldError(field, "too_long", words)]


class Malformed(DomainError):
    """The input cannot be understood; `errors` say which fields and how to mend them."""

    code = "malformed"

    def __init__(self, *errors: FieldError, code: str | None = None) -> None:
        super().__init__(" ".join(error.text for error in errors), code)
        self.errors = errors

    @property
    def by_field(self) -> dict[str, str]:
        """The sentence at each field, in their order; the first where a field has several."""
        found: dict[str, str] = {}
        for error in self.errors:
            found.setdefault(error.field, error.text)
        return found
