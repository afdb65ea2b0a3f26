from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

import samrad.followup.rules
import samrad.kernel.ids


class Migration(migrations.Migration):
    """A later deadline is asked for by whoever has the task, and answered."""

    dependencies = [
        ("followup", "0003_followed_further"),
        ("people", "0002_mail_as_chosen_and_visits"),
    ]

    operations = [
        migrations.CreateModel(
            name="LaterDeadline",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "ref",
                    models.UUIDField(default=samrad.kernel.ids.uuid7, editable=False, unique=True),
                ),
                ("wanted_date", models.DateField()),
                ("reason", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[("asked", "asked"), ("moved", "moved"), ("declined", "declined")],
                        default=samrad.followup.rules.LaterState["ASKED"],
                        max_length=12,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="later_wishes",
                        to="followup.task",
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", samrad.followup.rules.LaterState["ASKED"])),
                        fields=("task",),
                        name="one_later_wish_asked",
                    )
                ],
            },
        ),
    ]
