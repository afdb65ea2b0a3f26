"""What comes every quarter."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("wheel", "0004_when_years_were_moved")]

    operations = [
        migrations.AlterField(
            "activity",
            "rhythm",
            models.CharField(
                choices=[
                    ("yearly", "yearly"),
                    ("every_other_year", "every_other_year"),
                    ("tertial", "tertial"),
                    ("quarterly", "quarterly"),
                    ("monthly", "monthly"),
                ],
                default="yearly",
                max_length=20,
            ),
        ),
    ]
