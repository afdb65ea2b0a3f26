"""A mail may come back after it was sent."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("post", "0002_secrets_go_and_keys_stay")]

    operations = [
        migrations.AlterField(
            model_name="message",
            name="state",
            field=models.CharField(
                choices=[
                    ("queued", "queued"),
                    ("sent", "sent"),
                    ("failed", "failed"),
                    ("bounced", "bounced"),
                    ("withheld", "withheld"),
                    ("forgotten", "forgotten"),
                ],
                default="queued",
                max_length=10,
            ),
        ),
    ]
