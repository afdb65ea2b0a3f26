"""Corrections begun before they spoke of stays say the stay that the minutes have."""

from django.db import migrations


def say_the_stay(apps, schema_editor):
    """Where somebody is as present as they were: the stay is not what was corrected."""
    alias = schema_editor.connection.alias
    parts = apps.get_model("meetings", "CorrectedPart").objects.using(alias)
    attendance = apps.get_model("meetings", "Attendance").objects.using(alias)
    under_way = parts.filter(kind="seat", correction__state__in=["draft", "circulated"])
    for one in under_way.select_related("correction__minutes"):
        there, _bar, stand_in = one.text.partition("|")
        noted = (
            attendance.filter(
                meeting=one.correction.minutes.meeting_id, seat__ref=one.about_ref, presence=there
            )
            .select_related("from_item", "until_item")
            .first()
        )
        if "@" in there or noted is None or not (noted.from_item or noted.until_item):
            continue
        came = noted.from_item.order if noted.from_item else ""
        left = f"-{noted.until_item.order}" if noted.until_item else ""
        one.text = f"{there}@{came}{left}|{stand_in}"
        one.save(update_fields=["text"])


class Migration(migrations.Migration):
    dependencies = [("meetings", "0017_tasks_of_minutes_read_in")]

    operations = [migrations.RunPython(say_the_stay, migrations.RunPython.noop, elidable=True)]
