"""One spelling for each JSON value, so that equal things have equal digests everywhere."""

import hashlib
import json
import unicodedata
from typing import Any

import rfc8785

from observe.core.errors import Invalid

LARGEST = 2**53 - 1
_spelled = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


def normal(value: Any) -> Any:
    """The value with every text and key in Unicode form NFC."""
    if isinstance(value, str):
        return value if value.isascii() else unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {normal(key): normal(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [normal(part) for part in value]
    return value


def canonical(value: Any) -> bytes:
    """Canonical JSON (RFC 8785 after NFC); Invalid if the value has no JSON form."""
    try:
        plain = normal(value)
        return _spelled(plain).encode() if _is_simple(plain) else rfc8785.dumps(plain)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError, RecursionError) as refusal:
        raise Invalid("This is not text or numbers that can be kept.") from refusal


def _is_simple(value: Any) -> bool:
    """Whether the standard writer, which is fast, spells a value as RFC 8785 does.

    It spells fractions and large numbers otherwise, and may order strange keys otherwise.
    """
    if isinstance(value, dict):
        return all(map(str.isascii, value)) and all(map(_is_simple, value.values()))
    if isinstance(value, list):
        return all(map(_is_simple, value))
    if isinstance(value, float):
        return False
    return not isinstance(value, int) or abs(value) <= LARGEST


def hex_digest(value: Any) -> str:
    """sha256 of the canonical JSON, 64 hexadecimal digits."""
    return hashlib.sha256(canonical(value)).hexdigest()


def digest(value: Any) -> str:
    """The address of a published rubric: `sha256:` and 64 hexadecimal digits."""
    return f"sha256:{hex_digest(value)}"
