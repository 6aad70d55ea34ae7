"""One spelling for each JSON value, so that equal things have equal digests everywhere."""

import hashlib
import unicodedata
from typing import Any

import rfc8785

from observe.core.errors import Invalid


def normal(value: Any) -> Any:
    """The value with every text and key in Unicode form NFC."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {normal(key): normal(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [normal(part) for part in value]
    return value


def canonical(value: Any) -> bytes:
    """Canonical JSON (RFC 8785 after NFC); Invalid if the value has no JSON form."""
    try:
        return rfc8785.dumps(normal(value))
    except (rfc8785.CanonicalizationError, UnicodeEncodeError, RecursionError) as refusal:
        raise Invalid("This is not text or numbers that can be kept.") from refusal


def hex_digest(value: Any) -> str:
    """sha256 of the canonical JSON, 64 hexadecimal digits."""
    return hashlib.sha256(canonical(value)).hexdigest()


def digest(value: Any) -> str:
    """The address of a published rubric: `sha256:` and 64 hexadecimal digits."""
    return f"sha256:{hex_digest(value)}"
