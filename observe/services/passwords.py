"""Passwords: kept as argon2id hashes, a few checked at a time because each check takes 64 MiB."""

import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from observe.core.errors import Conflict

AT_ONCE = 2
PATIENCE = 10.0
_hasher = PasswordHasher()
_gate = threading.BoundedSemaphore(AT_ONCE)


def hashed(password: str) -> str:
    """The argon2id hash of a password, with its own salt and the parameters it was made with."""
    with _turn():
        return _hasher.hash(_normal(password))


def fits(password: str, stored: str | None) -> bool:
    """Whether the password made this hash; as slow for None, where nobody is."""
    nobody = _nobody()
    with _turn():
        try:
            return _hasher.verify(stored or nobody, _normal(password)) and stored is not None
        except (VerificationError, InvalidHashError):
            return False


def is_dated(stored: str) -> bool:
    """Whether the hash was made with weaker parameters than those of today."""
    return _hasher.check_needs_rehash(stored)


@contextmanager
def _turn() -> Iterator[None]:
    if not _gate.acquire(timeout=PATIENCE):
        raise Conflict("Many people are signing in just now. Wait a moment and try again.")
    try:
        yield
    finally:
        _gate.release()


@cache
def _nobody() -> str:
    return hashed("nobody has this password")


def _normal(password: str) -> str:
    return unicodedata.normalize("NFC", password)
