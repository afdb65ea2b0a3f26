"""What was said last stands by itself: what was said before is for those inside."""

from django.db import migrations, models

HEADED = ": "  # an earlier statement began with its office and day, and this


def earlier_by_itself(apps, schema_editor):
    """What may hold more than one statement is kept whole among the earlier: it cannot be split.

    A blank line may part two statements or two paragraphs of one.
    """
    parties = apps.get_model("agreements", "Party").objects.using(schema_editor.connection.alias)
    for one in parties.exclude(not_yet=""):
        _last, *more = one.not_yet.split("\n\n")
        if one.not_yet_at is None or any(HEADED in paragraph for paragraph in more):
            one.said_earlier, one.not_yet = one.not_yet, ""
            one.save(update_fields=["said_earlier", "not_yet"])


class Migration(migrations.Migration):
    dependencies = [("agreements", "0009_wordings_that_were_heard")]

    operations = [
        migrations.AddField(
            model_name="party",
            name="said_earlier",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
        migrations.RunPython(earlier_by_itself, migrations.RunPython.noop, elidable=True),
    ]
