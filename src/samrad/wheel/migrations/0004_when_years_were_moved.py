"""When what comes every other year was moved to other years: nothing from before is late."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("wheel", "0003_years_of_what_comes_every_other_year")]

    operations = [
        migrations.AddField("wheel", "moved_on", models.JSONField(blank=True, default=dict)),
    ]
