"""When a meeting was moved or called off, so that it can be told who was away."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0009_papers")]

    operations = [
        migrations.AddField("meeting", "changed_at", models.DateTimeField(blank=True, null=True)),
    ]
