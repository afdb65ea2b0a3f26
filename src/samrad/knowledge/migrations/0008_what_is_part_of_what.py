"""Which total counts an indicator as well, and what anybody has seen of what is no more."""

from typing import Any

from django.db import migrations, models

# What the recipe says that comes with the program, for figures that were taken in before it did.
DENMARK = ("violence", "burglary-business", "burglary-home", "shoplifting", "other-theft",
           "drugs", "weapons")  # fmt: skip


def parts_of_all_offences(apps: Any, editor: Any) -> None:
    """The seven kinds that are listed of Denmark's offences are in `all offences` too."""
    rows = apps.get_model("knowledge", "Indicator").objects.using(editor.connection.alias)
    kinds = [f"dk.offences.{name}" for name in DENMARK]
    rows.filter(code__in=kinds).update(part_of="dk.offences.all")


class Migration(migrations.Migration):
    """Two fields of indicators."""

    dependencies = [("knowledge", "0007_incident_reports")]

    operations = [
        migrations.AddField(
            model_name="indicator",
            name="part_of",
            field=models.CharField(blank=True, max_length=160, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="indicator",
            name="seen",
            field=models.JSONField(default=dict),
        ),
        migrations.RunPython(parts_of_all_offences, migrations.RunPython.noop),
    ]
