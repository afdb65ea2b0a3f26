"""A task knows that it was taken over from minutes of a time before."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("followup", "0006_told_to_each")]

    operations = [
        migrations.AddField("task", "is_read_in", models.BooleanField(default=False)),
    ]
