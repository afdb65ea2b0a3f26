"""Where a thing has its page. A list asks that for every row, so the pattern is found once."""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

from django.urls import get_script_prefix, reverse

_NOTHING = UUID(int=0)


def address_of(page: str, ref: UUID) -> str:
    """What `reverse(page, args=[ref])` answers, for a page whose address holds one reference."""
    before, after = _around(page, get_script_prefix())
    return f"{before}{ref}{after}"


@lru_cache(maxsize=256)
def _around(page: str, _prefix: str) -> tuple[str, str]:
    """What stands before and after the reference, where the program is mounted at that prefix."""
    before, _, after = reverse(page, args=[_NOTHING]).partition(str(_NOTHING))
    return before, after
