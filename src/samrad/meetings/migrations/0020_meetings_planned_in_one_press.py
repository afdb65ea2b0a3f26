"""Meetings planned in one press know each other, so that the plan can be taken back as one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0019_versions_say_when_it_was_held"),
    ]

    operations = [
        migrations.AddField(
            model_name="meeting",
            name="plan",
            field=models.UUIDField(blank=True, db_index=True, editable=False, null=True),
        ),
    ]
