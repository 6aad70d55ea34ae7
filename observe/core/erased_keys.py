"""What tells that a number or an address was erased, and tells neither."""

import hmac
from uuid import UUID

EMAIL = "e-mail"


def digest_of(value: str, *, of: UUID | str, network_id: UUID, secret: str) -> str:
    """HMAC-SHA256 (RFC 2104) in hexadecimal digits, under the installation's own secret.

    `of` is the source that gave a number, or EMAIL: nobody without the secret can try values out.
    """
    message = "\0".join(("erased", str(network_id), str(of), value))
    return hmac.digest(secret.encode(), message.encode(), "sha256").hex()
