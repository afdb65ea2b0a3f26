"""When an agreement was brought into force here, which may be long after its first day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cooperation", "0004_bodies_contacts_and_representation")]

    operations = [
        migrations.AddField(
            "agreement", "recorded_at", models.DateTimeField(blank=True, null=True)
        ),
    ]
