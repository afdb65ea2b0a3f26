"""What anybody reads is kept beside what those inside read."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("knowledge", "0012_recipes_made_on_a_page"),
    ]

    operations = [
        migrations.AddField(
            model_name="areapicture",
            name="shown",
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name="indicator",
            name="smallest_shown",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="sheet",
            name="smallest_shown",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="sheetrow",
            name="breaks",
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name="sheetrow",
            name="finding_shown",
            field=models.JSONField(null=True),
        ),
    ]
