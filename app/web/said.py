"""What an action did, told once on the page that it leads to."""

from hashlib import sha256
from hmac import compare_digest, new
from typing import Final
from urllib.parse import quote, unquote

from fastapi import Request
from fastapi.responses import Response

SAID_COOKIE: Final = "kitu_said"
SECONDS: Final = 20

Said = tuple[str, ...]
"""Nothing; a sentence; or a sentence, the words of a link and its address."""


def tell(request: Request, answer: Response, said: Said) -> None:
    """Send it along, sealed with the token of the session: no other is ever shown."""
    text = "\n".join(said)
    answer.set_cookie(
        SAID_COOKIE,
        f"{_seal(request, text)}.{quote(text)}",
        max_age=SECONDS,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )


def told(request: Request) -> Said:
    """What came along; nothing where the seal is not this session's."""
    seal, _, quoted = request.cookies.get(SAID_COOKIE, "").partition(".")
    text = unquote(quoted)
    sealed = seal and compare_digest(seal.encode(), _seal(request, text).encode())
    return tuple(text.split("\n")) if sealed else ()


def forget_told(answer: Response) -> None:
    """It was shown: the next page says nothing any more."""
    answer.delete_cookie(SAID_COOKIE)


def _seal(request: Request, text: str) -> str:
    token = getattr(request.state, "csrf", "")
    return new(token.encode(), text.encode(), sha256).hexdigest()[:32]
