"""Tokens that only a browser keeps: `<network>.<random>`, of which the server stores a fingerprint."""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from uuid import UUID


def new(network_id: UUID) -> tuple[str, str]:
    """A token for a browser, and its fingerprint."""
    secret = secrets.token_urlsafe(32)
    return f"{network_id}.{secret}", _fingerprint(secret)


def worked_out(network_id: UUID, key: str, name: UUID) -> tuple[str, str]:
    """A token that whoever has the installation's key can work out anew, and its fingerprint."""
    told = hmac.digest(key.encode(), b"token" + network_id.bytes + name.bytes, "sha256")
    secret = urlsafe_b64encode(told).decode().rstrip("=")
    return f"{network_id}.{secret}", _fingerprint(secret)


def read(token: str) -> tuple[UUID | None, str]:
    """The network and the fingerprint of a token; (None, "") if it has another form."""
    network, _, secret = token.partition(".")
    try:
        return UUID(network), _fingerprint(secret)
    except ValueError:
        return None, ""


def key_beside(token: str) -> str:
    """Another key of the same secret: neither of it and the fingerprint tells the other."""
    _network, _, secret = token.partition(".")
    return hmac.digest(secret.encode(), b"beside", "sha256").hex()


def _fingerprint(secret: str) -> str:
    """The sha256 of a secret, which is enough because the secret itself is long and random."""
    return hashlib.sha256(secret.encode()).hexdigest()
