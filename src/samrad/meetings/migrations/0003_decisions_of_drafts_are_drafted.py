"""Decisions that stand in draft minutes are drafted, not provisional: only their writers see them."""

from __future__ import annotations

from typing import Any

from django.db import migrations


def draft(apps: Any, editor: Any) -> None:
    _move(apps, editor.connection.alias, minutes="draft", before="provisional", after="drafted")


def undraft(apps: Any, editor: Any) -> None:
    _move(apps, editor.connection.alias, minutes="draft", before="drafted", after="provisional")


def _move(apps: Any, using: str, *, minutes: str, before: str, after: str) -> None:
    items = apps.get_model("meetings", "AgendaItem").objects.using(using)
    items = items.filter(meeting__minutes__state=minutes)
    apps.get_model("followup", "Decision").objects.using(using).filter(
        state=before, source_kind="agenda_item", source_ref__in=items.values("ref")
    ).update(state=after)


class Migration(migrations.Migration):
    dependencies = [
        ("followup", "0002_decisions_in_draft_minutes"),
        ("meetings", "0002_sendings_guests_and_early_readers"),
    ]

    operations = [migrations.RunPython(draft, undraft, elidable=True)]
