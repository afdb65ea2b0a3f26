"""Whether an item is called what its source is called, or what somebody has written."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0009_papers")]

    operations = [
        migrations.AddField("agendaitem", "title_is_sources", models.BooleanField(default=False))
    ]
