from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("agreements", "0002_commitments_are_followed")]

    operations = [
        migrations.AddField(
            model_name="party",
            name="left_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
