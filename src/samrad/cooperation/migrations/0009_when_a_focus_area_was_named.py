"""The day a focus area was named, which the record knows of those that are there already."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models


def as_the_record_says(apps: Any, editor: Any) -> None:
    """When each was set, for the last time."""
    alias = editor.connection.alias
    entries = apps.get_model("trail", "TrailEntry").objects.using(alias)
    told = entries.filter(event="focus_area.set", about_kind="focus_area").order_by("at")
    when = dict(told.values_list("about_ref", "at"))
    areas = apps.get_model("cooperation", "FocusArea").objects.using(alias)
    for one in areas.filter(named_at=None):
        if (at := when.get(str(one.ref))) is not None:
            areas.filter(pk=one.pk).update(named_at=at)


class Migration(migrations.Migration):
    dependencies = [
        ("cooperation", "0008_promises_that_go_on"),
        ("trail", "0001_the_chain"),
    ]

    operations = [
        migrations.AddField("focusarea", "named_at", models.DateTimeField(blank=True, null=True)),
        migrations.RunPython(as_the_record_says, migrations.RunPython.noop, elidable=True),
    ]
