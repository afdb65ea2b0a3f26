"""Mail that is held back for the mail of the day, and gathered in it."""

import django.db.models.deletion
from django.db import migrations, models

STATES = [
    "queued",
    "held",
    "gathered",
    "declined",
    "sent",
    "failed",
    "bounced",
    "withheld",
    "forgotten",
]


class Migration(migrations.Migration):
    dependencies = [("post", "0003_mail_that_came_back")]

    operations = [
        migrations.AddField("message", "kind", models.CharField(blank=True, max_length=12)),
        migrations.AddField(
            "message",
            "digest",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="parts",
                to="post.message",
            ),
        ),
        migrations.AlterField(
            "message",
            "state",
            models.CharField(
                choices=[(state, state) for state in STATES], default="queued", max_length=10
            ),
        ),
    ]
