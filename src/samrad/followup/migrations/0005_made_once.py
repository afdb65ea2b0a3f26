from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """What is written on an empty row of the minutes is made once, however often it is sent."""

    dependencies = [
        ("followup", "0004_a_later_deadline_is_asked_for"),
    ]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="once",
            field=models.UUIDField(blank=True, editable=False, null=True, unique=True),
        ),
        migrations.AddField(
            model_name="task",
            name="once",
            field=models.UUIDField(blank=True, editable=False, null=True, unique=True),
        ),
    ]
