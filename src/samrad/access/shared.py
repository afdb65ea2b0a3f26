"""Django's cache, kept in the database: what one process counts, all of them know.

The library for signing in counts attempts here, and remembers the codes of an app that were used.
Kept in a process of its own, every worker would allow the attempts anew. Values are JSON, so that
whoever can write to the table can change a value and nothing more. Ordinary pages do not come here.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.crypto import salted_hmac

from samrad.access.models import SharedValue
from samrad.kernel.clock import now

LONGEST = 10 * 365 * 24 * 3600


class SharedCache(BaseCache):
    """A row a key. `add` is decided by the database, so it also serves as a lock."""

    def __init__(self, _location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def add(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        """Keep the value unless there is one; says whether it was kept."""
        _ended().delete()
        try:
            with transaction.atomic():
                SharedValue.objects.create(
                    key=self._named(key, version), value=value, ends_at=self._end(timeout)
                )
        except IntegrityError:
            return False
        return True

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """The value, if there is one that has not ended."""
        rows = SharedValue.objects.filter(key=self._named(key, version)).exclude(_has_ended())
        row = rows.first()
        return default if row is None else row.value

    def set(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        """Keep the value, whatever was there."""
        row = SharedValue(key=self._named(key, version), value=value, ends_at=self._end(timeout))
        SharedValue.objects.bulk_create(
            [row],
            update_conflicts=True,
            unique_fields=["key"],
            update_fields=["value", "ends_at"],
        )

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Give a value that is there another end."""
        rows = SharedValue.objects.filter(key=self._named(key, version)).exclude(_has_ended())
        return bool(rows.update(ends_at=self._end(timeout)))

    def delete(self, key: str, version: int | None = None) -> bool:
        """Forget the value; says whether there was one."""
        return bool(SharedValue.objects.filter(key=self._named(key, version)).delete()[0])

    def clear(self) -> None:
        """Forget everything."""
        SharedValue.objects.all().delete()

    def _named(self, key: str, version: int | None) -> str:
        """What stands in the table: keys hold addresses of people's machines."""
        return salted_hmac(__name__, self.make_key(key, version), algorithm="sha256").hexdigest()

    def _end(self, timeout: Any) -> datetime | None:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return None if seconds is None else now() + timedelta(seconds=min(seconds, LONGEST))


def _has_ended() -> Q:
    return Q(ends_at__lte=now())


def _ended() -> QuerySet[SharedValue]:
    return SharedValue.objects.filter(_has_ended())
