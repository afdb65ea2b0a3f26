"""What people were called before, so that a withheld name is withheld whenever it was written."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0002_mail_as_chosen_and_visits")]

    operations = [
        migrations.AddField(
            "person",
            "former_names",
            models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
    ]
