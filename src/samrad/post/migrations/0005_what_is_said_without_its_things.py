"""A mail that has to come is kept in a second wording as well, which names nothing."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("post", "0004_mail_of_the_day")]

    operations = [migrations.AddField("message", "bare_text", models.TextField(blank=True))]
