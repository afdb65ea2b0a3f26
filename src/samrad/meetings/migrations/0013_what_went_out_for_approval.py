from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """Approval binds what went out, so it is kept from then on."""

    dependencies = [("meetings", "0012_files_of_discarded_readings_are_gone")]

    operations = [
        migrations.AddField("minutes", "sent", models.JSONField(blank=True, null=True)),
    ]
