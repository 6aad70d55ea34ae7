"""Identifiers that are made where a thing is made."""

import secrets
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

Entropy = Callable[[int], int]


def new_id(at: datetime, entropy: Entropy = secrets.randbits) -> UUID:
    """A UUIDv7 (RFC 9562, section 5.7): 48 bits of milliseconds since 1970, then 74 random bits."""
    milliseconds = int(at.timestamp() * 1000) & (1 << 48) - 1
    high = milliseconds << 16 | 0x7000 | entropy(12)
    return UUID(int=high << 64 | 0b10 << 62 | entropy(62))
