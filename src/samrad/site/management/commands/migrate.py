"""`manage migrate`: as everywhere, but an empty database gets its tables as they are today.

And what an older version worked out of figures the worker works out anew at once, not at night.
"""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate
from django.db import DEFAULT_DB_ALIAS

from samrad.knowledge.drawing import lay_out_at_once
from samrad.site import foundation

# Whoever asks for a part, a plan or a pretence means the migrations themselves.
IN_PARTICULAR = ("app_label", "migration_name", "plan", "check_unapplied", "fake", "prune")


class Command(migrate.Command):
    """Bring the database to what this release needs."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Lay the foundation where there is nothing, and go on as usual."""
        alias = options["database"]
        whole = not any(options.get(name) for name in IN_PARTICULAR)
        if whole and foundation.is_empty(alias):
            foundation.lay(alias)
        super().handle(*args, **options)
        if whole and alias == DEFAULT_DB_ALIAS:
            lay_out_at_once()
