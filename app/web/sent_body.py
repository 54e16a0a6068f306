"""What a program may send as content: declared fields, and texts that can be stored and printed."""

from typing import Any, Final

from pydantic import BaseModel, ConfigDict, field_validator
from pydantic_core import PydanticCustomError

from app.kernel.german import clean
from app.web.known_parameters import has_control_signs

UNREADABLE: Final = "control_signs"
LONGEST: Final = 10_000
"""No field takes more; what is longer is left to its limit, unread."""


class SentBody(BaseModel):
    """Base of all request bodies: unknown fields and control signs are refused.

    Invisible signs that people paste with a text go, as they do in the forms.
    """

    model_config = ConfigDict(extra="forbid")

    @field_validator("*", mode="before")
    @classmethod
    def _legible(cls, value: Any) -> Any:
        if isinstance(value, list):
            return [cls._legible(one) for one in value]
        if not isinstance(value, str):
            return value
        if has_control_signs(value):
            raise PydanticCustomError(UNREADABLE, "control signs")
        return clean(value) if len(value) <= LONGEST else value
