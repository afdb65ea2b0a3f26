"""Tasks of minutes that were read in before tasks knew it."""

from django.db import migrations


def say_so(apps, schema_editor):
    """Those whose decision was made under an item of a meeting that has a reading."""
    alias = schema_editor.connection.alias
    reading = apps.get_model("meetings", "MinutesReading")
    item = apps.get_model("meetings", "AgendaItem")
    task = apps.get_model("followup", "Task")
    read = reading.objects.using(alias).filter(meeting__isnull=False).values("meeting")
    items = item.objects.using(alias).filter(meeting__in=read).values("ref")
    task.objects.using(alias).filter(decision__source_ref__in=items).update(is_read_in=True)


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0016_whom_proposals_were_made_for"),
        ("followup", "0007_tasks_read_in"),
    ]

    operations = [migrations.RunPython(say_so, migrations.RunPython.noop, elidable=True)]
