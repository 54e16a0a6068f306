"""Bearer secrets: 256 random bits for the holder, only their SHA-256 for the database."""

import hashlib
import secrets
from typing import Final

SECRET_BYTES: Final = 32


def new_secret() -> str:
    """43 characters that fit into a cookie, a link and a header."""
    return secrets.token_urlsafe(SECRET_BYTES)


def digest(secret: str) -> str:
    """A plain hash is enough: the secret has 256 bits, there is nothing to guess."""
    return hashlib.sha256(secret.encode()).hexdigest()
