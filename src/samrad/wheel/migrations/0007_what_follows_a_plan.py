"""Whether an occasion was ticked off by a person, or because the meetings were planned."""

from django.db import migrations, models

PLANS = ("meeting_plan", "meeting_plan_preparing", "meeting_plan_local")


def as_planning_ticks_off(apps, schema_editor):
    """What was ticked off without a word, as planning does it, follows the plan."""
    occasions = apps.get_model("wheel", "Occasion").objects.using(schema_editor.connection.alias)
    occasions.filter(code__in=PLANS, mark="done", note="").update(follows_plan=True)


class Migration(migrations.Migration):
    dependencies = [("wheel", "0006_twice_a_year")]

    operations = [
        migrations.AddField("occasion", "follows_plan", models.BooleanField(default=False)),
        migrations.RunPython(as_planning_ticks_off, migrations.RunPython.noop, elidable=True),
    ]
