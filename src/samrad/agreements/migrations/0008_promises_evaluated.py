"""How promises are followed, and what an evaluation found of each."""

import django.db.models.deletion
from django.db import migrations, models

import samrad.agreements.rules.commitments


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0007_reminded_and_not_yet"),
        ("cooperation", "0008_promises_that_go_on"),
    ]

    operations = [
        migrations.AlterField(
            model_name="following",
            name="pace",
            field=models.CharField(
                choices=[
                    ("yearly", "yearly"),
                    ("half_yearly", "half_yearly"),
                    ("tertial", "tertial"),
                    ("quarterly", "quarterly"),
                    ("monthly", "monthly"),
                    ("each_meeting", "each_meeting"),
                    ("standing", "standing"),
                    ("once", "once"),
                ],
                default=samrad.agreements.rules.commitments.Pace["YEARLY"],
                max_length=12,
            ),
        ),
        migrations.CreateModel(
            name="PromiseEvaluated",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=300)),
                (
                    "finding",
                    models.CharField(
                        choices=[("held", "held"), ("partly", "partly"), ("not_held", "not_held")],
                        max_length=12,
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=500)),
                (
                    "commitment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="evaluated",
                        to="cooperation.commitment",
                    ),
                ),
                (
                    "evaluation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="promises",
                        to="agreements.evaluation",
                    ),
                ),
            ],
            options={
                "ordering": ["evaluation", "pk"],
            },
        ),
    ]
