from __future__ import annotations

from typing import Any

from django.db import migrations, models

import samrad.post.rules


def destroy_secrets_kept_so_far(apps: Any, editor: Any) -> None:
    """Every mail about accounts holds a link that lets its reader in."""
    letters = apps.get_model("post", "Message").objects.using(editor.connection.alias)
    letters = letters.filter(template__startswith="people/mail/")
    letters.update(holds_secret=True)
    letters.exclude(state="queued").update(text="")


class Migration(migrations.Migration):
    dependencies = [
        ("post", "0001_outgoing_mail"),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="holds_secret",
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name="message",
            name="state",
            field=models.CharField(
                choices=[
                    ("queued", "queued"),
                    ("sent", "sent"),
                    ("failed", "failed"),
                    ("withheld", "withheld"),
                    ("forgotten", "forgotten"),
                ],
                default=samrad.post.rules.MessageState["QUEUED"],
                max_length=10,
            ),
        ),
        migrations.RunPython(destroy_secrets_kept_so_far, migrations.RunPython.noop, elidable=True),
    ]
