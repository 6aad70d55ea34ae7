"""Draws ask for the same few hundred kilobytes again and again; the system is not asked each time."""

from __future__ import annotations

from functools import cache

import numpy as np

MOST = 2**24


@cache
def keep_freed_memory() -> None:
    """Teach the C library, once, not to give a freed block of up to 16 MB back to the system.

    glibc takes the largest block freed so far for its measure; elsewhere this changes nothing.
    """
    block = np.empty(MOST, np.uint8)
    del block
