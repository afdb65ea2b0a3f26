"""Since when a wheel has had each activity of its country: what comes later is not late at once."""

from django.db import migrations, models

# What the countries' wheels held until now; the plans of the year in dk and se come after it.
HELD = {
    "no": (
        "goals_reviewed",
        "tertial_report",
        "chief_meets_municipality",
        "mayors_meet",
        "self_evaluation",
        "meeting_plan",
        "year_evaluation",
        "goals_in_plans",
        "evaluation_prepared",
    ),
    "dk": (
        "plan_in_force",
        "plan_published",
        "strategy_seminar",
        "themes_proposed",
        "theme_day",
        "theme_day_strategic",
        "plan_drafted",
        "plan_heard",
        "plan_decided",
        "action_plan_adopted",
        "traffic_tasks",
        "licensing_inspection",
    ),
    "se": (
        "indicators",
        "tertial_analysis",
        "change_analysis",
        "promises_followed_up",
        "picture_followed_up",
    ),
}


def what_there_was(apps, schema_editor):
    """These were there from the first day; whatever else is there now is new."""
    wheels = apps.get_model("wheel", "Wheel").objects.using(schema_editor.connection.alias)
    for wheel in wheels.select_related("council"):
        held = HELD.get(wheel.council.country, ())
        wheel.known_since = dict.fromkeys(held, wheel.from_date.isoformat())
        wheel.save(update_fields=["known_since"])


class Migration(migrations.Migration):
    dependencies = [("wheel", "0007_what_follows_a_plan")]

    operations = [
        migrations.AddField("wheel", "known_since", models.JSONField(blank=True, default=dict)),
        migrations.RunPython(what_there_was, migrations.RunPython.noop, elidable=True),
    ]
