"""JSON that came over the wire, as it is or packed with gzip, never larger than what was agreed."""

import base64
import gzip
import json
import zlib
from typing import Any, NoReturn

from observe.core.errors import Invalid, TooLarge

GZIP = 31
MOST_PARTS = 500_000


def json_in(sent: bytes) -> Any:
    """The value that the bytes spell; Invalid where they spell none, TooLarge where it has too many parts.

    Empty lists take a hundred times the room that they are spelled in.
    """
    if sent.count(b"[") + sent.count(b"{") > MOST_PARTS:
        raise TooLarge("This has too many parts: send it in smaller files.")
    try:
        return json.loads(sent, parse_constant=_no_number)
    except (ValueError, RecursionError) as fault:
        raise Invalid("This is not JSON.", code="malformed") from fault


def pack(sent: bytes) -> str:
    """Bytes as short text that fits into a form."""
    return base64.b64encode(gzip.compress(sent, mtime=0)).decode()


def unpack(packed: str, *, most: int) -> bytes:
    """What was packed; Invalid if it was not, TooLarge above `most` bytes."""
    whole = zlib.decompressobj(wbits=GZIP)
    try:
        found = whole.decompress(base64.b64decode(packed, validate=True), most + 1)
    except (ValueError, zlib.error) as fault:
        raise Invalid("This was not packed as a file is.", code="malformed") from fault
    if len(found) > most:
        raise TooLarge(f"This is more than {most // 1024} kB at once: send it in smaller parts.")
    return found


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number in JSON")
