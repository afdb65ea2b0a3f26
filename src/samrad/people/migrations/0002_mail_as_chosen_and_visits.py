"""How each person wants mail, and when they last looked in."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0001_organisations_persons_appointments")]

    operations = [
        migrations.AddField("person", "mail_choices", models.JSONField(blank=True, default=dict)),
        migrations.AddField("person", "seen_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("person", "before_at", models.DateTimeField(blank=True, null=True)),
    ]
