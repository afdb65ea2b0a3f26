"""A party knows when it was reminded, and why it cannot sign yet."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("agreements", "0006_what_goes_on")]

    operations = [
        migrations.AddField(
            model_name="party",
            name="reminded_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="party",
            name="not_yet",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="party",
            name="not_yet_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
