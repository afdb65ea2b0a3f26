"""Secret addresses: how they are kept."""

from __future__ import annotations

import hashlib


def digest_of(token: str) -> str:
    """What is kept of a secret: whoever reads the database cannot use it."""
    return hashlib.sha256(token.encode()).hexdigest()
