"""How often somebody may come for the same thing: counted in the cache that all processes share."""

from __future__ import annotations

import hashlib

from django.core.cache import cache

from samrad.kernel.clock import now

SPAN = 600  # seconds


def too_often(what: str, most: int) -> bool:
    """Count one more visit; true when there have been more than `most` in these ten minutes."""
    key = hashlib.sha256(f"{what}:{int(now().timestamp()) // SPAN}".encode()).hexdigest()
    visits = int(cache.get(f"pace:{key}", 0)) + 1
    cache.set(f"pace:{key}", visits, SPAN)
    return visits > most
