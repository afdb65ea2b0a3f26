"""Whether an item is called what its source is called, or what somebody has written."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0010_when_a_meeting_changed")]

    operations = [
        migrations.AddField("agendaitem", "title_is_sources", models.BooleanField(default=False))
    ]
