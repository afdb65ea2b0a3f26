"""A council's own years for what its country's profile has every other year."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("wheel", "0002_when_an_activity_was_added")]

    operations = [
        migrations.AddField("wheel", "years", models.JSONField(blank=True, default=dict)),
    ]
