from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cooperation", "0002_fields_nobody_used"),
    ]

    operations = [
        migrations.AddField(
            model_name="council",
            name="notice_days",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
    ]
