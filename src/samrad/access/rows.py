"""What most actions begin with: the row as it is now, held so that nobody changes it meanwhile."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from samrad.kernel.verdict import Refused

Row = TypeVar("Row", bound=models.Model)

GONE = _("Somebody has taken this out meanwhile. Open the page again to see how it stands.")


def locked(row: Row, *related: str) -> Row:
    """The same row as the database has it now, held until the transaction ends.

    The row alone, with `related` read but not locked: whoever locks a council as well keeps
    everybody else out of it. A row that is gone is refused in words.
    """
    manager: Any = type(row)._default_manager
    rows = manager.select_for_update(of=("self",)).select_related(*related)
    found: Row | None = rows.filter(pk=row.pk).first()
    if found is None:
        raise Refused(GONE)
    return found
