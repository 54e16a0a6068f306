"""A file inside a JSON request: its name and its content in Base64."""

from base64 import b64decode
from typing import Annotated

from pydantic import BeforeValidator, Field, PlainSerializer, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from app.kernel.canonical import sha256_hex
from app.web.sent_body import SentBody


def _decoded(value: object) -> bytes:
    try:
        return b64decode(value if isinstance(value, str) else "?", validate=True)
    except ValueError as wrong:
        raise PydanticCustomError("base64", "no base64") from wrong


Content = Annotated[
    bytes,
    BeforeValidator(_decoded),
    PlainSerializer(sha256_hex, return_type=str),
    WithJsonSchema({"type": "string", "contentEncoding": "base64"}, mode="validation"),
    Field(description="Base64 ohne Zeilenumbrüche", examples=["JVBERi0xLjcK"]),
]


class JsonFile(SentBody):
    """What it is, is told by its content; the name is for people."""

    file_name: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
        Field(examples=["angebot.pdf"]),
    ]
    content: Content
