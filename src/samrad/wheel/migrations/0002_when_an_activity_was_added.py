"""When an activity was added: what was due before that is not late."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("wheel", "0001_activities_occasions_and_calendars")]

    operations = [
        migrations.AddField("activity", "from_date", models.DateField(blank=True, null=True)),
    ]
