"""Decisions that stand in draft minutes are drafted, not provisional: only their writers see them."""

from __future__ import annotations

from typing import Any

from django.db import migrations


def draft(apps: Any, schema_editor: Any) -> None:
    _move(apps, minutes="draft", before="provisional", after="drafted")


def undraft(apps: Any, schema_editor: Any) -> None:
    _move(apps, minutes="draft", before="drafted", after="provisional")


def _move(apps: Any, *, minutes: str, before: str, after: str) -> None:
    items = apps.get_model("meetings", "AgendaItem").objects.filter(meeting__minutes__state=minutes)
    apps.get_model("followup", "Decision").objects.filter(
        state=before, source_kind="agenda_item", source_ref__in=items.values("ref")
    ).update(state=after)


class Migration(migrations.Migration):
    dependencies = [
        ("followup", "0002_decisions_in_draft_minutes"),
        ("meetings", "0002_sendings_guests_and_early_readers"),
    ]

    operations = [migrations.RunPython(draft, undraft)]
