"""Argon2id with the agreed cost, and no difference between unknown and wrong."""

import pytest

from app.accounts import passwords
from app.accounts.bearer import digest, new_secret
from app.accounts.passwords import hashed, outdated, verified

AGREED = passwords.HASHER  # before the tests put a cheap one in its place


@pytest.fixture(autouse=True)
def _agreed_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "HASHER", AGREED)


def test_a_hash_carries_the_agreed_cost_and_its_own_salt() -> None:
    first, second = hashed("Abruf-2026-Herbst"), hashed("Abruf-2026-Herbst")

    assert first.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert first != second
    assert verified(first, "Abruf-2026-Herbst")
    assert not verified(first, "abruf-2026-herbst")
    assert not outdated(first)


def test_without_a_hash_no_password_fits() -> None:
    assert not verified(None, "nobody has this password")
    assert not verified("garbage", "anything")


def test_bearer_secrets_are_random_and_stored_as_digest() -> None:
    secret = new_secret()

    assert len(secret) == 43
    assert secret != new_secret()
    assert digest(secret) != secret
    assert len(digest(secret)) == 64
