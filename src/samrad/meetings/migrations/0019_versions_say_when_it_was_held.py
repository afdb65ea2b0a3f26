"""Versions kept before corrections could be of the day say when and where the meeting was."""

from django.db import migrations, models


def say_when_it_was(apps, schema_editor):
    """Approved minutes could not be of another day until now: the meeting's own holds."""
    alias = schema_editor.connection.alias
    versions = apps.get_model("meetings", "MinutesVersion").objects.using(alias)
    for one in versions.select_related("minutes__meeting").iterator(chunk_size=500):
        if one.said.get("held"):
            continue
        meeting = one.minutes.meeting
        one.said["held"] = {
            "meeting": str(meeting.ref),
            "starts_at": meeting.starts_at.isoformat(),
            "ends_at": meeting.ends_at.isoformat(),
            "place": meeting.place,
        }
        one.save(update_fields=["said"])


class Migration(migrations.Migration):
    dependencies = [("meetings", "0018_stays_of_corrections_under_way")]

    operations = [
        migrations.AlterField(
            model_name="correctedpart",
            name="kind",
            field=models.CharField(
                choices=[
                    ("text", "text"),
                    ("decision", "decision"),
                    ("seat", "seat"),
                    ("held", "held"),
                ],
                max_length=12,
            ),
        ),
        migrations.RunPython(say_when_it_was, migrations.RunPython.noop, elidable=True),
    ]
