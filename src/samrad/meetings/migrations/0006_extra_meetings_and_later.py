from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0005_who_is_called_and_what_they_answer"),
    ]

    operations = [
        migrations.AddField(
            model_name="meeting",
            name="is_extra",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="meeting",
            name="occasion",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="proposal",
            name="asks_for_meeting",
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name="proposal",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "waiting"),
                    ("later", "later"),
                    ("placed", "placed"),
                    ("declined", "declined"),
                ],
                default="waiting",
                max_length=12,
            ),
        ),
    ]
