"""Recipes made on a page, their versions, and files that are being described."""

import django.db.models.deletion
from django.db import migrations, models

import samrad.kernel.ids


class Migration(migrations.Migration):
    """Three tables; nothing that was there changes."""

    dependencies = [
        ("knowledge", "0011_what_counts_and_when_it_came"),
        ("people", "0003_former_names"),
    ]

    operations = [
        migrations.CreateModel(
            name="OwnRecipe",
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
                ("code", models.CharField(max_length=80, unique=True)),
                ("country", models.CharField(max_length=2)),
                ("said", models.JSONField(default=dict)),
                ("head", models.JSONField(default=dict)),
                ("columns", models.JSONField(default=dict)),
                ("number", models.PositiveIntegerField(default=1)),
                ("saved_at", models.DateTimeField()),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Description",
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
                ("recipe_number", models.PositiveIntegerField(default=0)),
                ("file", models.FileField(blank=True, max_length=255, upload_to="figures/%Y/%m")),
                ("file_name", models.CharField(blank=True, max_length=255)),
                ("head", models.JSONField(default=dict)),
                ("columns", models.JSONField(default=dict)),
                ("begun_at", models.DateTimeField()),
                (
                    "begun_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "recipe",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="descriptions",
                        to="knowledge.ownrecipe",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OwnRecipeVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("said", models.JSONField()),
                ("saved_at", models.DateTimeField()),
                (
                    "recipe",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="knowledge.ownrecipe",
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="ownrecipe",
            index=models.Index(fields=["country"], name="own_recipe_by_country"),
        ),
        migrations.AddIndex(
            model_name="description",
            index=models.Index(fields=["begun_by"], name="description_by_person"),
        ),
        migrations.AddConstraint(
            model_name="ownrecipeversion",
            constraint=models.UniqueConstraint(
                fields=("recipe", "number"), name="recipe_version_once"
            ),
        ),
    ]
