"""When a month of incidents first came, and how many of the types that count were in the newest."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two fields; what was taken in before is kept as long as it always was."""

    dependencies = [("knowledge", "0010_target_source")]

    operations = [
        migrations.AddField(
            model_name="incidentmonth",
            name="came_date",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="addresslist",
            name="counted",
            field=models.JSONField(default=dict),
        ),
    ]
