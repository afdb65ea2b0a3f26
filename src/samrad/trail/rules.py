"""How entries are sealed: plain Python, so that a chain can be checked without Django."""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import Any


def canonical(value: Any) -> bytes:
    """JSON with sorted keys and no spare white space: the same value gives the same bytes."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def new_salt() -> str:
    """128 random bits, so that a digest of a name cannot be found by trying names."""
    return secrets.token_hex(16)


def digest(salt: str, value: Any) -> str:
    """SHA-256 of the salt and the canonical value."""
    return hashlib.sha256(salt.encode() + b"\0" + canonical(value)).hexdigest()


def seal(content: dict[str, Any]) -> str:
    """SHA-256 of an entry's canonical content, which holds the hash of the entry before it."""
    return hashlib.sha256(canonical(content)).hexdigest()
