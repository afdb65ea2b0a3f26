"""Steps count for each person who has had the task, not for the task alone."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Q, Subquery


def those_who_have_them_now(apps, schema_editor):
    """What was told before counts for whoever has the task today."""
    alias = schema_editor.connection.alias
    told = apps.get_model("followup", "Told").objects.using(alias)
    tasks = apps.get_model("followup", "Task").objects.using(alias)
    has_it = tasks.filter(pk=OuterRef("task")).values("responsible_person")[:1]
    told.update(person=Subquery(has_it))


class Migration(migrations.Migration):
    dependencies = [
        ("followup", "0005_made_once"),
        ("people", "0003_former_names"),
    ]

    operations = [
        migrations.AddField(
            "told",
            "person",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="people.person",
            ),
        ),
        migrations.AlterField(
            "told",
            "reminder",
            models.CharField(
                choices=[
                    ("week_ahead", "week_ahead"),
                    ("tomorrow", "tomorrow"),
                    ("overdue", "overdue"),
                    ("to_secretary", "to_secretary"),
                    ("to_chair", "to_chair"),
                    ("chair_lost", "chair_lost"),
                ],
                max_length=12,
            ),
        ),
        migrations.RemoveConstraint("told", "task_told_once"),
        migrations.RunPython(those_who_have_them_now, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            "told",
            models.UniqueConstraint(
                fields=["task", "deadline_date", "reminder"],
                condition=Q(person=None),
                name="task_told_once",
            ),
        ),
        migrations.AddConstraint(
            "told",
            models.UniqueConstraint(
                fields=["task", "deadline_date", "reminder", "person"],
                condition=Q(person__isnull=False),
                name="task_told_each_once",
            ),
        ),
    ]
