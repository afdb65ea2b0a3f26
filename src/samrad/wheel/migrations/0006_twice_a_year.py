"""What comes twice a year."""

from django.db import migrations, models

import samrad.wheel.rules.rhythm


class Migration(migrations.Migration):
    dependencies = [
        ("wheel", "0005_every_quarter"),
    ]

    operations = [
        migrations.AlterField(
            model_name="activity",
            name="rhythm",
            field=models.CharField(
                choices=[
                    ("yearly", "yearly"),
                    ("every_other_year", "every_other_year"),
                    ("half_yearly", "half_yearly"),
                    ("tertial", "tertial"),
                    ("quarterly", "quarterly"),
                    ("monthly", "monthly"),
                ],
                default=samrad.wheel.rules.rhythm.Rhythm["YEARLY"],
                max_length=20,
            ),
        ),
    ]
